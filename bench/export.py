"""Writes a raid as the plain text that the C++ stand-in reads."""

import json

from skypact.raid import Raid, dump_raid
from tests.oracle.model import microseconds
from tests.oracle.randomness import id_hash

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
    threat_index = {t["id"]: i for i, t in enumerate(threats)}
    unit_index = {u["id"]: i for i, u in enumerate(units)}
    pairs = {}

    # Detections in the order of the threats, so that a threat's are neighbours.
    detections = {t["id"]: [] for t in threats}
    for entry in raid.get("detections", []):
        if entry["group"] in groups:
            detections[entry["threat"]].append(entry)

    lines = []
    for t in threats:
        wave, fails = t.get("wave"), t.get("fails_s")
        lines.append(
            [
                id_hash(t["id"]),
                int(wave is not None),
                0 if wave is None else id_hash(wave),
                microseconds(t["impact_s"]),
                int(fails is not None),
                microseconds(fails or 0),
                *map(microseconds, t.get("offset_s", (0, 0))),
                float(t.get("priority", 0)),
                float(t.get("reliability", 1)),
                len(detections[t["id"]]),
                *(limit(raid, t["class"], g) for g in groups),
            ]
        )
    for u in units:
        attempts = u.get("attempts")
        lines.append(
            [
                groups.index(u["group"]),
                u["channels"],
                u["ready"],
                u.get("magazine", u["ready"]),
                u.get("reserve", 0),
                NO_LIMIT if attempts is None else attempts,
                *(microseconds(u.get(name, 0)) for name in ("reload_s", "assess_s", "recover_s")),
            ]
        )
    for w in windows:
        unit = units[unit_index[w["unit"]]]
        lines.append(
            [
                threat_index[w["threat"]],
                unit_index[w["unit"]],
                pairs.setdefault((w["threat"], w["unit"]), len(pairs)),
                w.get("salvo", unit.get("salvo", 1)),
                w.get("hold", 0),
                *(microseconds(w[n]) for n in ("opens_s", "closes_s", "flight_open_s", "flight_close_s")),
                float(w.get("rank", unit.get("rank", 0))),
                float(w["p_kill"]),
                id_hash(w["threat"], w["unit"]),
            ]
        )
    for entries in detections.values():
        for d in entries:
            lines.append(
                [
                    groups.index(d["group"]),
                    id_hash(d["group"], d["threat"]),
                    microseconds(d["detected_s"]),
                    *map(microseconds, d.get("delay_s", (0, 0))),
                    float(d.get("p_detect", 1)),
                ]
            )
    head = [
        len(threats),
        len(units),
        len(windows),
        sum(map(len, detections.values())),
        len(groups),
        len(pairs),
    ]
    return "\n".join(" ".join(map(repr, line)) for line in [head, *lines]) + "\n"


def limit(raid, name, group):
    """Engagements of a threat of this class that may be under way at once in a group."""
    entry = raid.get("concurrency", {}).get(name, 1)
    return entry.get(group, 1) if isinstance(entry, dict) else entry
