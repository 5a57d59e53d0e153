"""Writes each case to a file of its own: main.py FOLDER [NAME ...]. `npm run sklearn` calls it."""
import importlib
import json
import pathlib
import sys

from case import CASES

for module in sorted((pathlib.Path(__file__).parent / "cases").glob("*.py")):
    importlib.import_module(f"cases.{module.stem}")

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name, function in CASES.items():
    if sys.argv[2:] and name not in sys.argv[2:]:
        continue
    (folder / f"{name}.json").write_text(json.dumps(function(), allow_nan=False) + "\n")
    print(f"{name}.json")
