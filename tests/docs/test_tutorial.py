"""The tutorial, followed line by line: what it shows is what comes out."""

from __future__ import annotations

import doctest
import re
from functools import partial
from pathlib import Path

import pytest

import skypact

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (\S+\.yaml)\n")
SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def test_every_step_gives_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = PAGE.read_text(encoding="utf-8")
    steps = []
    for language, text in BLOCK.findall(page):
        if language == "yaml" and (named := FILE.match(text)):
            Path(named[1]).write_text(text, encoding="utf-8")
        elif language == "python":
            steps.append(text)
    assert len(steps) > 8
    parsed = doctest.DocTestParser().get_doctest("\n".join(steps), {}, "tutorial", str(PAGE), 0)
    assert len(parsed.examples) > 20
    told: list[str] = []
    found = doctest.DocTestRunner(optionflags=SAME).run(parsed, out=told.append)
    assert found.failed == 0, "".join(told)


def test_the_example_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (PAGE.parents[1] / "README.md").read_text(encoding="utf-8")
    ((_, text),) = [found for found in BLOCK.findall(readme) if found[0] == "python"]
    few = partial(skypact.compare, central=True, replications=20)
    monkeypatch.setattr(skypact, "compare", few)
    monkeypatch.setattr(skypact.Comparison, "report", lambda found, path: path)  # the tutorial writes one
    exec(text, {})
