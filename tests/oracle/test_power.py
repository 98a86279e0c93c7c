"""The random raids are able to notice mistakes: each planted one shows within a few hundred.

A planted mistake is a change of the oracle's text; the comparison is of the oracle with itself,
changed, so this says how sharp the comparison of engine and oracle is.
"""

import functools
import importlib.util
import json
import sys
from pathlib import Path

import pytest

from . import model, parts
from .mistakes import MISTAKES
from .raids import random_raid
from .shrink import shrunk

RAIDS = 1000  # the comparison with the engine uses more than twice as many
TEXTS = {module.__name__.split(".")[-1]: Path(module.__file__).read_text() for module in (parts, model)}


@functools.cache
def right_answers(number):
    raid = random_raid(number)
    return raid, [model.simulate(raid, r) for r in range(3)]


@pytest.mark.parametrize(("old", "new"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_planted_mistake_shows(old, new):
    simulate = planted(old, new)
    for number in range(RAIDS):
        raid, right = right_answers(number)
        if any(differ(simulate, raid, r, want) for r, want in enumerate(right)):
            return
    pytest.fail(f"not noticed in {RAIDS} raids")


def differ(simulate, raid, replication, want):
    try:
        got = simulate(raid, replication)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return True
    return vars(got) != vars(want)


def planted(old, new):
    """The `simulate` of an oracle with one text in another's place."""
    assert sum(text.count(old) for text in TEXTS.values()) == 1
    assert new != old
    for name, text in TEXTS.items():
        changed = load(name, text.replace(old, new).replace("from .parts", "from .planted_parts"))
    return changed.simulate


def load(name, text):
    """A module of this package from a text, under another name."""
    spec = importlib.util.spec_from_loader(f"{__package__}.planted_{name}", loader=None)
    module = importlib.util.module_from_spec(spec)
    module.__package__ = __package__
    sys.modules[module.__name__] = module  # dataclasses and the other text look it up
    exec(compile(text, module.__name__, "exec"), vars(module))
    return module


def test_unchanged_text_is_the_oracle():
    simulate = planted("def simulate(", "def  simulate(")
    for number in range(50):
        raid, right = right_answers(number)
        assert not any(differ(simulate, raid, r, want) for r, want in enumerate(right))


CASES = [json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "cases").glob("*.json"))]


@pytest.mark.parametrize("case", [c for c in CASES if "tells" in c], ids=lambda c: c["tells"])
def test_kept_case_tells_a_mistake(case):
    (simulate,) = (planted(old, new) for name, old, new in MISTAKES if name == case["tells"])
    right = [model.simulate(case["raid"], r, case["seed"]) for r in range(case["replications"])]
    assert any(differ(simulate, case["raid"], r, want) for r, want in enumerate(right))


def test_a_failing_raid_is_made_small():
    # What is left of a raid that shows a planted mistake still shows it, and little else.
    changed = planted("return -w.threat.priority, ", "return ")

    def fails(raid):
        return any(differ(changed, raid, r, model.simulate(raid, r)) for r in range(3))

    number = next(n for n in range(RAIDS) if fails(random_raid(n)))
    small = shrunk(random_raid(number), fails)
    assert fails(small)
    assert len(small["threats"]) == 2
    assert len(small["windows"]) <= 3
    assert len(small["units"]) <= 2
