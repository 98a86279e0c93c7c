"""The reference model of raid format 2 in plain Python: the oracle that the engine is compared with.

It reads the raid file's JSON object and follows the text of the reference model rule by rule; where
that can be read in two ways, `READING.md` says which was chosen. Clarity comes before speed
everywhere. It shares nothing with the engine.
"""

import functools
from dataclasses import dataclass
from heapq import heappop, heappush

from .parts import Engagement, Threat, Unit, Window, entries, limit_of, microseconds, spread
from .randomness import ACQUIRES, KILL, LOOK, SUSCEPTIBLE, THREAT, UNIT, WAVE, draws

LEAKED, FAILED, KILLED = 0, 1, 2

# Why a leaker leaked; NONE for all other threats.
NONE, MISSED, NO_WINDOW, UNAVAILABLE, UNSEEN, UNACQUIRED, BLOCKED = range(7)

# The order in which the changes of one moment are applied; firing comes after all of them.
RESOLUTION, ASSESSMENT, RECOVERY, RELOAD, OPENING, FAILURE, IMPACT = range(7)

ALWAYS = float("-inf")  # the moment of a track that stands from the start


class Replication:
    """One replication of a raid. `run` plays it; the results are then in the attributes."""

    def __init__(self, raid, replication, seed, stock):
        self.luck = functools.cache(functools.partial(draws, seed, replication))
        self.concurrency = raid.get("concurrency", {})
        self.concurrency_late = raid.get("concurrency_late", {})
        self.threats = [self.make_threat(i, e) for i, e in enumerate(entries(raid, "threats"))]
        self.units = [self.make_unit(i, e, stock) for i, e in enumerate(entries(raid, "units"))]
        self.windows = self.make_windows(raid)
        self.changes = []  # those to come: (moment, kind, order within the kind, function, its argument)
        self.open = []
        self.engagements = []
        self.now = None

    # Rule 1: chance before the start

    def make_threat(self, index, entry):
        works, own = self.luck(THREAT, 0, entry["id"])
        u = own if entry["wave"] is None else self.luck(WAVE, 0, entry["wave"])[0]
        offset = spread(entry["offset_s"], u)
        threat = Threat(
            index=index,
            id=entry["id"],
            kind=entry["class"],
            priority=entry["priority"],
            offset=offset,
            impact=microseconds(entry["impact_s"]) + offset,
            fails=None,
        )
        if not works < entry["reliability"]:
            if entry["fails_s"] is None:
                threat.alive, threat.fate = False, FAILED
            else:
                threat.fails = microseconds(entry["fails_s"]) + offset
        return threat

    def make_unit(self, index, entry, stock):
        available, _ = self.luck(UNIT, 0, entry["id"])
        unit = Unit(
            index=index,
            id=entry["id"],
            group=entry["group"],
            hard=entry["kind"] == "hard",
            family=entry["family"],
            available=available < entry["availability"],
            free=entry["channels"],
            ready=entry["ready"] if stock is None else stock[0][index],
            magazine=entry.get("magazine", entry["ready"]),
            reserve=entry["reserve"] if stock is None else stock[1][index],
            reload_at=entry["reload_at"],
            reload=microseconds(entry["reload_s"]),
            salvo=entry["salvo"],
            assess=microseconds(entry["assess_s"]),
            recover=microseconds(entry["recover_s"]),
            rank=entry["rank"],
            attempts=float("inf") if entry["attempts"] is None else entry["attempts"],
        )
        if unit.ready <= unit.reload_at and unit.reserve > 0:
            unit.refill()
        return unit

    # Rules 2 to 4: what can be seen, acquired and hit

    def is_susceptible(self, threat, family, susceptible):
        return family is None or self.luck(SUSCEPTIBLE, 0, threat.id, family)[0] < susceptible

    def look(self, entry, threat):
        """The moment of the track that a look gives, None if it does not find the threat."""
        finds, u = self.luck(LOOK, 0, entry["id"])
        if not self.is_susceptible(threat, entry["family"], entry["susceptible"]):
            return None
        if not finds < entry["p_detect"] / entry["susceptible"]:
            return None
        return microseconds(entry["at_s"]) + threat.offset + spread(entry["delay_s"], u)

    def make_windows(self, raid):
        threats = {t.id: t for t in self.threats}
        units = {u.id: u for u in self.units}
        looks = {e["id"]: self.look(e, threats[e["threat"]]) for e in entries(raid, "looks")}
        tracks = {None: ALWAYS}  # track -> the moment from which it stands, None if it never does
        for entry in entries(raid, "tracks"):
            found = [looks[name] for name in entry["looks"] if looks[name] is not None]
            tracks[entry["id"]] = min(found, default=None)
        windows = []
        for index, entry in enumerate(entries(raid, "windows")):
            threat, unit, track = threats[entry["threat"]], units[entry["unit"]], tracks[entry["track"]]
            opens = microseconds(entry["opens_s"]) + threat.offset
            closes = microseconds(entry["closes_s"]) + threat.offset
            if not unit.available:
                lost = UNAVAILABLE
            elif track is None or track > closes:
                lost = UNSEEN
            elif not self.luck(ACQUIRES, 0, threat.id, unit.id)[0] < entry["p_acquire"]:
                lost = UNACQUIRED
            else:
                lost = NONE
            window = Window(
                index=index,
                threat=threat,
                unit=unit,
                opens=opens,
                closes=closes,
                first=opens if track is None else max(opens, track),
                lost=lost,
                flight_open=microseconds(entry["flight_open_s"]),
                flight_close=microseconds(entry["flight_close_s"]),
                p_kill=entry["p_kill"],
                susceptible=entry["susceptible"],
                salvo=entry.get("salvo", unit.salvo),
                rank=entry.get("rank", unit.rank),
                hold=entry["hold"],
            )
            threat.windows.append(window)
            windows.append(window)
        return windows

    # Rule 6: the course of the raid

    def run(self):
        for window in self.windows:
            if window.lost == NONE:
                self.due(window.first, OPENING, window.index, self.opening, window)
        for threat in self.threats:
            if threat.alive and threat.fails is not None:
                self.due(threat.fails, FAILURE, threat.index, self.fail, threat)
            if threat.alive:
                self.due(threat.impact, IMPACT, threat.index, self.arrive, threat)
        while self.changes:
            # Firing may make new changes due at this same moment: they come in the next round.
            self.now = self.changes[0][0]
            while self.changes and self.changes[0][0] == self.now:
                _, _, _, apply, what = heappop(self.changes)
                apply(what)
            self.fire()
        return self

    def due(self, moment, kind, order, apply, what):
        heappush(self.changes, (moment, kind, order, apply, what))

    def opening(self, window):
        self.open.append(window)

    def fail(self, threat):
        self.end(threat, FAILED)

    def arrive(self, threat):
        self.end(threat, LEAKED)

    def end(self, threat, fate):
        if threat.alive:
            threat.alive, threat.fate, threat.end = False, fate, self.now

    def fire(self):
        self.open = [w for w in self.open if w.threat.alive and self.now <= w.closes]
        while eligible := [w for w in self.open if self.is_eligible(w)]:
            self.engage(min(eligible, key=self.preference))

    def preference(self, w):
        return -w.threat.priority, w.threat.impact, w.rank, self.now + w.flight(self.now), w.index

    # Rule 5

    def is_eligible(self, w):
        unit, threat = w.unit, w.threat
        return (
            unit.free > 0
            and unit.ready > w.hold
            and unit.engaged.get(threat.index, 0) < unit.attempts
            and (not unit.hard or self.has_room(w))
        )

    def has_room(self, w):
        """Whether the engagements of the threat that are under way leave room for one more."""
        kind, group = w.threat.kind, w.unit.group
        limit = limit_of(self.concurrency, kind, group, 1)
        limit_late = limit_of(self.concurrency_late, kind, group, limit)
        under_way = [e for e in w.threat.under_way if e.window.unit.group == group]
        if len(under_way) < limit:
            return True
        is_late = w.closes < min(e.drops for e in under_way)
        return is_late and len(under_way) < limit_late

    # Rules 7 and 8: an engagement and what follows from it

    def engage(self, window):
        unit, threat = window.unit, window.threat
        engagement = Engagement(
            number=len(self.engagements),
            window=window,
            launch=self.now,
            intercept=self.now + window.flight(self.now),
            rounds=min(window.salvo, unit.ready - window.hold),
            ordinal=unit.engaged.get(threat.index, 0),
        )
        self.engagements.append(engagement)
        unit.free -= 1
        unit.ready -= engagement.rounds
        unit.engaged[threat.index] = engagement.ordinal + 1
        if unit.hard:
            threat.under_way.append(engagement)
            threat.hard_engagements += 1
        self.due(engagement.intercept, RESOLUTION, engagement.number, self.resolve, engagement)
        self.due(engagement.drops, ASSESSMENT, engagement.number, self.assess, engagement)
        self.due(engagement.drops + unit.recover, RECOVERY, engagement.number, self.recover, unit)
        if unit.ready <= unit.reload_at and unit.reserve > 0 and not unit.reloading:
            unit.reloading = True
            self.due(self.now + unit.reload, RELOAD, unit.index, self.reload, unit)

    def resolve(self, engagement):
        window = engagement.window
        unit, threat = window.unit, window.threat
        if not threat.alive or not self.is_susceptible(threat, unit.family, window.susceptible):
            return
        miss = 1.0
        for _ in range(engagement.rounds):
            miss *= 1 - window.p_kill / window.susceptible
        if self.luck(KILL, engagement.ordinal, threat.id, unit.id)[0] < 1 - miss:
            engagement.kills = True
            threat.killer, threat.kill_rounds = unit.index, engagement.rounds
            self.end(threat, KILLED)

    def assess(self, engagement):
        if engagement.window.unit.hard:
            engagement.window.threat.under_way.remove(engagement)

    def recover(self, unit):
        unit.free += 1

    def reload(self, unit):
        unit.reloading = False
        unit.refill()


def reason(threat):
    """Rule 10: why a threat leaked, leaving soft units out; NONE for one that did not."""
    if threat.fate != LEAKED:
        return NONE
    if threat.hard_engagements:
        return MISSED
    windows = [w for w in threat.windows if w.unit.hard]
    if not windows:
        return NO_WINDOW
    for why in UNAVAILABLE, UNSEEN, UNACQUIRED:
        windows = [w for w in windows if w.lost != why]
        if not windows:
            return why
    return BLOCKED


@dataclass(frozen=True)
class Result:
    """What came of one replication; tuples in the order of the file."""

    fate: tuple
    killer: tuple
    end_us: tuple  # None for a threat that failed before the start
    kill_rounds: tuple
    reason: tuple
    ready: tuple  # by unit, after the last event
    reserve: tuple
    engagements: tuple  # (launch, intercept, threat, unit, window, rounds, killed), as fired


def simulate(raid, replication, seed=1, stock=None):
    """Play one replication of a raid (the JSON object of a raid file).

    `stock` is (ready, reserve) by unit at the start, in place of those of the file.
    """
    r = Replication(raid, replication, seed, stock).run()
    return Result(
        fate=tuple(t.fate for t in r.threats),
        killer=tuple(t.killer for t in r.threats),
        end_us=tuple(t.end for t in r.threats),
        kill_rounds=tuple(t.kill_rounds for t in r.threats),
        reason=tuple(reason(t) for t in r.threats),
        ready=tuple(u.ready for u in r.units),
        reserve=tuple(u.reserve for u in r.units),
        engagements=tuple(
            (e.launch, e.intercept, w.threat.index, w.unit.index, w.index, e.rounds, e.kills)
            for e in r.engagements
            for w in [e.window]
        ),
    )
