"""Makes a failing raid small: leaves out entries and optional fields while it still fails."""

import copy

REQUIRED = {
    "threats": {"id", "class", "impact_s"},
    "units": {"id", "owner", "group", "channels", "ready"},
    "windows": {"threat", "unit", "opens_s", "closes_s", "flight_open_s", "flight_close_s", "p_kill"},
    "detections": {"group", "threat", "detected_s"},
}


def shrunk(raid, fails):
    """The smallest raid found for which `fails(raid)` is still true."""
    raid = copy.deepcopy(raid)
    while True:
        smaller = next((r for r in reductions(raid) if fails(r)), None)
        if smaller is None:
            return raid
        raid = smaller


def reductions(raid):
    """Raids that are one step smaller, the boldest steps first."""
    for part in ("threats", "units", "windows", "detections"):
        for i, entry in enumerate(raid[part]):
            smaller = copy.deepcopy(raid)
            del smaller[part][i]
            if part == "threats":
                drop(smaller, "threat", entry["id"], ("windows", "detections"))
            if part == "units":
                drop(smaller, "unit", entry["id"], ("windows",))
            yield smaller
    for name in raid.get("concurrency", {}):
        smaller = copy.deepcopy(raid)
        del smaller["concurrency"][name]
        yield smaller
    for part, required in REQUIRED.items():
        for i, entry in enumerate(raid[part]):
            for name in sorted(set(entry) - required):
                smaller = copy.deepcopy(raid)
                del smaller[part][i][name]
                yield smaller


def drop(raid, field, value, parts):
    for part in parts:
        raid[part] = [entry for entry in raid[part] if entry[field] != value]
