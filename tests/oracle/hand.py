"""Small raids put together by hand, and how oracle and engine play one replication of them."""

from types import SimpleNamespace

import numpy as np

from skypact.engine import prepare, replicate, trace
from skypact.raid import parse_raid

from .constraints import broken
from .model import simulate
from .stock import with_stock

TRACED = ("fate", "killer", "end_us", "kill_rounds", "engagements")


def threat(name="t0", impact=100, **more):
    return {"id": name, "class": "drone", "impact_s": impact} | more


def unit(name="u0", channels=1, ready=10, group="blue", **more):
    return {"id": name, "owner": "A", "group": group, "channels": channels, "ready": ready} | more


def window(opens=0, closes=50, flight=10, p=0, threat="t0", unit="u0", **more):
    return {
        "threat": threat,
        "unit": unit,
        "opens_s": opens,
        "closes_s": closes,
        "flight_open_s": flight,
        "flight_close_s": flight,
        "p_kill": p,
    } | more


def look(name="l0", at=0, threat="t0", **more):
    return {"id": name, "threat": threat, "at_s": at} | more


def track(name="k0", *looks, threat="t0"):
    return {"id": name, "threat": threat, "looks": list(looks)}


def raid(threats, units, windows, looks=(), tracks=(), **more):
    """A valid raid; one track of all looks, "k0", if there are looks and no tracks are given."""
    if looks and not tracks:
        tracks = [track("k0", *(e["id"] for e in looks), threat=looks[0]["threat"])]
    made = {
        "format": "skypact-raid/2",
        "threats": list(threats),
        "units": list(units),
        "looks": list(looks),
        "tracks": list(tracks),
        "windows": list(windows),
    } | more
    assert not broken(made)
    return made


def oracle(raid, stock=None):
    return simulate(raid, 0, stock=stock)


def engine(raid, stock=None):
    return engine_all(raid, 1, stocks=stock and [stock])[0]


def oracle_all(raid, replications, seed=1):
    return [simulate(raid, r, seed) for r in range(replications)]


def engine_all(raid, replications, seed=1, stocks=None):
    """The engine's traces, and reasons and stocks from its outcomes, in one for each replication.

    A trace starts with the stock of the file, so with given stocks it is that of a file with
    these numbers in it.
    """
    prepared = prepare(parse_raid(raid))
    given = stocks and tuple(np.array(part, dtype=np.int32) for part in zip(*stocks, strict=True))
    (outcomes,) = replicate(prepared, replications, seed=seed, first=0, stock=given)
    played = []
    for r in range(replications):
        own = prepare(parse_raid(with_stock(raid, stocks[r]))) if stocks else prepared
        seen = trace(own, r, seed=seed)
        assert outcomes.fate[r].tolist() == seen.fate.tolist()
        played.append(
            SimpleNamespace(
                **{name: getattr(seen, name) for name in TRACED},
                **{name: getattr(outcomes, name)[r].tolist() for name in ("reason", "ready", "reserve")},
            )
        )
    return played


def launches(result):
    return [e[0] / 1e6 for e in result.engagements]


def shots(result):
    """(launch in seconds, threat, unit, rounds) of each engagement."""
    return [(e[0] / 1e6, e[2], e[3], e[5]) for e in result.engagements]
