"""Two scenario files: what differs in them, and what that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skypact.scenario.model import Scenario
from skypact.study.draw import Sets
from skypact.study.over_sets import Gathered, GatheredPairs
from skypact.study.play import Paired, Played, RunSettings, play
from skypact.study.ready import player
from skypact.study.results import Difference, Document, PolicyResult
from skypact.study.sets import Question, central_settings, play_sets
from skypact.study.setup import Study

ABSENT = "-"
"""What stands where a file does not have a field."""


@dataclass(frozen=True)
class FileComparison:
    """Two scenario files under the policies that both have.

    Attributes
    ----------
    names
        What the files are called, the first and the second.
    fields
        Fields that differ: ``path`` and the two ``values``.
    results
        By policy, the result of the first file and of the second.
    differences
        By policy, the paired difference of the second from the first.
    seed, sets, replications
        How they were played: `replications` of each of the `sets`; with `sets` None with central values alone.
    """

    names: tuple[str, str]
    fields: tuple[Document, ...]
    results: Mapping[str, tuple[PolicyResult, PolicyResult]]
    differences: Mapping[str, Difference]
    seed: int
    sets: int | None
    replications: int

    def to_dict(self) -> Document:
        """The document that ``skypact compare A B --json`` gives."""
        return {
            "files": list(self.names),
            "seed": self.seed,
            **({} if self.sets is None else {"sets": self.sets}),
            "replications": self.replications,
            "fields": list(self.fields),
            "policies": {
                policy: {
                    "results": [result.to_dict() for result in pair],
                    "difference": self.differences[policy].to_dict(),
                }
                for policy, pair in self.results.items()
            },
        }

    def rows(self) -> Iterator[Document]:
        """One row for each policy, file and measure, then for each difference and measure."""
        for policy, pair in self.results.items():
            for name, result in zip(self.names, pair, strict=True):
                for row in result.rows():
                    yield {"file": name, **row, "policy": policy}
        for policy, difference in self.differences.items():
            for row in difference.rows():
                yield {**row, "file": self.names[1], "policy": policy, "baseline": self.names[0]}


def compare_files(
    first: Study,
    second: Study,
    settings: RunSettings,
    names: tuple[str, str],
    pairs: Sequence[tuple[str, str]],
    sets: Sets | None = None,
) -> FileComparison:
    """Play two scenarios under pairs of policies, with the same random numbers.

    Parameters
    ----------
    first, second
        The two files.
    settings
        Replications (with sets: of each), seed, threads.
    names
        What the files are called.
    pairs
        A policy of the first file, and the policy of the second that is compared with it.
    sets
        The sets of numbers that are drawn, the same for both files; None: central values alone.
    """
    results, differences = {}, {}
    for number, pair in enumerate(pairs):
        policy = pair[0] if pair[0] == pair[1] else ":".join(pair)
        settings.progress("comparing the files", number / len(pairs))
        question = Question({"a": (first, pair[0]), "b": (second, pair[1])}, "a")
        results[policy], differences[policy] = _compared(question, settings, names, sets)
    settings.progress("comparing the files", 1.0)
    fields = tuple(differing(first.scenario, second.scenario))
    count = None if sets is None else sets.count
    return FileComparison(names, fields, results, differences, settings.seed, count, settings.replications)


def _compared(
    question: Question, settings: RunSettings, names: tuple[str, str], sets: Sets | None
) -> tuple[tuple[PolicyResult, PolicyResult], Difference]:
    compiled = {name: study.compile(policy) for name, (study, policy) in question.players.items()}
    players = {name: player(question.players[name][0], one) for name, one in compiled.items()}
    central = settings if sets is None else central_settings(settings, sets)
    played, paired = play(players, central, question.baseline)
    results: Mapping[str, Played | Gathered] = played
    pairs: Mapping[str, Paired | GatheredPairs] = paired
    if sets is not None:
        results, pairs, _ = play_sets(question, settings, sets, played, paired, players)
    first, second = (
        PolicyResult.of(results[name], study.scenario.id, policy, settings.seed, compiled[name].seconds)
        for name, (study, policy) in question.players.items()
    )
    shown = {**first.shown, **second.shown}
    return (first, second), Difference.of(pairs["b"], names[1], names[0], shown)


def differing(first: Scenario, second: Scenario) -> Iterator[Document]:
    """The fields in which two scenarios differ, in the order of the file; entries of lists by their id.

    Examples
    --------
    >>> from skypact.scenario.load import load_scenario
    >>> one = load_scenario("ukraine-2024-08-26")
    >>> list(differing(one, one.model_copy(update={"title": "Another"})))[0]["path"]
    'title'
    """
    yield from _differing(
        _plain(first.model_dump(mode="json", by_alias=True)),
        _plain(second.model_dump(mode="json", by_alias=True)),
        "",
    )


def _plain(part: Any) -> Any:
    """Lists of entries with ids as mappings, so that entries are compared with their like."""
    if isinstance(part, dict):
        return {name: _plain(below) for name, below in part.items()}
    if isinstance(part, list):
        ids = [entry.get("id") if isinstance(entry, dict) else None for entry in part]
        if part and all(isinstance(one, str) for one in ids) and len(set(ids)) == len(ids):
            return {one: _plain(below) for one, below in zip(ids, part, strict=True)}
        return [_plain(below) for below in part]
    return part


def _differing(one: Any, other: Any, path: str) -> Iterator[Document]:
    if one == other:
        return
    if isinstance(one, dict) and other in (None, ABSENT) and _holds_entries(one):
        other = {}
    elif isinstance(other, dict) and one in (None, ABSENT) and _holds_entries(other):
        one = {}
    if isinstance(one, dict) and isinstance(other, dict):
        for name in dict.fromkeys([*one, *other]):
            here = f"{path}.{name}" if path else str(name)
            yield from _differing(one.get(name, ABSENT), other.get(name, ABSENT), here)
    else:
        yield {"path": path, "values": [_said(one), _said(other)]}


def _holds_entries(part: Mapping[str, Any]) -> bool:
    """Whether a mapping holds entries under their names; an entry itself is one thing that differs."""
    return bool(part) and all(isinstance(below, dict) for below in part.values() if below is not None)


def _said(value: Any) -> Any:
    """A value without the fields that say nothing; what a file does not have is a dash."""
    if value is None:
        return ABSENT
    if isinstance(value, Mapping):
        return {name: _said(below) for name, below in value.items() if below not in (None, "", [], {})}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_said(below) for below in value]
    return value
