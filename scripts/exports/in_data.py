"""Runs a program as it is on the app's own files: in_data.py keras|torch FOLDER. `npm run verify-exports -- --epoch` and
`npm run reproduce -- --beside` call it.

FOLDER has program.py and data, the app's folder of the data set, which takes the place of what libraries would fetch; of a table
the CSV file, which the program reads. The accuracy on the test set that the program comes to is written to outcome.json, and
the version of the tool.
"""
import contextlib
import io
import json
import math
import os
import pathlib
import re
import sys
from unittest import mock

tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
# Of the backends the quickest without a GPU.
os.environ["KERAS_BACKEND"] = "jax"
program = compile((folder / "program.py").read_text(), "program.py", "exec")
data = "data"
sys.path.insert(0, str(pathlib.Path(__file__).parent))
os.chdir(folder)


def in_torch():
    import stand_ins
    import torch

    text = io.StringIO()
    with contextlib.redirect_stdout(text), mock.patch("torchvision.datasets.FashionMNIST", stand_ins.library(data)):
        exec(program, {"__name__": "__main__"})
    return float(re.findall(r"accuracy ([\d.]+)", text.getvalue())[-1]), torch.__version__


def in_keras():
    import keras
    from probes import stored

    found = []
    judge, fit = keras.Model.evaluate, keras.Model.fit

    def evaluate(self, *args, **options):
        answer = judge(self, *args, **{**options, "return_dict": True})
        found.append(answer["accuracy"])
        return answer

    def learn(self, *args, **options):
        history = fit(self, *args, **options)
        # Where the test set validates, the program does not judge it once more.
        found.append(history.history.get("val_accuracy", [math.nan])[-1])
        return history

    with contextlib.redirect_stdout(io.StringIO()), mock.patch("keras.datasets.fashion_mnist.load_data", lambda: stored(data)), mock.patch.object(keras.Model, "evaluate", evaluate), mock.patch.object(keras.Model, "fit", learn):
        exec(program, {"__name__": "__main__"})
    return found[-1], keras.__version__


accuracy, version = {"torch": in_torch, "keras": in_keras}[tool]()
pathlib.Path("outcome.json").write_text(json.dumps({"accuracy": accuracy, "version": version.split("+")[0]}))
