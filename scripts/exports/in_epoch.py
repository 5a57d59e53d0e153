"""Runs a program as it is on the app's own files: in_epoch.py keras|torch FOLDER. `npm run verify-exports -- --epoch` calls it.

FOLDER has program.py and data, the app's folder of the data set, which takes the place of what libraries would fetch. The
accuracy on the test set that the program comes to is written to accuracy.json.
"""
import contextlib
import importlib
import io
import json
import os
import pathlib
import re
import sys
from unittest import mock

tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
# Of the backends the quickest without a GPU.
os.environ["KERAS_BACKEND"] = "jax"
program = compile((folder / "program.py").read_text(), "program.py", "exec")
data = str(folder / "data")


def in_torch():
    runner = importlib.import_module("in_torch")
    runner.folder_of["library"] = data
    runner.torch.set_num_threads(os.cpu_count())
    text = io.StringIO()
    with contextlib.redirect_stdout(text), mock.patch("torchvision.datasets.FashionMNIST", runner.Library):
        exec(program, {"__name__": "__main__"})
    return float(re.findall(r"accuracy ([\d.]+)", text.getvalue())[-1])


def in_keras():
    import keras
    from probes import stored

    keras.config.disable_interactive_logging()
    found = []
    judge = keras.Model.evaluate

    def evaluate(self, *args, **options):
        answer = judge(self, *args, **{**options, "return_dict": True})
        found.append(answer["accuracy"])
        return answer

    with mock.patch("keras.datasets.fashion_mnist.load_data", lambda: stored(data)), mock.patch.object(keras.Model, "evaluate", evaluate):
        exec(program, {"__name__": "__main__"})
    return found[-1]


accuracy = {"torch": in_torch, "keras": in_keras}[tool]()
(folder / "accuracy.json").write_text(json.dumps(accuracy))
