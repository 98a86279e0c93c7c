"""Standing off: whether a platform that may not go everywhere can reach a gun whose place is uncertain.

The gun lies somewhere in a circle behind a line.  Where the platform's effect may fall is the area of
permission (`skypact.geometry.permission`), as for an aircraft that intercepts from its own airspace; cut to
what its patrol area and its munition reach.  The share of the circle inside is the chance that the gun can
be engaged at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from skypact.geometry.atlas import ARC_SEGMENTS, Atlas
from skypact.geometry.permission import permitted
from skypact.policy.incident import SettledIncident
from skypact.policy.situation import Engagement, FireUnit


@dataclass(frozen=True)
class Standoff:
    """One unit against the gun.

    Attributes
    ----------
    share
        Part of the places in which the gun may lie that the unit may and can reach.
    across
        Of these, the part that needs the platform beyond the line.
    short_km
        How much too deep the middle of the circle lies; 0 if it is in reach; None where the unit may
        not engage anywhere.
    reach_km
        The munition's reach.
    """

    share: float
    across: float
    short_km: float | None
    reach_km: float


def gun_place(atlas: Atlas, settled: SettledIncident) -> tuple[BaseGeometry, BaseGeometry]:
    """The middle of the circle and the circle itself, both in the plane; the circle ends at the line."""
    target = shapely.Point(atlas.project(settled.lat, settled.lon))
    behind = atlas.named(settled.behind)
    line = behind.boundary
    edge = line.interpolate(line.project(target))
    dx, dy = edge.x - target.x, edge.y - target.y
    if behind.contains(target):
        dx, dy = -dx, -dy
    away = (dx * dx + dy * dy) ** 0.5
    if away == 0.0:
        inside = behind.representative_point()
        dx, dy = inside.x - edge.x, inside.y - edge.y
        away = (dx * dx + dy * dy) ** 0.5
    middle = shapely.Point(edge.x + settled.depth_km * dx / away, edge.y + settled.depth_km * dy / away)
    circle = middle.buffer(max(settled.uncertain_km, 1e-3), ARC_SEGMENTS)
    beyond = circle.intersection(behind)
    return middle, beyond if beyond.area > 0 else circle


def standoff(atlas: Atlas, unit: FireUnit, engagement: Engagement, settled: SettledIncident) -> Standoff:
    """Whether a unit may and can reach the gun."""
    middle, circle = gun_place(atlas, settled)
    place = shapely.Point(atlas.project(unit.lat, unit.lon))
    roam = unit.radius_km + (unit.aircraft.reach_km if unit.aircraft else 0.0)
    reach = engagement.max_range_km
    ground = place.buffer(max(roam, 1e-3), ARC_SEGMENTS)
    area = permitted(atlas, unit, engagement).intersection(ground.buffer(reach, ARC_SEGMENTS))
    reached = circle.intersection(area)
    share = reached.area / circle.area
    short = None if area.is_empty else middle.distance(area)
    if share == 0.0:
        return Standoff(0.0, 0.0, short, reach)
    own_side = ground.difference(atlas.named(settled.behind))
    from_own_side = reached.intersection(own_side.buffer(reach, ARC_SEGMENTS))
    return Standoff(min(share, 1.0), max(0.0, 1 - from_own_side.area / reached.area), short, reach)


def standoffs(atlas: Atlas, settled: SettledIncident) -> dict[str, Standoff]:
    """The standoff of every unit of a step, by unit."""
    return {
        unit.id: standoff(atlas, unit, unit.engages[settled.threat_class], settled)
        for step in settled.steps
        for unit in step.units
        if settled.threat_class in unit.engages
    }
