"""Which packages a user's installation has: the dependencies of Skypact and its extras, and theirs in turn."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from tools.constraints import plain

ROOT = Path(__file__).resolve().parents[1]
FOR_MAKERS = {"dev"}
"""Extras that no user needs."""


def asked() -> list[Requirement]:
    """What pyproject.toml asks for, with every extra that is for users."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [line for name, part in extras.items() if name not in FOR_MAKERS for line in part]
    found = [Requirement(line) for line in (*project["dependencies"], *lines)]
    return [one for one in found if plain(one.name) != "skypact"]


def of_users() -> set[str]:
    """The names of all packages that come with these, as they are installed here."""
    found: set[str] = set()
    open_ = [(one, "") for one in asked()]
    while open_:
        one, extra = open_.pop()
        if one.marker is not None and not one.marker.evaluate({"extra": extra}):
            continue
        name = plain(one.name)
        extras = sorted(one.extras) or [""]
        if name in found and not one.extras:
            continue
        found.add(name)
        try:
            further = [Requirement(line) for line in requires(one.name) or ()]
        except PackageNotFoundError:
            continue
        open_ += [(next_, extra_) for next_ in further for extra_ in extras]
    return found
