"""What stands in for parts of PyTorch and torchvision while a program that the app exports runs."""
import contextlib
import io
from unittest import mock

import probes
import torch
from PIL import Image


def library(dataset):
    """What stands in for a data set of torchvision: a class whose samples are those in a folder of ours."""

    class Library(torch.utils.data.Dataset):
        def __init__(self, folder, *, train, download, transform):
            training, test = probes.stored(dataset)
            images, labels = training if train else test
            self.images = [Image.fromarray(image) for image in images]
            self.targets = torch.from_numpy(labels).long()
            self.transform = transform

        def __len__(self):
            return len(self.images)

        def __getitem__(self, index):
            return self.transform(self.images[index]), int(self.targets[index])

    return Library


@contextlib.contextmanager
def watched(dataset, losses, *, in_order):
    """While a program runs: it gets the samples of a folder of ours, `in_order` or shuffled by itself. The loss of each step is put
    into `losses`; what the program writes goes into the stream that is handed out."""
    backward = torch.Tensor.backward

    def learn(self, *args, **options):
        losses.append(float(self.detach()))
        return backward(self, *args, **options)

    with contextlib.ExitStack() as stack:
        written = stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(mock.patch("torchvision.datasets.FashionMNIST", library(dataset)))
        stack.enter_context(mock.patch.object(torch.Tensor, "backward", learn))
        if in_order:
            stack.enter_context(mock.patch.object(torch, "randperm", lambda n, **options: torch.arange(n)))
        yield written
