"""Checks of the raid: routes that can be flown, moments that can be meant, counts that agree."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pyproj import Geod

from skypact.catalog.model import Threat
from skypact.reading import Problem, Steps
from skypact.scenario.dates import days
from skypact.scenario.forces import Place
from skypact.scenario.model import Observed, RecordedRate, Wave
from skypact.scenario.partial import PartialScenario

MOST_THREATS = 5_000
"""Threats that one wave may have; more is a slip of the pen, and slow."""
TWO_DAYS_MIN = 2 * 24 * 60.0
ROUNDING_KM = 20.0
"""Places have one decimal of a degree, so that a distance may be wrong by about this much."""
LONGEST_ARC_MIN = 60.0
"""No ballistic flight in the catalogue's reach takes longer."""
EARTH = Geod(ellps="WGS84")


def check_raid(partial: PartialScenario) -> Iterator[Problem]:
    """Every check of waves and of what was observed."""
    for path, wave in partial.each(Wave):
        yield from _size_and_time(partial, path, wave)
        threat = partial.catalog.threats.get(wave.threat)
        if threat is not None:
            yield from _route(partial, path, wave, threat)
    yield from _observed(partial)
    yield from _record(partial)


def _size_and_time(partial: PartialScenario, path: Steps, wave: Wave) -> Iterator[Problem]:
    number = sum(wave.aims.values())
    if number > MOST_THREATS:
        yield partial.error((*path, "aims"), f"{number} threats in one wave", f"at most {MOST_THREATS}")
    for name, minutes in (("start_min", wave.start_min), *(("offset_min", m) for m in wave.offset_min)):
        if abs(minutes) > TWO_DAYS_MIN:
            yield partial.error(
                (*path, name), f"{minutes:g} min is impossible", "within two days of the zero time"
            )
    if wave.spacing_s * (number - 1) / 60 > TWO_DAYS_MIN:
        what = f"{number} launches {wave.spacing_s:g} s apart take more than two days"
        yield partial.error((*path, "spacing_s"), what, "seconds between launches")


def _route(partial: PartialScenario, path: Steps, wave: Wave, threat: Threat) -> Iterator[Problem]:
    if threat.ballistic is not None and wave.via:
        what = f"{wave.threat} flies a ballistic arc, which has no waypoints"
        yield partial.error((*path, "via"), what, "remove via, or another threat")
    names = (wave.launch, *wave.via)
    stops = [partial.places[name] for name in names if name in partial.places]
    if len(stops) != len(names):
        return
    yield from _waypoints(partial, path, names, stops)
    reach_km = threat.reach_km.high or threat.reach_km.value
    flights_min = []
    for name in wave.aims:
        asset = partial.assets.get(name)
        aim = partial.places.get(asset.place) if asset else None
        if asset is None or aim is None:
            continue
        here = (*path, "aims", name)
        if _km(stops[-1], aim) == 0:
            what = f"{name} lies at {names[-1]}, where the {'last leg' if wave.via else 'flight'} begins"
            yield partial.error(here, what, "another place", key=True)
            continue
        direct, flown = _km(stops[0], aim), sum(_km(a, b) for a, b in pairwise([*stops, aim]))
        if direct > reach_km + ROUNDING_KM:
            what = f"{name} is {direct:.0f} km from {wave.launch}, {wave.threat} reaches {reach_km:g} km"
            yield partial.error(here, what, "a nearer launch area, another aim or another threat", key=True)
        elif flown > reach_km + ROUNDING_KM * len(names):
            what = f"the route to {name} is {flown:.0f} km long, {wave.threat} reaches {reach_km:g} km"
            yield partial.warning(here, what, "a shorter route", key=True)
        flights_min.append(_longest_flight_min(threat, flown))
    if len(flights_min) == len(wave.aims):
        last = wave.start_min + wave.offset_min[1] + wave.spacing_s * (sum(wave.aims.values()) - 1) / 60
        if last + max(flights_min) < 0:
            what = "every threat of this wave arrives before the zero time"
            yield partial.error((*path, "start_min"), what, "minutes after the zero time; or an earlier zero")


def _waypoints(
    partial: PartialScenario, path: Steps, names: tuple[str, ...], stops: list[Place]
) -> Iterator[Problem]:
    for index, name in enumerate(names[1:]):
        here = (*path, "via", index)
        if _km(stops[index], stops[index + 1]) == 0:
            yield partial.error(
                here, f"the route stays at {name}", "places that follow each other must differ"
            )
        elif name in names[: index + 1]:
            yield partial.warning(
                here, f"the route comes to {name} twice", "remove one unless it flies a loop"
            )


def _longest_flight_min(threat: Threat, flown_km: float) -> float:
    speed = threat.speed_m_s
    if speed is None:
        return LONGEST_ARC_MIN
    return 1000 * flown_km / (speed.low or speed.value) / 60


def _km(one: Place, other: Place) -> float:
    return float(EARTH.inv(one.lon, one.lat, other.lon, other.lat)[2]) / 1000


def _record(partial: PartialScenario) -> Iterator[Problem]:
    """A forecast to hold the model against knows nothing of the day itself, nor of what came after."""
    day = days(str(partial.at("date")))
    for path, rate in partial.each(RecordedRate):
        since, until = days(rate.since), days(rate.until)
        if since is None or until is None:
            continue  # said by the schema
        if since[0] > until[1]:
            yield partial.error((*path, "since"), f"{rate.since} is after {rate.until}", "since <= until")
        if day is not None and until[0] >= day[0]:
            right = "the record before the day alone"
            yield partial.error((*path, "until"), f"{rate.until} is not before {partial.at('date')}", right)


def _observed(partial: PartialScenario) -> Iterator[Problem]:
    reports = list(partial.each(Observed))
    for path, report in reports:
        low, high = _bounds(report)
        if low > high:
            yield partial.error((*path, "low"), f"low {low:g} is above high {high:g}", "low <= high")
    waves = [wave for _, wave in partial.each(Wave)]
    if len(waves) != len(partial.listed("raid", "waves")):
        return  # a wave that is wrong would be missing in the sum
    launched: Counter[str] = Counter()
    for wave in waves:
        threat = partial.catalog.threats.get(wave.threat)
        if threat is None:
            return
        launched[threat.threat_class] += sum(wave.aims.values())
    counts = [(path, report) for path, report in reports if report.what == "launched" and not report.owner]
    agreeing = {_classes(report) for _, report in counts if _fits(report, launched)}
    for path, report in counts:
        if _classes(report) not in agreeing:
            ours = sum(launched[name] for name in report.classes or launched)
            what = f"the waves have {ours} such threats, {report.by} reports {_words(report)} launched"
            yield partial.warning((*path, "value"), what, "the same number, or a note that says why not")


def _classes(report: Observed) -> frozenset[str]:
    return frozenset(report.classes or ())


def _fits(report: Observed, launched: Counter[str]) -> bool:
    ours = sum(launched[name] for name in report.classes or launched)
    low, high = _bounds(report)
    return low <= ours <= high


def _bounds(report: Observed) -> tuple[float, float]:
    """What the report allows: its bounds, one of which may be open, or just its number."""
    if report.low is None and report.high is None:
        return report.value, report.value
    return (
        -math.inf if report.low is None else report.low,
        math.inf if report.high is None else report.high,
    )


def _words(report: Observed) -> str:
    low, high = _bounds(report)
    if low == high:
        return f"{low:g}"
    if math.isinf(high):
        return f"at least {low:g}"
    return f"at most {high:g}" if math.isinf(low) else f"{low:g} to {high:g}"
