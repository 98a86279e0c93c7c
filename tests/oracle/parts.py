"""What a raid consists of, as the oracle plays it: the file's entries, times, threats, units, windows."""

from dataclasses import dataclass, field

DEFAULTS = {
    "threats": {"priority": 0, "reliability": 1, "fails_s": None, "offset_s": (0, 0), "wave": None},
    "units": {
        "kind": "hard",
        "family": None,
        "availability": 1,
        "reserve": 0,
        "reload_at": 0,
        "reload_s": 0,
        "salvo": 1,
        "assess_s": 0,
        "recover_s": 0,
        "rank": 0,
        "attempts": None,
    },
    "looks": {"delay_s": (0, 0), "p_detect": 1, "family": None, "susceptible": 1},
    "tracks": {},
    "windows": {"track": None, "p_acquire": 1, "susceptible": 1, "hold": 0},
}


def entries(raid, part):
    """The entries of one part of the file with their defaults."""
    return [DEFAULTS[part] | entry for entry in raid.get(part, [])]


def microseconds(seconds):
    """Whole microseconds, half to even."""
    return round(seconds * 1e6)


def spread(ends_s, u):
    """A time drawn uniformly between two others, in whole microseconds."""
    low, high = map(microseconds, ends_s)
    return round(low + (high - low) * u)


def limit_of(limits, kind, group, otherwise):
    """The entry for a class and group of `concurrency` or `concurrency_late`."""
    limit = limits.get(kind, otherwise)
    return limit.get(group, otherwise) if isinstance(limit, dict) else limit


@dataclass(eq=False)
class Threat:
    index: int
    id: str
    kind: str
    priority: float
    offset: int
    impact: int
    fails: int | None  # the moment at which it fails, None if it works
    alive: bool = True
    fate: int | None = None
    killer: int = -1
    end: int | None = None
    kill_rounds: int = 0
    windows: list = field(default_factory=list)  # all that the file has for it
    under_way: list = field(default_factory=list)  # engagements by hard units that have not dropped
    hard_engagements: int = 0


@dataclass(eq=False)
class Unit:
    index: int
    id: str
    group: str
    hard: bool
    family: str | None
    available: bool
    free: int
    ready: int
    magazine: int
    reserve: int
    reload_at: int
    reload: int
    salvo: int
    assess: int
    recover: int
    rank: float
    attempts: float
    reloading: bool = False
    engaged: dict = field(default_factory=dict)  # threat index -> engagements so far

    def refill(self):
        """What a reload does when it is complete."""
        rounds = max(0, min(self.magazine - self.ready, self.reserve))
        self.ready += rounds
        self.reserve -= rounds


@dataclass(eq=False)
class Window:
    index: int
    threat: Threat
    unit: Unit
    opens: int
    closes: int
    first: float  # the moment from which it is open: opens, or its track if that is later
    lost: int  # the reason for which it is lost before the start, NONE if it is not
    flight_open: int
    flight_close: int
    p_kill: float
    susceptible: float
    salvo: int
    rank: float
    hold: int

    def flight(self, t):
        """Flight time of a round launched at t."""
        if self.closes == self.opens:
            return self.flight_open
        share = (t - self.opens) / (self.closes - self.opens)
        return round(self.flight_open + (self.flight_close - self.flight_open) * share)


@dataclass(eq=False)
class Engagement:
    number: int
    window: Window
    launch: int
    intercept: int
    rounds: int
    ordinal: int  # earlier engagements of the threat by the unit
    kills: bool = False

    @property
    def drops(self):
        """The moment at which it drops from the group's count."""
        return self.intercept + self.window.unit.assess
