"""Two scenario files side by side: what differs in them, and what that changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from skypact import study
from skypact.library.calls import Asked, names_of
from skypact.library.playing import SETS, Progress, drawing
from skypact.library.results import FileComparison
from skypact.library.scenarios import Scenario, load
from skypact.reading import Problem, Problems, suggest

if TYPE_CHECKING:
    from distributed import Client


def compare_files(
    first: Asked,
    second: Asked,
    policies: Sequence[str] | None = None,
    *,
    sets: int = SETS,
    replications: int | None = None,
    central: bool = False,
    seed: int = 1,
    threads: int | None = None,
    cluster: Client | None = None,
    progress: Progress | None = None,
) -> FileComparison:
    """Compare two scenario files: what differs in them, and what that changes.

    Parameters
    ----------
    first, second
        As for `compare`; the second is compared with the first.
    policies
        Policies that both have, or one of each as ``"first:second"``; None: the baseline of the first.

    Other parameters are as for `compare`; both files meet the same sets.

    Raises
    ------
    skypact.Problems
        If a scenario has errors, or a file has no such policy.
    """
    one, other = load(first), load(second)
    names = _told(one, other), _told(other, one)
    settings, drawn = drawing(sets, replications, central, seed, threads, progress, cluster)
    pairs = _pairs(one, other, names, names_of(policies) or (one.baseline,))
    studies = one.study(tuple({a: 0 for a, _ in pairs})), other.study(tuple({b: 0 for _, b in pairs}))
    found = study.compare_files(*studies, settings, names, pairs, drawn)
    return FileComparison(**{part.name: getattr(found, part.name) for part in fields(found)})


def _pairs(
    one: Scenario, other: Scenario, names: tuple[str, str], policies: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """The policies to compare, that of the first file and that of the second."""
    pairs = []
    wrong = []
    for policy in policies:
        first, _, second = policy.partition(":")
        pairs.append((first, second or first))
        for asked, scenario, name, another in (
            (first, one, names[0], other),
            (second or first, other, names[1], one),
        ):
            if asked not in scenario.policies:
                right = suggest(asked, scenario.policies)
                if asked in another.policies:
                    right = f"only the other file has it; write FIRST:SECOND, as {one.baseline}:{asked}"
                wrong.append(Problem(name, 0, 0, asked, "no such policy", right))
    if wrong:
        raise Problems(wrong)
    return tuple(dict.fromkeys(pairs))


def _told(one: Scenario, other: Scenario) -> str:
    """What a file is called beside another: its id, or where that is the same, how it was asked for."""
    return one.id if one.id != other.id else one.name
