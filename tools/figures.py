"""All figures of the docs, computed anew and put where they stand: one command after the model has changed.

Run: python tools/figures.py                 (half an hour on two idle cores)

It plays what the tools named below store, and writes the outputs of the tutorial.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
TUTORIAL = ROOT / "docs" / "tutorial.md"
MODEL = ROOT / "docs" / "model.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
FILE = re.compile(r"# ([\w.-]+\.yaml)\n")
SAME = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


class Told(doctest.DocTestRunner):
    """Keeps what each example gave."""

    def __init__(self) -> None:
        super().__init__(optionflags=SAME)
        self.gave: dict[int, str] = {}

    def report_failure(self, out: object, test: object, example: doctest.Example, got: str) -> None:
        """An example that gave something else."""
        self.gave[example.lineno] = got


def tutorial(page: str) -> str:
    """The page with the outputs that its examples have now; what still fits is left as it is."""
    started = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            steps = []
            for language, text in BLOCK.findall(page):
                if language == "yaml" and (named := FILE.match(text)):
                    Path(named[1]).write_text(text, encoding="utf-8")
                elif language == "python":
                    steps.append(text)
            parsed = doctest.DocTestParser().get_doctest("\n".join(steps), {}, "tutorial", None, 0)
            told = Told()
            told.run(parsed)
        finally:
            os.chdir(started)
    for example in parsed.examples:
        if (got := told.gave.get(example.lineno)) is not None:
            page = page.replace(_source(example) + example.want, _source(example) + got, 1)
    return page


def _source(example: doctest.Example) -> str:
    first, *more = example.source.splitlines()
    return "\n".join([f">>> {first}", *(f"... {line}" for line in more)]) + "\n"


def lines_of(name: str) -> None:
    """The lines of docs/model.md that a tool makes, line by line."""
    sys.path.insert(0, str(ROOT / "tools"))
    tool = import_module(name)
    before = list(tool.lines(json.loads(tool.STORE.read_text(encoding="utf-8"))))
    again(name)
    after = list(tool.lines(json.loads(tool.STORE.read_text(encoding="utf-8"))))
    page = MODEL.read_text(encoding="utf-8")
    for was, now in zip(before, after, strict=True):
        page = page.replace(was, now, 1)
    MODEL.write_text(page, encoding="utf-8")


def again(name: str) -> None:
    """Play anew what a tool stores."""
    subprocess.run([sys.executable, ROOT / "tools" / f"{name}.py", "--again"], check=True)


def main() -> None:
    """Compute everything."""
    TUTORIAL.write_text(tutorial(TUTORIAL.read_text(encoding="utf-8")), encoding="utf-8")
    if "--tutorial" in sys.argv[1:]:
        return
    for name in ("doctrine", "tracking"):
        lines_of(name)
    for name in ("responses", "validation", "common_sense", "places"):
        again(name)


if __name__ == "__main__":
    main()
