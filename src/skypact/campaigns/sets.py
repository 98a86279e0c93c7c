"""The sets of a campaign, each played by itself, in several processes; what they give is added up in their order."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from skypact.campaigns.kept import Folder, question_of
from skypact.campaigns.measures import Counted
from skypact.campaigns.play import Job, play_nights
from skypact.campaigns.setup import CampaignStudy
from skypact.engine import Workers, workers
from skypact.policy.draw import central
from skypact.study.draw import Draws, Sets
from skypact.study.jobs import each_done
from skypact.study.play import RunSettings

BLOCK = 500
"""Replications of central values that are one job."""
BANDS = 960
"""Of so many replications, shared out over the sets, the stock is kept night by night, for the bands."""
NIGHT_S = 0.05
"""About how long a night takes under one policy."""
WHAT = "playing the nights"


@dataclass(frozen=True)
class Task:
    """The jobs of a campaign: job 0 has central values, and with sets job k the set k - 1."""

    study: CampaignStudy
    settings: RunSettings
    sets: Sets | None

    @property
    def count(self) -> int:
        """How many jobs there are."""
        if self.sets is None:
            return math.ceil(self.settings.replications / BLOCK)
        return self.sets.count + 1

    def player(self) -> Callable[[int], tuple[int, dict[str, Counted]]]:
        """Play jobs in another process, each with one thread."""
        draws = self.draws()

        def play_one(number: int) -> tuple[int, dict[str, Counted]]:
            with workers(1) as team:
                return self.play(number, draws, team)

        return play_one

    def draws(self) -> Draws | None:
        """The sets as they are drawn."""
        return None if self.sets is None else self.sets.drawn(self.study.catalog)

    def play(
        self, number: int, draws: Draws | None, team: Workers, told: Callable[[float], None] | None = None
    ) -> tuple[int, dict[str, Counted]]:
        """Play one job."""
        runs, seed = self.settings.replications, self.settings.seed
        told = told or (lambda share: None)
        if draws is None or self.sets is None:
            first = number * BLOCK
            kept = math.ceil(BANDS / self.count)
            job = Job(first, min(BLOCK, runs - first), seed, kept)
            return number, play_nights(self.study, central, job, team, told)
        if number == 0:
            return number, play_nights(self.study, central, Job(0, runs, seed, 0), team, told)
        drawn = draws.of(number - 1)
        job = Job((number - 1) * runs, runs, seed, math.ceil(BANDS / self.sets.count))
        return number, play_nights(self.study, drawn, job, team, told)


def play_sets(
    study: CampaignStudy,
    settings: RunSettings,
    sets: Sets | None,
    resume: str | None = None,
    marked: str = "",
) -> list[dict[str, Counted]]:
    """Play every set; what each gives, in order.

    Parameters
    ----------
    study
        The campaign.
    settings
        Replications (with sets: of each), seed, threads, progress.
    sets
        The sets; None: central values alone.
    resume
        A folder in which each set is kept as soon as it is played, and from which those that are there are taken.
    marked
        What else the sets are from: the mark of a calibration.

    Raises
    ------
    Problems
        If another question was asked in the folder.
    """
    task = Task(study, settings, sets)
    folder = None
    done: dict[int, dict[str, Counted]] = {}
    if resume is not None:
        how: dict[str, object] = {
            "sets": 0 if sets is None else sets.count,
            "replications": settings.replications,
        }
        how |= {"calibrated": marked} if marked else {}
        folder = Folder(resume, question_of(study, seed=settings.seed, **how))
        for number in range(task.count):
            found = folder.read(number)
            if found is not None:
                done[number] = found
    waiting = [number for number in range(task.count) if number not in done]
    bare = replace(task, study=study.bare(), settings=settings.alone())
    draws = task.draws()

    def play(number: int, team: Workers) -> tuple[int, dict[str, Counted]]:
        def told(share: float) -> None:
            settings.progress(WHAT, (len(done) + share) / task.count)

        return task.play(number, draws, team, told)

    each_s = NIGHT_S * len(study.nights) * len(study.policies)
    for number, found in each_done(bare, play, waiting, settings, each_s):
        done[number] = found
        if folder is not None:
            folder.write(number, found)
        settings.progress(WHAT, len(done) / task.count)
    return [done[number] for number in range(task.count)]


def in_sets(
    found: list[dict[str, Counted]], drawn: bool
) -> tuple[list[dict[str, Counted]], Mapping[str, Counted]]:
    """What was played of the sets, and with central values (with central values alone: empty)."""
    return (found[1:], found[0]) if drawn else (found, {})
