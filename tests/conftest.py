"""Which tests are slow; `make quick` leaves them out."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SLOW = (
    "app/test_page.py",
    "bench",
    "cli",
    "docs/test_contributing.py",
    "docs/test_docstrings.py",
    "docs/test_tutorial.py",
    "evidence/test_record.py",
    "evidence/test_store.py",
    "exports",
    "geometry/test_windows.py",
    "library/test_calls.py",
    "oracle",
    "report/test_browser.py",
    "report/test_extra.py",
    "scenario/test_bands.py",
    "scenario/test_fuzz.py",
    "study/test_soak.py",
    "theory",
)
"""Folders and modules that start the program anew for each test, draw long series, or play very often."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slow = tuple(TESTS / name for name in SLOW)
    for item in items:
        if any(item.path.is_relative_to(place) for place in slow):
            item.add_marker(pytest.mark.slow)


def pytest_configure() -> None:
    """A name that is renamed or misspelt would bring slow tests back unseen."""
    missing = [name for name in SLOW if not (TESTS / name).exists()]
    if missing:
        raise pytest.UsageError(f"tests/conftest.py names as slow what is not there: {', '.join(missing)}")
