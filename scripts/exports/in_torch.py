"""Runs a PyTorch program on a data set of ours, from weights of ours, in the order of the data set."""
import contextlib
import re
from unittest import mock

import numpy as np
import probes
import stand_ins
import torch
from torch.optim.optimizer import register_optimizer_step_post_hook, register_optimizer_step_pre_hook

torch.set_num_threads(1)


begun = []
begin = torch.distributed.init_process_group


def begin_once(*args, **options):
    """Processes find each other once, whatever many programs they run: what a former group left behind would lead a new one astray."""
    if not begun:
        begun.append(begin(*args, **options))


def places(model, weight):
    """Where the program has a weight, and how to turn the app's array into the program's and back."""
    layer, name, kind, shape = weight["layer"], weight["name"], weight["kind"], weight["shape"]
    same = (lambda a: a, lambda a: a)
    if name == "depthwiseKernel":
        channels, multiplier = shape[2:]
        own = f"{layer}_depthwise" if kind == "separableConv2d" else layer
        into = lambda a: a.transpose(2, 3, 0, 1).reshape(channels * multiplier, 1, *shape[:2])
        back = lambda a: a.reshape(channels, multiplier, *shape[:2]).transpose(2, 3, 0, 1)
        return getattr(model, own).weight, into, back
    if kind == "multiHeadAttention":
        part = getattr(getattr(model, layer), re.sub("Kernel|Bias", "", name))
        return (part.bias, *same) if name.endswith("Bias") else (part.weight, np.transpose, np.transpose)
    if kind == "positionEmbedding":
        return getattr(model, layer).embeddings, *same
    module = getattr(model, f"{layer}_pointwise" if kind == "separableConv2d" else layer)
    if name in ("kernel", "pointwiseKernel"):
        if len(shape) == 2:
            return module.weight, np.transpose, np.transpose
        return module.weight, lambda a: a.transpose(3, 2, 0, 1), lambda a: a.transpose(2, 3, 1, 0)
    attributes = {"bias": "bias", "beta": "bias", "gamma": "weight", "movingMean": "running_mean"}
    return getattr(module, attributes.get(name, "running_var")), *same


def run(case):
    record = {"rates": [], "losses": [], "start": {}, "weights": None, "validation": [], "variation": None, "logits": None}
    models, depth = [], []
    move = torch.nn.Module.to

    def to(self, *args, **options):
        moved = move(self, *args, **options)
        if not models:
            models.append(self)
            kernels = [(name, weight) for name, weight in self.named_parameters() if weight.dim() > 1]
            record["start"] = probes.deviations({name: weight.detach().numpy() for name, weight in kernels})
            with torch.no_grad():
                for weight in case["weights"]:
                    place, into, _ = places(self, weight)
                    values = np.array(weight["values"], "float32").reshape(weight["shape"])
                    place.copy_(torch.from_numpy(np.ascontiguousarray(into(values))))
        return moved

    def before(optimizer, args, options):
        if not depth:
            record["rates"].append(float(optimizer.param_groups[0]["lr"]))
        depth.append(1)

    def after(optimizer, args, options):
        depth.pop()

    make = torch.optim.Optimizer.__init__

    def optimize(self, *args, **options):
        make(self, *args, **options)
        if case.get("asked") and record["logits"] is None:
            record["logits"] = answers(models[0], case["asked"])

    hooks = [register_optimizer_step_pre_hook(before), register_optimizer_step_post_hook(after)]
    program, names = case["programs"]["torch"], {"__name__": "__main__"}
    try:
        with contextlib.ExitStack() as stack:
            watched = stand_ins.watched(case["dataset"], record["losses"], in_order=case["inOrder"])
            text = stack.enter_context(watched)
            stack.enter_context(mock.patch.object(torch.nn.Module, "to", to))
            stack.enter_context(mock.patch.object(torch.optim.Optimizer, "__init__", optimize))
            stack.enter_context(mock.patch.object(torch.distributed, "init_process_group", begin_once))
            stack.enter_context(mock.patch.object(torch.distributed, "destroy_process_group", lambda: None))
            exec(compile(program, case["name"], "exec"), names)
    finally:
        for hook in hooks:
            hook.remove()
    record["validation"] = [float(loss) for loss in re.findall(r"validation loss ([\d.]+|nan)", text.getvalue())]
    # Averaged weights are in a copy of the model.
    answering = names["average"].module if "average" in names else models[0]
    record["weights"] = []
    for weight in case["weights"]:
        place, _, back = places(answering, weight)
        record["weights"].append(probes.floats(back(place.detach().numpy())))
    if case.get("samples"):
        record["samples"] = probes.loaded(names["load"])
    if case["probe"]:
        record["variation"] = vary(case["probe"], names)
    return record


def answers(model, asked):
    """The logits of a model whose training is about to begin."""
    samples = np.array(asked["values"], "float32").reshape(asked["shape"])
    given = samples.transpose(0, 3, 1, 2) if samples.ndim == 4 else samples
    model.eval()
    with torch.no_grad():
        logits = model(torch.from_numpy(np.ascontiguousarray(given)))
    model.train()
    return probes.floats(logits.numpy())


def vary(probe, names):
    """The program's variation of an image, many times; as a picture where the program takes pictures."""
    image = np.array(probe["values"], "float32").reshape(probe["shape"]) / 255
    if "torchvision.datasets" in probe["source"]:
        from PIL import Image

        given = Image.fromarray(np.round(image[..., 0] * 255).astype("uint8"))
    else:
        given = torch.from_numpy(image.transpose(2, 0, 1).copy())
    varied = np.stack([names["vary"](given).numpy() for _ in range(probes.VARIED)])
    return probes.moments(image, varied.transpose(0, 2, 3, 1))
