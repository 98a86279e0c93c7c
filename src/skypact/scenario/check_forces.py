"""Checks of forces: whole counts that fit their places, patrols, what may stand where."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.catalog.model import Basing
from skypact.quantity import Quantity
from skypact.reading import Problem, Steps
from skypact.scenario.draft import Draft
from skypact.scenario.forces import Entry, LaydownEntry, Patrol, SensorEntry, Spread
from skypact.scenario.rules import Gift

MOST_UNITS = 5_000
"""Units that one entry may have; more is a slip of the pen, and slow."""


def check_forces(draft: Draft) -> Iterator[Problem]:
    """Every check of forces."""
    for path, entry in draft.each(Entry):
        yield from _counts(draft, path, entry)
        if entry.spread is not None and entry.count is not None:
            yield from _spread(draft, (*path, "spread"), entry.spread, entry.count.value)
        basing = _basing(draft, entry)
        if basing is not None:
            yield from _stands(draft, path, entry, basing)
        if isinstance(entry, LaydownEntry) and basing is not None:
            yield from _patrol(draft, path, entry, basing)
    yield from _gifts(draft)


def _basing(draft: Draft, entry: Entry) -> Basing | None:
    if isinstance(entry, LaydownEntry):
        effector = draft.catalog.effectors.get(entry.system)
        return effector.basing if effector else None
    sensor = draft.catalog.sensors.get(entry.system) if isinstance(entry, SensorEntry) else None
    return sensor.basing if sensor else None


def _counts(draft: Draft, path: Steps, entry: Entry) -> Iterator[Problem]:
    counted: dict[str, Quantity | None] = {"count": entry.count}
    if isinstance(entry, LaydownEntry):
        counted |= {"ready": entry.ready, "reserve": entry.reserve}
    for name, quantity in counted.items():
        if quantity is not None and quantity.value != int(quantity.value):
            what = f"{quantity.value:g} is not a whole number of {'units' if name == 'count' else 'rounds'}"
            right = f"{int(quantity.value)} or {int(quantity.value) + 1}; a range may say how sure that is"
            yield draft.error((*path, name, "value"), what, right)
    total = entry.count.value if entry.count is not None else sum((entry.at or {}).values())
    if entry.count is not None and entry.count.high is not None:
        total = max(total, entry.count.high)
    if total > MOST_UNITS:
        field = "count" if entry.count is not None else "at"
        yield draft.error((*path, field), f"{total:g} units in one entry", f"at most {MOST_UNITS}")
    if total == 0:
        yield draft.warning((*path, "count"), "this entry has no units", "remove it, or give its count")


def _spread(draft: Draft, path: Steps, spread: Spread, total: float) -> Iterator[Problem]:
    names = spread.over if spread.over is not None else tuple(draft.assets)
    if any(name not in draft.assets for name in names):
        return
    room = [name for name in names if draft.assets[name].weight > 0]
    if total and not room:
        what = "nothing to spread the units over: no asset has a weight above 0"
        yield draft.error(path, what, "name assets with a weight in over")
    elif spread.at_most is not None and total > spread.at_most * len(room):
        what = f"{total:g} units do not fit, at most {spread.at_most} at each of {len(room)} assets"
        yield draft.error((*path, "at_most"), what, "more assets, fewer units or a higher at_most")


def _stands(draft: Draft, path: Steps, entry: Entry, basing: Basing) -> Iterator[Problem]:
    for name in entry.at or ():
        place = draft.places.get(name)
        if place is None:
            continue
        if basing == "ground" and place.kind == "sea":
            what = f"{entry.id} stands on the ground, {name} is a sea area"
            yield draft.error((*path, "at", name), what, "a city or a region", key=True)
        elif basing == "ship" and place.kind != "sea":
            what = f"{entry.id} is a ship, {name} is not a sea area"
            yield draft.warning((*path, "at", name), what, "a place with kind: sea", key=True)


def _patrol(draft: Draft, path: Steps, entry: LaydownEntry, basing: Basing) -> Iterator[Problem]:
    if entry.patrol is None:
        if basing == "air":
            what = f"{entry.system} flies, but has no patrol"
            yield draft.error(path, what, "add patrol with radius_km")
        return
    here = (*path, "patrol")
    if basing != "air" and entry.patrol.radius_km.value == 0:
        what = f"{entry.system} does not fly, and its patrol has no radius"
        yield draft.error((*here, "radius_km"), what, "a radius above 0, or no patrol")
    yield from _on_station(draft, here, entry.patrol)


def _on_station(draft: Draft, path: Steps, patrol: Patrol) -> Iterator[Problem]:
    if patrol.on_station_min is None:
        return
    if not patrol.on_station_min:
        yield draft.error(
            (*path, "on_station_min"), "never on station", "intervals, or leave it out for always"
        )
    previous = None
    for index, (start, end) in enumerate(patrol.on_station_min):
        here = (*path, "on_station_min", index)
        if start >= end:
            yield draft.error(
                here, f"the interval from {start:g} to {end:g} min runs backwards", "[from, to]"
            )
        elif previous is not None and start < previous:
            what = f"the interval begins at {start:g} min, before the one above it ends ({previous:g})"
            yield draft.error(here, what, "intervals in order that do not overlap")
        previous = end


def _gifts(draft: Draft) -> Iterator[Problem]:
    entries = {entry.id: entry for _, entry in draft.each(LaydownEntry)}
    for path, gift in draft.each(Gift):
        for index, name in enumerate(gift.entries):
            entry = entries.get(name)
            if entry is None:
                continue
            total = entry.count.value if entry.count is not None else sum((entry.at or {}).values())
            yield from _spread(draft, (*path, "spread"), gift.spread, total)
            if entry.owner == gift.to:
                what = f"{name} belongs to {gift.to} already"
                yield draft.warning((*path, "entries", index), what, "another entry, or another owner in to")
