"""More of something that defends: each change gives the raid as it would be with it.

A change keeps every id that is there, so that both raids meet the same luck.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from skypact.raid import Raid, Unit

Change = Callable[[Raid, int], Raid]


def _units(raid: Raid, change: Callable[[Unit], Unit]) -> Raid:
    return replace(raid, units=tuple(change(unit) for unit in raid.units))


def _magazine(unit: Unit) -> int:
    return unit.ready if unit.magazine is None else unit.magazine


def one_channel_more(raid: Raid, number: int) -> Raid:
    """A channel more for one unit."""
    chosen = _one(raid, number)
    return _units(raid, lambda u: u._replace(channels=u.channels + 1) if u.id == chosen else u)


def channels_more(raid: Raid, number: int) -> Raid:
    """A channel more for every unit."""
    return _units(raid, lambda u: u._replace(channels=u.channels + 1))


def round_more(raid: Raid, number: int) -> Raid:
    """A round more for every unit, ready and in its magazine."""
    return _units(raid, lambda u: u._replace(ready=u.ready + 1, magazine=_magazine(u) + 1))


def reserve_more(raid: Raid, number: int) -> Raid:
    """As many rounds in store again, for every unit that has some."""
    return _units(raid, lambda u: u._replace(reserve=2 * u.reserve))


def unit_more(raid: Raid, number: int) -> Raid:
    """A unit more: another of one that is there, with the same windows."""
    chosen = _one(raid, number)
    new = "another " + chosen
    unit = next(unit for unit in raid.units if unit.id == chosen)
    windows = tuple(window._replace(unit=new) for window in raid.windows if window.unit == chosen)
    return replace(raid, units=(*raid.units, unit._replace(id=new)), windows=raid.windows + windows)


def look_more(raid: Raid, number: int) -> Raid:
    """A look more at every threat that is looked at: like its first one, on all its tracks."""
    firsts = {}
    for look in raid.looks:
        firsts.setdefault(look.threat, look._replace(id="another " + look.id))
    tracks = tuple(track._replace(looks=(*track.looks, firsts[track.threat].id)) for track in raid.tracks)
    return replace(raid, looks=raid.looks + tuple(firsts.values()), tracks=tracks)


def earlier_sight(raid: Raid, number: int) -> Raid:
    """Every look a minute earlier."""
    return replace(raid, looks=tuple(look._replace(at_s=look.at_s - 60.0) for look in raid.looks))


def likelier_kill(raid: Raid, number: int) -> Raid:
    """Every kill probability a fifth nearer to what its family can reach."""
    return replace(
        raid,
        windows=tuple(w._replace(p_kill=w.p_kill + 0.2 * (w.susceptible - w.p_kill)) for w in raid.windows),
    )


def likelier_look(raid: Raid, number: int) -> Raid:
    """Every look's chance a fifth nearer to what its family can reach."""
    return replace(
        raid,
        looks=tuple(k._replace(p_detect=k.p_detect + 0.2 * (k.susceptible - k.p_detect)) for k in raid.looks),
    )


def likelier_acquisition(raid: Raid, number: int) -> Raid:
    """Every chance to acquire a fifth nearer to certainty."""
    return replace(
        raid, windows=tuple(w._replace(p_acquire=w.p_acquire + 0.2 * (1 - w.p_acquire)) for w in raid.windows)
    )


def more_available(raid: Raid, number: int) -> Raid:
    """Every unit's availability a half nearer to certainty."""
    return _units(raid, lambda u: u._replace(availability=u.availability + 0.5 * (1 - u.availability)))


def wider_range(raid: Raid, number: int) -> Raid:
    """Every window opens earlier by a fifth of its length, with the flight that belongs to it."""
    return replace(
        raid,
        windows=tuple(
            w._replace(
                opens_s=w.opens_s - 0.2 * (w.closes_s - w.opens_s),
                flight_open_s=w.flight_open_s + 0.2 * max(0.0, w.flight_open_s - w.flight_close_s),
            )
            for w in raid.windows
        ),
    )


def wider_permission(raid: Raid, number: int) -> Raid:
    """The raid itself; `narrowed` is what it is compared with."""
    return raid


def narrowed(raid: Raid, number: int) -> Raid:
    """Without the windows of one owner against one class."""
    choose = random.Random(number)
    owner = choose.choice(sorted({unit.owner for unit in raid.units}))
    class_ = choose.choice(sorted({threat.class_ for threat in raid.threats}))
    owners = {unit.id: unit.owner for unit in raid.units}
    classes = {threat.id: threat.class_ for threat in raid.threats}
    kept = (w for w in raid.windows if owners[w.unit] != owner or classes[w.threat] != class_)
    return replace(raid, windows=tuple(kept))


def _one(raid: Raid, number: int) -> str:
    """One of the units that have a window."""
    return random.Random(number).choice(sorted({window.unit for window in raid.windows}))


def as_it_is(raid: Raid, number: int) -> Raid:
    """The raid itself."""
    return raid


CHANGES: dict[str, tuple[Change, Change]] = {
    "a channel for one unit": (as_it_is, one_channel_more),
    "a channel for every unit": (as_it_is, channels_more),
    "a round for every unit": (as_it_is, round_more),
    "as much reserve again": (as_it_is, reserve_more),
    "another unit": (as_it_is, unit_more),
    "another look": (as_it_is, look_more),
    "looks a minute earlier": (as_it_is, earlier_sight),
    "likelier kills": (as_it_is, likelier_kill),
    "likelier looks": (as_it_is, likelier_look),
    "likelier acquisition": (as_it_is, likelier_acquisition),
    "more available": (as_it_is, more_available),
    "windows that open earlier": (as_it_is, wider_range),
    "wider permission": (narrowed, wider_permission),
}
"""By name: what is compared with what, before and after."""
