"""Random raids with all mechanisms of the reference model, small; half of them full of coincidences.

One description serves two sources of choice: Hypothesis, which shrinks what fails, and
`random.Random`, which is fast enough for long campaigns.

All times are made as whole numbers of ticks and written to the file as seconds. In half of the raids
there are few ticks, so that moments collide. At a tick of a microsecond drawn offsets and delays
collide too, and below it the rounding of half microseconds shows.
"""

import random
from dataclasses import dataclass

from hypothesis import strategies as st

from .doctrine import make_concurrency, mend_endless
from .parts import microseconds

CROWDED = (1.0, 1.0, 1e-6, 1e-6, 5e-7)  # seconds of a tick
SPARSE = (1.0, 0.1, 1 / 3, 1e-3, 1e-6, 5e-7)
CHANCES = (0.0, 0.2, 0.5, 0.5, 0.8, 0.8, 0.9, 1.0)
KILLS = (0.0, 0.1, 0.1, 0.3, 0.3, 0.5, 0.5, 0.7, 1.0)
BOUNDS = (0.3, 0.6, 0.9, 1.0)
FAMILIES = ("radar", "infrared", "één")

# Each is switched on or off for a raid as a whole: raids that lack some mechanisms
# exercise the others more deeply.
SWITCHES = (
    "offsets", "waves", "unreliable", "late_failure", "decoys", "priority",
    "looks", "delay", "missed", "families", "susceptible", "acquire", "availability",
    "concurrency", "late", "salvo", "rank", "hold", "attempts", "reload", "reload_at", "assess", "recover",
    "soft", "instant_flight", "instant_window", "last_moment", "many_channels", "scarce", "plenty",
    "far_apart", "negative", "one_alphabet",
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


@dataclass(frozen=True)
class Making:
    """What the parts of one raid are made with."""

    choose: RandomChoice | DrawnChoice
    on: dict
    tick_s: float
    scale: int  # ticks in the unit of the lengths below: 1 where moments shall collide
    horizon: int  # the latest impact, in those units
    starts: dict  # threat -> the tick from which its course counts

    def maybe(self, name):
        return self.on[name] and self.choose.integer(0, 2) > 0

    def rarely(self, name):
        return self.on[name] and self.choose.integer(0, 3) == 0

    def ticks(self, low, high):
        return self.choose.integer(low * self.scale, high * self.scale)

    def seconds(self, ticks):
        return ticks * self.tick_s

    def time(self, low, high):
        return self.seconds(self.ticks(low, high))

    @property
    def least(self):
        """The fewest ticks that are not rounded to nothing."""
        return next(n for n in (1, 2) if microseconds(self.seconds(n)) > 0)


def make_raid(choose):
    """Draw one raid."""
    on = {name: choose.integer(0, 1) == 1 for name in SWITCHES}
    crowded = choose.integer(0, 1) == 1
    if crowded and choose.integer(0, 2) == 0:
        on |= dict.fromkeys(("looks", "delay", "attempts", "concurrency", "late", "many_channels"), True)
    n_threats, n_units, n_windows, horizon = make_size(choose, crowded)
    tick_s = choose.of(CROWDED if crowded else SPARSE)
    scale = 1 if crowded else choose.of((1, 1009))
    make = Making(choose, on, tick_s, scale, horizon, starts={})
    classes = ["drone", "cruise", "ballistic"][: choose.integer(1, 3)]
    groups = ["blue", "alone", "één"][: choose.integer(1, 3)]

    threats = [make_threat(make, i, classes) for i in range(n_threats)]
    share_offsets(make, threats)
    units = [make_unit(make, i, groups) for i in range(n_units)]
    looks, tracks = [], []
    if on["looks"]:
        for threat in threats:
            make_sight(make, threat, looks, tracks)
    windows = []
    if threats and units:
        calm = {u["id"] for u in units if choose.integer(0, 2) == 0}  # units without instant flights
        windows = [make_window(make, threats, units, tracks, calm) for _ in range(n_windows)]
    mend_endless(make, units, windows)
    raid = {
        "format": "skypact-raid/2",
        "threats": threats,
        "units": units,
        "looks": looks,
        "tracks": tracks,
        "windows": windows,
    }
    return raid | make_concurrency(make, classes, groups)


def make_size(choose, crowded):
    """Threats, units, windows, and the latest impact."""
    if crowded:  # few threats, many overlapping windows, little time between moments
        return choose.integer(1, 4), choose.integer(1, 4), choose.integer(6, 30), choose.integer(4, 14)
    if choose.integer(0, 5) == 0:
        return choose.integer(8, 20), choose.integer(4, 8), choose.integer(40, 120), choose.integer(10, 40)
    return choose.integer(0, 7), choose.integer(0, 5), choose.integer(0, 30), choose.integer(5, 30)


def name_of(make, letter, index):
    """Ids in another order than the file's, so that sorting by id would show.

    With one alphabet, threats, units, looks and tracks have the same ids.
    """
    return f"{'x' if make.on['one_alphabet'] else letter}{(7 * index + 3) % 101}"


def make_threat(make, index, classes):
    choose = make.choose
    start = 0
    if make.on["negative"]:
        start = choose.of((0, -1, -2)) * make.horizon * make.scale // 2
    if make.on["far_apart"]:  # so that moments of different threats are far between
        start += choose.of((0, 0, 40, 1000, 10**6))
    impact = start + make.ticks(make.horizon // 2, make.horizon)
    threat = {
        "id": name_of(make, "t", index),
        "class": choose.of(classes),
        "impact_s": make.seconds(impact),
    }
    make.starts[threat["id"]] = start, impact
    if impact >= 0 and make.rarely("decoys"):
        return threat | {"reliability": 0, "fails_s": threat["impact_s"]}
    if make.maybe("priority"):
        threat["priority"] = choose.of((-1, 0.5, 1, 1, 2))
    if make.maybe("unreliable"):
        threat["reliability"] = choose.of(CHANCES)
        if impact >= 0 and make.maybe("late_failure"):
            threat["fails_s"] = make.seconds(choose.integer(max(0, start), impact))
    if make.maybe("waves"):
        threat["wave"] = choose.of(("w0", "w0", "w1"))
    if make.maybe("offsets"):
        low = make.ticks(-3, 4)
        threat["offset_s"] = [make.seconds(low), make.seconds(low + make.ticks(0, 5))]
    return threat


def share_offsets(make, threats):
    """Threats of one wave have equal offsets."""
    first = {}
    for threat in threats:
        if "wave" in threat:
            offset = first.setdefault(threat["wave"], threat.get("offset_s", [0, make.time(1, 4)]))
            threat["offset_s"] = list(offset)


def make_unit(make, index, groups):
    choose = make.choose
    ready = choose.integer(0, 4) if make.maybe("scarce") else choose.integer(2, 16)
    channels = choose.integer(3, 6) if make.maybe("many_channels") else choose.of((0, 1, 1, 1, 2, 2))
    if make.rarely("plenty"):  # long strings of shots at one threat, many under way at once
        ready, channels = choose.of((50, 150)), choose.of((1, 20, 100))
    unit = {
        "id": name_of(make, "u", index),
        "owner": choose.of(("A", "B")),
        "group": choose.of(groups),
        "channels": channels,
        "ready": ready,
    }
    if make.rarely("soft"):
        unit["kind"] = "soft"
    if make.maybe("families"):
        unit["family"] = choose.of(FAMILIES)
    if make.maybe("availability"):
        unit["availability"] = choose.of(CHANCES)
    if make.maybe("reload"):
        unit["reserve"] = choose.integer(0, choose.of((8, 40)))
        unit["magazine"] = choose.integer(1, choose.of((3, 6, 12)))
        unit["reload_s"] = make.time(0, 5)
        if make.maybe("reload_at"):
            unit["reload_at"] = choose.integer(0, unit["magazine"] - 1)
    elif make.rarely("reload_at"):  # without effect: there is no reserve
        unit["reload_at"] = choose.integer(0, 3)
    if make.maybe("salvo"):
        unit["salvo"] = choose.integer(1, 3)
    if make.maybe("assess"):
        unit["assess_s"] = make.time(0, 3)
    if make.maybe("recover"):
        unit["recover_s"] = make.time(0, 3)
    if make.maybe("rank"):
        unit["rank"] = choose.of((-1, 0, 0.5, 1))
    if make.maybe("attempts"):
        unit["attempts"] = choose.of((0, 1, 1, 1, 2, 2, 2, 3, 3, None))
    return unit


def make_bound(make, chance):
    """A `susceptible` that a chance allows: at its bound, or above."""
    above = [s for s in (chance, *BOUNDS) if s > 0 and s >= chance]
    return make.choose.of([above[0], *above])


def make_sight(make, threat, looks, tracks):
    """The looks at one threat, and tracks that may share them. Some looks are in no track."""
    choose = make.choose
    start, _ = make.starts[threat["id"]]
    mine = []
    for _ in range(choose.integer(0, 4)):
        at = start + make.ticks(-2, 2 * make.horizon // 3)
        look = {
            "id": name_of(make, "l", len(looks)),
            "threat": threat["id"],
            "at_s": make.seconds(at),
        }
        if make.maybe("delay"):
            low = make.ticks(0, 3)
            look["delay_s"] = [make.seconds(low), make.seconds(low + make.ticks(0, 4))]
        if make.maybe("missed"):
            look["p_detect"] = choose.of(CHANCES)
        if make.maybe("families"):
            look["family"] = choose.of(FAMILIES)
            if make.maybe("susceptible"):
                look["p_detect"] = choose.of(CHANCES)
                look["susceptible"] = make_bound(make, look["p_detect"])
        looks.append(look)
        mine.append(look["id"])
    for _ in range(choose.integer(1, 3) if mine else 0):
        chosen = [name for name in mine if choose.integer(0, 1)] or [choose.of(mine)]
        if choose.integer(0, 1):
            chosen.reverse()
        tracks.append({"id": name_of(make, "k", len(tracks)), "threat": threat["id"], "looks": chosen})


def make_window(make, threats, units, tracks, calm):
    choose = make.choose
    threat, unit = choose.of(threats), choose.of(units)
    start, impact = make.starts[threat["id"]]
    last, least = impact, 0
    if unit["id"] in calm:
        last, least = impact - make.least, make.least
    opens = min(start + make.ticks(-1, 2 * make.horizon // 3), last)
    closes = opens
    if not make.rarely("instant_window"):
        closes = min(opens + make.ticks(0, make.horizon // 2), last)
    window = {
        "threat": threat["id"],
        "unit": unit["id"],
        "opens_s": make.seconds(opens),
        "closes_s": make.seconds(closes),
        "flight_open_s": make_flight(make, opens, impact, least),
        "flight_close_s": make_flight(make, closes, impact, least),
        "p_kill": choose.of(KILLS),
    }
    known = [t["id"] for t in tracks if t["threat"] == threat["id"]]
    if known and choose.integer(0, 3) > 0:
        window["track"] = choose.of(known)
    if make.maybe("acquire"):
        window["p_acquire"] = choose.of(CHANCES)
    if "family" in unit and make.maybe("susceptible"):
        window["susceptible"] = make_bound(make, window["p_kill"])
    if make.maybe("salvo"):
        window["salvo"] = choose.integer(1, 4)
    if make.maybe("rank"):
        window["rank"] = choose.of((-1, 0, 0.5, 2))
    if make.maybe("hold"):
        window["hold"] = choose.integer(0, 5)
    return window


def make_flight(make, at, impact, least):
    """A flight time of a round launched at a tick, so that the intercept is not after the impact."""
    longest = impact - at
    ticks = min(max(least, make.ticks(0, 4)), longest)
    if make.rarely("instant_flight"):
        ticks = least
    elif make.rarely("last_moment"):
        ticks = longest
    # Each time is rounded alone: together they can come to a microsecond more than the impact.
    moment, end = microseconds(make.seconds(at)), microseconds(make.seconds(impact))
    while moment + microseconds(make.seconds(ticks)) > end:
        ticks -= 1
    return make.seconds(ticks)
