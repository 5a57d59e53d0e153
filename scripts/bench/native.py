"""Trains the networks of the bench with PyTorch on two CPU threads, one JSON request a line, one answer a line."""

import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(2)

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


def measure(request):
    network = Network(request["nodes"])
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001, eps=1e-7)
    criterion = nn.CrossEntropyLoss()
    images = torch.rand(request["batch"], 1, 28, 28)
    labels = torch.randint(0, 10, (request["batch"],))

    def train(steps):
        start = time.perf_counter()
        for _ in range(steps):
            optimizer.zero_grad()
            criterion(network(images), labels).backward()
            optimizer.step()
        return (time.perf_counter() - start) * 1000 / steps

    train(3)
    steps = max(2, int(request["budgetMs"] / train(2)))
    return {"msPerStep": train(steps), "steps": steps}


for line in sys.stdin:
    print(json.dumps(measure(json.loads(line))), flush=True)
