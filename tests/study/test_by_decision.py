"""What each decision changes, over sets: sums, lines through a few sets, noise, and real coalitions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from skypact.engine import workers
from skypact.policy.acts import Act, acts_between, after, opposed
from skypact.scenario.load import load_scenario
from skypact.study import Study, compare
from skypact.study.by_decision import SETS, SetValues, act_values, chosen_sets, values_in_set
from skypact.study.coalitions import Coalitions
from skypact.study.draw import Sets
from skypact.study.play import RunSettings

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
ACTS = (Act(("a",), ()), Act(("b",), ()), Act((), ("c",)))
REPLICATIONS = 200


def made(number: int, sets: int = 64):  # type: ignore[no-untyped-def]
    """Values of three acts in every set: they share what moves them, and each has something of its own."""
    rng = np.random.default_rng(number)
    common, own = rng.normal(size=sets), rng.normal(size=(sets, 3))
    true = np.array([-4.0, -1.0, 0.0]) + common[:, None] * [1.5, 0.5, 0.0] + 0.2 * own
    chance = rng.normal(size=(sets, 3, REPLICATIONS)) * [[2.0], [1.0], [0.5]]
    runs = np.rint(true[:, :, None] + chance).astype(np.int64)
    values = [
        SetValues(k, runs[k].sum(axis=1), REPLICATIONS, np.cov(runs[k]) / REPLICATIONS) for k in range(sets)
    ]
    differences = runs.sum(axis=1)
    noise = differences.var(axis=1, ddof=1) / REPLICATIONS
    return values, differences.mean(axis=1), noise, true


@pytest.mark.parametrize("sets", [2, 5, SETS, 64])
def test_means_add_up_to_the_mean_of_all_sets(sets: int) -> None:
    values, differences, noise, _ = made(1, sets)
    chosen = chosen_sets(differences[:, None], seed=1)
    found = act_values(ACTS, [values[k] for k in chosen], differences, noise)
    assert len(chosen) == min(sets, SETS)
    assert sum(one.mean for one in found) == pytest.approx(differences.mean(), rel=1e-13)
    assert all(one.p05 <= one.mean <= one.p95 for one in found[:2])


def test_a_few_sets_say_what_all_would() -> None:
    """Over 200 studies the means have no bias and their errors are as said; ranges are those of the truth."""
    apart, low, high = [], [], []
    for number in range(200):
        values, differences, noise, true = made(number)
        chosen = chosen_sets(differences[:, None], seed=number)
        found = act_values(ACTS, [values[k] for k in chosen], differences, noise)
        whole = np.mean([one.mean for one in values], axis=0)
        apart.append([(one.mean - there) for one, there in zip(found, whole, strict=True)])
        ends = np.quantile(true, (0.05, 0.95), axis=0)
        low.append([one.p05 for one in found] - ends[0])
        high.append([one.p95 for one in found] - ends[1])
    assert np.abs(np.mean(apart, axis=0)).max() < 4 * np.std(apart, axis=0).max() / np.sqrt(200)
    assert np.std(apart, axis=0).max() < 0.15  # 0.2 of each act's own, on eight sets, and chance
    assert np.abs(np.mean(low, axis=0)).max() < 0.2
    assert np.abs(np.mean(high, axis=0)).max() < 0.2


def test_errors_are_as_said() -> None:
    """The mean of an act over other sets of numbers lies within two errors in about 95 of 100 studies."""
    held = []
    for number in range(200):
        values, differences, noise, _ = made(number)
        chosen = chosen_sets(differences[:, None], seed=number)
        found = act_values(ACTS, [values[k] for k in chosen], differences, noise)
        held.append(
            [abs(one.mean - there) <= 2 * one.se for one, there in zip(found, (-4.0, -1.0, 0.0), strict=True)]
        )
    assert np.mean(held, axis=0).min() > 0.85


def test_noise_does_not_widen_a_range() -> None:
    """Sets that differ by chance alone have no range."""
    rng = np.random.default_rng(3)
    spread = []
    for _ in range(50):
        runs = np.rint(rng.normal(-2, 3, size=(64, 1, REPLICATIONS))).astype(np.int64)
        values = [
            SetValues(k, one.sum(axis=1), REPLICATIONS, np.cov(one).reshape(1, 1) / REPLICATIONS)
            for k, one in enumerate(runs)
        ]
        differences = runs[:, 0].mean(axis=1)
        noise = runs[:, 0].var(axis=1, ddof=1) / REPLICATIONS
        (found,) = act_values(ACTS[:1], values, differences, noise)
        spread.append(found.p95 - found.p05)
    assert np.median(spread) < 0.2  # against 0.7 with the noise in it


def test_where_nothing_differs_nothing_is_shared_out() -> None:
    nothing = [SetValues(k, np.zeros(3, np.int64), 200, np.zeros((3, 3))) for k in range(8)]
    found = act_values(ACTS, nothing, np.zeros(64), np.zeros(64))
    assert [(one.mean, one.se, one.p05, one.p95) for one in found] == [(0.0, 0.0, 0.0, 0.0)] * 3


def test_sets_are_chosen_along_the_differences() -> None:
    differences = np.random.default_rng(5).normal(size=(64, 1))
    chosen = chosen_sets(differences, seed=1)
    ranks = np.argsort(np.argsort(differences[:, 0]))[list(chosen)]
    assert sorted(rank // 8 for rank in ranks) == list(range(8))
    assert chosen == chosen_sets(differences, seed=1)


# --- which acts there are


@pytest.mark.parametrize(
    ("name", "policy", "expected"),
    [
        ("ukraine-2024-08-26", "sky-shield", "sky-shield for nato-refuses"),
        ("ukraine-2024-08-26", "give-instead", "give-instead-rou"),
        ("israel-2024-04-13", "israel-alone", "without usa-fighters"),
        ("israel-2024-04-13", "no-forward-intercepts", "no-forward-americans for usa-fighters"),
    ],
)
def test_acts_are_decisions_and_swaps(name: str, policy: str, expected: str) -> None:
    scenario = load_scenario(name)
    acts = acts_between(scenario, policy, scenario.baseline)
    assert expected in [act.name for act in acts]
    assert set(after(scenario, scenario.baseline, acts)) == set(scenario.policies[policy].decisions)
    assert set(after(scenario, scenario.baseline, ())) == set(scenario.policies[scenario.baseline].decisions)
    for one in acts:
        for other in acts:
            if one is not other:
                assert not any(opposed(scenario, a, b) for a in one.adds for b in other.lifts)


# --- real coalitions


def test_coalitions_are_the_policies_that_they_make() -> None:
    """Empty and whole coalitions give what baseline and policy give, and the values add up in every replication."""
    study = Study.of(load_scenario(SMALL))
    draw = Sets(4, 1).drawn(study.catalog).of(2)
    settings = RunSettings(50, seed=3, threads=1, first=100)
    acts = acts_between(study.scenario, "helped", "alone")
    with workers(1) as team:
        coalitions = Coalitions(study, draw, settings, team)
        values = values_in_set(study, acts, coalitions, 2, 3)
        helped = coalitions.arrivals(("help-70km",))
        alone = coalitions.arrivals(())
    assert coalitions.compiled == 2
    assert values.total.tolist() == [int((helped - alone).sum())]
    assert values.per == 50


def test_decisions_that_come_to_the_same_are_compiled_once() -> None:
    study = Study.of(load_scenario("ukraine-2024-08-26"))
    usual = study.scenario.policies["status-quo"].decisions
    with workers(1) as team:
        coalitions = Coalitions(study, Sets(2, 1).drawn(study.catalog).of(0), RunSettings(5, threads=1), team)
        first = coalitions.arrivals(usual)
        assert (coalitions.arrivals((*usual, "joint-picture")) == first).all()  # nobody there to share it
        assert (coalitions.arrivals(tuple(reversed(usual))) == first).all()
    assert coalitions.compiled == 1


def test_a_comparison_says_what_its_differences_rest_on() -> None:
    """Decisions add up to the mean over all sets, shares are shares, and both ends were played."""
    found = compare(Study.of(load_scenario(SMALL)), RunSettings(20, seed=2, threads=1), Sets(64, 2))
    (difference,) = found.differences
    change = difference.leakers
    assert sum(one.mean for one in change.by_decision.values()) == pytest.approx(change.mean, rel=1e-12)
    assert change.by_decision["help-70km"].p05 == pytest.approx(change.p05, abs=0.15)
    assert change.rests_on[-1].family is None
    assert {"detection", "stock"} <= {one.family for one in change.rests_on}
    assert "cost" not in {one.family for one in change.rests_on}
    assert all(0 <= one.share <= 1 for one in change.rests_on)
    # The more surely the battery that helps takes part, the fewer arrive with its help.
    assert change.by_number[0].candidate.name == "effectors.patriot-pac-2-gem-t.availability"
    assert change.by_number[0].high[0] < change.by_number[0].low[0] <= 0
    document = change.to_dict()
    assert set(document["by_decision"]["help-70km"]) == {"mean", "se", "p05", "p95", "adds", "lifts"}
    assert document["by_decision_over"] == {"sets": SETS, "orders": None}
    without = compare(found.study, RunSettings(20, seed=2, threads=1), Sets(64, 2), besides=False)
    assert without.differences[0].leakers.parts == {}
    assert without.differences[0].leakers.mean == change.mean
