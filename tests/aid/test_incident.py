"""The incident against closed forms: how long the fire lasts, what it does, who ended it, who reaches far.

Tolerances are 4.5 standard errors of 20,000 replications: a right program fails one such test in 150,000,
and the seeds are fixed.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from skypact.engine import prepare, replicate, workers
from skypact.policy import Draw, central
from skypact.study.compare import compare
from skypact.study.draw import Sets
from skypact.study.explain_incident import explain_incident
from skypact.study.measures import IncidentMeasures
from skypact.study.play import RunSettings
from skypact.study.ready import player
from skypact.study.setup import Study
from tests.aid.case import number, question

RUNS = 20_000
HOW = RunSettings(RUNS, seed=7)


class Fired:
    """One policy, played: every value of its measures by key, and the number of the step that ended the fire."""

    def __init__(self, study: Study, policy: str, settings: RunSettings, draw: Draw = central) -> None:
        compiled = study.compile(policy, draw)
        assert compiled.incident is not None
        ready = player(study, compiled)
        (measures,) = (one for one in ready.sets if isinstance(one, IncidentMeasures))
        prepared = prepare(ready.raid)
        values: dict[str, list[np.ndarray]] = {}
        with workers(settings.threads) as team:
            for chunk in replicate(
                prepared, settings.replications, settings.seed, settings.first, team, times=True
            ):
                for key, column in measures.measure(chunk):
                    values.setdefault(".".join(key), []).append(np.asarray(column, dtype=float))
        self.measures = {name: np.concatenate(parts) for name, parts in values.items()}
        ended = [self.measures[f"ended_by.{step.id}"] for step in compiled.incident.settled.steps]
        self.ended_by = np.full(settings.replications, -1)
        for step, one in enumerate(ended):
            self.ended_by[one > 0] = step

    def share(self, step: int) -> float:
        return float(np.mean(self.ended_by == step))


def play(policy: str, **change: Any) -> Fired:
    """One policy of the case; keywords are paths with __ for the dots."""
    asked = question(policy, change={key.replace("__", "."): value for key, value in change.items()})
    return Fired(asked, policy, HOW)


def close(values: np.ndarray, expected: float) -> None:
    error = values.std(ddof=1) / math.sqrt(len(values))
    assert abs(values.mean() - expected) <= 4.5 * error + 1e-9, (values.mean(), expected, error)


def minutes(fired: Fired) -> np.ndarray:
    return np.asarray(fired.measures["minutes_of_fire"])


def span(low: float, high: float) -> dict[str, Any]:
    return {"low": float(low), "high": float(high), "kind": "notional", "note": "an example"}


def test_nothing_is_done_and_the_fire_burns_out() -> None:
    fired = play("nothing")
    assert set(minutes(fired)) == {120.0}
    assert fired.share(-1) == 1.0


def test_one_step_at_a_fixed_time() -> None:
    fired = play("demand")
    assert set(minutes(fired)) == {10.0, 120.0}
    close(minutes(fired), 0.25 * 10 + 0.75 * 120)
    assert fired.share(0) == np.mean(minutes(fired) == 10.0)


def test_the_effect_takes_time() -> None:
    fired = play("demand", incident__ladder__demand__works_after_min=7.0)
    assert set(minutes(fired)) == {17.0, 120.0}


def test_two_steps_side_by_side() -> None:
    """The note acts uniformly between 20 and 60 minutes, if the demand did not end the fire at 10."""
    fired = play("words")
    close(minutes(fired), 0.25 * 10 + 0.75 * (0.5 * 40 + 0.5 * 120))
    close((fired.ended_by == 0).astype(float), 0.25)
    close((fired.ended_by == 1).astype(float), 0.75 * 0.5)


def test_a_step_races_the_end_of_the_fire_by_itself() -> None:
    fired = play(
        "demand",
        incident__fire__lasts_min=span(60, 180),
        incident__ladder__demand__delay_min=span(90, 90),
        incident__ladder__demand__chance=number(1),
    )
    close(minutes(fired), 0.25 * 75 + 0.75 * 90)
    close((fired.ended_by == 0).astype(float), 0.75)
    assert minutes(fired).min() >= 60


def unsure(low: dict[str, Any], high: dict[str, Any]) -> dict[str, Any]:
    return {"low": low, "high": high, "kind": "notional", "note": "an example"}


def test_the_ends_of_a_span_may_be_unsure() -> None:
    """Central values play as plain ends do, bit for bit; drawn ones move the mean of each set."""
    ends = unsure(number(60, low=30, high=90), number(180, low=120, high=240))
    plain = play("nothing", incident__fire__lasts_min=span(60, 180))
    central = play("nothing", incident__fire__lasts_min=ends)
    assert np.array_equal(minutes(plain), minutes(central))
    asked = question("nothing", change={"incident.fire.lasts_min": ends})
    means = []
    for set_number in range(8):
        drawn = Sets(8).drawn(asked.catalog).of(set_number)
        fired = Fired(asked, "nothing", HOW, drawn)
        low, high = (drawn.done().values[f"incident.fire.lasts_min.{end}"][1] for end in ("low", "high"))
        assert 30 <= low <= 90 <= 120 <= high <= 240
        close(minutes(fired), (low + high) / 2)
        means.append(minutes(fired).mean())
    assert np.std(means) > 5


def test_an_unsure_delay_is_drawn_too() -> None:
    ends = unsure(number(5, low=0, high=10), number(20))
    asked = question("demand", change={"incident.ladder.demand.delay_min": ends})
    drawn = Sets(8).drawn(asked.catalog).of(0)
    settled = asked.compile("demand", drawn).incident
    assert settled is not None
    low = drawn.done().values["incident.ladder.demand.delay_min.low"][1]
    assert settled.settled.steps[0].delay_s == (60 * low, 1200.0)


def test_two_uniform_delays_meet() -> None:
    """Both certain, both uniform on 0 to 60: the lesser is 20 in the mean, each is first half the time."""
    certain = {
        f"incident__ladder__{step}__{field}": value
        for step in ("demand", "note")
        for field, value in (("delay_min", span(0, 60)), ("chance", number(1)))
    }
    fired = play("words", **certain)
    close(minutes(fired), 20)
    close((fired.ended_by == 0).astype(float), 0.5)


def test_repeated_tries_are_geometric() -> None:
    """Every 5 minutes from minute 10, ten times, each with chance 0.25."""
    fired = play("demand", incident__ladder__demand__tries=10, incident__ladder__demand__every_min=5.0)
    expected = sum(0.75**n * 0.25 * (10 + 5 * n) for n in range(10)) + 0.75**10 * 120
    close(minutes(fired), expected)


def test_rounds_and_harm_are_poisson_counts() -> None:
    fired = play("demand")
    rounds, harm = fired.measures["rounds_fired"], fired.measures["harm"]
    close(rounds, 2 * (0.25 * 10 + 0.75 * 120))
    close(harm, 0.05 * 2 * (0.25 * 10 + 0.75 * 120))
    spread = 2 * minutes(fired).mean() + 4 * minutes(fired).var()
    assert rounds.var() == pytest.approx(spread, rel=0.05)
    whole = rounds[minutes(fired) == 120.0]
    assert whole.var() == pytest.approx(240, rel=0.05)


def test_the_strike_hits_and_ends_the_fire() -> None:
    """A hit 0.5, the end of the fire after a hit 0.8, at minute 50 and 50 s of flight (10 km at 200 m/s)."""
    fired = play("strike")
    assert np.allclose(np.unique(minutes(fired)), [50 + 50 / 60, 120])
    close((fired.ended_by == 0).astype(float), 0.4)
    close(fired.measures["guns_destroyed"], 0.5)
    close(fired.measures["harm_by_side.RUS"], 0.5)
    assert set(fired.measures["line_crossed"]) == {0.0}
    assert set(fired.measures["steps_cost_usd"]) == {100_000.0}


def test_harm_counts_both_sides() -> None:
    fired = play("strike")
    both = fired.measures["harm_by_side.UKR"] + fired.measures["harm_by_side.RUS"]
    assert np.array_equal(fired.measures["harm"], both)


def test_a_step_may_prolong_the_fire() -> None:
    fired = play("demand", incident__ladder__demand__prolongs_min=number(15))
    assert set(minutes(fired)) == {10.0, 135.0}


def test_a_fire_that_was_ended_may_come_again() -> None:
    fired = play(
        "demand",
        incident__ladder__demand__renews=number(0.4),
        incident__ladder__demand__renewed_min=span(20, 40),
    )
    close(minutes(fired), 0.25 * (10 + 0.4 * 30) + 0.75 * 120)


def test_a_step_may_widen_the_fire() -> None:
    """From minute 10 on the rate is half as high again, if the demand did not end it then."""
    fired = play("demand", incident__ladder__demand__widens=number(0.5))
    close(fired.measures["rounds_fired"], 0.25 * 20 + 0.75 * (240 + 0.5 * 2 * 110))


def test_widening_counts_from_arrival_on_station() -> None:
    """The drone could act at minute 50, and is on station from minute 80 on: the rate is higher from then."""
    change = {
        "incident.ladder.strike.widens": number(0.5),
        "incident.ladder.strike.chance": number(0),
        "incident.ladder.strike.tries": 1,
    }
    asked = question("strike", change=change)
    compiled = asked.compile("strike")
    fires = [w for w in compiled.raid.windows if w.unit == "ukr-drone-field-1"]
    late = tuple(w._replace(opens_s=80 * 60.0) if w in fires else w for w in compiled.raid.windows)
    measures = IncidentMeasures(replace(compiled.raid, windows=late), compiled.incident)
    (outcomes,) = replicate(prepare(measures.raid), 200, times=True)
    assert (outcomes.engagements[:, [u.id for u in measures.raid.units].index("ukr-drone-field-1")] > 0).all()
    rounds = np.concatenate([dict(measures.measure(outcomes))[("rounds_fired",)]])
    close(rounds, 2 * (120 + 0.5 * 40))


@pytest.mark.parametrize(
    ("depth", "share", "short"), [(4, 1.0, 0.0), (8, 0.5, 0.0), (10, 0.0, 2.0), (12, 0.0, 4.0)]
)
def test_who_keeps_to_its_side_reaches_so_deep(depth: float, share: float, short: float) -> None:
    """A margin of 2 km and a munition that reaches 10 km: 8 km behind the line."""
    asked = question("strike", change={"incident.fire.gun.depth_km": number(depth)})
    case = asked.compile("strike").incident
    assert case is not None
    off = case.standoffs["ukr-drone-field-1"]
    assert off.share == pytest.approx(share, abs=0.02)
    assert off.short_km == pytest.approx(short, abs=0.02)


def test_a_gun_out_of_reach_is_no_target_and_explain_says_by_how_much() -> None:
    change = {"incident.fire.gun.depth_km": number(12)}
    fired = Fired(question("strike", change=change), "strike", HOW)
    assert set(minutes(fired)) == {120.0}
    (step,) = explain_incident(question("strike", change=change), "strike")["steps"]
    (unit,) = step["units"]
    assert unit["short_km"] == pytest.approx(4, abs=0.02)
    assert "4.0 km too deep" in unit["answer"]
    assert [why["rule"] for why in unit["because"]] == ["own-side"]


def test_the_share_in_reach_is_the_chance_to_engage() -> None:
    fired = play("strike", incident__fire__gun__depth_km=number(8))
    close((fired.ended_by == 0).astype(float), 0.4 * 0.5)


def test_who_may_cross_the_line_reaches_deeper_and_is_said_to_cross() -> None:
    fired = play("free", incident__fire__gun__depth_km=number(14))
    close((fired.ended_by == 0).astype(float), 0.4)
    assert set(fired.measures["line_crossed"]) == {1.0}
    shallow = play("free")
    assert set(shallow.measures["line_crossed"]) == {0.0}


def test_no_rule_no_strike() -> None:
    fired = play("unlawful")
    assert set(minutes(fired)) == {120.0}
    (step,) = explain_incident(question("unlawful"), "unlawful")["steps"]
    assert step["units"][0]["short_km"] is None
    assert step["units"][0]["because"] == []


def test_what_was_not_sold_does_not_strike() -> None:
    fired = play("unsold")
    assert set(minutes(fired)) == {120.0}
    (step,) = explain_incident(question("unsold"), "unsold")["steps"]
    assert step["units"] == []
    assert "no-sale" in step["answer"]


def test_an_unseen_gun_is_no_target() -> None:
    fired = play("strike", incident__fire__gun__seen=number(0.5))
    close((fired.ended_by == 0).astype(float), 0.4 * 0.5)


def test_policies_meet_the_same_luck() -> None:
    demand, words, everything = (play(name) for name in ("demand", "words", "all"))
    ended = demand.ended_by == 0
    assert np.array_equal(ended, words.ended_by == 0)
    assert np.array_equal(ended, everything.ended_by == 0)
    assert bool(np.all(minutes(everything) <= minutes(words)))
    assert bool(np.all(everything.measures["rounds_fired"] <= words.measures["rounds_fired"]))


def test_threads_and_pieces_do_not_matter() -> None:
    asked = question("all")
    one = Fired(asked, "all", RunSettings(3000, seed=3, threads=1))
    two = Fired(asked, "all", RunSettings(3000, seed=3, threads=2))
    later = Fired(asked, "all", RunSettings(1000, seed=3, threads=1, first=2000))
    for name, values in one.measures.items():
        assert np.array_equal(values, two.measures[name])
        assert np.array_equal(values[2000:], later.measures[name])


def test_compare_gives_what_the_issue_asks_for() -> None:
    document = compare(question("nothing", "demand", "all"), RunSettings(2000)).to_dict()
    for one in document["policies"].values():
        for measure in ("minutes_of_fire", "rounds_fired", "harm"):
            assert {"mean", "sd", "se", "p05", "p50", "p95"} <= set(one[measure])
        assert sum(share["mean"] for share in one["ended_by"].values()) == pytest.approx(1)
    assert set(document["policies"]["all"]["ended_by"]) == {"demand", "note", "strike", "none"}
    one = document["policies"]["all"]
    assert (
        one["leakers"]["mean"]
        == one["ended_by"]["none"]["mean"]
        == one["by_class"]["artillery"]["leakers"]["mean"]
    )
    assert one["kills"]["mean"] == pytest.approx(1 - one["ended_by"]["none"]["mean"])
    assert set(one["by_owner"]) == {"UKR"}
    for row in document["differences"]:
        assert row["baseline"] == "nothing"
        assert row["minutes_of_fire"]["ci95"][0] <= row["minutes_of_fire"]["mean"]
    contested = document["incident"]["if_it_did_not_end_it"]["strike"]
    assert contested["account_of"] == "Ukraine"
    all_steps = document["policies"]["all"]["minutes_of_fire"]["mean"]
    assert contested["policies"]["all"]["minutes_of_fire"] > all_steps
    rows = {row["step"]: row for row in document["incident"]["depends_on"]}
    at_low, at_high = (rows["demand"][end]["demand"]["minutes_of_fire"] for end in ("at_low", "at_high"))
    assert at_low == 120
    assert at_high < document["policies"]["demand"]["minutes_of_fire"]["mean"]
    assert "not evidence" in document["incident"]["caution"]


def test_drawn_numbers_show_what_the_answer_follows() -> None:
    found = compare(question("nothing", "demand"), RunSettings(100, seed=2), Sets(40, 2))
    minutes = found.differences[0].minutes_of_fire
    assert minutes.p05 < minutes.mean < minutes.p95 <= 0
    assert minutes.same_sign.share > 0.9
    assert found.drawn is not None
    chances = [one.values["incident.ladder.demand.chance"][1] for one in found.drawn.draws]
    assert np.corrcoef(chances, found.drawn.differences["demand"].mean)[0, 1] < -0.9


def test_how_long_the_fire_would_last_is_varied_too() -> None:
    """Nothing is done: the fire lasts as long as it lasts, on average half-way between its ends."""
    spans = {
        "low": number(60, low=30.0, high=90.0),
        "high": number(180, low=120.0, high=240.0),
        "kind": "notional",
        "note": "an example",
    }
    asked = question("nothing", change={"incident.fire.lasts_min": spans})
    found = compare(asked, RunSettings(4000, seed=5)).variations
    assert found is not None
    means = {
        (row["end"], end): row[end]["nothing"]["minutes_of_fire"]
        for row in found["lasts"]
        for end in ("at_low", "at_high")
    }
    expected = {
        ("least", "at_low"): 105,
        ("least", "at_high"): 135,
        ("most", "at_low"): 90,
        ("most", "at_high"): 150,
    }
    assert set(means) == set(expected)
    for key, minutes in expected.items():
        assert means[key] == pytest.approx(minutes, abs=4.5 * 180 / 12**0.5 / 4000**0.5)
