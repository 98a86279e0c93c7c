"""A question answered step by step: a first answer at once, better ones as they come."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from skypact.app.endpoint import encoded, last_line
from skypact.app.models import Compare, Played, WhatIf
from skypact.app.shelf import Shelf
from skypact.app.turns import Turns
from skypact.library.calls import compare
from skypact.library.resting import resting
from skypact.library.results import Comparison
from skypact.library.scenarios import Scenario

FIRST = (100, 1_000)
"""Replications after which there is an answer, before all are played."""
KEPT = 192
"""Answers that are remembered; one takes about 0.2 MB."""
WHOLE = 2
"""Of so many downloads the result is remembered: who takes one form of it often takes another."""

Tell = Callable[[bytes], None]


@dataclass(frozen=True)
class Step:
    """One step of a question: so many replications with central values, or so many sets of so many.

    `rests` asks of the sets what the differences rest on.
    """

    replications: int
    sets: int = 0
    besides: bool = False
    rests: bool = False

    @property
    def name(self) -> str:
        """What it is called on the way to the page."""
        return "rests" if self.rests else "sets" if self.sets else "central"


@dataclass(frozen=True)
class Question:
    """What is compared, and by what the question is known."""

    scenario: Scenario
    policies: tuple[str, ...] | None
    baseline: str | None
    seed: int
    mark: str

    def answer(
        self, step: Step, progress: Callable[[str, float], None], before: Comparison | None = None
    ) -> Comparison:
        """The answer after a step; `before` is that of the step before, where it is still there."""
        if step.rests:
            sets = before or self.answer(replace(step, rests=False), progress)
            return resting(sets, progress=progress)
        return compare(
            self.scenario,
            self.policies,
            self.baseline,
            sets=step.sets or 2,
            replications=step.replications,
            central=not step.sets,
            seed=self.seed,
            progress=progress,
            besides=step.besides,
        )


def steps_of(request: Played) -> tuple[Step, ...]:
    """The steps that a request asks for."""
    first = [Step(many) for many in FIRST if many < request.central]
    found = (*first, Step(request.central, besides=not (request.sets and request.rests)))
    if not request.sets:
        return found
    sets = Step(request.replications, request.sets)
    return (*found, sets, replace(sets, rests=True)) if request.rests else (*found, sets)


class Asking:
    """Answers questions, one step of one question at a time, and remembers answers."""

    def __init__(self, shelf: Shelf, turns: Turns) -> None:
        self._shelf = shelf
        self._turns = turns
        self._kept: OrderedDict[tuple[str, Step], bytes] = OrderedDict()
        self._whole: OrderedDict[tuple[str, Step], Comparison] = OrderedDict()
        self._lock = threading.Lock()

    def question(self, request: WhatIf | Compare) -> Question:
        """What a request asks.

        Raises
        ------
        skypact.Problems
            If names are unknown, or decisions contradict each other.
        """
        if isinstance(request, WhatIf):
            scenario = self._shelf.of(request)
            baseline = request.baseline or scenario.baseline
            asked = self._shelf.decided(scenario, request.decisions)
            asked.scenario.study((asked.policy,), baseline)
            mark = f"{asked.mark} against {baseline} {request.seed}"
            return Question(asked.scenario, (baseline, asked.policy), baseline, request.seed, mark)
        scenario = self._shelf.of(request)
        policies = None if request.policies is None else tuple(request.policies)
        scenario.study(policies, request.baseline)
        mark = f"{hash(scenario.text)} {policies} {request.baseline} {request.seed}"
        return Question(scenario, policies, request.baseline, request.seed, mark)

    def answers(self, question: Question, steps: tuple[Step, ...], gone: threading.Event) -> Iterator[bytes]:
        """A line for every step, told as soon as it is known.

        Raises
        ------
        Gone
            If that event is set meanwhile.
        """
        before: Comparison | None = None
        for step in steps:
            line = self._remembered(question, step)
            if line is not None:
                before = None
            else:
                line, before = self._found(question, step, gone, before=before)
            yield last_line(line) if step is steps[-1] else line

    def whole(self, question: Question, step: Step) -> Comparison:
        """The result of a step with all that is asked besides, played now or for an earlier download."""
        with self._lock:
            found = self._whole.get((question.mark, step))
        if found is None:
            with self._turns.slow():
                found = question.answer(step, lambda *_: self._turns.give_way())
            with self._lock:
                self._whole[question.mark, step] = found
                if len(self._whole) > WHOLE:
                    self._whole.popitem(last=False)
        return found

    def prepare(self, question: Question, step: Step, gone: threading.Event) -> None:
        """Have an answer ready before anybody asks.

        Raises
        ------
        Gone
            If that event is set meanwhile.
        """
        if self._remembered(question, step) is None:
            self._found(question, step, gone, waited_for=False)

    def _found(
        self,
        question: Question,
        step: Step,
        gone: threading.Event,
        waited_for: bool = True,
        before: Comparison | None = None,
    ) -> tuple[bytes, Comparison]:
        def progress(what: str, share: float) -> None:
            self._turns.give_way(gone)

        quick = waited_for and step.replications <= FIRST[0] and not step.sets
        turn = self._turns.quick if quick else self._turns.slow
        with turn(gone):
            found = question.answer(step, progress, before)
            line = encoded(shown(found, step)) + b"\n"
        with self._lock:
            self._kept[question.mark, step] = line
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return line, found

    def _remembered(self, question: Question, step: Step) -> bytes | None:
        with self._lock:
            line = self._kept.get((question.mark, step))
            if line is not None:
                self._kept.move_to_end((question.mark, step))
            return line


def shown(found: Comparison, step: Step) -> dict[str, Any]:
    """An answer as it goes to the page: the document of ``skypact compare --json``, and what the report says of it."""
    headline = found.headline()
    return {
        "kind": "answer",
        "step": step.name,
        "last": False,
        "titles": {name: found.of.data.policies[name].title for name in found.policies},
        "headline": None if headline is None else asdict(headline),
        "so_far": found.so_far(),
        "by_class": found.by_class(),
        "by_policy": found.by_policy(),
        "caveats": found.caveats() if step.sets else (),
        "who_may": found.who_may(),
        "recorded": [asdict(one) for one in found.beside_the_record()],
        "tables": found.table_documents(),
        "comparison": found.material.comparison,
    }
