"""Writes a raid as the plain text that the C++ stand-in reads."""

import json
from hashlib import blake2b

from skypact.raid import Raid, dump_raid

NO_LIMIT = 2**31 - 1


def export(raid):
    """The text of a raid, given as a `Raid` or as the JSON object of a raid file.

    Times are whole microseconds and the hashes of the ids are worked out here, so that the
    stand-in needs neither JSON nor BLAKE2b. Numbers are separated by white space.
    """
    if isinstance(raid, Raid):
        raid = json.loads(dump_raid(raid))
    threats, units, windows = raid["threats"], raid["units"], raid["windows"]
    groups = list(dict.fromkeys(u["group"] for u in units))
    # Looks and tracks in the order of the threats, so that a threat's are neighbours.
    own = {name: _by_threat(raid, name) for name in ("looks", "tracks")}
    looks, tracks = ([row for t in threats for row in own[name][t["id"]]] for name in own)
    look_index, track_index, threat_index, unit_index = (
        {row["id"]: number for number, row in enumerate(rows)} for rows in (looks, tracks, threats, units)
    )
    pairs = {}
    lines = [
        *(
            [
                *_threat(t),
                *(len(own[name][t["id"]]) for name in own),
                *(number for g in groups for number in limits(raid, t["class"], g)),
            ]
            for t in threats
        ),
        *(_unit(u, groups) for u in units),
        *(_look(entry) for entry in looks),
        *([len(k["looks"]), *(look_index[name] for name in k["looks"])] for k in tracks),
    ]
    for w in windows:
        unit = units[unit_index[w["unit"]]]
        lines.append(
            [
                threat_index[w["threat"]],
                unit_index[w["unit"]],
                -1 if w.get("track") is None else track_index[w["track"]],
                pairs.setdefault((w["threat"], w["unit"]), len(pairs)),
                w.get("salvo", unit.get("salvo", 1)),
                w.get("hold", 0),
                *(microseconds(w[n]) for n in ("opens_s", "closes_s", "flight_open_s", "flight_close_s")),
                float(w.get("rank", unit.get("rank", 0))),
                float(w["p_kill"]),
                float(w.get("p_acquire", 1)),
                float(w.get("susceptible", 1)),
                id_hash(w["threat"], w["unit"]),
                _family(w["threat"], unit),
            ]
        )
    head = [*map(len, (threats, units, looks, tracks, windows, groups, pairs))]
    return "\n".join(" ".join(map(repr, line)) for line in [head, *lines]) + "\n"


def _by_threat(raid, name):
    rows = {t["id"]: [] for t in raid["threats"]}
    for row in raid.get(name, []):
        rows[row["threat"]].append(row)
    return rows


def _threat(t):
    wave, fails = t.get("wave"), t.get("fails_s")
    return [
        id_hash(t["id"]),
        int(wave is not None),
        0 if wave is None else id_hash(wave),
        microseconds(t["impact_s"]),
        int(fails is not None),
        microseconds(fails or 0),
        *map(microseconds, t.get("offset_s", (0, 0))),
        float(t.get("priority", 0)),
        float(t.get("reliability", 1)),
    ]


def _unit(u, groups):
    attempts = u.get("attempts")
    return [
        id_hash(u["id"]),
        groups.index(u["group"]),
        int(u.get("kind") == "soft"),
        u["channels"],
        u["ready"],
        u.get("magazine", u["ready"]),
        u.get("reserve", 0),
        u.get("reload_at", 0),
        NO_LIMIT if attempts is None else attempts,
        *(microseconds(u.get(name, 0)) for name in ("reload_s", "assess_s", "recover_s")),
        float(u.get("availability", 1)),
    ]


def _look(entry):
    return [
        id_hash(entry["id"]),
        _family(entry["threat"], entry),
        microseconds(entry["at_s"]),
        *map(microseconds, entry.get("delay_s", (0, 0))),
        float(entry.get("p_detect", 1)),
        float(entry.get("susceptible", 1)),
    ]


def _family(threat, row):
    family = row.get("family")
    return 0 if family is None else id_hash(threat, family)


def microseconds(seconds):
    """The nearest whole number of microseconds, half to even."""
    return round(seconds * 1e6)


def id_hash(*ids):
    """The 64-bit hash of the ids to which a draw belongs."""
    return int.from_bytes(blake2b("\x1f".join(ids).encode(), digest_size=8).digest(), "little")


def limits(raid, name, group):
    """Engagements of a threat of this class that may be under way at once in a group, and if it is late."""
    usual = _limit(raid.get("concurrency", {}), name, group, 1)
    return usual, _limit(raid.get("concurrency_late", {}), name, group, usual)


def _limit(entries, name, group, default):
    entry = entries.get(name, default)
    return entry.get(group, default) if isinstance(entry, dict) else entry
