"""Every example in a docstring of the package runs and gives what it shows."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import skypact

ROOT = Path(skypact.__file__).parent
SOURCES = {
    "skypact"
    + "".join(f".{part}" for part in file.relative_to(ROOT).with_suffix("").parts if part != "__init__"): file
    for file in sorted(ROOT.rglob("*.py"))
}
WITH_EXAMPLES = [name for name, file in SOURCES.items() if ">>> " in file.read_text(encoding="utf-8")]


def test_there_are_examples() -> None:
    assert len(WITH_EXAMPLES) > 10


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_of_a_module_run(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    module = import_module(name)
    # Of compiled functions the finder sees the dispatcher, whose docstring is the function's.
    found = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert found.failed == 0, f"{found.failed} of {found.attempted} examples of {name}"
    assert found.attempted > 0, f"no example of {name} was found by doctest"
