"""Cells that several tables have: policies, means with their range, paired differences."""

from __future__ import annotations

from skypact.formatting import at, class_name, mean
from skypact.report.material import Material, Record
from skypact.report.table import Column, Format, Number, Words, numbers
from skypact.study.measures.no_window import NO_WINDOW_WHY, WHY_NOT
from skypact.study.measures.raid import BECAUSE, WHY
from skypact.study.results import played

WHY_NOTE = (
    "Means. Of the threats that arrive, each counts once, under the first of these that holds: Missed, it was fired"
    " at. Nobody could, nobody's reach, permission and time go together; where that is told apart, nobody is allowed"
    " to where somebody could if everything were permitted, and else nobody can reach it. Not available, all who could were out"
    " of action. Not seen, no sensor found it in time. Not acquired, it was reported, but no crew got hold of it."
    " Others busy, no channel, round or attempt was free, or others had it under fire. Jamming is left out of this."
)
"""How the reasons for arriving are told apart."""
COST = "Rounds fired, at list or estimated price"
COST_UNIT = "million USD, nothing else counted"
"""The heading of every cost, and what stands beside it."""
COST_NOTE = (
    " Cost is that of the rounds fired alone: systems, crews, training and years of building are not counted, so it"
    " does not show which policy is cheaper."
)
"""Stands below every table with a cost."""


def policy(material: Material, name: str) -> Words:
    """A policy; the baseline is marked."""
    return Words(material.title(name), name=name, mark="baseline" if name == material.baseline else "")


def spread(record: Record | None) -> Number:
    """A mean, with the 5th to the 95th percentile where there are some."""
    if record is None:
        return Number()
    return Number(mean(record), record.get("p05"), record.get("p95"))


def interval(change: Record) -> tuple[float, float]:
    """What is shown below a difference: its range over the sets, or with central values its simulation error."""
    low, high = (change["p05"], change["p95"]) if "p05" in change else change["ci95"]
    return float(low), float(high)


def paired(record: Record | None) -> Number:
    """A paired difference with its range over the sets, or with central values its 95 % interval."""
    return Number() if record is None else Number(record["mean"], *interval(record))


def same_sign(record: Record | None) -> Number:
    """In which share of the sets the sign of a difference holds, with its interval."""
    found = at(record, "same_sign")
    return Number() if not found else Number(found["share"], found["low"], found["high"])


def simulation_error(material: Material, record: Record | None) -> float | None:
    """The standard error that chance alone leaves in the mean; None where it is not known."""
    variance, sets = at(record, "variance"), material.sets
    if sets is None or not variance:
        error: float | None = at(record, "se")
        return error
    return float((variance["chance"] / (sets * material.comparison["replications"])) ** 0.5)


def played_words(material: Material) -> str:
    """What was played, in words."""
    replications = material.comparison["replications"]
    if material.sets is None:
        return played(None, replications)
    return f"{material.sets} draws of the unknown numbers, each played {replications:,} times"


def in_results(material: Material) -> str:
    """How often what happens lies in its range, and what makes the range."""
    made = "chance alone" if material.sets is None else "chance and unknown numbers together"
    return f"nine results of ten, {made}"


def ranges(material: Material) -> str:
    """Over what the ranges of what happens are, in words."""
    return f"the range of {in_results(material)}"


def change_ranges(material: Material) -> str:
    """Over what the ranges of differences are, in words."""
    if material.sets is None:
        return (
            "its 95 % interval by simulation error alone, with central values: it says nothing of how well the"
            " model knows the world"
        )
    return f"the range of nine draws of ten, unknown numbers alone (of {material.sets} draws, without their noise by chance)"


def average(record: Record | None, *path: str) -> Number:
    """The mean alone of what stands at a path of a record."""
    return Number(mean(at(record, *path)))


def reasons(run: Record) -> list[tuple[Column, tuple[str, str]]]:
    """A column for each reason for arriving, and where its mean stands; why nobody could is split where known."""
    found = []
    for reason, title in WHY.items():
        parts = WHY_NOT.items() if reason == "no_window" and NO_WINDOW_WHY in run else ()
        found += [(numbers(head, "threats"), (NO_WINDOW_WHY, name)) for name, head in parts]
        if not parts:
            found.append((numbers(title, "threats"), (BECAUSE, reason)))
    return found


def by_class(material: Material, format: Format = Format.MEAN) -> list[Column]:
    """A column for each class of the raid, with how many there are."""
    run = material.policies.get(material.baseline)
    found = []
    for name in material.classes:
        launched = at(run, "by_class", name, "launched")
        head = class_name(name).capitalize()
        found.append(numbers(head if launched is None else f"{head}, of {launched}", "threats", format))
    return found
