"""What can be asked about a scenario: the names of its units, threats and transfers."""

from __future__ import annotations

from collections.abc import Iterable

from skypact.catalog import Catalog, load_catalog
from skypact.scenario.model import Scenario
from skypact.study.aid import questions
from skypact.study.results import Document


def askable(scenario: Scenario, catalog: Catalog | None = None) -> Document:
    """The names that ``skypact explain`` takes for a scenario.

    Returns
    -------
    dict
        ``policies``; ``units``: ``entries`` of the laydown (those that a decision brings too),
        ``systems`` and ``owners``; ``threats``: ``waves``, ``types`` and ``classes``; ``transfers``:
        rows of donor, recipient, system and channel; ``example``: options that ask about the first of
        them.
    """
    catalog = load_catalog() if catalog is None else catalog
    brought = [entry for decision in scenario.decisions.values() for entry in decision.laydown]
    entries = [*scenario.laydown, *brought]
    waves = scenario.raid.waves
    classes = [catalog.threats[wave.threat].threat_class for wave in waves if wave.threat in catalog.threats]
    transfers = [
        {"donor": row.donor, "recipient": row.recipient, "system": row.item, "channel": row.channel}
        for row in questions(scenario)
    ]
    if entries and waves:
        example = f"--unit {entries[0].id} --threat {waves[0].id}"
    else:
        example = " ".join(f"--{key} {value}" for row in transfers[:1] for key, value in row.items())
    return {
        "scenario": scenario.id,
        "policies": list(scenario.policies),
        "units": {
            "entries": _once(entry.id for entry in entries),
            "systems": _once(entry.system for entry in entries),
            "owners": _once(entry.owner for entry in entries),
        },
        "threats": {
            "waves": _once(wave.id for wave in waves),
            "types": _once(wave.threat for wave in waves),
            "classes": _once(classes),
        },
        "transfers": transfers,
        "example": example,
    }


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
