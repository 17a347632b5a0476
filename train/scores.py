#!/usr/bin/env python3
"""scores.py BUILD MODEL ABOUT KEY TASK…: writes into ABOUT, the JSON that a model file says of itself, what the program in
BUILD reaches with MODEL in TASKs of tests/eval: under KEY by task, or of one task directly."""
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
NAMES = {"source exact span": "source", "cue exact span": "cue", "content exact span": "content",
         "who said what (overlap)": "who said what", "whole attribution exact": "whole"}
WANTED = ("UPOS", "LAS", "lemmas", "names PER", "names ORG", "names LOC", "names all", *NAMES)


def scores(build, task):
    """{figure: number} of the table that tests/eval prints, which ends with what is lost or with the floors."""
    done = subprocess.run([HERE.parent / "tests/eval", build, task], stdout=subprocess.PIPE, text=True)
    table = done.stdout.partition("lost, by kind:")[0]
    found = re.findall(r"^(.*?)\s+(?:P [\d.]+\s+R [\d.]+\s+F1 )?([\d.]+)(?:\s|$)", table, re.M)
    return {NAMES.get(name, name.removeprefix("names ")): float(number) for name, number in found if name in WANTED}


def main():
    build, model, about, key, *tasks = sys.argv[1:]
    reached = {task: scores(build, f"{task}, {model}") for task in tasks}
    missing = [task for task, found in reached.items() if not found]
    if missing:
        sys.exit(f"train: tests/eval gives no figures of {', '.join(missing)}")
    told = json.loads(pathlib.Path(about).read_text())
    told[key] = reached if len(tasks) > 1 else reached[tasks[0]]
    pathlib.Path(about).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    print(about, json.dumps(told[key]))


if __name__ == "__main__":
    main()
