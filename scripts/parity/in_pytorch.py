"""Trains with PyTorch what the app trains: in_pytorch.py CASE... in the folder of the cases. `npm run parity` calls it.

CASE is a folder with program.py, as the app exports it, start.safetensors, and images in the order of the batches. The loss of each
step in float32 and in float64 is written to losses.json there, and the loss of the answers after the last step.
"""
import contextlib
import io
import json
import os
import pathlib
import sys
from unittest import mock

import numpy as np
import torch
from PIL import Image

# One thread makes the same sums on every machine, and small networks are hardly slower.
torch.set_num_threads(1)

PRECISIONS = {"float32": torch.float32, "float64": torch.float64}


class Images(torch.utils.data.Dataset):
    """What stands in for torchvision's data set: the images of the folder, in their order."""

    def __init__(self, folder, *, train, download, transform):
        name = "train" if train else "test"
        labels = np.fromfile(f"{name}.labels", "uint8")
        images = np.fromfile(f"{name}.images", "uint8").reshape(len(labels), 28, 28)
        self.images = [Image.fromarray(image) for image in images]
        self.targets = torch.from_numpy(labels).long()
        self.transform = transform

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        return self.transform(self.images[index]), int(self.targets[index])


def train(program, precision):
    losses = []
    backward = torch.Tensor.backward

    def learn(self, *args, **options):
        losses.append(float(self.detach()))
        return backward(self, *args, **options)

    names = {"__name__": "__main__"}
    # Numbers that the program names no type for are of this one, the pixels and the weights among them.
    torch.set_default_dtype(PRECISIONS[precision])
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(mock.patch("torchvision.datasets.FashionMNIST", Images))
        stack.enter_context(mock.patch.object(torch, "randperm", lambda n, **options: torch.arange(n)))
        stack.enter_context(mock.patch.object(torch.Tensor, "backward", learn))
        exec(program, names)
    return {"losses": losses, "answered": names["evaluate"](names["test"])[0]}


if __name__ == "__main__":
    start = pathlib.Path.cwd()
    for case in sys.argv[1:]:
        os.chdir(start / case)
        digest = pathlib.Path("digest.txt").read_text()
        program = compile(pathlib.Path("program.py").read_text(), case, "exec")
        found = {precision: train(program, precision) for precision in PRECISIONS}
        about = {"version": torch.__version__.split("+")[0], "digest": digest}
        pathlib.Path("losses.json").write_text(json.dumps({**found, **about}))
