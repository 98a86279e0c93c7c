"""Seeded synthetic raids for the benchmark. Notional throughout: sizes matter here, nothing else."""

import numpy as np

SIZES = {"236 x 60": (236, 60, 6), "1,000 x 200": (1000, 200, 8), "4,000 x 400": (4000, 400, 8)}
CLASSES = ("drone", "cruise", "ballistic")


def synthetic(threats, units, windows_per_threat, seed=1, every_feature=False):
    """A raid as the JSON object of a raid file.

    Three classes of threat arrive over four hours. A threat passes about `windows_per_threat` units,
    each for one to ten minutes. `every_feature` adds what the plain raid lacks: waves, decoys,
    late failures, missed and late detections, wider concurrency, held rounds, attempts, soft units,
    recovery, salvos and ranks of windows, priorities.
    """
    rng = np.random.default_rng(seed)
    raid = {
        "format": "skypact-raid/1",
        "threats": [make_threat(rng, i, every_feature) for i in range(threats)],
        "units": [make_unit(rng, i, every_feature) for i in range(units)],
        "windows": [],
        "detections": [],
        "concurrency": {"ballistic": {"g0": 2, "g1": 2}, "drone": 2} if every_feature else {},
    }
    for threat in raid["threats"]:
        count = min(units, int(rng.poisson(windows_per_threat)))
        for u in rng.choice(units, size=count, replace=False):
            raid["windows"].append(make_window(rng, threat, raid["units"][u], every_feature))
    if every_feature:
        raid["detections"] = [
            make_detection(rng, threat, group) for threat in raid["threats"] for group in ("g0", "g1", "g2")
        ]
    return raid


def make_threat(rng, index, every_feature):
    kind = CLASSES[rng.choice(3, p=(0.6, 0.3, 0.1))]
    threat = {
        "id": f"t{index}",
        "class": kind,
        "impact_s": round(float(rng.uniform(3600, 18000)), 3),
        "reliability": 0.95,
        "offset_s": [0, 600],
    }
    if every_feature:
        threat["priority"] = CLASSES.index(kind)
        if rng.random() < 0.5:
            threat["wave"] = f"w{rng.integers(8)}"
        if rng.random() < 0.1:
            threat |= {"reliability": 0, "fails_s": threat["impact_s"]}
        elif rng.random() < 0.5:
            threat |= {"reliability": 0.8, "fails_s": threat["impact_s"] - 600}
    return threat


def make_unit(rng, index, every_feature):
    ready = int(rng.integers(4, 17))
    unit = {
        "id": f"u{index}",
        "owner": f"o{index % 4}",
        "group": f"g{index % 3}" if every_feature else "g0",
        "channels": int(rng.integers(1, 5)),
        "ready": ready,
        "reserve": ready,
        "reload_s": 1800,
        "salvo": int(rng.integers(1, 3)),
        "assess_s": 5,
        "rank": int(rng.integers(3)),
    }
    if every_feature:
        unit["recover_s"] = int(rng.integers(3)) * 10
        if index % 10 == 0:
            unit |= {"kind": "soft", "channels": 50, "ready": 1000, "reserve": 0, "attempts": 1}
        elif index % 3 == 0:
            unit["attempts"] = int(rng.integers(1, 4))
    return unit


def make_window(rng, threat, unit, every_feature):
    length = round(float(rng.uniform(60, 600)), 3)
    closes = threat["impact_s"] - round(float(rng.uniform(30, 2400)), 3)
    window = {
        "threat": threat["id"],
        "unit": unit["id"],
        "opens_s": closes - length,
        "closes_s": closes,
        "flight_open_s": round(float(rng.uniform(20, 60)), 3),
        "flight_close_s": round(float(rng.uniform(5, 30)), 3),
        "p_kill": round(float(rng.uniform(0.3, 0.8)), 3),
    }
    if every_feature:
        if rng.random() < 0.3:
            window["salvo"] = int(rng.integers(1, 4))
        if rng.random() < 0.3:
            window["rank"] = round(float(rng.uniform(0, 3)), 1)
        if rng.random() < 0.3:
            window["hold"] = int(rng.integers(0, 5))
    return window


def make_detection(rng, threat, group):
    return {
        "group": group,
        "threat": threat["id"],
        "detected_s": threat["impact_s"] - round(float(rng.uniform(1200, 4800)), 3),
        "delay_s": [5, 60],
        "p_detect": 0.9,
    }
