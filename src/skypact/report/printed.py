"""What the commands print: the title, the tables that have something to show, and what to keep in mind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from skypact.report import answer_incident
from skypact.report.answer import headlines
from skypact.report.later import later_words
from skypact.report.material import Material, Record
from skypact.report.table import Table
from skypact.report.tables import calibration, incident, outcome, rests, run, sets, spending
from skypact.report.tables.further import further
from skypact.report.tables.idle import idle
from skypact.report.tables.reported import reported
from skypact.report.tables.who_may import who_may
from skypact.report.terminal import Line, print_lines, print_table
from skypact.study.results import played

if TYPE_CHECKING:
    from rich.console import Console

COMPARED: tuple[Callable[[Material], Table | None], ...] = (
    outcome.summary,
    calibration.before_and_after,
    outcome.arrivals,
    outcome.because,
    outcome.differences,
    rests.by_decision,
    rests.by_family,
    rests.by_number,
    incident.fires,
    incident.differences,
    incident.variations,
    who_may,
    spending.exposure,
    idle,
    further,
    reported,
    sets.ignorance,
    calibration.not_told,
)
"""The tables of a comparison, in order."""
ALONE: tuple[Callable[[Material], Table | None], ...] = (
    calibration.before_and_after,
    incident.fires,
    incident.variations,
    idle,
    further,
    reported,
    sets.ignorance,
    calibration.not_told,
)
"""Those of one policy, below what becomes of the threats."""
FIRST = frozenset(
    {
        calibration.before_and_after,
        outcome.summary,
        outcome.differences,
        incident.fires,
        incident.differences,
        spending.exposure,
    }
)
"""What stands below the sentences without ``--long``: more would carry them off the screen."""
KEEP_IN_MIND = (
    "Numbers are public or notional; leakers are arrivals, not damage. The model does not estimate escalation,"
    " casualties or legality, and calls no policy best."
)


def comparison_tables(material: Material, long: bool = True) -> list[Table | None]:
    """The tables of a comparison; without `long` those to be read first."""
    return [make(material) for make in COMPARED if long or make in FIRST]


def policy_tables(material: Material, long: bool = True) -> list[Table | None]:
    """The tables of one policy; without `long` those to be read first."""
    result = next(iter(material.policies.values()))
    found = raid_tables(result, material.system, long) if material.counts_arrivals else []
    return [*found, *(make(material) for make in ALONE if long or make in FIRST)]


def raid_tables(result: Record, named: Callable[[str], str] = str, long: bool = True) -> list[Table | None]:
    """The tables of a raid that was played; without `long` not why threats arrive."""
    because = [run.because(result)] if long else []
    return [run.by_class(result), *because, run.by_system(result, named)]


def comparison(console: Console, material: Material, long: bool) -> None:
    """Policies side by side, their paired differences, and what they expose and spend."""
    print_lines(
        console, [Line(material.scenario.title, style="bold"), Line(material.scenario.summary.strip())]
    )
    if material.counts_arrivals:
        print_lines(
            console, [Line(""), *map(Line, filter(None, [*headlines(material), later_words(material)]))]
        )
    if material.incident is not None:
        print_lines(console, [Line(""), *map(Line, answer_incident.sentences(material, material.incident))])
    _tables(console, comparison_tables(material, long))
    page = "--report FILE writes all of it as a page, with pictures, sources and notional values."
    _closing(console, material, more(comparison_tables(material, long), comparison_tables(material), page))


def one_policy(console: Console, material: Material, asked: str, long: bool) -> None:
    """The result of one policy."""
    name = next(iter(material.policies))
    print_lines(
        console,
        [
            Line(material.scenario.title, style="bold"),
            Line(f"Policy {name}: {material.title(name)}"),
            *([] if material.calibrated is None else [Line(calibration.rests_on(material.calibrated))]),
        ],
    )
    _tables(console, policy_tables(material, long))
    page = f"'skypact report {asked}' writes a page with pictures, sources and notional values."
    _closing(console, material, more(policy_tables(material, long), policy_tables(material), page))


def more(shown: Iterable[Table | None], every: Iterable[Table | None], page: str) -> str:
    """What ``--long`` adds to the tables that are shown, by their captions, and what the page adds."""
    there = {table.id for table in shown if table is not None}
    left = [table.caption for table in every if table is not None and table.id not in there]
    return f"--long adds: {'; '.join(left)}. {page}" if left else page


def raid(console: Console, document: Record) -> None:
    """The result of a raid file."""
    _tables(console, raid_tables(document))
    print_lines(console, [Line(""), _played([document])])


def _tables(console: Console, tables: Iterable[Table | None]) -> None:
    for table in tables:
        if table is not None:
            print_table(console, table)


def _closing(console: Console, material: Material, last: str) -> None:
    found = [Line("")]
    if material.incident is not None:
        found.append(Line(str(material.incident["caution"])))
    found.extend(map(Line, calibration.said(material)))
    found.append(_played(list(material.policies.values())))
    found += [Line(KEEP_IN_MIND), Line(last)]
    print_lines(console, found)


def _played(results: list[Record]) -> Line:
    one = results[0]
    compiling, playing = (
        sum(result["elapsed_s"][part] for result in results) for part in ("compile", "simulate")
    )
    how = played(one.get("sets"), one["replications"])
    return Line(
        f"{how}, seed {one['seed']}; compiling {compiling:.1f} s, playing {playing:.1f} s of processor time."
    )
