"""The reference model in plain Python on SimPy: the oracle that the engine is compared with.

It reads the raid file's JSON object and follows the text of the reference model rule by rule.
Clarity comes before speed everywhere. It shares nothing with the engine.
"""

from dataclasses import dataclass, field

import simpy

from .randomness import DETECTION, KILL, THREAT, WAVE, draws

LEAKED, FAILED, KILLED = 0, 1, 2

# The order in which the changes of one moment are applied; firing comes after all of them.
# SimPy keeps 0 for the start of a process.
RESOLUTION, ASSESSMENT, RECOVERY, RELOAD, OPENING, FAILURE, IMPACT, FIRING = range(1, 9)


def microseconds(seconds):
    """Whole microseconds, half to even."""
    return round(seconds * 1e6)


def spread(low_s, high_s, u):
    """A time drawn uniformly between two others, in whole microseconds."""
    low, high = microseconds(low_s), microseconds(high_s)
    return round(low + (high - low) * u)


@dataclass
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
    under_way: dict = field(default_factory=dict)  # group -> engagements under way


@dataclass
class Unit:
    index: int
    id: str
    group: str
    free: int
    ready: int
    magazine: int
    reserve: int
    reload: int
    assess: int
    recover: int
    attempts: float
    engaged: dict = field(default_factory=dict)  # threat index -> engagements so far


@dataclass
class Window:
    index: int
    threat: Threat
    unit: Unit
    opens: int
    first: int  # opens, or the detection if that is later
    closes: int
    flight_open: int
    flight_close: int
    p_kill: float
    salvo: int
    rank: float
    hold: int

    def flight(self, t):
        """Flight time of a round launched at t."""
        if self.closes == self.opens:
            return self.flight_open
        share = (t - self.opens) / (self.closes - self.opens)
        return round(self.flight_open + (self.flight_close - self.flight_open) * share)


class At(simpy.Event):
    """Happens at a given moment, in the order of its kind."""

    def __init__(self, env, moment, kind):
        super().__init__(env)
        self._ok, self._value = True, None
        env.schedule(self, priority=kind, delay=moment - env.now)


class Replication:
    """One replication of a raid. `run` plays it; the results are then in the attributes."""

    def __init__(self, raid, replication, seed):
        self.seed, self.replication = seed, replication
        self.concurrency = raid.get("concurrency", {})
        self.threats = [self.make_threat(i, t) for i, t in enumerate(raid["threats"])]
        self.units = [make_unit(i, u) for i, u in enumerate(raid["units"])]
        self.engagements = []  # [launch, intercept, threat, unit, window, rounds, killed]
        self.windows = self.make_windows(raid)
        self.open = []
        self.firing_due = False

    # Chance before the start

    def luck(self, purpose, *ids, ordinal=0):
        return draws(self.seed, self.replication, purpose, ordinal, *ids)

    def make_threat(self, index, entry):
        works, own = self.luck(THREAT, entry["id"])
        wave = entry.get("wave")
        u = own if wave is None else self.luck(WAVE, wave)[0]
        offset = spread(*entry.get("offset_s", [0, 0]), u)
        threat = Threat(
            index=index,
            id=entry["id"],
            kind=entry["class"],
            priority=entry.get("priority", 0),
            offset=offset,
            impact=microseconds(entry["impact_s"]) + offset,
            fails=None,
        )
        if not works < entry.get("reliability", 1):
            fails_s = entry.get("fails_s")
            if fails_s is None:
                threat.alive, threat.fate = False, FAILED
            else:
                threat.fails = microseconds(fails_s) + offset
        return threat

    def detection(self, raid, threat, group):
        """The moment at which a group sees a threat: None if never, -inf if from the start."""
        for entry in raid.get("detections", []):
            if entry["group"] == group and entry["threat"] == threat.id:
                seen, u = self.luck(DETECTION, group, threat.id)
                if not seen < entry.get("p_detect", 1):
                    return None
                delay = spread(*entry.get("delay_s", [0, 0]), u)
                return microseconds(entry["detected_s"]) + threat.offset + delay
        return float("-inf")

    def make_windows(self, raid):
        threats = {t.id: t for t in self.threats}
        units = {u.id: u for u in self.units}
        defaults = {u["id"]: u for u in raid["units"]}
        seen = {}
        windows = []
        for index, entry in enumerate(raid["windows"]):
            threat, unit = threats[entry["threat"]], units[entry["unit"]]
            pair = threat.id, unit.group
            if pair not in seen:
                seen[pair] = self.detection(raid, threat, unit.group)
            opens = microseconds(entry["opens_s"]) + threat.offset
            closes = microseconds(entry["closes_s"]) + threat.offset
            if seen[pair] is None or seen[pair] > closes:
                continue
            windows.append(
                Window(
                    index=index,
                    threat=threat,
                    unit=unit,
                    opens=opens,
                    first=max(opens, seen[pair]),
                    closes=closes,
                    flight_open=microseconds(entry["flight_open_s"]),
                    flight_close=microseconds(entry["flight_close_s"]),
                    p_kill=entry["p_kill"],
                    salvo=entry.get("salvo", defaults[unit.id].get("salvo", 1)),
                    rank=entry.get("rank", defaults[unit.id].get("rank", 0)),
                    hold=entry.get("hold", 0),
                )
            )
        return windows

    # The course of the raid

    def run(self):
        moments = [w.first for w in self.windows]
        moments += [m for t in self.threats for m in (t.fails, t.impact) if m is not None]
        if not moments:
            return self
        self.env = simpy.Environment(initial_time=min(moments))
        for window in self.windows:
            self.env.process(self.opening(window))
        for threat in self.threats:
            if threat.alive:
                self.env.process(self.ending(threat))
        self.env.run()
        return self

    def opening(self, window):
        yield At(self.env, window.first, OPENING)
        self.open.append(window)
        self.changed()

    def ending(self, threat):
        """A threat's failure or impact, whichever it comes to, if nothing kills it first."""
        if threat.fails is None:
            yield At(self.env, threat.impact, IMPACT)
            self.end(threat, LEAKED)
        else:
            yield At(self.env, threat.fails, FAILURE)
            self.end(threat, FAILED)

    def end(self, threat, fate):
        if threat.alive:
            threat.alive, threat.fate, threat.end = False, fate, self.env.now

    def changed(self):
        """Something changed now: after all changes of the moment, see who can fire."""
        if not self.firing_due:
            self.firing_due = True
            At(self.env, self.env.now, FIRING).callbacks.append(self.fire)

    def fire(self, _event):
        self.firing_due = False
        now = self.env.now
        self.open = [w for w in self.open if w.threat.alive and now <= w.closes]
        while True:
            eligible = [w for w in self.open if self.eligible(w)]
            if not eligible:
                return
            self.engage(min(eligible, key=lambda w: self.preference(w, now)))

    def eligible(self, w):
        unit, threat = w.unit, w.threat
        limit = self.concurrency.get(threat.kind, 1)
        if isinstance(limit, dict):
            limit = limit.get(unit.group, 1)
        return (
            unit.free > 0
            and unit.ready >= 1
            and unit.ready + unit.reserve > w.hold
            and unit.engaged.get(threat.index, 0) < unit.attempts
            and threat.under_way.get(unit.group, 0) < limit
        )

    @staticmethod
    def preference(w, now):
        return -w.threat.priority, w.threat.impact, w.rank, now + w.flight(now), w.index

    def engage(self, window):
        unit, threat = window.unit, window.threat
        now = self.env.now
        rounds = min(window.salvo, unit.ready, unit.ready + unit.reserve - window.hold)
        ordinal = unit.engaged.get(threat.index, 0)
        intercept = now + window.flight(now)
        record = [now, intercept, threat.index, unit.index, window.index, rounds, False]
        self.engagements.append(record)
        unit.free -= 1
        unit.ready -= rounds
        unit.engaged[threat.index] = ordinal + 1
        threat.under_way[unit.group] = threat.under_way.get(unit.group, 0) + 1
        self.env.process(self.engagement(window, record, ordinal))
        if unit.ready == 0 and unit.reserve > 0:
            self.env.process(self.reloading(unit, now + unit.reload))

    def engagement(self, window, record, ordinal):
        unit, threat = window.unit, window.threat
        _, intercept, _, _, _, rounds, _ = record
        yield At(self.env, intercept, RESOLUTION)
        if threat.alive:
            miss = 1.0
            for _ in range(rounds):
                miss *= 1 - window.p_kill
            u, _ = self.luck(KILL, threat.id, unit.id, ordinal=ordinal)
            if u < 1 - miss:
                record[-1] = True
                threat.killer, threat.kill_rounds = unit.index, rounds
                self.end(threat, KILLED)
        self.changed()
        yield At(self.env, intercept + unit.assess, ASSESSMENT)
        threat.under_way[unit.group] -= 1
        self.changed()
        yield At(self.env, intercept + unit.assess + unit.recover, RECOVERY)
        unit.free += 1
        self.changed()

    def reloading(self, unit, done):
        yield At(self.env, done, RELOAD)
        unit.ready = min(unit.magazine, unit.reserve)
        unit.reserve -= unit.ready
        self.changed()


def make_unit(index, entry):
    attempts = entry.get("attempts")
    return Unit(
        index=index,
        id=entry["id"],
        group=entry["group"],
        free=entry["channels"],
        ready=entry["ready"],
        magazine=entry.get("magazine", entry["ready"]),
        reserve=entry.get("reserve", 0),
        reload=microseconds(entry.get("reload_s", 0)),
        assess=microseconds(entry.get("assess_s", 0)),
        recover=microseconds(entry.get("recover_s", 0)),
        attempts=float("inf") if attempts is None else attempts,
    )


@dataclass(frozen=True)
class Result:
    """What came of one replication; tuples in the order of the file."""

    fate: tuple
    killer: tuple
    end_us: tuple  # None for a threat that failed before the start
    kill_rounds: tuple
    engagements: tuple  # (launch, intercept, threat, unit, window, rounds, killed), as fired


def simulate(raid, replication, seed=1):
    """Play one replication of a raid (the JSON object of a raid file)."""
    r = Replication(raid, replication, seed).run()
    return Result(
        fate=tuple(t.fate for t in r.threats),
        killer=tuple(t.killer for t in r.threats),
        end_us=tuple(t.end for t in r.threats),
        kill_rounds=tuple(t.kill_rounds for t in r.threats),
        engagements=tuple(tuple(e) for e in r.engagements),
    )
