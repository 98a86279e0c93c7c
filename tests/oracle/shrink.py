"""Makes a failing raid small: leaves out entries and optional fields while it still fails.

Only valid raids are tried.
"""

import copy

from .constraints import broken

REQUIRED = {
    "threats": {"id", "class", "impact_s"},
    "units": {"id", "owner", "group", "channels", "ready"},
    "looks": {"id", "threat", "at_s"},
    "tracks": {"id", "threat", "looks"},
    "windows": {"threat", "unit", "opens_s", "closes_s", "flight_open_s", "flight_close_s", "p_kill"},
}


def shrunk(raid, fails):
    """The smallest raid found for which `fails(raid)` is still true."""
    raid = copy.deepcopy(raid)
    while True:
        smaller = next((r for r in reductions(raid) if not broken(r) and fails(r)), None)
        if smaller is None:
            return raid
        raid = smaller


def reductions(raid):
    """Raids that are one step smaller, the boldest steps first."""
    for part in REQUIRED:
        for i in range(len(raid[part])):
            yield without(raid, part, i)
    for i, track in enumerate(raid["tracks"]):
        for name in track["looks"]:
            smaller = copy.deepcopy(raid)
            smaller["tracks"][i]["looks"].remove(name)
            yield smaller
    for limits in ("concurrency", "concurrency_late"):
        for name in raid.get(limits, {}):
            smaller = copy.deepcopy(raid)
            del smaller[limits][name]
            yield smaller
    for part, required in REQUIRED.items():
        for i, entry in enumerate(raid[part]):
            for name in sorted(set(entry) - required):
                smaller = copy.deepcopy(raid)
                del smaller[part][i][name]
                yield smaller


def without(raid, part, index):
    """The raid without one entry and all that cannot be without it."""
    raid = copy.deepcopy(raid)
    gone = raid[part].pop(index).get("id")
    if part == "threats":
        for other in ("looks", "tracks", "windows"):
            raid[other] = [entry for entry in raid[other] if entry["threat"] != gone]
    if part == "units":
        raid["windows"] = [w for w in raid["windows"] if w["unit"] != gone]
    if part == "looks":
        for track in raid["tracks"]:
            track["looks"] = [name for name in track["looks"] if name != gone]
        for i in reversed(range(len(raid["tracks"]))):
            if not raid["tracks"][i]["looks"]:
                raid = without(raid, "tracks", i)
    if part == "tracks":  # whoever had it sees the threat from the start
        for window in raid["windows"]:
            if window.get("track") == gone:
                del window["track"]
    return raid
