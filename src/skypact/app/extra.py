"""What the server needs beyond the base installation."""

from __future__ import annotations

from importlib.util import find_spec

from skypact.reading import Problem, Problems

NEEDED = {"starlette": "Starlette", "uvicorn": "uvicorn"}


def expect_extra() -> None:
    """Ask for the extra ``app`` before anything else.

    Raises
    ------
    skypact.Problems
        If a part of it is not installed: one line that names the extra.
    """
    missing = [name for module, name in NEEDED.items() if find_spec(module) is None]
    if missing:
        what = f"the page in the browser needs {' and '.join(missing)}"
        raise Problems([Problem("serve", 0, 0, "", what, "pip install 'skypact[app]'")])
