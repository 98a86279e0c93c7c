"""The random raids are able to notice mistakes: each planted one shows within a few hundred.

A planted mistake is a change of the oracle's text; the comparison is of the oracle with itself,
changed, so this says how sharp the comparison of engine and oracle is.
"""

import functools
import importlib.util
import sys
from pathlib import Path

import pytest

from . import model
from .raids import random_raid
from .shrink import shrunk

RAIDS = 1000  # the comparison with the engine uses more than twice as many
SOURCE = Path(model.__file__).read_text()

KINDS = "RESOLUTION, ASSESSMENT, RECOVERY, RELOAD, OPENING, FAILURE, IMPACT, FIRING = range"


def fires_before(kind):
    return KINDS.replace(", FIRING", "").replace(kind, f"FIRING, {kind}")


# What is wrong, the text of the oracle, the text put in its place.
MISTAKES = [
    ("impact before resolution", KINDS, KINDS.replace(", IMPACT", "").replace("RES", "IMPACT, RES")),
    ("failure before resolution", KINDS, KINDS.replace(", FAILURE", "").replace("RES", "FAILURE, RES")),
    ("fires before the impact of the moment", KINDS, KINDS.replace("IMPACT, FIRING", "FIRING, IMPACT")),
    ("fires before the reload of the moment", KINDS, fires_before("RELOAD")),
    ("fires before the recovery of the moment", KINDS, fires_before("RECOVERY")),
    ("fires before the assessment of the moment", KINDS, fires_before("ASSESSMENT")),
    ("fires before the resolution of the moment", KINDS, fires_before("RESOLUTION")),
    ("fires before the openings of the moment", KINDS, fires_before("OPENING")),
    ("times cut, not rounded", "return round(seconds * 1e6)", "return int(seconds * 1e6)"),
    ("drawn times cut, not rounded", "return round(low + ", "return int(low + "),
    ("flight cut, not rounded", "return round(self.flight_open", "return int(self.flight_open"),
    ("flight not interpolated", "* share)", "* 0)"),
    ("flight from the detection", "(t - self.opens)", "(t - self.first)"),
    ("wave ignored", "u = own if wave is None", "u = own if True"),
    ("decoys drop out at once", "if fails_s is None:", "if True:"),
    ("failure not shifted", "microseconds(fails_s) + offset", "microseconds(fails_s)"),
    ("impact not shifted", 'microseconds(entry["impact_s"]) + offset', 'microseconds(entry["impact_s"])'),
    (
        "detection not shifted",
        'microseconds(entry["detected_s"]) + threat.offset',
        'microseconds(entry["detected_s"])',
    ),
    ("missed detection ignored", "if not seen <", "if False and not seen <"),
    ("delay ignored", "+ threat.offset + delay", "+ threat.offset"),
    ("detection at the close is too late", "seen[pair] > closes", "seen[pair] >= closes"),
    ("one detection for all groups", "pair = threat.id, unit.group", "pair = threat.id"),
    ("window closes before its end", "now <= w.closes", "now < w.closes or w.first == w.closes"),
    ("channels ignored", "unit.free > 0", "True"),
    ("hold ignored", 'hold=entry.get("hold", 0)', "hold=0"),
    ("hold counts ready rounds only", "unit.ready + unit.reserve > w.hold", "unit.ready > w.hold"),
    ("salvo spends held rounds", ", unit.ready + unit.reserve - window.hold)", ")"),
    ("attempts ignored", "unit.engaged.get(threat.index, 0) < unit.attempts", "True"),
    ("attempts counted by window", "unit.engaged.get(threat.index, 0) <", "unit.engaged.get(w.index, 0) <"),
    ("concurrency ignored", "threat.under_way.get(unit.group, 0) < limit", "True"),
    ("groups see each other", "threat.under_way.get(unit.group, 0) <", "sum(threat.under_way.values()) <"),
    ("concurrency of a group ignored", "limit.get(unit.group, 1)", "max(limit.values(), default=1)"),
    ("an unnamed group has no limit", "limit.get(unit.group, 1)", "limit.get(unit.group, 99)"),
    (
        "openings skipped while the threat's concurrency is full",
        "self.open.append(window)",
        "self.open += [window] * (not sum(window.threat.under_way.values()))",
    ),
    ("priority ignored", "return -w.threat.priority, ", "return "),
    ("lower priority first", "return -w.threat.priority", "return w.threat.priority"),
    ("impact ignored in preference", "w.threat.impact, w.rank", "w.rank"),
    ("rank before impact", "w.threat.impact, w.rank", "w.rank, w.threat.impact"),
    ("rank ignored", "w.threat.impact, w.rank", "w.threat.impact"),
    ("intercept ignored in preference", "now + w.flight(now), ", ""),
    ("last in the file first", ", w.index\n", ", -w.index\n"),
    ("one round whatever the salvo", "1 - window.p_kill", "(1 - window.p_kill) ** (1 / rounds)"),
    ("same luck at each attempt", "ordinal=ordinal", "ordinal=0"),
    ("kill where the draw is high", "if u < 1 - miss", "if u >= miss"),
    ("count drops at the intercept", "intercept + unit.assess, ASSESSMENT", "intercept, ASSESSMENT"),
    ("channel back at the assessment", "unit.assess + unit.recover, REC", "unit.assess, REC"),
    ("channel back before the assessment", "unit.assess + unit.recover, REC", "unit.recover, REC"),
    (
        "reload fills the magazine from nothing",
        "min(unit.magazine, unit.reserve)\n        unit.reserve -= unit.ready",
        "unit.magazine\n        unit.reserve = max(0, unit.reserve - unit.ready)",
    ),
    ("reload takes all", "min(unit.magazine, unit.reserve)", "unit.reserve"),
    ("a reload costs the reserve one round", "unit.reserve -= unit.ready", "unit.reserve -= 1"),
    ("reload in no time", "now + unit.reload", "now"),
    ("a threat already gone can be killed", "if threat.alive:\n            m", "if True:\n            m"),
    (
        "an instant kill counts before the others fire",
        "self.engage(min(eligible",
        "self.changed()\n            return self.engage(min(eligible",
    ),
    ("one shot a moment", "self.engage(min(eligible", "return self.engage(min(eligible"),
]  # fmt: skip


@functools.cache
def right_answers(number):
    raid = random_raid(number)
    return raid, [model.simulate(raid, r) for r in range(3)]


@pytest.mark.parametrize(("old", "new"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_planted_mistake_shows(old, new):
    assert SOURCE.count(old) == 1
    simulate = load(SOURCE.replace(old, new))
    for number in range(RAIDS):
        raid, right = right_answers(number)
        if any(differ(simulate, raid, r, want) for r, want in enumerate(right)):
            return
    pytest.fail(f"not noticed in {RAIDS} raids")


def differ(simulate, raid, replication, want):
    try:
        got = simulate(raid, replication)
    except (ArithmeticError, LookupError, ValueError):
        return True
    return vars(got) != vars(want)


def load(source):
    """The `simulate` of a changed oracle."""
    spec = importlib.util.spec_from_loader(f"{__package__}.planted", loader=None)
    module = importlib.util.module_from_spec(spec)
    module.__package__ = __package__
    sys.modules[module.__name__] = module  # dataclasses look their module up
    exec(source, vars(module))
    return module.simulate


def test_a_failing_raid_is_made_small():
    # What is left of a raid that shows a planted mistake still shows it, and little else.
    changed = load(SOURCE.replace("return -w.threat.priority, ", "return "))

    def fails(raid):
        return any(differ(changed, raid, r, model.simulate(raid, r)) for r in range(3))

    number = next(n for n in range(RAIDS) if fails(random_raid(n)))
    small = shrunk(random_raid(number), fails)
    assert fails(small)
    assert len(small["threats"]) == len(small["windows"]) == 2
    assert len(small["units"]) <= 2
