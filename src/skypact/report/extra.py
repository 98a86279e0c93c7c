"""What drawings and pages need beyond the base installation."""

from __future__ import annotations

from importlib.util import find_spec

from skypact.reading import Problem, Problems

NEEDED = {"altair": "Altair", "vl_convert": "vl-convert", "jinja2": "Jinja2"}
"""Modules of the extra ``report``, and what people call them."""


def has_extra() -> bool:
    """Whether the extra ``report`` is installed."""
    return all(map(_is_there, NEEDED))


def expect_extra() -> None:
    """Ask for the extra ``report`` before work begins whose result needs it.

    Raises
    ------
    Problems
        If a part of it is not installed: one line that names the extra.
    """
    missing = [name for module, name in NEEDED.items() if not _is_there(module)]
    if missing:
        what = f"pictures and pages need {', '.join(missing)}"
        raise Problems([Problem("report", 0, 0, "", what, "pip install 'skypact[report]'")])


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False
