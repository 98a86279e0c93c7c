"""What flew in a recorded night: the reports that count, and what is left out of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from skypact.evidence.arrays import Entry
from skypact.evidence.counts import LEFT_OUT, SEVERAL
from skypact.evidence.reports import UNREPORTED
from skypact.evidence.rows import Report, literal
from skypact.evidence.weapons import STRIKE_NAMES, Strike, names, understood

TYPICAL: dict[str, str] = {
    "shahed": "geran-2",
    "cruise": "kh-101",
    "airguided": "kh-59-69",
    "ballistic": "iskander-m",
    "s300": "s-300-ground",
    "kinzhal": "kinzhal",
    "supersonic": "kh-22-32",
    "antirad": "kh-31",
}
"""The system that stands for a class where the catalogue lacks a weapon, or a report does not say which it was."""
AIR_FORCE = "Air Force Command"
NO_SYSTEM = "ballistic-medium"
"""A class of which the catalogue has no weapon that was fired at Ukraine, and for which none can stand."""


@dataclass(frozen=True)
class Flight:
    """Weapons of one report that fly as one system.

    Attributes
    ----------
    report, row
        Which of the night's reports it is of, and its data row in the file imported last.
    strike
        Class in which the report is scored; empty where it joins several.
    eligible
        Whether it is one of those that are scored.
    model, weapon, system
        As the report has it, its name in `skypact.evidence.weapons`, and the system of the catalogue that
        is flown.
    launched, destroyed, not_reached
        Numbers; the last two are those of the whole report, and `UNREPORTED` in all but its first part.
    all_destroyed
        The number destroyed of the whole report, in every part.
    starts, ends
        The time that the report is about.
    places, targets, hit
        What it names as launch places, as target, and as regions that were affected.
    downed
        Where how many were shot down, None for a number that is not said.
    notes
        What is to be known about it.
    """

    report: int
    row: int
    strike: str
    eligible: bool
    model: str
    weapon: str
    system: str
    launched: int
    destroyed: int
    not_reached: int
    all_destroyed: int
    starts: datetime
    ends: datetime
    places: tuple[str, ...]
    targets: tuple[str, ...]
    hit: tuple[str, ...]
    downed: dict[str, int | None]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flown:
    """What flew, and in words what is left out; each a line."""

    flights: tuple[Flight, ...]
    left_out: tuple[str, ...]


def flown(entries: Iterable[Entry], night: date) -> Flown:
    """The flights of a night, and what is left out.

    Counted are national reports of the Air Force Command with a number launched and a number destroyed: those that
    are scored, and those of several classes together where they say how many of each.
    """
    flights: list[Flight] = []
    left: list[str] = []
    reports = 0
    others: Counter[str] = Counter()
    for row, fields, one in entries:
        if one.night.date() != night:
            continue
        if not _counts(fields, one):
            reason = _kind_left(one)
            if reason is None:
                left.append(
                    f"row {row}, {one.launched if one.launched > 0 else 'no number of'} "
                    f"{fields['model']}: {_why(fields, one)}"
                )
            else:
                others[reason] += 1
            continue
        made, without = _parts(reports, row, fields, one)
        reports += 1
        flights += made
        left += without
    left += [f"{number} report{'s'[: number > 1]} {LEFT_OUT[name]}" for name, number in others.items()]
    return Flown(tuple(flights), tuple(left))


def _counts(fields: Any, one: Report) -> bool:
    if one.eligible:
        return True
    joined = one.named.kind == "strike" and not one.named.strike and bool(one.launched_by)
    return joined and str(fields["source"]).startswith("kpszsu") and one.launched > 0 and one.destroyed >= 0


def _kind_left(one: Report) -> str | None:
    """Why a report is left out that could not count anyway; None where it could."""
    if one.level != "national":
        return "regional"
    return None if one.named.kind in ("strike", SEVERAL) else one.named.kind


def _why(fields: Any, one: Report) -> str:
    if one.launched == UNREPORTED:
        return "without a number launched"
    if one.destroyed == UNREPORTED:
        return "without a number destroyed"
    if not str(fields["source"]).startswith("kpszsu"):
        by = (
            f"reported by {one.publisher}"
            if one.publisher != AIR_FORCE
            else "its source is written in another way"
        )
        return f"{by}; only bulletins of the Air Force Command as the scores take them are counted"
    return "of several classes together, without saying how many of each"


def _parts(report: int, row: int, fields: Any, one: Report) -> tuple[list[Flight], list[str]]:
    """A flight for each weapon of a report."""
    where = literal(fields.get("launch_place_details", ""))
    by_place = where if isinstance(where, dict) else {}
    downed = literal(fields.get("destroyed_details", ""))
    common = Flight(
        report=report,
        row=row,
        strike=one.named.strike,
        eligible=one.eligible,
        model=fields["model"],
        weapon="",
        system="",
        launched=one.launched,
        destroyed=min(one.destroyed, one.launched),
        not_reached=one.not_reached,
        all_destroyed=min(one.destroyed, one.launched),
        starts=one.starts,
        ends=max(one.starts, one.ends),
        places=one.launch_places,
        targets=one.targets,
        hit=one.regions,
        downed={str(name): _number(value) for name, value in downed.items()}
        if isinstance(downed, dict)
        else {},
        notes=("still attacking at the end: those that were are counted as launched",)
        * (one.still_attacking > 0),
    )
    split = {name: number for name, number in one.launched_by.items() if number > 0}
    if split and sum(split.values()) == one.launched:
        made, left = [], []
        for index, (model, number) in enumerate(split.items()):
            part = replace(common, launched=number)
            if index:
                part = replace(part, destroyed=UNREPORTED, not_reached=UNREPORTED)
            if str(by_place.get(model) or "").strip():
                part = replace(
                    part, places=tuple(name.strip() for name in str(by_place[model]).split(" and "))
                )
            flight = _as_system(part, understood(model).weapons[:1])
            made += [] if flight is None else [flight]
            left += (
                [f"row {row}, {number} {model}: no system for it in the catalogue"] if flight is None else []
            )
        return made, left
    flight = _as_system(common, one.named.weapons)
    if flight is None:
        return [], [f"row {row}, {one.launched} {fields['model']}: no system for it in the catalogue"]
    return [flight], []


def _as_system(part: Flight, weapons: tuple[str, ...]) -> Flight | None:
    """The flight as the system that stands for its weapon; None if none can."""
    if not weapons:
        return None
    weapon, notes = weapons[0], list(part.notes)
    entry = names().weapons[weapon]
    if len(weapons) > 1:
        notes.append(f"the report does not say how many of each; all fly as the first, {entry.name}")
    system = entry.catalogue
    if system is None:
        if entry.threat_class == NO_SYSTEM or entry.strike is None:
            return None
        system = TYPICAL[entry.strike]
        notes.append(f"the catalogue has no {entry.name}; {system} stands for {STRIKE_NAMES[entry.strike]}")
    strike: Strike | str = entry.strike or ""
    return replace(part, weapon=weapon, system=system, strike=part.strike or strike, notes=tuple(notes))


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) and value == value else None
