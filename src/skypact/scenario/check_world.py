"""Checks against the map: countries that exist, regions with an inside, cities on land."""

from __future__ import annotations

import re
from collections.abc import Iterator

import shapely

from skypact.geometry.borders import countries, country_at
from skypact.reading import Problem, suggest
from skypact.scenario.draft import Draft
from skypact.scenario.forces import Actor, Place, Region


def check_world(draft: Draft) -> Iterator[Problem]:
    """Every check against the map."""
    for path, actor in draft.each(Actor):
        for index, code in enumerate(actor.territory or ()):
            if code not in countries():
                right = suggest(code, countries())
                yield draft.error((*path, "territory", index), f"there is no country {code}", right)
        name = str(path[-1])
        if actor.territory is None and re.fullmatch("[A-Z]{3}", name) and name not in countries():
            what = f"{name} is no country's code, so that it cannot stand for a territory"
            yield draft.error(path, what, "add territory: [] or a list of codes", key=True)
    for path, region in draft.each(Region):
        outline = shapely.polygons([(lon, lat) for lat, lon in region.corners])
        west, _, east, _ = outline.bounds
        if east - west > 180:
            what = "the region crosses the date line, which areas cannot"
            yield draft.error((*path, "corners"), what, "split it at longitude 180")
        elif not outline.is_valid or outline.area == 0:
            what = "the corners do not enclose an area without crossing"
            yield draft.error((*path, "corners"), what, "[lat, lon] of each corner, in order around it")
    for path, place in draft.each(Place):
        if place.kind == "city" and country_at(place.lat, place.lon) is None:
            what = f"the city lies in the sea ({place.lat:g}, {place.lon:g})"
            yield draft.warning(path, what, "check lat and lon, or say kind: sea", key=True)
