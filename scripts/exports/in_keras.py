"""Runs a Keras program on a data set of ours, from weights of ours, in the order of the data set."""
import contextlib
import io
from unittest import mock

import keras
import numpy as np
import probes
import torch

torch.set_num_threads(1)


class Watch(keras.callbacks.Callback):
    """Writes down the rate of each step."""

    def __init__(self, rates):
        super().__init__()
        self.rates = rates

    def on_train_batch_begin(self, batch, logs=None):
        self.rates.append(float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)))


def weights_of(model, case):
    """The program's weights in the order of the app."""
    taken = {}
    for weight in case["weights"]:
        index = taken[weight["layer"]] = taken.get(weight["layer"], -1) + 1
        yield model.get_layer(weight["layer"]).weights[index]


def answers(model, asked):
    """The logits of a model whose training is about to begin."""
    head = model.layers[-1]
    kept, head.activation = head.activation, keras.activations.linear
    logits = model(np.array(asked["values"], "float32").reshape(asked["shape"]), training=False)
    head.activation = kept
    return probes.floats(keras.ops.convert_to_numpy(logits))


class InOrder:
    """Stands in for a generator of NumPy that draws orders."""

    def __init__(self, seed):
        self.permutation = np.arange


begun = []


def begin_once():
    """JAX learns of other processes once, whatever many programs are run."""
    if not begun:
        begun.append(begin())


begin = keras.distribution.initialize


def run(case):
    keras.utils.clear_session()
    record = {"rates": [], "losses": [], "start": {}, "weights": None, "validation": [], "variation": None, "logits": None}
    models = []
    fit = keras.Model.fit

    def learn(self, *args, **options):
        models.append(self)
        kernels = {weight.path: weight.numpy() for weight in self.trainable_weights if "bias" not in weight.path and len(weight.shape) > 1}
        record["start"] = probes.deviations(kernels)
        for place, weight in zip(weights_of(self, case), case["weights"]):
            place.assign(np.array(weight["values"], "float32").reshape(place.shape))
        if case.get("asked"):
            record["logits"] = answers(self, case["asked"])
        if case["inOrder"]:
            options["shuffle"] = False
        callbacks = [*(options.pop("callbacks", None) or []), Watch(record["rates"])]
        history = fit(self, *args, callbacks=callbacks, **options)
        record["history"] = {name: probes.floats(values) for name, values in history.history.items()}
        record["losses"] = record["history"]["loss"]
        return history

    names = {"__name__": "__main__"}
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(mock.patch.object(keras.Model, "fit", learn))
        stack.enter_context(mock.patch.object(keras.distribution, "initialize", begin_once))
        stack.enter_context(mock.patch("keras.datasets.fashion_mnist.load_data", lambda: probes.stored(case["dataset"])))
        if case["inOrder"]:
            stack.enter_context(mock.patch.object(np.random, "permutation", lambda n: np.arange(n)))
            stack.enter_context(mock.patch.object(np.random, "default_rng", InOrder))
        exec(compile(case["programs"]["keras"], case["name"], "exec"), names)
    if record.get("history"):
        watched = getattr(names.get("stopping"), "monitor", "val_loss")
        record["validation"] = record["history"].get(watched, [])
    record["weights"] = [probes.floats(weight.numpy()) for weight in weights_of(models[0], case)]
    if case.get("samples"):
        record["samples"] = probes.loaded(names["load"])
    if case["probe"]:
        image = np.array(case["probe"]["values"], "float32").reshape(case["probe"]["shape"]) / 255
        varied = names["vary"](np.repeat(image[None], probes.VARIED, 0))
        record["variation"] = probes.moments(image, np.asarray(varied))
    return record
