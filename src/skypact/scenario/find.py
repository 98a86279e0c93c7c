"""Finding scenarios: those shipped with the package, and anyone's own.

Here is only what finds and names them, so that ``skypact list`` need not load what reads them in full.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from skypact.reading.document import read_document
from skypact.reading.shipped import find_in, names_in

SHIPPED = Path(__file__).parent / "shipped"


def shipped() -> tuple[str, ...]:
    """The names of the scenarios that come with the package, sorted."""
    return names_in(SHIPPED)


def find_scenario(name_or_path: str | Path) -> Path:
    """The file of a shipped scenario or of a path.

    Raises
    ------
    Problems
        If it is neither; with the nearest shipped name.
    """
    return find_in(SHIPPED, "scenario", name_or_path)


def overview() -> list[dict[str, Any]]:
    """What the shipped scenarios are: for each its name, title, date, baseline, and policies with titles.

    The files are read and not checked: the tests check those that are shipped.
    """
    rows = []
    for name in shipped():
        data = read_document(SHIPPED / f"{name}.yaml").data
        policies = {policy: about["title"] for policy, about in data["policies"].items()}
        rows.append(
            {
                "scenario": data["id"],
                "title": data["title"],
                "date": data["date"],
                "baseline": data["baseline"],
                "policies": policies,
            }
        )
    return rows
