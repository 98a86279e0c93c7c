"""At which city how many weapons of a report are taken to be aimed, and from which launch area they come.

The rule, notional throughout, in the words of the page on the record:

1. Where the report says how many were shot down over a region or by an Air Command, that region gets this share of those
   launched, shared out among its cities by population.
2. The rest goes to the cities of the target that the report names; where it names none but "Ukraine", to those of the
   regions said to be affected or to have seen some shot down; where it names none of these, to all cities.  By population.
3. A weapon goes only to a city that its kind reaches from one of the launch areas named; where it reaches none that the
   report names, to the nearest ones it does.
4. The launch areas named have equal shares.  Areas and cities are paired, the nearest pair first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skypact.evidence.night.flights import Flight
from skypact.evidence.night.places import cities, km
from skypact.policy.apportion import apportion
from skypact.scenario.forces import Place


@dataclass(frozen=True)
class Aimed:
    """How many go from where to where.

    Attributes
    ----------
    pairs
        By launch area and city.
    said
        What of it the report says, and what not, in words.
    """

    pairs: Mapping[tuple[str, str], int]
    said: str


def aimed(
    flight: Flight,
    areas: Sequence[str],
    weights: Mapping[str, float],
    at: Mapping[str, Place],
    reach_km: float,
) -> Aimed:
    """Share out the weapons of a flight.

    Parameters
    ----------
    flight
        The flight.
    areas
        Its launch areas.
    weights
        Population by city.
    at
        Where areas and cities are.
    reach_km
        How far the weapon flies.
    """
    reach = {(area, city): km(at[area], at[city]) for area in areas for city in weights}
    near = {city: min(reach[area, city] for area in areas) for city in weights}
    reached = [city for city in weights if near[city] <= reach_km]
    if not reached:
        reached = [min(weights, key=lambda city: near[city])]
    wanted, said = _by_city(flight, weights, near, reached)
    quota = dict(zip(areas, apportion(flight.launched, [1.0] * len(areas)), strict=True))
    pairs: dict[tuple[str, str], int] = {}
    for keep in (True, False):  # at first each area has its share; then whoever reaches the city
        for area, city in sorted(reach, key=lambda pair: reach[pair]):
            if reach[area, city] > max(reach_km, near[city]):
                continue
            number = min(wanted.get(city, 0), quota[area]) if keep else wanted.get(city, 0)
            if number:
                pairs[area, city] = pairs.get((area, city), 0) + number
                quota[area] -= number
                wanted[city] -= number
    return Aimed(dict(sorted(pairs.items())), said)


def _by_city(
    flight: Flight, weights: Mapping[str, float], near: Mapping[str, float], reached: Sequence[str]
) -> tuple[dict[str, int], str]:
    """How many go to each city, and in words what the report says of it."""
    number, said = flight.launched, []
    counted = {name: value for name, value in flight.downed.items() if value and cities(name)}
    found: dict[str, int] = dict.fromkeys(weights, 0)
    left = number
    total = max(flight.all_destroyed, sum(counted.values()), 1)
    for name, value in counted.items():
        among = [city for city in cities(name) if city in reached]
        share = min(left, round(number * value / total))
        if among and share:
            _add(found, among, share, weights)
            left -= share
            said.append(f"{value} shot down over {name}")
    named = [name for name in flight.targets if cities(name)]
    others = [name for name in (*flight.hit, *flight.downed) if cities(name) and name not in counted]
    if named:
        said.append(f"target {' and '.join(named)}")
    elif others:
        said.append(f"affected or shot down over {', '.join(dict.fromkeys(others))}")
    among = _reachable([city for name in named or others for city in cities(name)], weights, near, reached)
    if left:
        _add(found, among, left, weights)
    return found, "; ".join(said) or "no target but the country"


def _reachable(
    asked: Sequence[str], weights: Mapping[str, float], near: Mapping[str, float], reached: Sequence[str]
) -> list[str]:
    """Of the cities asked for those in reach; if none is, the nearest in reach; all in reach if none is asked for."""
    if not asked:
        return [city for city in reached if weights[city] > 0] or list(reached)
    among = [city for city in weights if city in asked and city in reached]
    return among or [min(reached, key=lambda city: near[city])]


def _add(found: dict[str, int], among: Sequence[str], number: int, weights: Mapping[str, float]) -> None:
    shares = apportion(number, [weights[city] or 1.0 for city in among])
    for city, share in zip(among, shares, strict=True):
        found[city] += share
