"""The functions to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skypact import study
from skypact.library.calibration import Calibrated, calibration_of
from skypact.library.playing import CENTRAL_REPLICATIONS, SETS, Progress, drawing, settings_of
from skypact.library.results import (
    AidTable,
    Comparison,
    Explanation,
    Landscapes,
    Ledger,
    PolicyResult,
)
from skypact.library.scenarios import Scenario, load
from skypact.raid import Raid, parse_raid, read_raid
from skypact.reading import Problem, Problems
from skypact.scenario.dates import first_day
from skypact.study.aid import aid_over_time, aid_policy, aid_table, explain_transfer, matching
from skypact.study.calibration import Calibration
from skypact.study.calibration.narrowed import compare_narrowed
from skypact.study.draw import Sets
from skypact.study.explain import explain as explain_engagement
from skypact.study.explain_incident import explain_incident
from skypact.study.landscapes import landscapes as put_side_by_side
from skypact.study.ledger import ledger as statements
from skypact.study.play import RunSettings

if TYPE_CHECKING:
    from distributed import Client

Asked = str | Path | Scenario
"""A shipped name, a path, YAML text or a loaded scenario."""


def compare(
    scenario: Asked,
    policies: Sequence[str] | None = None,
    baseline: str | None = None,
    *,
    sets: int = SETS,
    replications: int | None = None,
    central: bool = False,
    seed: int = 1,
    threads: int | None = None,
    cluster: Client | None = None,
    calibrated: Calibrated | None = None,
    progress: Progress | None = None,
    besides: bool = True,
) -> Comparison:
    """Compare policies over the same raid with the same random numbers.

    Parameters
    ----------
    scenario
        A shipped name, a path, YAML text or a loaded scenario.
    policies
        Names; None: all of the scenario's.
    baseline
        The policy that the others are compared with; None: the scenario's.
    sets
        How many sets of numbers are drawn from their ranges, 2 or more.
    replications
        How often the raid is played with new chance, in each set; None: 200, or 10,000 with central values alone.
    central
        Whether to play central values alone: no range then says what is not known.
    seed
        Same seed, same result, on every machine.
    threads
        None: all cores.
    cluster
        A client of Dask (``dask.distributed.Client``): sets are played by its workers. Same bits. None: on this machine.
    calibrated
        A calibration (`skypact.calibrate`) or its file: sets are taken from it; the answer without it stands beside.
    progress
        Told what is being done, and which share of it is done (0 to 1).
    besides
        Whether to ask besides what the differences rest on (of drawn sets), what changes nothing and why, and what
        runs out over the hours.

    Raises
    ------
    skypact.Problems
        If the scenario has errors, or a policy is unknown.

    Examples
    --------
    >>> import skypact
    >>> found = skypact.compare("ukraine-2024-08-26", ["status-quo", "sky-shield"], sets=2, replications=10)
    >>> found.differences[0].policy, found.policies["status-quo"].launched
    ('sky-shield', 236)
    """
    asked = load(scenario)
    settings, drawn = drawing(sets, replications, central, seed, threads, progress, cluster)
    of = calibration_of(calibrated, central)
    return _compared(asked, asked.study(names_of(policies), baseline), settings, drawn, of, besides)


def run(
    scenario: Asked,
    policy: str | None = None,
    *,
    sets: int = SETS,
    replications: int | None = None,
    central: bool = False,
    seed: int = 1,
    threads: int | None = None,
    cluster: Client | None = None,
    calibrated: Calibrated | None = None,
    progress: Progress | None = None,
) -> PolicyResult:
    """Play a scenario under one policy, the baseline by default; other parameters as for `compare`.

    Examples
    --------
    >>> import skypact
    >>> skypact.run("ukraine-2024-08-26", central=True, replications=20).by_class["drone"].launched
    109
    """
    asked = load(scenario)
    settings, drawn = drawing(sets, replications, central, seed, threads, progress, cluster)
    chosen = asked.study(None if policy is None else (policy,), alone=True)
    comparison = _compared(asked, chosen, settings, drawn, calibration_of(calibrated, central))
    (result,) = comparison.policies.values()
    return _result(result, comparison)


def simulate(
    raid: str | Path | dict[str, Any] | Raid,
    *,
    replications: int = CENTRAL_REPLICATIONS,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
) -> PolicyResult:
    """Play a raid file as it is.

    Parameters
    ----------
    raid
        The path of a file, its JSON object, or a raid.

    Raises
    ------
    skypact.Problems
        With every problem of the file.
    """
    if isinstance(raid, dict):
        raid = parse_raid(raid)
    elif not isinstance(raid, Raid):
        raid = read_raid(raid)
    return _result(study.simulate(raid, settings_of(replications, seed, threads, progress)), None)


def explain(
    scenario: Asked,
    policy: str | None = None,
    *,
    unit: str | None = None,
    threat: str | None = None,
    donor: str | None = None,
    recipient: str | None = None,
    system: str | None = None,
    channel: str | None = None,
    step: str | None = None,
    day: str | date | None = None,
) -> tuple[Explanation, ...]:
    """Say why a unit could or could not engage a threat, or a transfer was or was not allowed.

    Name a unit and a threat; or a donor, recipient, system or channel; or, of an incident, a step.  With
    nothing named the steps of an incident are explained.

    Parameters
    ----------
    unit
        A unit, an entry of the laydown, a system or an owner.
    threat
        A threat, a wave, a type of threat or a class.
    donor, recipient, system, channel
        Of a transfer; every row of the table of aid that fits is explained.
    step
        A step of the ladder, or a unit or entry that carries one out.
    day
        Of a transfer; the scenario's day by default.

    Raises
    ------
    skypact.Problems
        If there is nothing of that name, or nothing that can be explained is named.

    Examples
    --------
    >>> import skypact
    >>> (why,) = skypact.explain("ukraine-2024-08-26", unit="usa-patriot-gem-t", threat="drone")
    >>> why.document["verdict"]
    'cannot engage'
    """
    asked = load(scenario)
    if any((donor, recipient, system, channel)):
        name = aid_policy(asked.data, policy)
        on = _day(day) or first_day(asked.data.date)
        queries = matching(asked.data, donor, recipient, system, channel)
        return tuple(
            Explanation("transfer", explain_transfer(asked.data, name, query, on), asked) for query in queries
        )
    chosen = asked.study(None if policy is None else (policy,), alone=True)
    name = chosen.policies[0]
    if asked.data.incident is not None and threat is None:
        return (Explanation("steps", explain_incident(chosen, name, step or unit), asked),)
    if unit is None or threat is None:
        raise Problems([_nothing_named(asked)])
    return (Explanation("engagement", explain_engagement(chosen, name, unit, threat), asked),)


def aid(
    scenario: Asked,
    policy: str | None = None,
    day: str | date | None = None,
    *,
    since: str | date | None = None,
    until: str | date | None = None,
) -> AidTable:
    """What each donor may hand over by which channel, why, and what is held.

    Parameters
    ----------
    day
        The day asked about; the scenario's by default.
    since, until
        Instead of a day: every change from one day to another.

    Raises
    ------
    skypact.Problems
        If the scenario hands nothing over, or days are missing or run backwards.

    Examples
    --------
    >>> import skypact
    >>> len(skypact.aid("lethal-aid-2021-10", day="2021-10-26")) > 10
    True
    """
    asked = load(scenario)
    name = aid_policy(asked.data, policy)
    if since is None and until is None:
        on = _day(day) or first_day(asked.data.date)
        return AidTable(tuple(aid_table(asked.data, name, on)), asked, name, on.isoformat())
    start, end = _day(since), _day(until)
    if start is None or end is None or start > end or day is not None:
        what, right = "since and until go together, the earlier day first", "or give a day alone"
        raise Problems([Problem("aid", 0, 0, "", what, right)])
    rows = tuple(aid_over_time(asked.data, name, start, end))
    return AidTable(rows, asked, name, start.isoformat(), end.isoformat())


def ledger(scenario: Asked) -> Ledger:
    """The statements and acts that a scenario rests on, by date."""
    asked = load(scenario)
    return Ledger(tuple(statements(asked.data)), asked)


def landscapes(
    first: Asked,
    second: Asked,
    *,
    replications: int = CENTRAL_REPLICATIONS,
    seed: int = 1,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Landscapes:
    """Put two scenarios side by side: are the landscapes different, and in what?

    Raises
    ------
    skypact.Problems
        If a scenario has errors or no ``landscape`` section.
    """
    settings = settings_of(replications, seed, threads, progress)
    one, other = load(first), load(second)
    document = put_side_by_side(one.study(), other.study(), settings)
    return Landscapes(tuple(document["rows"]), document, (one.text, other.text))


def names_of(policies: Sequence[str] | None) -> tuple[str, ...] | None:
    if isinstance(policies, str):
        return (policies,)
    return None if policies is None else tuple(policies)


def _day(day: str | date | None) -> date | None:
    """A day; of a month or a year the first.

    Raises
    ------
    skypact.Problems
        If it is none.
    """
    if day is None or isinstance(day, date):
        return day
    try:
        return first_day(day)
    except ValueError:
        raise Problems([Problem("day", 0, 0, day, "no day of the calendar", "2021-10-26")]) from None


def _compared(
    asked: Scenario,
    chosen: study.Study,
    settings: RunSettings,
    sets: Sets | None,
    calibration: Calibration | None,
    besides: bool = True,
) -> Comparison:
    if calibration is None or sets is None:
        found = study.compare(chosen, settings, sets, besides)
    else:
        found = compare_narrowed(chosen, settings, calibration, sets.count, besides)
    return Comparison(**{one.name: getattr(found, one.name) for one in fields(found)}, of=asked)


def _result(found: study.PolicyResult, comparison: Comparison | None) -> PolicyResult:
    values = {one.name: getattr(found, one.name) for one in fields(found)}
    return PolicyResult(**values, comparison=comparison)


def _nothing_named(asked: Scenario) -> Problem:
    units = ", ".join(entry.id for entry in asked.data.laydown[:3])
    waves = ", ".join(wave.id for wave in asked.data.raid.waves[:3])
    right = f"a unit ({units}, ...) and a threat ({waves}, ...)" if waves else "a donor or a system"
    return Problem(asked.name, 0, 0, "", "explain needs to know what to explain", right)
