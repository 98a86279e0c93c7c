"""Raids whose chances lie at the draws themselves: equal to them, or next to them among the doubles.

Random raids hardly ever meet such a chance, so they cannot tell `u < p` from `u <= p`, or u < p / s
from u·s < p. These are played in replication 0 under the seed 1.
"""

import math
from itertools import cycle

from .randomness import ACQUIRES, KILL, LOOK, SUSCEPTIBLE, THREAT, UNIT, draws

THREATS = 60
BOUNDS = (1.0, 0.9, 0.7, 0.95)  # of `susceptible`; divided by most of them, a double is rounded


def drawn(purpose, *ids):
    return draws(1, 0, purpose, 0, *ids)[0]


def near(values):
    """Each value in turn as it is, a double lower and a double higher."""
    moves = cycle((lambda u: u, lambda u: math.nextafter(u, 0), lambda u: math.nextafter(u, 1)))
    return [move(u) for move, u in zip(moves, values, strict=False)]


def edge_raids():
    """The raids by name of what is at its edge."""
    ids = [str(i) for i in range(THREATS)]
    return {
        "reliability": edge_raid(
            threats=[{"reliability": p} for p in near(drawn(THREAT, f"t{i}") for i in ids)]
        ),
        "availability": edge_raid(
            units=[{"availability": p} for p in near(drawn(UNIT, f"u{i}") for i in ids)]
        ),
        "acquisition": edge_raid(
            windows=[{"p_acquire": p} for p in near(drawn(ACQUIRES, f"t{i}", f"u{i}") for i in ids)]
        ),
        "susceptible to a sensor": edge_raid(
            looks=[
                {"family": "f", "susceptible": s, "p_detect": s}
                for s in near(drawn(SUSCEPTIBLE, f"t{i}", "f") for i in ids)
            ]
        ),
        "susceptible to an interceptor": edge_raid(
            units=[{"family": "f"}] * THREATS,
            windows=[
                {"susceptible": s, "p_kill": s} for s in near(drawn(SUSCEPTIBLE, f"t{i}", "f") for i in ids)
            ],
        ),
        "look": edge_raid(
            looks=[
                {"family": "f", "susceptible": s, "p_detect": min(s, p)}
                for i, s in zip(ids, cycle(BOUNDS), strict=False)
                for p in near_products(drawn(LOOK, f"l{i}"), s, i)
            ]
        ),
        "round": edge_raid(
            units=[{"family": "f"}] * THREATS,
            windows=[
                {"susceptible": s, "p_kill": min(s, p)}
                for i, s in zip(ids, cycle(BOUNDS), strict=False)
                for p in near_products(drawn(KILL, f"t{i}", f"u{i}"), s, i)
            ],
        ),
        "salvo": edge_raid(
            units=[{"family": "f"}] * THREATS,
            windows=[
                {"susceptible": s, "p_kill": min(s, p), "salvo": n}
                for i, s, n in zip(ids, cycle(BOUNDS), cycle((2, 3, 5)), strict=False)
                for p in near_products(1 - (1 - drawn(KILL, f"t{i}", f"u{i}")) ** (1 / n), s, i)
            ],
        ),
    }


def near_products(u, s, i):
    """One chance p for which p / s is u, or nearly."""
    p = u * s
    return [(p, math.nextafter(p, 0), math.nextafter(p, 1))[int(i) % 3]]


def edge_raid(threats=None, units=None, looks=None, windows=None):
    """A raid of many pairs of a threat and a unit with one certain shot, but for what is given of them."""
    nothing = [{}] * THREATS
    raid = {"format": "skypact-raid/2", "threats": [], "units": [], "looks": [], "tracks": [], "windows": []}
    for i in range(THREATS):
        own = {"threat": f"t{i}"}
        threat = {"id": f"t{i}", "class": "drone", "impact_s": 100}
        unit = {"id": f"u{i}", "owner": "A", "group": "g", "channels": 1, "ready": 5, "attempts": 1}
        window = own | {"unit": f"u{i}", "track": f"k{i}", "opens_s": 0, "closes_s": 0}
        window |= {"flight_open_s": 1, "flight_close_s": 1, "p_kill": 1}
        raid["threats"].append(threat | (threats or nothing)[i])
        raid["units"].append(unit | (units or nothing)[i])
        raid["looks"].append({"id": f"l{i}", "at_s": 0} | own | (looks or nothing)[i])
        raid["tracks"].append({"id": f"k{i}", "looks": [f"l{i}"]} | own)
        raid["windows"].append(window | (windows or nothing)[i])
    return raid
