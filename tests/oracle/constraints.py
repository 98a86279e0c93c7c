"""The constraints on a raid file of format 2, so that random and shrunk raids can be held to them."""

from .parts import entries, limit_of, microseconds


def broken(raid):
    """What a raid breaks, a line for each; empty if it is valid. Fields are of the right type."""
    threats = {t["id"]: t for t in entries(raid, "threats")}
    units = {u["id"]: u for u in entries(raid, "units")}
    looks = {e["id"]: e for e in entries(raid, "looks")}
    tracks = {e["id"]: e for e in entries(raid, "tracks")}
    lines = []
    for part, known in ("threats", threats), ("units", units), ("looks", looks), ("tracks", tracks):
        if len(known) < len(raid.get(part, [])):
            lines.append(f"{part}: an id is there twice")
    for part, check in (
        ("threats", check_threat),
        ("units", check_unit),
        ("looks", lambda e: check_look(e, threats)),
        ("tracks", lambda e: check_track(e, threats, looks)),
        ("windows", lambda e: check_window(e, threats, units, tracks)),
    ):
        for i, entry in enumerate(entries(raid, part)):
            lines += [f"{part}[{i}]: {what}" for what, is_so in check(entry).items() if is_so]
    lines += check_waves(threats.values())
    lines += check_endless(units.values(), entries(raid, "windows"))
    lines += check_concurrency(raid, threats.values(), units.values())
    return lines


def no_interval(ends):
    return len(ends) != 2 or ends[0] > ends[1]


def check_threat(t):
    return {
        "reliability": not 0 <= t["reliability"] <= 1,
        "offset_s": no_interval(t["offset_s"]),
        "fails_s": t["fails_s"] is not None and not 0 <= t["fails_s"] <= t["impact_s"],
    }


def check_unit(u):
    counts = ("channels", "ready", "reserve", "reload_at")
    return {
        "kind": u["kind"] not in ("hard", "soft"),
        "availability": not 0 <= u["availability"] <= 1,
        "a count or time below zero": min(u[n] for n in (*counts, "reload_s", "assess_s", "recover_s")) < 0,
        "salvo": u["salvo"] < 1,
        "attempts": u["attempts"] is not None and u["attempts"] < 0,
        "reload_at": u["reserve"] > 0 and not u.get("magazine", u["ready"]) > u["reload_at"],
    }


def check_chances(chance, susceptible, family):
    return {
        "chance": not 0 <= chance <= 1,
        "susceptible": not 0 < susceptible <= 1 or susceptible < chance,
        "susceptible without a family": family is None and susceptible != 1,
    }


def check_look(e, threats):
    return check_chances(e["p_detect"], e["susceptible"], e["family"]) | {
        "threat": e["threat"] not in threats,
        "delay_s": no_interval(e["delay_s"]) or e["delay_s"][0] < 0,
    }


def check_track(e, threats, looks):
    return {
        "threat": e["threat"] not in threats,
        "looks": not e["looks"] or len(set(e["looks"])) < len(e["looks"]),
        "looks of another threat": any(
            n not in looks or looks[n]["threat"] != e["threat"] for n in e["looks"]
        ),
    }


def check_window(w, threats, units, tracks):
    if w["threat"] not in threats or w["unit"] not in units:
        return {"threat or unit": True}
    opens, closes, flight_open, flight_close, impact = map(
        microseconds,
        (*(w[n] for n in ("opens_s", "closes_s", "flight_open_s", "flight_close_s")), impact_of(w, threats)),
    )
    track = w["track"]
    return check_chances(w["p_kill"], w["susceptible"], units[w["unit"]]["family"]) | {
        "track": track is not None and (track not in tracks or tracks[track]["threat"] != w["threat"]),
        "closes_s": w["closes_s"] < w["opens_s"],
        "flight below zero": min(w["flight_open_s"], w["flight_close_s"]) < 0,
        "intercept after the impact": max(opens + flight_open, closes + flight_close) > impact,
        "p_acquire": not 0 <= w["p_acquire"] <= 1,
        "salvo": w.get("salvo", 1) < 1,
        "hold": w["hold"] < 0,
    }


def impact_of(window, threats):
    return threats[window["threat"]]["impact_s"]


def check_waves(threats):
    offsets = {}
    for t in threats:
        if t["wave"] is not None:
            offsets.setdefault(t["wave"], set()).add(tuple(t["offset_s"]))
    return [f"wave {wave}: unequal offsets" for wave, found in offsets.items() if len(found) > 1]


def check_endless(units, windows):
    """A unit without a limit of attempts takes time for each; zero is zero in whole microseconds."""
    lines = []
    for u in units:
        takes_time = microseconds(u["assess_s"]) + microseconds(u["recover_s"]) > 0
        flights = [
            microseconds(w[name])
            for w in windows
            if w["unit"] == u["id"]
            for name in ("flight_open_s", "flight_close_s")
        ]
        if u["attempts"] is None and not takes_time and min(flights, default=1) == 0:
            lines.append(f"unit {u['id']}: endless attempts")
    return lines


def check_concurrency(raid, threats, units):
    lines = []
    limits, late = raid.get("concurrency", {}), raid.get("concurrency_late", {})
    kinds = {t["class"] for t in threats} | set(limits) | set(late)
    groups = {u["group"] for u in units} | {
        g for named in (limits, late) for entry in named.values() if isinstance(entry, dict) for g in entry
    }
    for kind in sorted(kinds):
        for group in sorted(groups | {""}):
            limit = limit_of(limits, kind, group, 1)
            if not 1 <= limit <= limit_of(late, kind, group, limit):
                lines.append(f"concurrency of {kind} in {group}")
    return lines
