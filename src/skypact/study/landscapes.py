"""Two scenarios side by side: are the landscapes different, and in what?"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from pyproj import Geod
from shapely import Point

from skypact.formatting import class_name
from skypact.geometry.atlas import Atlas
from skypact.geometry.flight import Flight, fly
from skypact.geometry.tracked import first_sights
from skypact.policy.situation import Situation
from skypact.quantity import Quantity
from skypact.reading import Problem, Problems
from skypact.scenario.model import Landscape
from skypact.study.estimates import Change
from skypact.study.play import RunSettings, play
from skypact.study.ready import player
from skypact.study.results import Document
from skypact.study.setup import CompiledPolicy, Study
from skypact.version import __version__
from skypact.world.borders import territory

WARNING_NOTE = (
    "From first sight by the defender's own sensors to the nominal impact; median. Launches seen from space are"
    " not modelled."
)

STEP_KM = 5.0
"""Along a path, how finely the ground below is looked up."""


@dataclass(frozen=True)
class LandscapeSide:
    """One scenario as a landscape: alone, and under joint interception."""

    study: Study
    landscape: Landscape
    alone: CompiledPolicy
    joint: CompiledPolicy
    leakers: Mapping[str, float]
    change: Change

    @property
    def atlas(self) -> Atlas:
        return self.study.atlas

    @property
    def situation(self) -> Situation:
        return self.alone.situation

    @cached_property
    def flights(self) -> tuple[Flight, ...]:
        return fly(self.situation.paths)

    @cached_property
    def ground_km(self) -> dict[str, float]:
        """Threat-kilometres over each actor's territory ("" over the sea or a country not named)."""
        threats = Counter(threat.path for threat in self.situation.incoming)
        found: defaultdict[str, float] = defaultdict(float)
        for number, flight in enumerate(self.flights):
            distance, names = _over(self, flight)
            for name, km in zip(names, distance, strict=True):
                found[name] += threats[number] * km
        return found


def landscapes(first: Study, second: Study, settings: RunSettings) -> Document:
    """Put two scenarios side by side.

    Parameters
    ----------
    first, second
        Studies of scenarios with a ``landscape`` section.
    settings
        Replications for what joint interception changes.

    Returns
    -------
    dict
        ``scenarios``: both ids; ``rows``: ``what``, ``unit``, two ``values`` (numbers, text or null) and a
        ``note``.
    """
    views = [_view(study, settings) for study in (first, second)]
    rows: list[Document] = []

    def add(what: str, unit: str, value: Callable[[LandscapeSide], object], note: str = "") -> None:
        rows.append({"what": what, "unit": unit, "values": [value(view) for view in views], "note": note})

    classes = sorted({path.threat_class for view in views for path in view.situation.paths})
    add("Weapons in the raid", "", lambda view: len(view.situation.incoming))
    for name in classes:
        add(f"of these {class_name(name)}", "", lambda view, c=name: _mix(view).get(c, 0))  # type: ignore[misc]
    add("Flown over the defended country", "km a weapon", lambda view: _over_ground(view, ("defended",)))
    add(
        "Flown over the defended or consenting countries",
        "km a weapon",
        lambda view: _over_ground(view, ("defended", "given")),
        "Consent to intercepts as the scenario records it; contested and unknown consent is not counted.",
    )
    add("Share of the way over the attacker's territory", "%", _over_attacker)
    add("Airspace on the way, and consent", "", _consents)
    for name in classes:
        add(f"Time of flight, {class_name(name)}", "min", lambda view, c=name: _flight(view, c))  # type: ignore[misc]
    for name in classes:
        note = WARNING_NOTE if name == classes[0] else ""
        add(f"Warning time, {class_name(name)}", "min", lambda view, c=name: _warning(view, c), note)  # type: ignore[misc]
    add("Raids a month over the year before", "", lambda view: _said(view.landscape.raids_per_month))
    add("Weapons a month over the year before", "", lambda view: _said(view.landscape.weapons_per_month))
    add("Defended country", "1,000 km²", lambda view: round(_country_km2(view) / 1000, 1))
    add("Fire units per 10,000 km²", "", lambda view: _density(view, "units"))
    add("Ready interceptor missiles per 10,000 km²", "", lambda view: _density(view, "ready"))
    add("Fire units per defended asset", "", lambda view: _per_asset(view, "units"))
    add("Ready interceptor missiles per defended asset", "", lambda view: _per_asset(view, "ready"))
    add(
        "Allied patrol areas within the attacker's stated reach",
        "%",
        _patrols_in_reach,
        "Reach against high fliers as the scenario states it; notional.",
    )
    add("Leakers alone", "mean", lambda view: _leakers(view, view.landscape.alone))
    add("Leakers with joint interception", "mean", lambda view: _leakers(view, view.landscape.joint))
    add(
        "What joint interception changes",
        "leakers",
        _change,
        "Paired replications; 95 % interval, simulation error alone. The size rests on how sensors of different owners miss"
        " (docs/validation.md).",
    )
    return {
        "skypact": __version__,
        "scenarios": [view.study.scenario.id for view in views],
        "seed": settings.seed,
        "replications": settings.replications,
        "policies": [[view.landscape.alone, view.landscape.joint] for view in views],
        "rows": rows,
    }


def _view(study: Study, settings: RunSettings) -> LandscapeSide:
    landscape = study.scenario.landscape
    if landscape is None:
        right = "add landscape: with defended, raids_per_month, weapons_per_month, alone and joint"
        raise Problems([Problem(study.asked, 0, 0, "landscape", "missing", right)])
    alone, joint = study.compile(landscape.alone), study.compile(landscape.joint)
    players = {one.policy: player(study, one) for one in (alone, joint)}
    played, paired = play(players, settings, baseline=landscape.alone)
    leakers = {policy: one.means()[("leakers",)] for policy, one in played.items()}
    pair = paired[landscape.joint]
    change = pair.changes()[("leakers",)]
    return LandscapeSide(study, landscape, alone, joint, leakers, change)


def _mix(view: LandscapeSide) -> Counter[str]:
    paths = view.situation.paths
    return Counter(paths[threat.path].threat_class for threat in view.situation.incoming)


def _over(view: LandscapeSide, flight: Flight) -> tuple[list[float], list[str]]:
    """Pieces of a flight: their length on the ground in km, and the actor over whose land they lie."""
    geod = Geod(ellps="WGS84")
    _, _, metres = geod.inv(flight.lon[:-1], flight.lat[:-1], flight.lon[1:], flight.lat[1:])
    along = np.concatenate([[0.0], np.cumsum(metres) / 1000])
    pieces = max(1, int(along[-1] / STEP_KM))
    middle = (np.arange(pieces) + 0.5) * along[-1] / pieces
    lat = np.interp(middle, along, flight.lat)
    lon = np.interp(middle, along, np.unwrap(flight.lon, period=360.0))
    names = np.full(pieces, "", dtype=object)
    for actor in view.situation.geography.territories:
        names[view.atlas.contains(view.atlas.named(actor), lat, lon)] = actor
    return [along[-1] / pieces] * pieces, names.tolist()


def _over_ground(view: LandscapeSide, kinds: tuple[str, ...]) -> float:
    names = {view.landscape.defended} if "defended" in kinds else set()
    names |= {consent.airspace for consent in view.landscape.consents if consent.consent in kinds}
    return round(sum(view.ground_km[name] for name in names) / max(1, len(view.situation.incoming)), 1)


def _over_attacker(view: LandscapeSide) -> float:
    attackers = view.study.scenario.raid.attacker
    return round(
        100 * sum(view.ground_km[name] for name in attackers) / max(1.0, sum(view.ground_km.values())), 1
    )


def _consents(view: LandscapeSide) -> str:
    """Everyone whose airspace weapons cross, by how far, with what is known of consent."""
    scenario, said = view.study.scenario, {c.airspace: c.consent for c in view.landscape.consents}
    total = sum(view.ground_km.values())
    shown = []
    for name, km in sorted(view.ground_km.items(), key=lambda item: -item[1]):
        if not name or km < 0.005 * total:
            continue
        role = scenario.actors[name].role
        own = {"attacker": "attacker", "defender": "defends itself"}.get(role, "consent not recorded")
        shown.append(f"{scenario.actors[name].name}: {said.get(name, own).replace('-', ' ')}")
    return "; ".join(shown)


def _warning(view: LandscapeSide, threat_class: str) -> float | None:
    """Median minutes from first sight by the defender's group to impact, over the threats of a class."""
    alone = view.alone
    seen = first_sights(alone.situation, alone.opportunities, view.landscape.defended.lower())
    minutes = [
        (threat.impact_s - sight) / 60
        for threat, sight in zip(alone.raid.threats, seen.tolist(), strict=True)
        if threat.class_ == threat_class and math.isfinite(sight)
    ]
    return round(float(np.median(minutes)), 1) if minutes else None


def _flight(view: LandscapeSide, threat_class: str) -> float | None:
    """Median minutes from launch to nominal impact."""
    paths = view.situation.paths
    minutes = [
        view.flights[threat.path].duration_s / 60
        for threat in view.situation.incoming
        if paths[threat.path].threat_class == threat_class
    ]
    return round(float(np.median(minutes)), 1) if minutes else None


def _said(quantity: Quantity) -> str:
    spread = "" if quantity.low is None else f" ({quantity.low:g}-{quantity.high:g})"
    return f"{quantity.value:g}{spread}, {quantity.kind}"


def _country_km2(view: LandscapeSide) -> float:
    codes = view.situation.geography.territories[view.landscape.defended]
    land = shapely.orient_polygons(territory(codes))
    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(land)
    return abs(float(area)) / 1e6


def _own(view: LandscapeSide) -> dict[str, float]:
    units = [u for u in view.situation.units if u.owner == view.landscape.defended and u.kind == "hard"]
    missiles = [unit.ready for unit in units if math.isfinite(unit.interceptor_m_s)]
    return {"units": float(len(units)), "ready": float(sum(missiles))}


def _density(view: LandscapeSide, what: str) -> float:
    return round(_own(view)[what] / _country_km2(view) * 10_000, 2)


def _per_asset(view: LandscapeSide, what: str) -> float:
    return round(_own(view)[what] / len(view.study.scenario.assets), 2)


def _patrols_in_reach(view: LandscapeSide) -> float | None:
    scenario, atlas = view.study.scenario, view.atlas
    allied = [
        unit
        for unit in view.joint.situation.units
        if unit.aircraft is not None and scenario.actors[unit.owner].role != "defender"
    ]
    if not allied:
        return None
    patrols = shapely.union_all(
        [_disc(atlas, unit.lat, unit.lon, max(unit.radius_km, 1.0)) for unit in allied]
    )
    places = scenario.places
    reach = shapely.union_all(
        [
            _disc(atlas, places[name].lat, places[name].lon, entry.reach_km.value)
            for entry in view.landscape.attacker_reach
            for name in entry.at
        ]
    )
    return round(100 * float(patrols.intersection(reach).area / patrols.area), 1)


def _disc(atlas: Atlas, lat: float, lon: float, km: float) -> shapely.Geometry:
    return Point(atlas.project(lat, lon)).buffer(km)


def _leakers(view: LandscapeSide, policy: str) -> float:
    return round(view.leakers[policy], 1)


def _change(view: LandscapeSide) -> str:
    low, high = view.change.interval
    return f"{view.change.mean:+.1f} ({low:+.1f} to {high:+.1f})"
