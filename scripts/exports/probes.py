"""What both runners measure in the same way."""
import gzip
import json
import pathlib

import numpy as np

# Images that are varied to see how.
VARIED = 2000


def stored(dataset):
    """The training and the test samples of a data set, as a library would hand them out."""
    manifest = json.loads((pathlib.Path(dataset) / "manifest.json").read_text())

    def split(name):
        shards = [shard for shard in manifest["shards"] if shard["split"] == name]
        parts = [(gzip.decompress((pathlib.Path(dataset) / shard["file"]).read_bytes()), shard["count"]) for shard in shards]
        labels = np.concatenate([np.frombuffer(raw, "uint8", count) for raw, count in parts])
        values = np.concatenate([np.frombuffer(raw, "uint8", offset=count) for raw, count in parts])
        side = int((len(values) // len(labels)) ** 0.5)
        return values.reshape(-1, side, side).copy(), labels.copy()

    return split("train"), split("test")


def deviations(kernels):
    """Of the weights of each kernel, by its name."""
    return {name: float(np.std(values)) for name, values in kernels.items()}


def moments(image, varied):
    """How varied copies [n, height, width, channels] of an image differ from it."""
    changed = np.abs(varied - image) > 0.006
    which = changed.any(axis=(1, 2, 3))
    return {
        "mean": varied.mean(0).ravel().tolist(),
        "deviation": varied.std(0).ravel().tolist(),
        "changed": float(which.mean()),
        "area": float(changed[which].mean()) if which.any() else 0.0,
        "least": float(varied.min()),
        "most": float(varied.max()),
    }


def floats(values):
    return [float(value) for value in np.asarray(values, "float64").ravel()]


def loaded(load):
    """What a program reads of its data set."""
    parts = {split: load(split) for split in ("train", "test")}
    return {split: {"values": values.ravel().tolist(), "labels": labels.tolist()} for split, (values, labels) in parts.items()}
