"""More of everything on the shipped scenarios; ``tools/common_sense.py`` plays it.

Changes of the raid (`tests.sense.changes`), changes of numbers that go through geometry (another fire unit of a
system, a channel or a round more for all units of one, wider ranges, sensors that see further, tracks sooner), and
policies that allow more than others.
"""

from __future__ import annotations

from collections.abc import Iterator

from skypact.policy import Draw, central
from skypact.quantity import Quantity
from skypact.raid import Raid
from skypact.study.setup import CompiledPolicy, Study
from tests.sense.changes import CHANGES

SCENARIOS = ("ukraine-2024-08-26", "ukraine-2024-08-11", "israel-2024-04-13", "lethal-aid-2021-10")
WIDER = {
    "ukraine-2024-08-26": (
        ("status-quo", "neighbours-drones-70km"),
        ("neighbours-drones-70km", "neighbours-all-70km"),
        ("status-quo", "sky-shield"),
        ("status-quo", "joint-as-over-israel"),
    ),
    "israel-2024-04-13": (("israel-alone", "as-happened"), ("no-forward-intercepts", "as-happened")),
}
"""By scenario: policies of which the second allows whatever the first one allows."""
EACH = {"channels": "a channel for every", "ready": "a ready round for every"}
WHOLE = {
    "max_range_km": ("effectors.", 1.1, "ranges a tenth wider"),
    "range_km": ("sensors.", 1.1, "sensors that see a tenth further"),
    "delay_s": ("sensors.", 0.5, "tracks in half the time"),
}

Comparison = tuple[str, Raid, Raid]


def comparisons(study: Study) -> Iterator[Comparison]:
    """What is compared on a scenario: a name, the raid before, the raid after."""
    compiled = {policy: study.compile(policy) for policy in study.policies}
    for policy, one in compiled.items():
        for name, (before, after) in CHANGES.items() if one.raid.windows else ():
            yield f"{policy}: {name}", before(one.raid, 1), after(one.raid, 1)
    for before_, after_ in WIDER.get(study.scenario.id, ()):
        yield f"{after_} for {before_}", compiled[before_].raid, compiled[after_].raid
    yield from _numbers(study, compiled[study.baseline])


def _numbers(study: Study, compiled: CompiledPolicy) -> Iterator[Comparison]:
    for changed in sorted(compiled.used):
        first, *_, last = changed.split(".")
        if first == "laydown" and last == "count":
            draw = _adding(changed)
            name = f"another of {changed.split('.')[1]}"
        elif first == "effectors" and last in EACH:
            draw = _adding(changed)
            name = f"{EACH[last]} {changed.split('.')[1]}"
        else:
            continue
        more = study.compile(compiled.policy, draw).raid
        if more != compiled.raid:
            yield f"{compiled.policy}: {name}", compiled.raid, more
    for last, (start, factor, name) in WHOLE.items():
        more = study.compile(compiled.policy, _scaling(start, last, factor)).raid
        yield f"{compiled.policy}: {name}", compiled.raid, more


def _adding(changed: str) -> Draw:
    def draw(name: str, quantity: Quantity) -> float:
        return central(name, quantity) + (name == changed)

    return draw


def _scaling(start: str, last: str, factor: float) -> Draw:
    def draw(name: str, quantity: Quantity) -> float:
        scaled = name.startswith(start) and last in name.split(".")
        return central(name, quantity) * (factor if scaled else 1.0)

    return draw
