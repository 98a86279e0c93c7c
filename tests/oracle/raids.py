"""Random raids with all features of the reference model, small and full of coincidences.

One description serves two sources of choice: Hypothesis, which shrinks what fails, and
`random.Random`, which is fast enough for long campaigns.
"""

import random

from hypothesis import strategies as st

# Times are whole numbers of one grain, so that moments collide. At a grain of a microsecond
# drawn offsets and delays collide too, and below it the rounding of half microseconds shows.
GRAINS = (1.0, 1.0, 1e-6, 1e-6, 5e-7, 0.1, 1 / 3)
CHANCES = (0.0, 0.2, 0.5, 0.5, 0.8, 1.0)
KILLS = (0.0, 0.1, 0.1, 0.3, 0.3, 0.5, 0.5, 0.7, 1.0)

# Each is switched on or off for a raid as a whole: raids that lack some features
# exercise the others more deeply.
SWITCHES = (
    "offsets", "waves", "unreliable", "late_failure", "decoys", "detection", "delay", "missed",
    "concurrency", "salvo", "rank", "hold", "attempts", "reload", "assess", "recover", "soft",
    "priority", "instant_flight", "instant_window", "many_channels", "dense", "scarce", "plenty", "far_apart",
)  # fmt: skip


class RandomChoice:
    """Choices from `random.Random`."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def integer(self, low, high):
        return self.random.randint(low, high)

    def of(self, values):
        return self.random.choice(values)


class DrawnChoice:
    """Choices from Hypothesis."""

    def __init__(self, draw):
        self.draw = draw

    def integer(self, low, high):
        return self.draw(st.integers(low, high))

    def of(self, values):
        return values[self.draw(st.integers(0, len(values) - 1))]


@st.composite
def raids(draw):
    """Raids as JSON objects, for Hypothesis."""
    return make_raid(DrawnChoice(draw))


def random_raid(seed):
    """The raid with this number, as a JSON object."""
    return make_raid(RandomChoice(seed))


def make_raid(choose):
    """Draw one raid."""
    on = {name: choose.integer(0, 1) == 1 for name in SWITCHES}
    if on["dense"] and choose.integer(0, 1):
        on |= dict.fromkeys(("detection", "delay", "attempts", "concurrency", "many_channels"), True)
    n_threats, n_units, n_windows, horizon = make_size(choose, on["dense"])
    grain = choose.of(GRAINS)
    classes = ["drone", "cruise", "ballistic"][: choose.integer(1, 3)]
    groups = ["blue", "alone", "één"][: choose.integer(1, 3)]

    def time(low, high):
        return choose.integer(low, high) * grain

    def maybe(name):
        return on[name] and choose.integer(0, 2) > 0

    def rarely(name):
        return on[name] and choose.integer(0, 3) == 0

    threats = [make_threat(i, choose, maybe, rarely, time, horizon, classes) for i in range(n_threats)]
    share_offsets(threats, choose, time)
    units = [make_unit(i, choose, maybe, rarely, time, groups) for i in range(n_units)]
    windows = []
    if threats and units:
        windows = [
            make_window(choose, maybe, rarely, time, horizon, threats, units) for _ in range(n_windows)
        ]
    detections = []
    if on["detection"]:
        for threat in threats:
            for group in groups:
                if choose.integer(0, 3) > 0:
                    detections.append(make_detection(choose, maybe, time, horizon, threat, group))
    if on["far_apart"]:
        move_apart(threats, windows, detections, choose, grain)
    raid = {
        "format": "skypact-raid/1",
        "threats": threats,
        "units": units,
        "windows": windows,
        "detections": detections,
    }
    if on["concurrency"]:
        raid["concurrency"] = make_concurrency(choose, classes, groups)
    return raid


def make_size(choose, dense):
    """Threats, units, windows, and the latest impact in grains."""
    if dense:  # few threats, many overlapping windows, little time between moments
        return choose.integer(1, 4), choose.integer(1, 4), choose.integer(6, 30), choose.integer(4, 14)
    if choose.integer(0, 5) == 0:
        return choose.integer(8, 20), choose.integer(4, 8), choose.integer(40, 120), choose.integer(10, 40)
    return choose.integer(0, 7), choose.integer(0, 5), choose.integer(0, 30), choose.integer(5, 30)


def make_threat(index, choose, maybe, rarely, time, horizon, classes):
    impact = choose.integer(horizon // 2, horizon)
    # Ids in another order than the file's, so that sorting by id would show.
    threat = {"id": f"t{(7 * index + 3) % 23}", "class": choose.of(classes), "impact_s": impact * time(1, 1)}
    if rarely("decoys"):
        return threat | {"reliability": 0, "fails_s": threat["impact_s"]}
    if maybe("priority"):
        threat["priority"] = choose.of((-1, 0.5, 1, 1, 2))
    if maybe("unreliable"):
        threat["reliability"] = choose.of(CHANCES)
        if maybe("late_failure"):
            threat["fails_s"] = time(0, impact)
    if maybe("waves"):
        threat["wave"] = choose.of(("w0", "w0", "w1"))
    if maybe("offsets"):
        low = choose.integer(-3, 4)
        threat["offset_s"] = [low * time(1, 1), time(low, low + 5)]
    return threat


def share_offsets(threats, choose, time):
    """Threats of one wave have equal offsets."""
    first = {}
    for threat in threats:
        if "wave" in threat:
            offset = first.setdefault(threat["wave"], threat.get("offset_s", [0, time(1, 4)]))
            threat["offset_s"] = list(offset)


def move_apart(threats, windows, detections, choose, grain):
    """Shift whole threats by up to a million grains, so that moments are far between."""
    for threat in threats:
        shift = choose.of((0, 0, 40, 1000, 10**6)) * grain
        threat["impact_s"] += shift
        if "fails_s" in threat:
            threat["fails_s"] += shift
        for entry in windows + detections:
            if entry["threat"] == threat["id"]:
                for name in {"opens_s", "closes_s", "detected_s"} & set(entry):
                    entry[name] += shift


def make_unit(index, choose, maybe, rarely, time, groups):
    ready = choose.integer(0, 4) if maybe("scarce") else choose.integer(2, 16)
    channels = choose.integer(3, 6) if maybe("many_channels") else choose.of((0, 1, 1, 1, 2, 2))
    if rarely("plenty"):  # long strings of shots at one threat, many under way at once
        ready, channels = choose.of((50, 150)), choose.of((1, 20, 100))
    unit = {
        "id": f"u{(7 * index + 3) % 23}",
        "owner": choose.of(("A", "B")),
        "group": choose.of(groups),
        "channels": channels,
        "ready": ready,
    }
    if maybe("soft"):
        unit["kind"] = "soft"
    if maybe("reload"):
        unit["reserve"] = choose.integer(0, 8)
        unit["magazine"] = choose.integer(1, 4)
        unit["reload_s"] = time(0, 5)
    if maybe("salvo"):
        unit["salvo"] = choose.integer(1, 3)
    if maybe("assess"):
        unit["assess_s"] = time(0, 3)
    if maybe("recover"):
        unit["recover_s"] = time(0, 3)
    if maybe("rank"):
        unit["rank"] = choose.of((-1, 0, 0.5, 1))
    if maybe("attempts"):
        unit["attempts"] = choose.of((0, 1, 1, 1, 2, 2, 2, 3, 3, None))
    return unit


def make_window(choose, maybe, rarely, time, horizon, threats, units):
    opens = choose.integer(-1, 2 * horizon // 3)
    # The horizon is the latest impact: some windows end after it.
    closes = opens if rarely("instant_window") else opens + choose.integer(0, horizon // 2)
    window = {
        "threat": choose.of(threats)["id"],
        "unit": choose.of(units)["id"],
        "opens_s": opens * time(1, 1),
        "closes_s": closes * time(1, 1),
        "flight_open_s": 0 if rarely("instant_flight") else time(0, 4),
        "flight_close_s": 0 if rarely("instant_flight") else time(0, 4),
        "p_kill": choose.of(KILLS),
    }
    if maybe("salvo"):
        window["salvo"] = choose.integer(1, 4)
    if maybe("rank"):
        window["rank"] = choose.of((-1, 0, 0.5, 2))
    if maybe("hold"):
        window["hold"] = choose.integer(0, 5)
    return window


def make_detection(choose, maybe, time, horizon, threat, group):
    detection = {"group": group, "threat": threat["id"], "detected_s": time(-1, 2 * horizon // 3)}
    if maybe("delay"):
        low = choose.integer(0, 3)
        detection["delay_s"] = [low * time(1, 1), time(low, low + 4)]
    if maybe("missed"):
        detection["p_detect"] = choose.of(CHANCES)
    return detection


def make_concurrency(choose, classes, groups):
    concurrency = {}
    for name in classes:
        form = choose.integer(0, 2)
        if form == 1:
            concurrency[name] = choose.of((0, 1, 2, 2, 3, 40))
        elif form == 2:
            concurrency[name] = {g: choose.of((0, 1, 2, 2, 3, 4)) for g in groups if choose.integer(0, 2) > 0}
    return concurrency
