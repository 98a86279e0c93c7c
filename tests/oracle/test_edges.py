"""Chances at the very draws: engine and oracle agree to the last bit on what succeeds."""

import pytest

from .agreement import differences
from .constraints import broken
from .edges import edge_raids
from .model import simulate
from .test_power import differ, planted

RAIDS = edge_raids()

# The raid, the text of the oracle, a text that gives another result only at an edge.
ROUNDED_OTHERWISE = [
    ("reliability", 'works < entry["reliability"]', 'works <= entry["reliability"]'),
    ("availability", 'available < entry["availability"]', 'available <= entry["availability"]'),
    ("acquisition", '[0] < entry["p_acquire"]', '[0] <= entry["p_acquire"]'),
    ("susceptible to a sensor", "family)[0] < susceptible", "family)[0] <= susceptible"),
    ("susceptible to an interceptor", "family)[0] < susceptible", "family)[0] <= susceptible"),
    ("look", 'finds < entry["p_detect"] /', 'finds <= entry["p_detect"] /'),
    ("look", 'finds < entry["p_detect"] / entry["susceptible"]', 'finds * entry["susceptible"] < entry["p_detect"]'),
    ("round", "[0] < 1 - miss:", "[0] <= 1 - miss:"),
    ("round", "window.p_kill / window.susceptible", "window.p_kill * (1 / window.susceptible)"),
    (
        "salvo",
        "for _ in range(engagement.rounds):\n            miss *= 1 - window.p_kill / window.susceptible",
        "if True:\n            miss = (1 - window.p_kill / window.susceptible) ** engagement.rounds",
    ),
]  # fmt: skip


@pytest.mark.parametrize("name", RAIDS)
def test_engine_at_the_edges(name):
    assert not differences(RAIDS[name], replications=1)


@pytest.mark.parametrize("name", RAIDS)
def test_edges_are_of_both_kinds(name):
    assert not broken(RAIDS[name])
    shots = simulate(RAIDS[name], 0).engagements
    successes = sum(e[6] for e in shots)
    assert 5 < successes < 55


@pytest.mark.parametrize(("name", "old", "new"), ROUNDED_OTHERWISE)
def test_a_last_bit_shows(name, old, new):
    assert differ(planted(old, new), RAIDS[name], 0, simulate(RAIDS[name], 0))
