"""What a raid and its replications exercised, counted for the summary of a campaign."""

from itertools import combinations

from .model import BLOCKED, FAILED, KILLED, LEAKED, MISSED, NO_WINDOW, UNACQUIRED, UNAVAILABLE, UNSEEN
from .parts import entries, limit_of, microseconds

REASONS = {
    MISSED: "missed",
    NO_WINDOW: "no window",
    UNAVAILABLE: "unavailable",
    UNSEEN: "unseen",
    UNACQUIRED: "unacquired",
    BLOCKED: "blocked",
}


def present(*found):
    """The names that are true in any of several answers of the functions below."""
    return {name for answer in found for name, is_there in answer.items() if is_there}


def of_raid(raid):
    """Which mechanisms a raid file has."""
    threats, units, windows = (entries(raid, part) for part in ("threats", "units", "windows"))
    looks, tracks = entries(raid, "looks"), entries(raid, "tracks")
    concurrency = raid.get("concurrency", {})
    impact = {t["id"]: microseconds(t["impact_s"]) for t in threats}
    family = {u["id"]: u["family"] for u in units}
    of_units = set(family.values()) - {None}
    found = {
        "no threats": not threats,
        "no units": not units,
        "no windows": not windows,
        "one threat": len(threats) == 1,
        "one unit": len(units) == 1,
        "several groups": len({u["group"] for u in units}) > 1,
        "wave of several": any(a["wave"] == b["wave"] is not None for a, b in combinations(threats, 2)),
        "own offset": any(t["wave"] is None and any(t["offset_s"]) for t in threats),
        "reliability": any(0 < t["reliability"] < 1 for t in threats),
        "decoy": any(t["reliability"] == 0 and t["fails_s"] == t["impact_s"] for t in threats),
        "late failure": any(t["fails_s"] is not None and t["fails_s"] < t["impact_s"] for t in threats),
        "priority": len({t["priority"] for t in threats}) > 1,
        "times below zero": any(w["opens_s"] < 0 for w in windows),
        "times off the grid of microseconds": any(
            abs(t["impact_s"] * 1e6 - microseconds(t["impact_s"])) > 0.1 for t in threats
        ),
        "look": bool(looks),
        "look with delay": any(any(e["delay_s"]) for e in looks),
        "look with chance": any(0 < e["p_detect"] < 1 for e in looks),
        "look in no track": any(all(e["id"] not in k["looks"] for k in tracks) for e in looks),
        "track of several looks": any(len(k["looks"]) > 1 for k in tracks),
        "look shared by tracks": any(set(a["looks"]) & set(b["looks"]) for a, b in combinations(tracks, 2)),
        "several tracks of one pair": len({(w["threat"], w["unit"], w["track"]) for w in windows})
        > len({(w["threat"], w["unit"]) for w in windows}),
        "family shared by look and unit": any(e["family"] in of_units for e in looks),
        "family shared by units": len(of_units) < sum(f is not None for f in family.values()),
        "susceptible of a look": any(e["susceptible"] < 1 for e in looks),
        "susceptible of a window": any(w["susceptible"] < 1 for w in windows),
        "susceptible at its bound": any(e["susceptible"] == e["p_detect"] < 1 for e in looks)
        or any(w["susceptible"] == w["p_kill"] < 1 for w in windows),
        "acquisition": any(0 < w["p_acquire"] < 1 for w in windows),
        "availability": any(0 < u["availability"] < 1 for u in units),
        "concurrency by class": any(not isinstance(c, dict) for c in concurrency.values()),
        "concurrency by group": any(isinstance(c, dict) and c for c in concurrency.values()),
        "late concurrency above the other": any(
            limit_of(raid.get("concurrency_late", {}), t["class"], u["group"], 0)
            > limit_of(concurrency, t["class"], u["group"], 1)
            for t in threats
            for u in units
        ),
        "reserve": any(u["reserve"] > 0 for u in units),
        "reload time zero": any(u["reserve"] > 0 and u["reload_s"] == 0 for u in units),
        "early reload": any(u["reserve"] > 0 and u["reload_at"] > 0 for u in units),
        "refill before the start": any(u["reserve"] > 0 and u["ready"] <= u["reload_at"] for u in units),
        "more ready than the magazine": any(u["ready"] > u.get("magazine", u["ready"]) for u in units),
        "assessment": any(u["assess_s"] > 0 for u in units),
        "recovery": any(u["recover_s"] > 0 for u in units),
        "soft unit": any(u["kind"] == "soft" for u in units),
        "attempts": any(u["attempts"] is not None for u in units),
        "salvo of a unit": any(u["salvo"] > 1 for u in units),
        "salvo of a window": any("salvo" in w for w in windows),
        "rank of a unit": any(u["rank"] for u in units),
        "rank of a window": any("rank" in w for w in windows),
        "hold": any(w["hold"] > 0 for w in windows),
        "window of length zero": any(w["opens_s"] == w["closes_s"] for w in windows),
        "flight time zero": any(w["flight_open_s"] == w["flight_close_s"] == 0 for w in windows),
        "last intercept at the impact": any(
            microseconds(w["closes_s"]) + microseconds(w["flight_close_s"]) == impact[w["threat"]]
            for w in windows
        ),
    }
    pairs = [(w["threat"], w["unit"]) for w in windows]
    found["several windows of a pair"] = len(set(pairs)) < len(pairs)
    found["looks, attempts and late concurrency"] = (
        found["look"] and found["attempts"] and found["late concurrency above the other"]
    )
    return found


def of_result(raid, result, stock=None):
    """What happened in one replication."""
    threats, units, windows = (entries(raid, part) for part in ("threats", "units", "windows"))
    engagements = result.engagements
    launches = [e[0] for e in engagements]
    kills_at = [result.end_us[i] for i, fate in enumerate(result.fate) if fate == KILLED]
    ready = [u["ready"] for u in units] if stock is None else stock[0]
    return {f"leaker: {name}": why in result.reason for why, name in REASONS.items()} | {
        "leaker": LEAKED in result.fate,
        "failure": FAILED in result.fate,
        "kill": KILLED in result.fate,
        "kill by a soft unit": any(k >= 0 and units[k]["kind"] == "soft" for k in result.killer),
        "kill of a threat that would have failed": any(
            fate == KILLED and t["reliability"] == 0 for t, fate in zip(threats, result.fate, strict=True)
        ),
        "two shots at one moment": len(set(launches)) < len(launches),
        "two kills at one moment": len(set(kills_at)) < len(kills_at),
        "shot spent on a threat already gone": any(
            end is not None and e[1] > end for e in engagements for end in [result.end_us[e[2]]]
        ),
        "second engagement by the same unit": len({e[2:4] for e in engagements}) < len(engagements),
        "shot at the moment of another's intercept": bool({e[1] for e in engagements} & set(launches)),
        "salvo cut short": any(e[5] < windows[e[4]].get("salvo", units[e[3]]["salvo"]) for e in engagements),
        "late shot": any(late_shots(raid, engagements)),
        "kill at the moment of impact": any(
            fate == KILLED and end == microseconds(t["impact_s"]) and not any(t["offset_s"])
            for t, fate, end in zip(threats, result.fate, result.end_us, strict=True)
        ),
        "fired after a reload": any(
            sum(e[5] for e in engagements if e[3] == i) > rounds for i, rounds in enumerate(ready)
        ),
        "a start with another stock": stock is not None and list(stock[0]) != [u["ready"] for u in units],
    }


def late_shots(raid, engagements):
    """Whether each engagement was fired beyond `concurrency`."""
    units = entries(raid, "units")
    for i, (launch, _, threat, unit, _, _, _) in enumerate(engagements):
        group, kind = units[unit]["group"], raid["threats"][threat]["class"]
        under_way = [
            e
            for e in engagements[:i]
            if e[2] == threat
            and units[e[3]]["kind"] == "hard"
            and units[e[3]]["group"] == group
            and e[1] + microseconds(units[e[3]]["assess_s"]) > launch
        ]
        limit = limit_of(raid.get("concurrency", {}), kind, group, 1)
        yield units[unit]["kind"] == "hard" and len(under_way) >= limit
