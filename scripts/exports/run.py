"""Runs exported programs as they are written: run.py keras|torch FOLDER. `npm run verify-exports` calls it.

FOLDER has cases.json, and the data sets that the programs read. What each program did is written to keras.json or
torch.json there: `null` and a traceback for one that failed. Of several processes that share the work the first writes.
"""
import importlib
import json
import os
import pathlib
import sys
import traceback

tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
own, others = os.environ.get("KERAS_DISTRIBUTION_PROCESS_ID"), os.environ.get("RANK")
os.environ["KERAS_BACKEND"] = "torch" if own is None else "jax"
os.chdir(folder)
module = importlib.import_module(f"in_{tool}")
answers = {}
for case in json.loads(pathlib.Path("cases.json").read_text()):
    if tool not in case["programs"]:
        continue
    try:
        answers[case["name"]] = {"done": module.run(case), "error": None}
    except BaseException:
        answers[case["name"]] = {"done": None, "error": traceback.format_exc()}
if (own or others or "0") == "0":
    pathlib.Path(f"{tool}.json").write_text(json.dumps(answers))
if others is not None:
    # Threads of a process group that a program leaves open can abort a process while Python ends.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
