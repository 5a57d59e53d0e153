"""Trains the networks of the bench with PyTorch on two CPU threads, one JSON request a line, one answer a line."""

import json
import math
import sys
import time

import torch
from torch import nn

torch.set_num_threads(2)
# Numbers too small to have all digits cost a processor hundreds of times as much.
torch.set_flush_denormal(True)

ACTIVATIONS = {
    "linear": nn.Identity,
    "relu": nn.ReLU,
    # The loss takes logits.
    "softmax": nn.Identity,
}


class Sum(nn.Module):
    def forward(self, above, earlier):
        return above + earlier


def module(node):
    spec, source, target = node["spec"], node["input"], node["output"]
    kind = spec["kind"]
    if kind == "conv2d":
        padding = spec["padding"] if spec["strides"] == 1 else (spec["kernelSize"] - 1) // 2
        conv = nn.Conv2d(
            source[2], target[2], spec["kernelSize"], spec["strides"], padding, spec["dilationRate"], bias=spec["useBias"]
        )
        return nn.Sequential(conv, ACTIVATIONS[spec["activation"]]())
    if kind == "dense":
        linear = nn.Linear(source[0], target[0], bias=spec["useBias"])
        return nn.Sequential(linear, ACTIVATIONS[spec["activation"]]())
    if kind == "maxPooling2d":
        return nn.MaxPool2d(spec["poolSize"], spec["strides"], ceil_mode=spec["padding"] == "same")
    if kind == "batchNormalization":
        return nn.BatchNorm2d(source[2], spec["epsilon"], 1 - spec["momentum"])
    if kind == "dropout":
        return nn.Dropout(spec["rate"])
    if kind == "activation":
        return ACTIVATIONS[spec["activation"]]()
    if kind == "flatten":
        return nn.Flatten()
    if kind == "branch":
        return nn.Identity()
    if kind == "add":
        return Sum()
    if kind == "globalAveragePooling2d":
        return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
    raise ValueError(f"no PyTorch twin for {kind}")


class Network(nn.Module):
    def __init__(self, nodes):
        super().__init__()
        self.inputs = [node["inputs"] for node in nodes]
        self.layers = nn.ModuleList(module(node) for node in nodes)

    def forward(self, images):
        outputs = []
        for layer, inputs in zip(self.layers, self.inputs):
            outputs.append(layer(*(images if i < 0 else outputs[i] for i in inputs)))
        return outputs[-1]


class Training:
    """A network in training with some settings; `train` gives the milliseconds of a step."""

    def __init__(self, nodes, batch, settings):
        network = Network(nodes)
        layout = torch.channels_last if settings["channelsLast"] else torch.contiguous_format
        network = network.to(memory_format=layout)
        # PyTorch before 2.4 has no fused Adam for processors, and says so here.
        options = {"fused": True} if settings["fused"] else {}
        self.optimizer = torch.optim.Adam(network.parameters(), lr=0.001, eps=1e-7, **options)
        self.network = torch.compile(network) if settings["compiled"] else network
        self.criterion = nn.CrossEntropyLoss()
        self.images = torch.rand(batch, 1, 28, 28).contiguous(memory_format=layout)
        self.labels = torch.randint(0, 10, (batch,))

    def train(self, steps):
        start = time.perf_counter()
        for _ in range(steps):
            self.optimizer.zero_grad()
            self.criterion(self.network(self.images), self.labels).backward()
            self.optimizer.step()
        return (time.perf_counter() - start) * 1000 / steps


def measure(request):
    """Milliseconds of a step with given settings."""
    training = Training(request["nodes"], request["batch"], request["settings"])
    training.train(3)
    steps = max(2, int(request["budgetMs"] / training.train(2)))
    return {"msPerStep": training.train(steps), "steps": steps}


def tune(request):
    """The settings that are fastest here: of each that works the shortest of a few measurements in turns."""
    plain = [(channels_last, fused, False) for channels_last in (False, True) for fused in (False, True)]
    compiled = [(False, True, True), (True, True, True)] if request["compile"] else []
    choices = [dict(zip(("channelsLast", "fused", "compiled"), choice)) for choice in plain + compiled]
    open_choices, failures = [], []
    for settings in choices:
        try:
            training = Training(request["nodes"], request["batch"], settings)
            once = training.train(3)
            open_choices.append([settings, training, max(1, min(50, int(100 / once))), math.inf])
        except Exception as error:
            failures.append(f"{settings}: {str(error).splitlines()[0]}")
    for _ in range(3):
        for choice in open_choices:
            choice[3] = min(choice[3], choice[1].train(choice[2]))
    fastest = min(open_choices, key=lambda choice: choice[3])
    return {"settings": fastest[0], "failures": failures, "version": torch.__version__.split("+")[0]}


WORK = {"measure": measure, "tune": tune}
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(WORK[request["work"]](request)), flush=True)
