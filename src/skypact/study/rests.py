"""What the differences of a comparison rest on: on which decisions, which families of numbers, which numbers.

All of it comes after the sets have been played: the sets say which families and numbers to look at, and a few sets and
ends of ranges are played again under other decisions (`skypact.study.coalitions`), with helpers as the sets are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from skypact.engine import Workers, workers
from skypact.policy import Draw
from skypact.policy.acts import Act, acts_between
from skypact.policy.describe import Names
from skypact.policy.describe_numbers import number_words
from skypact.policy.families import family_of
from skypact.quantity import Quantity
from skypact.study.by_decision import (
    PAIRS,
    ActValue,
    SetValues,
    act_values,
    chosen_sets,
    values_in_set,
)
from skypact.study.by_number import MOST, AtBothEnds, Candidate, candidates
from skypact.study.coalitions import Coalitions
from skypact.study.draw import Draws, Sets
from skypact.study.jobs import done_by_all
from skypact.study.play import RunSettings
from skypact.study.sets import Drawn
from skypact.study.setup import Study
from skypact.study.shapley import EXACT
from skypact.study.shares import Share, shares_by_family

ENDS = 500
"""Replications at an end of a number's range, at most; central values are played about as often."""

Mean = tuple[float, float]


@dataclass(frozen=True)
class RestsOn:
    """What one difference rests on.

    Attributes
    ----------
    by_decision
        The acts that lead from the baseline to the policy, with what each changes; empty for an incident.
    sets, orders
        How many sets were played for that, and how many orders of the acts in each (None: all).
    families
        Shares of the variance between sets, largest first, then the unexplained rest; empty where sets are
        too few or differ no more than chance makes them.
    numbers
        Single numbers with the answer at both ends, widest first.
    replications
        Behind each answer at an end.
    """

    by_decision: tuple[ActValue, ...]
    sets: int
    orders: int | None
    families: tuple[Share, ...]
    numbers: tuple[AtBothEnds, ...]
    replications: int

    @property
    def parts(self) -> dict[str, Any]:
        """By the names of JSON; what there is nothing to say about is left out."""
        found: dict[str, Any] = {}
        if self.by_decision:
            found["by_decision"] = {value.act.name: value for value in self.by_decision}
            found["by_decision_over"] = {"sets": self.sets, "orders": self.orders}
        if self.families:
            found["rests_on"] = self.families
        if self.numbers:
            found["by_number"] = self.numbers
            found["by_number_over"] = {"replications": self.replications}
        return found


@dataclass(frozen=True)
class End:
    """One end of one number."""

    name: str
    value: float


@dataclass(frozen=True)
class Job:
    """One thing to play: a set under all coalitions, or an end under policies and baseline."""

    what: int | End
    policies: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """What became of a job."""

    number: int
    values: Mapping[str, SetValues] = field(default_factory=dict)
    means: Mapping[str, Mean] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """Jobs, to be played one at a time and in any order."""

    study: Study
    settings: RunSettings
    sets: Sets
    jobs: tuple[Job, ...]
    ends: int

    @cached_property
    def acts(self) -> Mapping[str, tuple[Act, ...]]:
        """By policy, what leads to it from the baseline."""
        study = self.study
        return {
            name: acts_between(study.scenario, name, study.baseline)
            for name in study.policies
            if name != study.baseline
        }

    def player(self) -> Callable[[int], Done]:
        """Play jobs in another process, each with one thread."""
        draws = self.sets.drawn(self.study.catalog)

        def play_one(number: int) -> Done:
            with workers(1) as team:
                return self.play(number, draws, team)

        return play_one

    def play(self, number: int, draws: Draws, team: Workers) -> Done:
        """Play one job."""
        job = self.jobs[number]
        if isinstance(job.what, End):
            return Done(number, means=self._end(job.what, job.policies, team))
        first = job.what * self.settings.replications
        settings = replace(self.settings, first=first)
        coalitions = Coalitions(self.study, draws.of(job.what), settings, team)
        seed = self.settings.seed
        return Done(
            number,
            {
                name: values_in_set(self.study, self.acts[name], coalitions, job.what, seed)
                for name in job.policies
            },
        )

    def _end(self, end: End, policies: Iterable[str], team: Workers) -> dict[str, Mean]:
        settings = replace(self.settings, replications=self.ends, first=0)
        coalitions = Coalitions(self.study, _at(end), settings, team)
        scenario, baseline = self.study.scenario, self.study.baseline
        usual = coalitions.arrivals(scenario.policies[baseline].decisions)
        found = {}
        for name in policies:
            difference = coalitions.arrivals(scenario.policies[name].decisions) - usual
            runs = len(difference)
            error = float(difference.std(ddof=1)) / np.sqrt(runs) if runs > 1 else 0.0
            found[name] = (float(difference.mean()), float(error))
        return found


def _at(end: End) -> Draw:
    """Central values, but for one number."""
    return lambda name, quantity: end.value if name == end.name else quantity.value


def rests_on(study: Study, settings: RunSettings, drawn: Drawn) -> dict[str, RestsOn]:
    """What each difference of a comparison rests on.

    Parameters
    ----------
    study
        What was asked.
    settings
        As the sets were played.
    drawn
        The sets, with the differences in the measure that is read first.
    """
    sets, differences = drawn.sets, drawn.differences
    factors = {
        name: sets.factor(name)
        for name in sorted({family for one in drawn.draws for family in one.factors} - {"cost"})
    }
    arrivals = study.scenario.incident is None
    quantities = _varying(study, drawn)
    own = {name: sets.own(name) for name in quantities}
    families, named, notional = {}, {}, _notional(study, quantities)
    for name, one in differences.items():
        first = shares_by_family(one.mean, np.sqrt(one.noise), factors, seed=settings.seed)
        named[name] = candidates(one.mean, own, _largest(factors, first))
        single = [
            (family_of(found.name, study.catalog), own[found.name])
            for found in named[name]
            if found.beyond_chance
        ]
        shares = shares_by_family(one.mean, np.sqrt(one.noise), factors, single, settings.seed)
        families[name] = tuple(replace(share, notional=notional.get(share.family)) for share in shares)
        named[name] = named[name][:MOST]
    if not arrivals or not differences:
        return {name: RestsOn((), 0, None, shares, (), 0) for name, shares in families.items()}
    ends = min(ENDS, settings.replications * sets.count)
    task = Task(study, settings.alone(), sets, _jobs(drawn, settings.seed, named, quantities), ends)
    bare = replace(task, study=replace(study))
    draws = sets.drawn(study.catalog)
    done = done_by_all(
        bare,
        lambda number, team: task.play(number, draws, team),
        len(task.jobs),
        settings,
        "asking what it rests on",
    )
    done.sort(key=lambda one: one.number)
    found = {}
    for name, one in differences.items():
        played = [part.values[name] for part in done if name in part.values]
        acts = task.acts[name]
        found[name] = RestsOn(
            act_values(acts, played, one.mean, one.noise),
            len(played),
            None if len(acts) <= EXACT else 2 * PAIRS,
            families[name],
            _at_both_ends(name, named[name], quantities, task, done),
            ends,
        )
    return found


def _varying(study: Study, drawn: Drawn) -> dict[str, Quantity]:
    """Every number that has a range and that all sets were asked for, costs left out: nothing flies or dies of them."""
    asked = set.intersection(*(set(one.values) for one in drawn.draws))
    return {
        name: quantity
        for name, (quantity, _) in drawn.draws[0].values.items()
        if name in asked and family_of(name, study.catalog) != "cost"
    }


def _notional(study: Study, quantities: Mapping[str, Quantity]) -> dict[str | None, float]:
    """By family, which share of its numbers is notional."""
    kinds: dict[str | None, list[bool]] = {}
    for name, quantity in quantities.items():
        kinds.setdefault(family_of(name, study.catalog), []).append(quantity.kind == "notional")
    return {family: sum(found) / len(found) for family, found in kinds.items()}


def _largest(factors: Mapping[str, Any], shares: tuple[Share, ...]) -> dict[str, Any]:
    """The factors with the families that matter most first."""
    order = [share.family for share in shares if share.family is not None] or list(factors)
    return {name: factors[name] for name in order}


def _jobs(
    drawn: Drawn, seed: int, named: Mapping[str, tuple[Candidate, ...]], quantities: Mapping[str, Quantity]
) -> tuple[Job, ...]:
    """The sets that are played for the decisions, then ends with the policies whose difference names their number."""
    means = np.column_stack([one.mean for one in drawn.differences.values()])
    of: dict[int | End, list[str]] = {number: list(drawn.differences) for number in chosen_sets(means, seed)}
    for name, found in named.items():
        for candidate in found:
            for end in _ends(candidate.name, quantities):
                of.setdefault(end, []).append(name)
    return tuple(Job(what, tuple(policies)) for what, policies in of.items())


def _ends(name: str, quantities: Mapping[str, Quantity]) -> tuple[End, End]:
    quantity = quantities[name]
    low, high = (quantity.value if end is None else end for end in (quantity.low, quantity.high))
    return End(name, low), End(name, high)


def _at_both_ends(
    policy: str, named: Iterable[Candidate], quantities: Mapping[str, Quantity], task: Task, done: list[Done]
) -> tuple[AtBothEnds, ...]:
    means = {task.jobs[one.number].what: one.means for one in done}
    names = Names(task.study.scenario, task.study.catalog)
    found = []
    for candidate in named:
        low, high = (means[end][policy] for end in _ends(candidate.name, quantities))
        title = str(number_words(names, candidate.name))
        found.append(AtBothEnds(candidate, quantities[candidate.name], low, high, title))
    return tuple(sorted((one for one in found if one.matters), key=lambda one: -one.span))
