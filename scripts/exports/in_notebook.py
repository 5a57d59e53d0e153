"""Runs notebooks from top to bottom: in_notebook.py FOLDER. `npm run verify-exports` calls it.

Every .ipynb in FOLDER is run there, by the Python that runs this. errors.json says what failed, and what each wrote last.
"""
import json
import os
import pathlib
import sys

import nbformat
from nbclient import NotebookClient

os.environ["KERAS_BACKEND"] = "torch"
folder = pathlib.Path(sys.argv[1])
# The kernel of this very Python, whatever others are installed.
kernels = folder / "kernels" / "python3"
kernels.mkdir(parents=True)
start = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
(kernels / "kernel.json").write_text(json.dumps({"argv": start, "display_name": "Python 3", "language": "python"}))
os.environ["JUPYTER_PATH"] = str(folder)
answers = {}
for path in sorted(folder.glob("*.ipynb")):
    notebook = nbformat.read(path, as_version=4)
    try:
        nbformat.validate(notebook)
        NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
        text = "".join(output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", []))
        answers[path.name] = {"text": text[-400:], "error": None}
    except Exception as error:
        answers[path.name] = {"text": "", "error": str(error)[-400:]}
(folder / "answers.json").write_text(json.dumps(answers))
