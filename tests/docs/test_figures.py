"""Long figures of the docs come from stored, dated results, and the text still says what they say."""

from __future__ import annotations

import json
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def tool(name: str) -> ModuleType:
    spec = spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("validation", "validation.md"),
        ("responses", "validation.md"),
        ("doctrine", "model.md"),
        ("tracking", "model.md"),
        ("common_sense", "verification.md"),
        ("backtest", "validation.md"),
        ("places", "place.md"),
    ],
)
def test_the_page_says_what_was_stored(name: str, page: str) -> None:
    found = tool(name)
    figures = json.loads(found.STORE.read_text(encoding="utf-8"))
    assert date.fromisoformat(figures["made"]) <= date.today()
    text = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    missing = [line for line in found.lines(figures) if line not in text]
    assert missing == []
