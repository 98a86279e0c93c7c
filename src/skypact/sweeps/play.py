"""Playing the points of a sweep, one at a time and in any order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from skypact.engine import Workers, workers
from skypact.policy import Draw
from skypact.policy.families import family_of, sign_of
from skypact.quantity import Quantity
from skypact.study.draw import CORRELATION, GivenSets, quantile
from skypact.study.jobs import each_done
from skypact.study.measures import measures_of
from skypact.study.play import Player, RunSettings, play
from skypact.sweeps.design import Point, points_of
from skypact.sweeps.folder import Folder, question_of
from skypact.sweeps.load import Asked

Row = Mapping[str, Any]
WHAT = "playing points"
READ_FIRST = ("leakers",)


@dataclass(frozen=True)
class Task:
    """The points of a sweep, each with every set of the other numbers."""

    asked: Asked
    settings: RunSettings

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points."""
        return points_of(self.asked.sweep.design, self.asked.axes, self.asked.sweep.seed)

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self.points) * max(1, self.asked.sweep.sets)

    def bare(self) -> Task:
        """The same without what the study has computed, to be sent to another process."""
        asked = replace(self.asked, study=replace(self.asked.study))
        return replace(self, asked=asked, settings=self.settings.alone())

    def player(self) -> Callable[[int], tuple[int, list[Row]]]:
        """Play pieces in another process, each with one thread."""

        def play_one(number: int) -> tuple[int, list[Row]]:
            with workers(1) as team:
                return self.play(number, team)

        return play_one

    def play(self, number: int, team: Workers) -> tuple[int, list[Row]]:
        """A piece: every policy at one point, with the same luck as at every other point."""
        point = self.points[number // max(1, self.asked.sweep.sets)]
        values: dict[str, float] = {}
        draw = self._draw(number, point, values)
        study = self.asked.study
        players = {}
        for policy in study.policies:
            compiled = study.compile(policy, draw)
            players[policy] = Player(compiled.raid, measures_of(study, compiled))
        played, paired = play(players, self.settings.alone(), study.baseline, team)
        drawn = number % self.asked.sweep.sets if self.asked.sweep.sets else None
        here = {
            "piece": number,
            "row": point.row,
            "block": point.block,
            "set": drawn,
            **{f"place.{axis}": place for axis, place in zip(self.asked.axes, point.place, strict=True)},
            **{f"value.{name}": values.get(name) for name in self.asked.sweep.vary.numbers},
        }
        rows: list[Row] = []
        for policy, one in played.items():
            measures = {key[0]: mean for key, mean in one.means().items() if len(key) == 1}
            change = paired[policy].changes().get(READ_FIRST) if policy in paired else None
            column = one.columns.get(READ_FIRST)
            noise = None if column is None else float(one.tally.variances()[column]) / one.replications
            rows.append(
                {
                    **here,
                    "policy": policy,
                    "replications": one.replications,
                    **measures,
                    "leakers_noise": noise,
                    "leakers_change": None if change is None else change.mean,
                    "leakers_change_error": None if change is None else change.se,
                }
            )
        return number, rows

    def _draw(self, number: int, point: Point, values: dict[str, float]) -> Draw:
        """Settle numbers at a point: those of an axis by it, others as drawn or at their central values."""
        sweep, catalog = self.asked.sweep, self.asked.study.catalog
        place = dict(zip(self.asked.axes, point.place, strict=True))
        families = {name: float(ndtri(place[name])) for name in sweep.vary.families}
        numbers = set(sweep.vary.numbers)
        rest: Draw | None = None
        if sweep.sets:
            given = {name: np.full(sweep.sets, one) for name, one in families.items()}
            drawn = GivenSets(sweep.sets, (sweep.seed + 1 + point.row) % 2**64, factors=given)
            rest = drawn.drawn(catalog).of(number % sweep.sets)

        def draw(name: str, quantity: Quantity) -> float:
            if quantity.low is None or quantity.low == quantity.high:
                return quantity.value
            if name in numbers:
                value = values[name] = quantile(quantity, place[name])
                return value
            if rest is not None:
                return rest(name, quantity)
            common = families.get(family_of(name, catalog))
            return quantity.value if common is None else _about_middle(name, quantity, common)

        return draw


def _about_middle(name: str, quantity: Quantity, common: float) -> float:
    """A number of a family whose own part is in the middle: the family alone moves it."""
    return quantile(quantity, float(ndtr(sign_of(name) * CORRELATION**0.5 * common)))


def play_sweep(
    asked: Asked, settings: RunSettings, into: str | Path, resume: bool = False
) -> tuple[int, int]:
    """Play every point that is not in the folder yet, and keep each as soon as it is played.

    Parameters
    ----------
    asked
        The sweep.
    settings
        Threads, progress, cluster; replications and seed are the sweep's.
    into
        The folder.
    resume
        Whether to go on in a folder that has pieces of this sweep.

    Returns
    -------
    tuple
        How many pieces there are, and how many of them were there before.

    Raises
    ------
    Problems
        If the folder has pieces and `resume` is not set, has those of another sweep, or cannot be written.
    """
    sweep = asked.sweep
    task = Task(asked, replace(settings, replications=sweep.replications, seed=sweep.seed))
    folder = Folder(into, question_of(asked), resume)
    done = folder.done()
    waiting = [number for number in range(task.count) if number not in done]
    before = count = task.count - len(waiting)
    for number, rows in each_done(task.bare(), task.play, waiting, task.settings):
        folder.write(number, rows)
        count += 1
        settings.progress(WHAT, count / task.count)
    return task.count, before
