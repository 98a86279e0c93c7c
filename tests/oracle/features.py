"""What a raid and its replications exercised, counted for the summary of a campaign."""

from itertools import combinations

from .model import FAILED, KILLED, LEAKED, microseconds


def in_raid(raid):
    """Names of the features that a raid file has."""
    threats, units, windows = raid["threats"], raid["units"], raid["windows"]
    detections, concurrency = raid["detections"], raid.get("concurrency", {})
    found = {
        "no threats": not threats,
        "no units": not units,
        "no windows": not windows,
        "one threat": len(threats) == 1,
        "one unit": len(units) == 1,
        "several groups": len({u["group"] for u in units}) > 1,
        "wave of several": any(a.get("wave", 1) == b.get("wave", 2) for a, b in combinations(threats, 2)),
        "own offset": any(t.get("wave") is None and t.get("offset_s", [0, 0]) != [0, 0] for t in threats),
        "reliability": any(0 < t.get("reliability", 1) < 1 for t in threats),
        "decoy": any(t.get("reliability") == 0 and t.get("fails_s") == t["impact_s"] for t in threats),
        "late failure": any(t.get("fails_s", t["impact_s"]) < t["impact_s"] for t in threats),
        "priority": len({t.get("priority", 0) for t in threats}) > 1,
        "detection": bool(detections),
        "detection with delay": any("delay_s" in d for d in detections),
        "detection with chance": any(0 < d.get("p_detect", 1) < 1 for d in detections),
        "concurrency by class": any(not isinstance(c, dict) for c in concurrency.values()),
        "concurrency by group": any(isinstance(c, dict) and c for c in concurrency.values()),
        "reserve": any(u.get("reserve", 0) > 0 for u in units),
        "reload time zero": any(u.get("reserve", 0) > 0 and u.get("reload_s", 0) == 0 for u in units),
        "assessment": any(u.get("assess_s", 0) > 0 for u in units),
        "recovery": any(u.get("recover_s", 0) > 0 for u in units),
        "soft unit": any(u.get("kind") == "soft" for u in units),
        "attempts": any(u.get("attempts") is not None for u in units),
        "salvo of a unit": any(u.get("salvo", 1) > 1 for u in units),
        "salvo of a window": any("salvo" in w for w in windows),
        "rank of a unit": any(u.get("rank", 0) for u in units),
        "rank of a window": any("rank" in w for w in windows),
        "hold": any(w.get("hold", 0) > 0 for w in windows),
        "window of length zero": any(w["opens_s"] == w["closes_s"] for w in windows),
        "flight time zero": any(w["flight_open_s"] == w["flight_close_s"] == 0 for w in windows),
    }
    impact = {t["id"]: t["impact_s"] for t in threats}
    pairs = [(w["threat"], w["unit"]) for w in windows]
    found["several windows of a pair"] = len(set(pairs)) < len(pairs)
    found["window ending after impact"] = any(w["closes_s"] > impact[w["threat"]] for w in windows)
    found["detection, attempts and concurrency"] = (
        found["detection"]
        and found["attempts"]
        and (found["concurrency by class"] or found["concurrency by group"])
    )
    return {name for name, is_there in found.items() if is_there}


def in_result(raid, result):
    """Names of what happened in one replication."""
    threats, units, windows = raid["threats"], raid["units"], raid["windows"]
    engagements = result.engagements
    launches = [e[0] for e in engagements]
    kills_at = [result.end_us[i] for i, fate in enumerate(result.fate) if fate == KILLED]
    found = {
        "leaker": LEAKED in result.fate,
        "failure": FAILED in result.fate,
        "kill": KILLED in result.fate,
        "kill of a threat that would have failed": any(
            fate == KILLED and t.get("reliability", 1) == 0
            for t, fate in zip(threats, result.fate, strict=True)
        ),
        "two shots at one moment": len(set(launches)) < len(launches),
        "two kills at one moment": len(set(kills_at)) < len(kills_at),
        "shot spent on a threat already gone": any(
            end is not None and e[1] > end for e in engagements for end in [result.end_us[e[2]]]
        ),
        "second engagement by the same unit": len({e[2:4] for e in engagements}) < len(engagements),
        "shot at the moment of another's intercept": bool({e[1] for e in engagements} & set(launches)),
        "salvo cut short": any(
            e[5] < windows[e[4]].get("salvo", units[e[3]].get("salvo", 1)) for e in engagements
        ),
        "kill at the moment of impact": any(
            fate == KILLED and end == microseconds(t["impact_s"]) and t.get("offset_s", [0, 0]) == [0, 0]
            for t, fate, end in zip(threats, result.fate, result.end_us, strict=True)
        ),
        "fired after a reload": any(
            sum(e[5] for e in engagements if e[3] == i) > u["ready"] for i, u in enumerate(units)
        ),
    }
    return {name for name, is_there in found.items() if is_there}
