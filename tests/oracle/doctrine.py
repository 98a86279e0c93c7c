"""The parts of a random raid that concern all its units: limits of fire at one threat, endless fire."""

from .parts import limit_of, microseconds


def make_concurrency(make, classes, groups):
    """`concurrency` and `concurrency_late`, the second nowhere below the first."""
    choose, found = make.choose, {}
    if make.on["concurrency"]:
        found["concurrency"] = {}
        for kind in classes:
            form = choose.integer(0, 2)
            if form == 1:
                found["concurrency"][kind] = choose.of((1, 2, 2, 3, 40))
            elif form == 2:
                found["concurrency"][kind] = {
                    g: choose.of((1, 2, 2, 3, 4)) for g in groups if choose.integer(0, 2) > 0
                }
    if make.on["late"]:
        found["concurrency_late"] = {}
        for kind in classes:
            limits = {g: limit_of(found.get("concurrency", {}), kind, g, 1) for g in groups}
            more = choose.of((0, 1, 1, 2, 30))
            form = choose.integer(0, 3)
            if form == 1:
                found["concurrency_late"][kind] = max(limits.values()) + more
            elif form > 1:
                found["concurrency_late"][kind] = {
                    g: limits[g] + more for g in groups if choose.integer(0, 2) > 0
                }
    return found


def mend_endless(make, units, windows):
    """A unit without a limit of attempts takes time for each: give one that would not what it lacks."""
    for unit in units:
        flights = [
            microseconds(w[name])
            for w in windows
            if w["unit"] == unit["id"]
            for name in ("flight_open_s", "flight_close_s")
        ]
        takes_time = microseconds(unit.get("assess_s", 0)) + microseconds(unit.get("recover_s", 0)) > 0
        if unit.get("attempts") is None and not takes_time and min(flights, default=1) == 0:
            lack = make.choose.of(("attempts", "assess_s", "recover_s"))
            unit[lack] = make.choose.integer(1, 4) if lack == "attempts" else make.seconds(make.least)
