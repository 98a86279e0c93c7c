"""Calibrating a scenario on recorded nights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from skypact.catalog.model import ThreatClass
from skypact.evidence import UNREPORTED
from skypact.evidence.night import RecordedFlight, joined
from skypact.library.nights import RecordedNight, day_of, recorded_nights
from skypact.library.playing import Progress, settings_of
from skypact.library.scenarios import Scenario, load
from skypact.reading import Problem, Problems, suggest
from skypact.study.calibration import (
    Calibration,
    CalibrationSettings,
    Discrepancy,
    Night,
    Outcome,
    read_calibration,
)
from skypact.study.calibration import calibrate as calibrated_on
from skypact.study.calibration.nights import COMMON, NIGHT
from skypact.study.play import silent

if TYPE_CHECKING:
    from distributed import Client


def calibrate(
    scenario: str | Path | Scenario,
    store: str | Path,
    nights: Sequence[str | date],
    *,
    until: str | date,
    long: bool = False,
    common: float = COMMON,
    night: float = NIGHT,
    overclaimed: Mapping[str, float] | None = None,
    seed: int = 1,
    threads: int | None = None,
    cluster: Client | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Find the sets of numbers that give what was recorded, all nights together.

    Parameters
    ----------
    scenario
        The scenario for which it is asked.
    store
        A store that `skypact.import_record` made, or ``ukraine-to-2025-06``.
    nights
        Recorded nights, by the date of their morning.
    until
        No night may lie after this day.
    long
        Whether to play longer: about three times as many sets.
    common, night
        How far model and record may differ, standard deviations in log odds: on all nights of a class in the same way,
        and on each night besides, before it is learned how large that is.
    overclaimed
        By class of threats, the most that may be claimed too much: of those that got through, the share that was reported as
        shot down or lost, 0 to 1; the true share is anything from none to that.  None: claims are taken as told.
    seed, threads, cluster, progress
        As for `skypact.compare`.

    Returns
    -------
    Calibration
        To be given to `skypact.compare` as ``calibrated``, or written with `skypact.write_calibration`.

    Raises
    ------
    skypact.Problems
        If a night is unknown, lies after `until` or is named twice, with a line for each; or if the effective size is
        too small.
    """
    asked = load(scenario)
    settings_of(1, seed, threads, None, cluster=cluster)
    too_much = dict(overclaimed or {})
    last = day_of(until, "until")
    found = _nights(store, nights, last, (common, night), too_much)
    settings = CalibrationSettings(
        seed=seed,
        threads=threads,
        usual=Discrepancy(common, night),
        overclaimed=too_much,
        progress=silent if progress is None else progress,
        cluster=cluster,
    )
    return calibrated_on(
        asked.study(),
        nights_of(found),
        settings.longer() if long else settings,
        until=last.isoformat(),
        store=str(store),
    )


def nights_of(found: Iterable[RecordedNight]) -> tuple[Night, ...]:
    """Recorded nights as a calibration takes them."""
    return tuple(
        Night(one.night, one.scenario.study(), one.scenario.baseline, outcomes_of(one.flights))
        for one in found
    )


def outcomes_of(flights: Iterable[RecordedFlight]) -> tuple[Outcome, ...]:
    """What is recorded of a night by class of threats; classes that a report joins stand together.

    Where it is reported how many did not reach their target, what fails by itself is not among those through; where it
    is not, whatever was not shot down is.  Classes with a report that gives no number destroyed are left out.
    """
    found = []
    for part in joined(flights):
        # What a report claims stands with the first of its flights.
        firsts = list({flight.report: flight for flight in reversed(part)}.values())
        if any(one.destroyed == UNREPORTED for one in firsts):
            continue
        launched = sum(flight.launched for flight in part)
        lost = [one.not_reached for one in firsts if one.not_reached != UNREPORTED]
        through = launched - sum(one.destroyed for one in firsts) - sum(lost)
        # Where one report says it and another does not, those that failed are among those through for most.
        found.append(
            Outcome(
                tuple(sorted({str(flight.threat_class) for flight in part})),
                launched,
                min(max(through, 0), launched),
                2 * len(lost) <= len(firsts),
            )
        )
    return tuple(found)


def _nights(
    store: str | Path,
    nights: Sequence[str | date],
    until: date,
    apart: tuple[float, float],
    overclaimed: Mapping[str, float],
) -> list[RecordedNight]:
    """The nights, by date; every problem at once."""
    named = (nights,) if isinstance(nights, str | date) else tuple(nights)
    wrong: list[Problem] = []
    if not named:
        wrong.append(Problem("nights", 0, 0, "", "no night is named", "as 2024-11-28,2025-01-15"))
    if any(not 0 <= size <= 10 for size in apart):
        wrong.append(Problem("discrepancy", 0, 0, "", "no such size", "log odds from 0 to 10"))
    for name, share in overclaimed.items():
        if name not in get_args(ThreatClass):
            what = f"{name!r} is no class of threats"
            wrong.append(Problem("overclaimed", 0, 0, name, what, suggest(name, get_args(ThreatClass))))
        elif not 0 <= share <= 1:
            wrong.append(Problem("overclaimed", 0, 0, name, f"{share:g} is no share", "0 to 1"))
    found: dict[date, RecordedNight] = {}
    make = recorded_nights(store)
    for one in named:
        try:
            day = day_of(one, "nights")
            if day > until:
                what = f"{day} lies after {until}: it may not be learned from"
                wrong.append(Problem("nights", 0, 0, "", what, "a night before, or a later --until"))
            elif day in found:
                wrong.append(Problem("nights", 0, 0, "", f"{day} is named twice", "name each night once"))
            else:
                found[day] = make(day)
        except Problems as problems:
            wrong.extend(problems.problems)
    if wrong:
        raise Problems(wrong)
    return [found[day] for day in sorted(found)]


Calibrated = str | Path | Calibration
"""A calibration, or the path of its file."""


def calibration_of(calibrated: Calibrated | None, central: bool = False) -> Calibration | None:
    """The calibration that is meant.

    Raises
    ------
    Problems
        If the file is no calibration, or central values alone are asked for.
    """
    if calibrated is None:
        return None
    if central:
        what, right = "a calibration has no central values", "leave out one of calibrated and central"
        raise Problems([Problem("calibrated", 0, 0, "", what, right)])
    return calibrated if isinstance(calibrated, Calibration) else read_calibration(calibrated)
