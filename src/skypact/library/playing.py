"""How the functions play: sets, replications, seed and threads, as they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from skypact.reading import Problem, Problems
from skypact.study.cluster import expect_alike
from skypact.study.draw import Sets
from skypact.study.play import RunSettings, silent

if TYPE_CHECKING:
    from distributed import Client

Progress = Callable[[str, float], None]
SETS = 64
"""Sets of numbers that are drawn from their ranges: a sign that holds in all of them holds in 94 % at least."""
REPLICATIONS = 200
"""Of each set: chance leaves in a set's mean a fourteenth of its own spread, which is taken off again."""
CENTRAL_REPLICATIONS = 10_000
"""With central values alone."""


def drawing(
    sets: int,
    replications: int | None,
    central: bool,
    seed: int,
    threads: int | None,
    progress: Progress | None,
    cluster: Client | None = None,
) -> tuple[RunSettings, Sets | None]:
    """The settings of a play, and the sets that are drawn; None: central values alone."""
    if replications is None:
        replications = CENTRAL_REPLICATIONS if central else REPLICATIONS
    settings = settings_of(replications, seed, threads, progress, sets, cluster)
    return settings, None if central else Sets(sets, seed)


def settings_of(
    replications: int,
    seed: int,
    threads: int | None,
    progress: Progress | None,
    sets: int | None = None,
    cluster: Client | None = None,
) -> RunSettings:
    """The settings of a play.

    Raises
    ------
    skypact.Problems
        With every one that is impossible, or every worker of the cluster that would compute something else.
    """
    asked = (
        ("replications", replications, 1, 100_000_000),
        ("seed", seed, 0, 2**64 - 1),
        ("threads", threads, 1, 1024),
        ("sets", sets, 2, 10_000),
    )
    wrong = [
        Problem(name, 0, 0, "", f"{value!r} is no such number", f"a whole number from {least} to {most}")
        for name, value, least, most in asked
        if value is not None
        and not (isinstance(value, int) and not isinstance(value, bool) and least <= value <= most)
    ]
    if wrong:
        raise Problems(wrong)
    if cluster is not None:
        expect_alike(cluster)
    told = silent if progress is None else progress
    return RunSettings(replications, seed, threads, progress=told, cluster=cluster)
