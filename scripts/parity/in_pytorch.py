"""Trains with PyTorch what the app trains: in_pytorch.py CASE... in the folder of the cases. `npm run parity` calls it.

CASE is a folder with program.py, as the app exports it, start.safetensors, and a data set in the order of the batches, whose folder
case.json names. The loss of each step in float32 and in float64 is written to losses.json there, and the loss of the answers after the
last step.
"""
import json
import os
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "exports"))
import stand_ins

# One thread makes the same sums on every machine, and small networks are hardly slower.
torch.set_num_threads(1)

PRECISIONS = {"float32": torch.float32, "float64": torch.float64}


def train(program, dataset, precision):
    losses = []
    names = {"__name__": "__main__"}
    # Numbers that the program names no type for are of this one, the pixels and the weights among them.
    torch.set_default_dtype(PRECISIONS[precision])
    with stand_ins.watched(dataset, losses, in_order=True):
        exec(program, names)
    return {"losses": losses, "answered": names["evaluate"](names["test"])[0]}


if __name__ == "__main__":
    start = pathlib.Path.cwd()
    for case in sys.argv[1:]:
        os.chdir(start / case)
        about = json.loads(pathlib.Path("case.json").read_text())
        program = compile(pathlib.Path("program.py").read_text(), case, "exec")
        found = {precision: train(program, about["dataset"], precision) for precision in PRECISIONS}
        kept = {"version": torch.__version__.split("+")[0], "digest": about["digest"]}
        pathlib.Path("losses.json").write_text(json.dumps({**found, **kept}))
