"""Finding campaigns: those shipped with the package, and anyone's own.

Here is only what finds and names them, so that ``skypact list`` need not load what reads them in full.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from skypact.reading.document import read_document
from skypact.reading.shipped import find_in, names_in

SHIPPED = Path(__file__).parent / "shipped"


def shipped() -> tuple[str, ...]:
    """The names of the campaigns that come with the package, sorted."""
    return names_in(SHIPPED)


def overview() -> list[dict[str, Any]]:
    """What the shipped campaigns are: for each its name, title, days, baseline, and policies with titles."""
    rows = []
    for name in shipped():
        data = read_document(SHIPPED / f"{name}.yaml").data
        policies = {policy: about["title"] for policy, about in data["policies"].items()}
        rows.append(
            {
                "campaign": data["id"],
                "title": data["title"],
                "from": data["from"],
                "until": data["until"],
                "baseline": data["baseline"],
                "policies": policies,
            }
        )
    return rows


def find_campaign(name_or_path: str | Path) -> Path:
    """The file of a shipped campaign or of a path.

    Raises
    ------
    Problems
        If it is neither; with the nearest shipped name.
    """
    return find_in(SHIPPED, "campaign", name_or_path)
