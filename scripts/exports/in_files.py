"""Opens exported files in other tools: in_files.py FOLDER. `npm run verify-exports` calls it.

FOLDER has a folder for each network, and `cases.json` names them with their shapes. What each tool answers to inputs.bin is
written as 32-bit floats beside it: torch.bin, keras.bin, keras-program.bin, onnxruntime.bin; errors.json has what failed.
"""
import ast
import json
import os
import pathlib
import sys
import traceback

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np
import onnx
import onnxruntime
import torch
from safetensors.torch import load_file

torch.set_num_threads(2)


def part_of(program, wanted):
    """The statements of a program that `wanted` is true of, executed."""
    tree = ast.parse(program)
    imports = (ast.Import, ast.ImportFrom)
    tree.body = [line for line in tree.body if isinstance(line, imports) or wanted(line, ast.unparse(line))]
    names = {"__name__": "network"}
    exec(compile(tree, "program", "exec"), names)
    return names


def in_torch(folder, inputs):
    names = part_of((folder / "torch.py").read_text(), lambda line, _: isinstance(line, ast.ClassDef) and line.name != "Samples")
    model = names["Network"]()
    model.load_state_dict(load_file(folder / "network.safetensors"))
    model.eval()
    channels_first = inputs.transpose(0, 3, 1, 2) if inputs.ndim == 4 else inputs
    with torch.no_grad():
        return model(torch.from_numpy(np.ascontiguousarray(channels_first))).numpy()


def keras_logits(model, inputs):
    model.layers[-1].activation = keras.activations.linear
    return np.asarray(model.predict(inputs, batch_size=100, verbose=0))


def in_keras(folder, inputs):
    keras.utils.clear_session()
    # The program brings the classes that Keras lacks.
    part_of((folder / "keras.py").read_text(), lambda line, _: isinstance(line, ast.ClassDef) and line.name == "PositionEmbedding")
    return keras_logits(keras.models.load_model(folder / "network.keras"), inputs)


def in_keras_program(folder, inputs):
    keras.utils.clear_session()
    made = ("keras.Input(", "PositionEmbedding(", "layers.", "keras.Model(", "keras.Sequential(")
    names = part_of((folder / "keras.py").read_text(), lambda line, text: isinstance(line, ast.ClassDef) and line.name == "PositionEmbedding" or isinstance(line, ast.Assign) and any(each in text for each in made))
    names["model"].load_weights(folder / "network.weights.h5")
    return keras_logits(names["model"], inputs)


def in_onnxruntime(folder, inputs):
    onnx.checker.check_model(onnx.load(folder / "network.onnx"), full_check=True)
    session = onnxruntime.InferenceSession(folder / "network.onnx", providers=["CPUExecutionProvider"])
    logits, probabilities = session.run(["logits", "probabilities"], {"input": inputs})
    assert np.all(probabilities >= 0) and np.all(probabilities <= 1)
    return logits


TOOLS = {"torch": in_torch, "keras": in_keras, "keras-program": in_keras_program, "onnxruntime": in_onnxruntime}

root = pathlib.Path(sys.argv[1])
for case in json.loads((root / "cases.json").read_text()):
    folder = root / case["folder"]
    inputs = np.fromfile(folder / "inputs.bin", "<f4").reshape(-1, *case["shape"])
    errors = {}
    for tool, answer in TOOLS.items():
        try:
            np.ascontiguousarray(answer(folder, inputs), "<f4").tofile(folder / f"{tool}.bin")
        except BaseException:
            errors[tool] = traceback.format_exc()
    (folder / "errors.json").write_text(json.dumps(errors))
