"""Checks against the map: countries that exist, regions with an inside, cities on land."""

from __future__ import annotations

import re
from collections.abc import Iterator

import shapely

from skypact.reading import Problem, suggest
from skypact.scenario.forces import Actor, Place, Region
from skypact.scenario.partial import PartialScenario
from skypact.world.borders import countries, country_at


def check_world(partial: PartialScenario) -> Iterator[Problem]:
    """Every check against the map."""
    for path, actor in partial.each(Actor):
        for index, code in enumerate(actor.territory or ()):
            if code not in countries():
                right = suggest(code, countries(), "the alpha-3 codes of ISO 3166-1")
                yield partial.error((*path, "territory", index), f"there is no country {code}", right)
        name = str(path[-1])
        if actor.territory is None and re.fullmatch("[A-Z]{3}", name) and name not in countries():
            what = f"{name} is no country's code, so that it cannot stand for a territory"
            yield partial.error(path, what, "add territory: [] or a list of codes", key=True)
    for path, region in partial.each(Region):
        outline = shapely.polygons([(lon, lat) for lat, lon in region.corners])
        west, _, east, _ = outline.bounds
        if east - west > 180:
            what = "the region crosses the date line, which areas cannot"
            yield partial.error((*path, "corners"), what, "split it at longitude 180")
        elif not outline.is_valid or outline.area == 0:
            what = "the corners do not enclose an area without crossing"
            yield partial.error((*path, "corners"), what, "[lat, lon] of each corner, in order around it")
    for path, place in partial.each(Place):
        if place.kind == "city" and country_at(place.lat, place.lon) is None:
            what = f"the city lies in the sea ({place.lat:g}, {place.lon:g})"
            yield partial.warning(path, what, "check lat and lon, or say kind: sea", key=True)
