"""What the public record claims, and how predictions of it scored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from skypact.evidence.counts import CLASS_NAMES
from skypact.evidence.score import ORIGINS, TARGETS
from skypact.evidence.weapons import STRIKE_NAMES
from skypact.formatting import signed
from skypact.report.material import Record
from skypact.report.table import Column, Format, Number, Row, Table, numbers, row

CLAIMS = "As one side reported it, not independently verified: claims, not truth."
PARTS = {"all": "all", "missiles": "missiles"}
_COUNTS = (
    numbers("Reports", "reports", Format.COUNT),
    numbers("Launched", "weapons", Format.COUNT),
    numbers("Destroyed", "weapons", Format.COUNT),
    numbers(
        "Not reached", "weapons", Format.COUNT, "lost, jammed or crashed; a dash where no report gives it"
    ),
    numbers(
        "Through",
        "weapons",
        Format.COUNT,
        "launched, and neither claimed to be destroyed nor not to have reached; at most so many arrived",
    ),
)


def by_class(document: Record) -> Table:
    """Counts by class over the whole time."""
    columns = (Column("Class"), *_COUNTS)
    rows = tuple(row(CLASS_NAMES[one["class"]], *_cells(one)) for one in document["totals"])
    between = f"{document['from']} to {document['until']}" if document["from"] else "no report"
    return Table("record", f"Claimed by class, {between}", columns, rows, CLAIMS)


def by_month(document: Record, strike: str | None = None) -> Table:
    """Counts by month and class, or of one class."""
    chosen = [one for one in document["counts"] if strike in (None, one["class"])]
    which = (Column("Class"),) if strike is None else ()
    columns = (Column("Month", whole=True), *which, *_COUNTS)
    rows = tuple(
        row(one["month"], *((CLASS_NAMES[one["class"]],) if strike is None else ()), *_cells(one))
        for one in chosen
    )
    name = "months" if strike is None else f"months-{strike}"
    what = "month and class" if strike is None else f"month: {CLASS_NAMES[strike]}"
    return Table(name, f"Claimed by {what}", columns, rows, CLAIMS)


def _cells(one: Record) -> Iterable[Number]:
    missing = one["incomplete"]
    yield Number(one["reports"], note=f"{missing} without a number" if missing else "")
    for name in ("launched", "destroyed", "not_reached", "through"):
        yield Number(one[name])


def scores(document: Record) -> list[Table]:
    """Scores beside the baselines, two tables for each target and origin."""
    found = []
    for name, scored in document["scores"].items():
        target, origin = name.split(" ")
        what = f"{TARGETS[target]}, {ORIGINS[origin]}"
        parts = {
            **{title: scored[part] for part, title in PARTS.items() if scored[part]},
            **{STRIKE_NAMES[strike]: part for strike, part in scored["by_class"].items()},
        }
        found += [_absolute(name, what, parts), _beside(name, what, parts)]
    return found


def _absolute(name: str, what: str, parts: Mapping[str, Record]) -> Table:
    columns = (
        Column("Reports of"),
        numbers("Reports", "reports", Format.COUNT),
        numbers(
            "Log score",
            "nats",
            Format.BRIEF,
            "minus the log of the chance given to what came; less is better",
        ),
        numbers("CRPS", "weapons", Format.BRIEF, "distance between forecast and what came; less is better"),
        numbers("CRPS, share", "of launched", Format.BRIEF),
        numbers("In the middle half", "%", Format.SHARE, "50 is right"),
        numbers("In nine tenths", "%", Format.SHARE, "90 is right"),
    )
    measures = ("log_score", "crps", "crps_share", "coverage50", "coverage90")
    rows = tuple(
        row(title, part["reports"], *(part["model"][one] for one in measures))
        for title, part in parts.items()
    )
    return Table(f"scores-{name.replace(' ', '-')}", f"Scores: {what}", columns, rows)


def _beside(name: str, what: str, parts: Mapping[str, Record]) -> Table:
    baselines = list(next(iter(parts.values()))["baselines"])
    columns = (Column("Reports of"), *(numbers(one, "nats", Format.CHANGE) for one in baselines))
    rows: tuple[Row, ...] = tuple(
        row(title, *(_difference(part["baselines"][one]["model_minus_it"]["log_score"]) for one in baselines))
        for title, part in parts.items()
    )
    note = (
        "Log score of the predictions minus that of the baseline, with the standard error; below zero the "
        "predictions are better. bin: a binomial with the class's share; bb: a beta-binomial; of all reports "
        "before, of 90 days, of one month."
    )
    return Table(f"beside-{name.replace(' ', '-')}", f"Beside the baselines: {what}", columns, rows, note)


def _difference(found: Record) -> Number:
    return Number(found["mean"], said=signed(found["mean"], 3), note=f"± {found['se']:.3f}")
