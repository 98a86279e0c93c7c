"""What the pages name is there: files, modules and what is in them."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FILE = re.compile(r"`((?:src|tests|tools|bench|docs|schema)/[\w./-]+)`|\]\((?!\w+:)([\w./-]+)(?:#[\w-]*)?\)")
NAME = re.compile(r"`(skypact(?:\.\w+)+)`")


def exists(name: str) -> bool:
    """Whether a dotted name is a module, or something that one has."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = [(ROOT / code) if code else (page.parent / link) for code, link in FILE.findall(text)]
    assert [str(file) for file in named if not file.exists()] == []
    assert [name for name in NAME.findall(text) if not exists(name)] == []
