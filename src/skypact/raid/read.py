"""Raid files: read strictly, with every problem at its place."""

from __future__ import annotations
from skypact.raid.model import *


def parse_raid(data, name="raid"):
    def mk(kind, d):
        d = dict(d)
        if "class" in d:
            d["class_"] = d.pop("class")
        return kind(**d)

    units = tuple(mk(Unit, u) for u in data.get("units", []))
    return Raid(
        tuple(mk(Threat, u) for u in data.get("threats", [])),
        units,
        tuple(mk(Window, u) for u in data.get("windows", [])),
        tuple(mk(Detection, u) for u in data.get("detections", [])),
        data.get("concurrency", {}),
        data.get("info", {}),
    )


def read_raid(path):
    import json

    return parse_raid(json.load(open(path)))
