"""What a calibration says: how far families of numbers moved, and the record beside what sets give."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.catalog.model import Catalog
from skypact.formatting import class_name, fixed, listed, percent
from skypact.policy.families import family_words
from skypact.report.material import Material, Record
from skypact.report.table import Column, Format, Number, Table, numbers, row
from skypact.report.tables.cells import paired, policy, same_sign, spread

PRIOR = (-1.64, 1.64)
"""Nine in ten of a standard normal."""
WELL = 1.5
"""An emulator that is off by more than this, in its own standard deviations, says wrongly how good it is."""


def kinds(kind: str) -> str:
    """Classes of an outcome in words."""
    return listed(map(class_name, kind.split("+")))


def rests_on(calibrated: Record) -> str:
    """What a calibration rests on, in a sentence."""
    first, *others = sorted(calibrated["nights"])
    by = (
        f"{len(others) + 1} recorded nights, {first} to {others[-1]}"
        if others
        else f"one recorded night, {first}"
    )
    return (
        f"The numbers are narrowed by {by}: one side's claims, in a sample with an effective size of"
        f" {calibrated['effective_size']:.0f}."
    )


def lines(calibrated: Record) -> list[str]:
    """What has to be known of it, a sentence a line."""
    return [rests_on(calibrated), *_lines(calibrated)]


def _lines(calibrated: Record) -> Iterator[str]:
    played = calibrated["played"]
    yield (
        f"Played on every night: {played['prior']} sets of the prior, {played['again']} of a first posterior, {played['check']}"
        f" of the posterior, {played['replications']} replications each. Of {played['numbers']} numbers and"
        f" {len(calibrated['families'])} families the record informs about {calibrated['directions']:.1f} directions."
    )
    sizes = {(one["common"], one["night"]) for one in calibrated["discrepancies"].values()}
    said = " or ".join(
        f"{common:g} on all nights of a class alike, and {night * calibrated['night_size']:.1f} on each night besides"
        f" (learned from the nights; {night:g} beforehand)"
        for common, night in sorted(sizes)
    )
    yield f"Model and record may differ, standard deviations in log odds: {said}."
    if calibrated["as_told"] is not None:
        most = listed(
            f"{percent(share)} % of {class_name(name)}" for name, share in calibrated["overclaimed"].items()
        )
        yield (
            f"Claims may be too high: of what got through, up to {most} may have been reported as shot down; in the"
            f" sample it is {percent(calibrated['overclaimed_level'])} % of that on average. What claims taken as told"
            " would say of each family stands beside."
        )
    if calibrated["emulator"] > WELL:
        yield (
            f"The last sets lie {calibrated['emulator']:.1f} times as far from what was expected of them as was"
            " foreseen: the sample is less sure than it looks; --long plays more."
        )
    for night, kind in calibrated["unmatched"]:
        yield f"No set agrees with what was recorded of {kinds(kind)} on {night}."
    if calibrated["lacking"]:
        yield (
            f"{len(calibrated['lacking'])} numbers of the scenario no night has: they are drawn from their ranges, with"
            " their family where that is known."
        )


def families(calibrated: Record, catalog: Catalog | None = None) -> Table:
    """How far prior and posterior of each family's common factor are apart."""
    rows = []
    told = {one["family"]: one for one in (calibrated["as_told"] or {"families": []})["families"]}
    for one in calibrated["families"]:
        shown = Number(said="as before") if not one["informed"] else Number(one["shift"])
        rows.append(
            row(
                family_words(one["family"], catalog),
                shown,
                Number(low=one["low"], high=one["high"]),
                Number(max(0.0, one["shrink"])),
                *((Number(told[one["family"]]["shift"]),) if told else ()),
            )
        )
    columns = [
        Column("Family"),
        numbers(
            "Moved", "standard deviations", Format.CORRELATION, "the mean of what its numbers have in common"
        ),
        numbers("Nine in ten", "standard deviations", Format.CORRELATION, "before: −1.64 to +1.64"),
        numbers("Narrowed", "% of the variance", Format.SHARE),
    ]
    if told:
        columns.append(
            numbers("Moved, claims as told", "standard deviations", Format.CORRELATION, "the same mean")
        )
    note = (
        "Of what the numbers of a family have in common: before, a standard normal. Up is more of the family: more"
        " detection, a greater chance to kill, more stock. Where it says “as before”, the record tells next to nothing."
    )
    return Table(
        "calibrated-families", "What the record says about each family", tuple(columns), tuple(rows), note
    )


def outcomes(calibrated: Record) -> Table:
    """What was recorded beside what sets give before and after."""
    rows = []
    for one in calibrated["outcomes"]:
        before, after = one["prior"], one["posterior"]
        rows.append(
            row(
                f"{one['night']}, {kinds(one['kind'])}",
                Number(one["launched"], format=Format.COUNT),
                Number(one["through"], format=Format.COUNT),
                Number(before["mean"], before["low"], before["high"]),
                Number(after["mean"], after["low"], after["high"]),
                Number(said=f"{fixed(before['place'], 2)}, then {fixed(after['place'], 2)}"),
                Number(after["agree"]),
            )
        )
    columns = (
        Column("Night and class"),
        numbers("Launched", "recorded", Format.COUNT),
        numbers("Through", "recorded", Format.COUNT),
        numbers("Before", "through", Format.MEAN, "mean over sets, and nine sets of ten"),
        numbers("After", "through", Format.MEAN, "mean over sets, and nine sets of ten"),
        numbers("Place", "share below", Format.MEAN, "of the record among what sets give, with chance"),
        numbers(
            "Agree", "% of sets after", Format.SHARE, "the record lies in the middle 95 % of their chance"
        ),
    )
    note = (
        "What was recorded is one side's claim. The discrepancy that is allowed for is not in these ranges."
    )
    return Table("calibrated-outcomes", "The record and what sets give", columns, tuple(rows), note)


def before_and_after(material: Material) -> Table | None:
    """The answer with the ranges as they were beside that with narrowed numbers; None without a calibration."""
    calibrated = material.calibrated
    if calibrated is None:
        return None
    answers = [("before", calibrated["before"]), ("after", None)]
    if calibrated["answer_as_told"] is not None:
        answers.append(("after, claims as told", calibrated["answer_as_told"]))
    rows = []
    for name, run in material.policies.items():
        cells: list[Number] = []
        for _, answer in answers:
            leakers = run["leakers"] if answer is None else answer["policies"][name]["leakers"]
            cells.append(spread(leakers))
        for _, answer in answers if material.differences else ():
            found = (material.differences if answer is None else answer["differences"]).get(name, {})
            cells += [paired(found.get("leakers")), same_sign(found.get("leakers"))]
        rows.append(row(policy(material, name), *cells))
    columns = [Column("Policy"), *(numbers(f"Arrive, {when}", "threats") for when, _ in answers)]
    for when, _ in answers if material.differences else ():
        columns += [
            numbers(f"Change, {when}", "threats", Format.CHANGE),
            numbers("Same sign", "% of draws", Format.SHARE),
        ]
    note = (
        f"Before: {material.sets} draws of the ranges as they were; after: as many of the calibration, which count as"
        f" {calibrated['effective_sets']:.0f} independent ones. Ranges are nine in ten."
    )
    return Table("before-and-after", "Before and after calibration", tuple(columns), tuple(rows), note)


def said(material: Material) -> list[str]:
    """What has to be known of the calibration behind a comparison; empty without one."""
    calibrated = material.calibrated
    if calibrated is None:
        return []
    found = list(_lines(calibrated))
    if calibrated["changed"]:
        found.append(
            f"When it was calibrated, the {listed(calibrated['changed'])} was another one: calibrate anew."
        )
    return [*found, *filter(None, [uninformed(calibrated, material.catalog)])]


def tables(calibrated: Record, catalog: Catalog | None = None) -> list[Table]:
    """All that is said of a calibration, as tables."""
    return [families(calibrated, catalog), outcomes(calibrated)]


def uninformed(calibrated: Record, catalog: Catalog | None = None) -> str:
    """The families of which nothing was learned, in a sentence; empty if there are none."""
    names = [family_words(one["family"], catalog) for one in calibrated["families"] if not one["informed"]]
    if not names:
        return ""
    share = percent(len(names) / len(calibrated["families"]))
    return f"Of {len(names)} families ({share} %) the record tells next to nothing: {'; '.join(names)}."
