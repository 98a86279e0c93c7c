"""Mistakes to plant in the oracle: what is wrong, the text of the oracle, the text put in its place."""

KINDS = "RESOLUTION, ASSESSMENT, RECOVERY, RELOAD, OPENING, FAILURE, IMPACT = range(7)"
APPLYING = "while self.changes and self.changes[0][0] == self.now"
PREFERENCE = "-w.threat.priority, w.threat.impact, w.rank, self.now + w.flight(self.now), w.index"
UNDER_WAY = "under_way = [e for e in w.threat.under_way if e.window.unit.group == group]"
IS_LATE = "is_late = w.closes < min(e.drops for e in under_way)"
MAY_FIRE = "(not unit.hard or self.has_room(w))"
JOINS = (
    "if unit.hard:\n            threat.under_way.append(engagement)\n            threat.hard_engagements += 1"
)
EARLIER = "unit.engaged.get(threat.index, 0) <"
RELOADS = "if unit.ready <= unit.reload_at and unit.reserve > 0 and not unit.reloading:"
REFILLS = "if unit.ready <= unit.reload_at and unit.reserve > 0:\n            unit.refill()"
REFILL = "rounds = max(0, min(self.magazine - self.ready, self.reserve))"
FINDS = 'if not finds < entry["p_detect"] / entry["susceptible"]:'
EARLIEST = "min(found, default=None)"
ACQUIRED = 'self.luck(ACQUIRES, 0, threat.id, unit.id)[0] < entry["p_acquire"]'
HIT = "or not self.is_susceptible(threat, unit.family, window.susceptible)"
MISS = "miss *= 1 - window.p_kill / window.susceptible"
ONE_LOST = "if why in [w.lost for w in threat.windows if w.unit.hard]:\n            return why"
WHY = "for why in UNAVAILABLE, UNSEEN, UNACQUIRED:"


def fires_before(kind):
    """Firing takes place before the changes of this kind and of those after it."""
    early = f"self.changes[0][1] < {kind}"
    return f"early = {early}\n            {APPLYING} and ({early}) == early"


def swapped(first, second):
    """Two kinds of change in each other's place."""
    return KINDS.replace(first, "_").replace(second, first).replace("_", second)


TIME = [
    ("failure before resolution", KINDS, swapped("RESOLUTION", "FAILURE")),
    ("impact before resolution", KINDS, swapped("RESOLUTION", "IMPACT")),
    ("impact before failure", KINDS, swapped("FAILURE", "IMPACT")),
    ("fires before the recovery of the moment", APPLYING, fires_before("RECOVERY")),
    ("fires before the reload of the moment", APPLYING, fires_before("RELOAD")),
    ("fires before the openings of the moment", APPLYING, fires_before("OPENING")),
    ("fires before the failure of the moment", APPLYING, fires_before("FAILURE")),
    ("fires before the impact of the moment", APPLYING, fires_before("IMPACT")),
    ("one shot in each round of changes", "self.engage(min(elig", "return self.engage(min(elig"),
    ("later shots resolved first", "RESOLUTION, engagement.number", "RESOLUTION, -engagement.number"),
    ("times cut, not rounded", "return round(seconds * 1e6)", "return int(seconds * 1e6)"),
    ("half a microsecond up", "return round(seconds * 1e6)", "return int((seconds * 1e6 + 0.5) // 1)"),
    ("drawn times cut, not rounded", "return round(low + ", "return int(low + "),
    ("flight cut, not rounded", "return round(self.flight_open", "return int(self.flight_open"),
    ("flight not interpolated", "* share)", "* 0)"),
    ("flight from the track", "(t - self.opens)", "(t - self.first)"),
    ("impact not shifted", 'entry["impact_s"]) + offset', 'entry["impact_s"])'),
    ("failure not shifted", 'entry["fails_s"]) + offset', 'entry["fails_s"])'),
    ("look not shifted", "+ threat.offset + spread", "+ spread"),
    ("opening not shifted", '["opens_s"]) + threat.offset', '["opens_s"])'),
    ("close not shifted", '["closes_s"]) + threat.offset', '["closes_s"])'),
]  # fmt: skip

BEFORE = [
    ("wave ignored", 'u = own if entry["wave"] is None', "u = own if True"),
    ("a wave's luck by threat", 'WAVE, 0, entry["wave"]', 'WAVE, 0, entry["id"]'),
    ("decoys drop out at once", 'if entry["fails_s"] is None:', "if True:"),
    ("availability ignored", "if not unit.available:", "if False:"),
    ("availability by group", 'UNIT, 0, entry["id"]', 'UNIT, 0, entry["group"]'),
    ("every look finds", FINDS, "if False:"),
    ("a look's chance not divided", FINDS, 'if not finds < entry["p_detect"]:'),
    ("looks of a threat with one luck", 'LOOK, 0, entry["id"]', 'LOOK, 0, entry["threat"]'),
    (
        "looks ignore susceptibility",
        'if not self.is_susceptible(threat, entry["family"]',
        'if False and not self.is_susceptible(threat, entry["family"]',
    ),
    ("susceptibility by family alone", "SUSCEPTIBLE, 0, threat.id, family", "SUSCEPTIBLE, 0, family"),
    ("susceptibility by threat alone", "SUSCEPTIBLE, 0, threat.id, family", "SUSCEPTIBLE, 0, threat.id"),
    ("delay ignored", ' + spread(entry["delay_s"], u)', ""),
    ("delay before the look", ' + spread(entry["delay_s"], u)', ' - spread(entry["delay_s"], u)'),
    ("latest look, not earliest", EARLIEST, EARLIEST.replace("min", "max")),
    ("first look of the file, not earliest", EARLIEST, "found[0] if found else None"),
    ("all looks must find", EARLIEST, 'min(found) if len(found) == len(entry["looks"]) else None'),
    ("seen from the start if no look finds", EARLIEST, EARLIEST.replace("None", "ALWAYS")),
    ("track at the close is too late", "track > closes", "track >= closes"),
    ("window opens before its track", "else max(opens, track)", "else opens"),
    ("acquisition ignored", ACQUIRED, "True"),
    ("acquisition by unit alone", ACQUIRED, ACQUIRED.replace("threat.id, ", "")),
    ("acquisition by threat alone", ACQUIRED, ACQUIRED.replace(", unit.id", "")),
    ("acquisition by window", ACQUIRED, ACQUIRED.replace("0, threat", "index, threat")),
    ("acquisition with a track only", ACQUIRED, ACQUIRED + ' or entry["track"] is None'),
]  # fmt: skip

FIRE = [
    ("window closes before its end", "self.now <= w.closes", "self.now < w.closes or w.first == w.closes"),
    ("channels ignored", "unit.free > 0", "True"),
    ("hold ignored", 'hold=entry["hold"]', "hold=0"),
    ("hold counts the reserve", "unit.ready > w.hold", "unit.ready > max(0, w.hold - unit.reserve)"),
    ("salvo spends held rounds", "min(window.salvo, unit.ready - window.hold)", "min(window.salvo, unit.ready)"),
    ("salvo of the window ignored", 'entry.get("salvo", unit.salvo)', "unit.salvo"),
    ("attempts ignored", EARLIER, "-1 <"),
    ("attempts counted by window", EARLIER, "sum(e.window is w for e in self.engagements) <"),
    ("attempts counted over threats", EARLIER, "sum(unit.engaged.values()) <"),
    ("concurrency ignored", MAY_FIRE, "True"),
    ("soft units wait", MAY_FIRE, "self.has_room(w)"),
    ("soft units count", JOINS, JOINS.replace("if unit.hard", "if True").replace("+= 1", "+= unit.hard")),
    ("groups see each other", UNDER_WAY, "under_way = w.threat.under_way"),
    ("limits of a group for all", "limit.get(group, otherwise)", "max(limit.values(), default=otherwise)"),
    ("late concurrency ignored", "_late, kind, group, limit)", "_late, kind, group, limit) and limit"),
    ("no late limit where none is named", "_late, kind, group, limit)", "_late, kind, group, 99)"),
    ("late or not", IS_LATE, "is_late = True"),
    ("late at the moment of the drop", IS_LATE, IS_LATE.replace("<", "<=")),
    ("late before the last drop", IS_LATE, IS_LATE.replace("min(", "max(")),
    ("late before the intercept", IS_LATE, IS_LATE.replace("e.drops", "e.intercept")),
    ("late until the first drop", IS_LATE, IS_LATE.replace("w.closes", "self.now")),
    ("late for another group's sake", IS_LATE, IS_LATE.replace("in under_way", "in w.threat.under_way")),
    (
        "openings skipped while the threat's concurrency is full",
        "self.open.append(window)",
        "self.open += [window] * (not window.threat.under_way)",
    ),
    ("priority ignored", PREFERENCE, PREFERENCE.replace("-w.threat.priority, ", "")),
    ("lower priority first", PREFERENCE, PREFERENCE.replace("-w.threat", "w.threat")),
    ("impact ignored", PREFERENCE, PREFERENCE.replace("w.threat.impact, ", "")),
    ("rank before impact", PREFERENCE, PREFERENCE.replace("w.threat.impact, w.rank", "w.rank, w.threat.impact")),
    ("rank ignored", PREFERENCE, PREFERENCE.replace("w.rank, ", "")),
    ("rank of the window ignored", 'entry.get("rank", unit.rank)', "unit.rank"),
    ("intercept ignored", PREFERENCE, PREFERENCE.replace("self.now + w.flight(self.now), ", "")),
    ("last in the file first", PREFERENCE, PREFERENCE.replace("w.index", "-w.index")),
    ("rounds ignore susceptibility", HIT, ""),
    ("a round's chance not divided", MISS, "miss *= 1 - window.p_kill"),
    ("one round whatever the salvo", "for _ in range(engagement.rounds):", "for _ in range(1):"),
    ("same luck at each attempt", "self.luck(KILL, engagement.ordinal,", "self.luck(KILL, 0,"),
    ("attempts numbered over all units", "self.luck(KILL, engagement.ordinal,", "self.luck(KILL, engagement.number,"),
    ("kill luck by unit alone", "ordinal, threat.id, unit.id)", "ordinal, unit.id)"),
    ("kill where the draw is high", "[0] < 1 - miss:", "[0] >= miss:"),
    ("a threat already gone can be killed", "if not threat.alive or", "if False or"),
    ("count drops at the intercept", "self.intercept + self.window.unit.assess", "self.intercept"),
    ("channel back at the assessment", "engagement.drops + unit.recover,", "engagement.drops,"),
    ("channel back too early", "engagement.drops + unit.recover,", "engagement.intercept + unit.recover,"),
]  # fmt: skip

STOCK = [
    ("reload when empty only", RELOADS, RELOADS.replace("<= unit.reload_at", "<= 0")),
    ("reload below the level only", RELOADS, RELOADS.replace("<= unit.reload_at", "< max(1, unit.reload_at)")),
    ("a second reload during the first", RELOADS, RELOADS.replace(" and not unit.reloading", "")),
    ("reload in no time", "self.due(self.now + unit.reload,", "self.due(self.now,"),
    ("reload from the intercept", "self.due(self.now + unit.reload,", "self.due(engagement.intercept + unit.reload,"),
    ("reload takes all", REFILL, "rounds = self.reserve"),
    ("reload takes a whole magazine", REFILL, "rounds = min(self.magazine, self.reserve)"),
    ("reload from nothing", REFILL, "rounds = max(0, self.magazine - self.ready)"),
    ("a reload costs the reserve one round", "self.reserve -= rounds", "self.reserve -= rounds > 0"),
    ("no refill before the start", REFILLS, "if False:\n            unit.refill()"),
    ("refill before the start when empty only", REFILLS, REFILLS.replace("unit.reload_at", "0")),
    ("refill before the start at any stock", REFILLS, REFILLS.replace("unit.ready <= unit.reload_at", "True")),
    ("no refill of a unit not available", REFILLS, REFILLS.replace("if ", "if unit.available and ")),
    (
        "reloads under way not completed",
        "while self.changes:",
        "while self.changes and any(t.alive for t in self.threats):",
    ),
]  # fmt: skip

REASONS = [
    ("fire of soft units counts", JOINS, JOINS.replace("+= 1", "+= 1\n        threat.hard_engagements += 1")),
    ("windows of soft units count", "windows = [w for w in threat.windows if w.unit.hard]", "windows = threat.windows"),
    ("unseen before unavailable", WHY, "for why in UNSEEN, UNAVAILABLE, UNACQUIRED:"),
    ("unacquired before unseen", WHY, "for why in UNAVAILABLE, UNACQUIRED, UNSEEN:"),
    ("one lost window will do", "if not windows:\n            return why", ONE_LOST),
    ("not acquired though not seen", "lost = UNSEEN", f"lost = UNSEEN if {ACQUIRED} else UNACQUIRED"),
    ("all that did not work have a reason", "if threat.fate != LEAKED:", "if threat.fate == KILLED:"),
]  # fmt: skip

MISTAKES = [*TIME, *BEFORE, *FIRE, *STOCK, *REASONS]
