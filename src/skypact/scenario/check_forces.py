"""Checks of forces: whole counts that fit their places, patrols, what may stand where."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.catalog.model import Basing
from skypact.quantity import Quantity
from skypact.reading import Problem, Steps, in_full
from skypact.scenario.forces import Entry, LaydownEntry, Patrol, SensorEntry, Spread
from skypact.scenario.partial import PartialScenario
from skypact.scenario.rules import UnitGrant

MOST_UNITS = 5_000
"""Units that one entry may have; more is a slip of the pen, and slow."""


def check_forces(partial: PartialScenario) -> Iterator[Problem]:
    """Every check of forces."""
    for path, entry in partial.each(Entry):
        yield from _counts(partial, path, entry)
        if entry.spread is not None and entry.count is not None:
            yield from _spread(partial, (*path, "spread"), entry.spread, entry.count.value)
        basing = _basing(partial, entry)
        if basing is not None:
            yield from _stands(partial, path, entry, basing)
        if isinstance(entry, LaydownEntry) and basing is not None:
            yield from _patrol(partial, path, entry, basing)
    yield from _gifts(partial)


def _basing(partial: PartialScenario, entry: Entry) -> Basing | None:
    if isinstance(entry, LaydownEntry):
        effector = partial.catalog.effectors.get(entry.system)
        return effector.basing if effector else None
    sensor = partial.catalog.sensors.get(entry.system) if isinstance(entry, SensorEntry) else None
    return sensor.basing if sensor else None


def _counts(partial: PartialScenario, path: Steps, entry: Entry) -> Iterator[Problem]:
    counted: dict[str, Quantity | None] = {"count": entry.count}
    if isinstance(entry, LaydownEntry):
        counted |= {"ready": entry.ready, "reserve": entry.reserve}
    for name, quantity in counted.items():
        if quantity is not None and quantity.value != int(quantity.value):
            what = f"{in_full(quantity.value)} is not a whole number of {'units' if name == 'count' else 'rounds'}"
            right = f"{int(quantity.value)} or {int(quantity.value) + 1}; a range may say how sure that is"
            yield partial.error((*path, name, "value"), what, right)
    total = entry.count.value if entry.count is not None else sum((entry.at or {}).values())
    if entry.count is not None and entry.count.high is not None:
        total = max(total, entry.count.high)
    if total > MOST_UNITS:
        field = "count" if entry.count is not None else "at"
        yield partial.error(
            (*path, field), f"{in_full(total)} units in one entry", f"at most {in_full(MOST_UNITS)}"
        )
    if total == 0:
        yield partial.warning((*path, "count"), "this entry has no units", "remove it, or give its count")


def _spread(partial: PartialScenario, path: Steps, spread: Spread, total: float) -> Iterator[Problem]:
    names = spread.over if spread.over is not None else tuple(partial.assets)
    if any(name not in partial.assets for name in names):
        return
    room = [name for name in names if partial.assets[name].weight > 0]
    if total and not room:
        what = "nothing to spread the units over: no asset has a weight above 0"
        yield partial.error(path, what, "name assets with a weight in over")
    elif spread.at_most is not None and total > spread.at_most * len(room):
        what = f"{total:g} units do not fit, at most {spread.at_most} at each of {len(room)} assets"
        yield partial.error((*path, "at_most"), what, "more assets, fewer units or a higher at_most")


def _stands(partial: PartialScenario, path: Steps, entry: Entry, basing: Basing) -> Iterator[Problem]:
    for name in entry.at or ():
        place = partial.places.get(name)
        if place is None:
            continue
        if basing == "ground" and place.kind == "sea":
            what = f"{entry.id} stands on the ground, {name} is a sea area"
            yield partial.error((*path, "at", name), what, "a city or a region", key=True)
        elif basing == "ship" and place.kind != "sea":
            what = f"{entry.id} is a ship, {name} is not a sea area"
            yield partial.warning((*path, "at", name), what, "a place with kind: sea", key=True)


def _patrol(partial: PartialScenario, path: Steps, entry: LaydownEntry, basing: Basing) -> Iterator[Problem]:
    if entry.patrol is None:
        if basing == "air":
            what = f"{entry.system} flies, but has no patrol"
            yield partial.error(path, what, "add patrol with radius_km")
        return
    here = (*path, "patrol")
    if basing != "air" and entry.patrol.radius_km.value == 0:
        what = f"{entry.system} does not fly, and its patrol has no radius"
        yield partial.error((*here, "radius_km"), what, "a radius above 0, or no patrol")
    yield from _on_station(partial, here, entry.patrol)


def _on_station(partial: PartialScenario, path: Steps, patrol: Patrol) -> Iterator[Problem]:
    if patrol.on_station_min is None:
        return
    if not patrol.on_station_min:
        yield partial.error(
            (*path, "on_station_min"), "never on station", "intervals, or leave it out for always"
        )
    previous = None
    for index, (start, end) in enumerate(patrol.on_station_min):
        here = (*path, "on_station_min", index)
        if start >= end:
            yield partial.error(
                here, f"the interval from {start:g} to {end:g} min runs backwards", "[from, to]"
            )
        elif previous is not None and start < previous:
            what = f"the interval begins at {start:g} min, before the one above it ends ({previous:g})"
            yield partial.error(here, what, "intervals in order that do not overlap")
        previous = end


def _gifts(partial: PartialScenario) -> Iterator[Problem]:
    entries = {entry.id: entry for _, entry in partial.each(LaydownEntry)}
    for path, gift in partial.each(UnitGrant):
        for index, name in enumerate(gift.entries):
            entry = entries.get(name)
            if entry is None:
                continue
            total = entry.count.value if entry.count is not None else sum((entry.at or {}).values())
            yield from _spread(partial, (*path, "spread"), gift.spread, total)
            if entry.owner == gift.to:
                what = f"{name} belongs to {gift.to} already"
                yield partial.warning(
                    (*path, "entries", index), what, "another entry, or another owner in to"
                )
