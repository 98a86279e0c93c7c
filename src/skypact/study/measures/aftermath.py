"""From the moment the fire ended to what it did: minutes, rounds, harm, which step ended it.

The engine says when the fire ended and by which unit.  The rest follows from that moment, with draws of the
same counter-based generator (`skypact.engine.randomness`, purposes 17 to 20), so that policies meet the same luck:
rounds and harm are Poisson counts taken at the same share of their distribution.

Three things happen after the engine, and no step acts on them: a fire that burnt out by itself lasts longer
for every step tried (`prolongs_min`); one that a step ended may be followed by another (`renews`); and from
each act on the rate is higher by a share (`widens`).  A step acts when its delay has passed and whoever carries it
out is on station.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from skypact.engine import KILLED, Outcomes, randomness
from skypact.geometry.standoff import Standoff
from skypact.policy.incident import SettledIncident, SettledStep
from skypact.raid import Raid
from skypact.raid.incident import FIRE, look_of

ROUNDS, HIT, AGAIN, ACROSS = 17, 18, 19, 20

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Aftermath:
    """What followed, one entry a replication.

    Attributes
    ----------
    minutes, rounds
        How long the fire lasted, and rounds fired.
    harm_under, harm_by
        Persons killed or wounded on the side under fire and on the side that fires.
    ended_by
        Index of the step that ended it; -1: none.
    hit
        Whether a gun was destroyed.
    crossed
        Whether a platform crossed the line.
    spent_usd
        Cost of what the steps used.
    """

    minutes: Floats
    rounds: Floats
    harm_under: Floats
    harm_by: Floats
    ended_by: NDArray[np.int64]
    hit: NDArray[np.bool_]
    crossed: NDArray[np.bool_]
    spent_usd: Floats

    @property
    def harm(self) -> Floats:
        """On both sides together."""
        return self.harm_under + self.harm_by


def aftermath(
    raid: Raid, settled: SettledIncident, standoffs: dict[str, Standoff], outcomes: Outcomes
) -> Aftermath:
    """What followed in some replications.

    Parameters
    ----------
    raid
        What was played (`skypact.raid.incident.add_incident`).
    settled, standoffs
        What it was made from.
    outcomes
        What the engine gave, with `end_us`.
    """
    assert outcomes.end_us is not None
    here = [threat.id for threat in raid.threats].index(FIRE)
    unit_index = {unit.id: index for index, unit in enumerate(raid.units)}
    runs = len(outcomes.fate)

    def draw(purpose: int, *ids: str) -> tuple[Floats, Floats]:
        first, second = randomness.series(
            outcomes.seed, outcomes.first, runs, purpose, randomness.identity(FIRE, *ids)
        )
        return first, second

    end_s = outcomes.end_us[:, here] / 1e6
    killer = np.where(outcomes.fate[:, here] == KILLED, outcomes.killer[:, here], -1)
    ended_by = np.full(runs, -1)
    hit, crossed = np.zeros(runs, bool), np.zeros(runs, bool)
    burnt_out = np.ones(runs, bool)
    extra, spent, harm_by = np.zeros(runs), np.zeros(runs), np.zeros(runs)
    wide = np.zeros(runs)  # minutes of fire that widening adds
    wider = np.zeros(runs)  # share by which the rate has risen at the end
    tried = []
    for number, step in enumerate(settled.steps):
        names = [unit.id for unit in step.units] if step.armed else [step.id]
        acts = np.zeros(runs, bool)
        for name in names:
            index = unit_index[name]
            shots = outcomes.engagements[:, index]
            acts |= shots > 0
            ours = killer == index
            ended_by[ours] = number
            burnt_out &= ~ours
            rounds = outcomes.rounds[:, index].sum(axis=1)
            spent += rounds * float(raid.units[index].info.get("cost_usd", 0.0))
            if step.armed:
                destroyed = ours | (draw(HIT, name)[0] < _hit_all_the_same(step, name, settled, shots))
                hit |= destroyed
                harm_by += np.where(destroyed, _count(draw(HIT, name)[1], step.harm_if_hit), 0.0)
                if name in standoffs:
                    crossed |= (shots > 0) & (draw(ACROSS, name)[0] < standoffs[name].across)
        tried.append(acts)
        if names:
            when = np.min([_acted_s(step, name, raid, outcomes) for name in names], axis=0)
            wide += np.where(acts, step.widens * np.maximum(end_s - when, 0.0) / 60, 0.0)
        wider += np.where(acts, step.widens, 0.0)
    for number, (step, acts) in enumerate(zip(settled.steps, tried, strict=True)):
        again, length = draw(AGAIN, step.id)
        low, high = step.renewed_min
        extra += np.where((ended_by == number) & (again < step.renews), low + (high - low) * length, 0.0)
        extra += np.where(burnt_out & acts, step.prolongs_min, 0.0)
    minutes = end_s / 60 + extra
    u_rounds, u_harm = draw(ROUNDS)
    fired = _count(u_rounds, settled.rounds_per_min * (end_s / 60 + wide + extra * (1 + wider)))
    harm_under = _count(u_harm, settled.harm_per_round * fired)
    return Aftermath(minutes, fired, harm_under, harm_by, ended_by, hit, crossed, spent)


def _count(share: Floats, mean: Floats | float) -> Floats:
    """The Poisson count below which a share of its distribution lies; for a share of 0 it is 0."""
    return np.maximum(np.asarray(poisson.ppf(share, mean), dtype=np.float64), 0.0)


def _acted_s(step: SettledStep, name: str, raid: Raid, outcomes: Outcomes) -> Floats:
    """When somebody who carries the step out acted first; infinite where that one did not.

    It is ready at the same draw that the engine made for its delay, and acts at once if it is on station then,
    else when it next arrives there.
    """
    unit = [one.id for one in raid.units].index(name)
    runs = len(outcomes.fate)
    _, second = randomness.series(
        outcomes.seed, outcomes.first, runs, randomness.LOOK, randomness.identity(look_of(name))
    )
    low, high = step.delay_s
    reaction = next((one.reaction_s for one in step.units if one.id == name), 0.0)
    ready = low + reaction + (high - low) * second
    acted = np.full(runs, np.inf)
    for window in raid.windows:
        if window.unit == name:
            here = np.where(ready <= window.closes_s, np.maximum(ready, window.opens_s), np.inf)
            acted = np.minimum(acted, here)
    return np.where(outcomes.engagements[:, unit] > 0, acted, np.inf)


def _hit_all_the_same(
    step: SettledStep, name: str, settled: SettledIncident, shots: NDArray[np.int32]
) -> Floats:
    """Chance that so many tries that did not end the fire destroyed a gun nevertheless."""
    unit = next(unit for unit in step.units if unit.id == name)
    engagement = unit.engages.get(settled.threat_class)
    if engagement is None:
        return np.zeros(len(shots))
    gun = 1 - (1 - engagement.p_kill) ** engagement.salvo
    ends = gun * step.chance
    each = gun * (1 - step.chance) / (1 - ends) if ends < 1 else 0.0
    return np.asarray(1 - (1 - each) ** shots.astype(np.float64))
