"""What more units would change: places in order, whom a unit there protects, allocations, and what stands idle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skypact.formatting import between, decimals_for, listed, percent, signed
from skypact.placing.why import WHY as OWN_WHY
from skypact.report.material import Record
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row
from skypact.report.verdict import ENOUGH, otherwise
from skypact.study.idle import WHY
from skypact.study.over_sets import wilson

TELLS = {
    "fewer": "fewer arrive",
    "more": "more arrive",
    "cannot-tell": "cannot tell",
    "nothing": "changes nothing",
}
INTERACTION = {
    "fewer": "they help each other",
    "more": "they overlap",
    "cannot-tell": "cannot tell",
    "nothing": "none",
}
TOLD_APART = frozenset({"fewer", "more"})
NOT_APART = (
    "no place of the order can be told apart from the next, so that another order may be the true one."
)
RANGES = "Ranges are over the sets, of what is not known alone: the chance of a single raid is averaged out, and a raid varies more."
MOST_PROTECTED, FIRST_PLACES = 3, 10
LEAST_SHOWN = 0.01
"""Changes below this, in arrivals in a raid, are not worth a line."""


def all_tables(document: Record) -> list[Table]:
    """All that there is to show."""
    found = (
        places(document),
        at_one_place(document),
        allocations(document),
        purposes(document),
        protects(document),
        idle(document),
    )
    return [one for one in found if one is not None]


def title(document: Record) -> str:
    """The question, in words."""
    unit = " with ".join(one["name"] for one in document["unit"])
    return f"{unit}, one more for {document['owner_name']}: where would it change what arrives?"


def told(document: Record) -> list[str]:
    """What has to be known of it, a sentence a line."""
    raids = document["raids"]
    named = [
        f"{one['title']} (under {one['policy']}; {one['launched']:,} launched, {one['leakers']['mean']:.1f} arrive without it,"
        f" {one['leakers']['p05']:.1f} to {one['leakers']['p95']:.1f} in nine sets of ten)"
        for one in raids
    ]
    found = [
        title(document),
        f"{'Raids' if len(raids) > 1 else 'Raid'}: {'; '.join(named)}."
        + (" Each counts the same." if len(raids) > 1 else ""),
        f"It comes with {_rounds(document)}; everything else about it is as for the others: permissions, doctrine, tracks.",
        f"{document['sets']} sets of numbers drawn from their ranges, {document['replications']:,} replications of each, with the same"
        f" luck with the unit and without it. {RANGES}",
    ]
    if few := _few(document["sets"]):
        found.append(few)
    if any(one["tells"] != "nothing" for one in document["places"]):
        found.append(_first(document))
    if document["left_out"]:
        found.append(f"Left out, for not every raid has them: {listed(document['left_out'])}.")
    return [*found, *document["caution"]]


def _few(sets: int) -> str:
    """That few sets tell little, where even what holds in all of them may be otherwise; empty where there are enough."""
    low = wilson(sets, sets).low
    if low >= ENOUGH:
        return ""
    return f"These are few sets: where all {sets} agree, {otherwise(low).replace('draws', 'sets')}."


def _first(document: Record) -> str:
    """Which place is first, and what that is worth: whether it can be told apart from those behind it."""
    first, *others = document["places"]
    share = first["first"]
    said = (
        f"By the mean change {first['name']} is first in the order; fewest arrive with it there in {percent(share['share'])} % of"
        f" the sets ({percent(share['low'])} to {percent(share['high'])})."
    )
    if not others:
        return f"{said} There is no other place to compare it with."
    pairs = [one["next"]["tells"] in TOLD_APART for one in document["places"] if one["next"] is not None]
    if not any(pairs):
        return f"{said} That is a lean, and no more: {NOT_APART}"
    told = "can" if pairs[0] else "cannot"
    return (
        f"{said} It {told} be told apart from the next, {others[0]['name']}; of all {len(pairs)} pairs that follow each other in the"
        f" order {sum(pairs)} can."
    )


def places(document: Record) -> Table:
    """The places in order."""
    raids = document["raids"] if len(document["raids"]) > 1 else []
    columns = (
        Column("Place"),
        numbers(
            "Change",
            "threats",
            Format.CHANGE,
            "in arrivals with it there, with the same luck; below it nine sets of ten",
        ),
        Column(
            "Told",
            meaning="cannot tell: zero is in the range over the sets, or in the 95 % interval of the mean",
        ),
        *(numbers(one["scenario"], "threats", Format.CHANGE) for one in raids),
        numbers("First", "% of sets", Format.SHARE, "in which fewest arrive with it there"),
        numbers("First three", "% of sets", Format.SHARE),
        numbers(
            "Before next",
            "% of sets",
            Format.SHARE,
            "in which fewer arrive than with it at the next place of the table",
        ),
        numbers("Fires", "rounds", Format.MEAN),
    )
    rows = [
        row(
            Words(one["name"]),
            _change(one["change"]),
            Words(TELLS[one["tells"]]),
            *(_change(one["by_raid"][raid["scenario"]]["change"]) for raid in raids),
            _share(one["first"]),
            _share(one["first_three"]),
            None if one["next"] is None else _share(one["next"]["holds"]),
            one["rounds"],
        )
        for one in document["places"]
    ]
    note = (
        "The order is that of the mean change. Shares are over the sets, with 95 % intervals; chance of the replications draws"
        " them towards each other, and more replications set them apart."
    )
    return Table("places", "Place by place", columns, tuple(rows), note)


def at_one_place(document: Record) -> Table | None:
    """Two or more at one place."""
    deeper = document.get("more_at_one_place", [])
    if not deeper:
        return None
    columns = (
        Column("Place"),
        numbers("Units", "", Format.COUNT),
        numbers("Change", "threats", Format.CHANGE),
        Column("Told"),
        numbers("Fire", "rounds", Format.MEAN),
    )
    rows = [
        row(
            Words(one["name"]),
            float(one["units"]),
            _change(one["change"]),
            Words(TELLS[one["tells"]]),
            one["rounds"],
        )
        for one in deeper
    ]
    return Table("at-one-place", "More than one at one place", columns, tuple(rows))


def protects(document: Record) -> Table | None:
    """At which assets fewer arrive."""
    assets, rows = document["assets"], []
    for one in document["places"][:FIRST_PLACES]:
        strongest = sorted(one["by_asset"].items(), key=lambda item: (-abs(item[1]["mean"]), item[0]))
        said = [
            f"{assets[asset]} {_said(change)}"
            for asset, change in strongest[:MOST_PROTECTED]
            if abs(change["mean"]) >= LEAST_SHOWN
        ]
        if said:
            rows.append(row(Words(one["name"]), Words(items=tuple(said))))
    if not rows:
        return None
    columns = (Column("With it at"), Column("arrivals change most at"))
    note = "Of the threats aimed there; below each other the three that change most, with nine sets of ten."
    if len(document["places"]) > FIRST_PLACES:
        note = f"{note} The first {FIRST_PLACES} places; --json has all."
    return Table("protects", "Whom it protects", columns, tuple(rows), note)


def allocations(document: Record) -> Table | None:
    """Several at once: what the solver added up, and what simulation gives."""
    found = document["allocations"]
    if not found:
        return None
    names = {one["place"]: one["name"] for one in document["places"]}
    columns = (
        Column("Placed at"),
        Column("Sought for"),
        numbers(
            "Solver's sum",
            "threats",
            Format.CHANGE,
            "each place alone, and what pairs of them change beyond that",
        ),
        numbers(
            "Each alone", "threats", Format.CHANGE, "added up, played with luck that the solver has not seen"
        ),
        numbers("Together", "threats", Format.CHANGE, "all at once, with that luck"),
        numbers("Interaction", "threats", Format.CHANGE, "together less each alone: above zero they overlap"),
        Column("Told"),
        numbers("Solver off", "threats", Format.CHANGE, "together less its sum, with that luck"),
        Column("Most arrive at"),
    )
    rows = [
        row(
            Words(
                ", ".join(_many(names[place], number) for place, number in one["at"].items()),
                note=_fewer(sum(one["at"].values()), document["count"]),
            ),
            Words(items=tuple(part["means"] for part in one["purposes"])),
            one["solver"],
            _change(one["alone"]),
            _change(one["together"]),
            _change(one["interaction"]),
            Words(INTERACTION[one["interaction"]["tells"]]),
            _change(one["unknown"]),
            Words(f"{document['assets'][one['most_at']['asset']]}, {one['most_at']['leakers']:.1f}"),
        )
        for one in found
    ]
    note = (
        "The solver is exact for its sum. What three and more do to each other is in no sum; the last column of numbers has it."
        " Each row is a choice between purposes; none is called best."
    )
    if not all(one["pairs"]["all"] for one in found):
        note = f"{note} Not every pair was played: there are too many."
    return Table("allocations", f"{document['count']} at once", columns, tuple(rows), note)


def purposes(document: Record) -> Table | None:
    """How far an allocation holds over the sets."""
    names = {one["place"]: one["name"] for one in document["places"]}
    rows = []
    for part in (part for one in document["allocations"] for part in one["purposes"]):
        order = sorted(part["chosen"].items(), key=lambda item: (-item[1], item[0]))
        said = [f"{names[place]} {percent(share)} %" for place, share in order]
        rows.append(row(Words(part["means"]), Words(", ".join(said))))
    if not rows:
        return None
    columns = (Column("Sought for"), Column("Share of the sets in which the solver puts one there"))
    return Table("chosen", "How far the allocations hold", columns, tuple(rows))


def idle(document: Record) -> Table | None:
    """Where it does next to nothing, and why; places with the same reason stand together."""
    together: dict[tuple[str, str], list[tuple[str, Mapping[str, Any]]]] = {}
    for one in document["places"]:
        for raid, why in one["idle"].items():
            together.setdefault((raid, why["why"]), []).append((one["name"], why))
    rows = [
        row(
            Words(raid),
            Words({**WHY, **OWN_WHY}[why]),
            Words(", ".join(name for name, _ in found)),
            Words(found[0][1]["says"]),
        )
        for (raid, why), found in together.items()
    ]
    if not rows:
        return None
    columns = (Column("Raid"), Column("Why"), Column("Places"), Column("Of the first of them"))
    return Table("idle", "Where it fires next to nothing", columns, tuple(rows))


def _rounds(document: Record) -> str:
    """The rounds of a unit."""
    unit = document["unit"]
    said = [f"{one['ready']:,.0f} rounds ready and {one['reserve']:,.0f} in reserve" for one in unit]
    if len(unit) > 1:
        said = [f"{rounds} ({one['name']})" for rounds, one in zip(said, unit, strict=True)]
    return listed(said)


def _many(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def _fewer(placed: int, count: int) -> str:
    return "" if placed == count else f"{placed} of {count}: more have no place, or stop no more"


def _change(change: Record) -> Number:
    return Number(change["mean"], change["p05"], change["p95"])


def _share(share: Record) -> Number:
    return Number(share["share"], share["low"], share["high"])


def _said(change: Record) -> str:
    digits = decimals_for(change["p95"] - change["p05"])
    return f"{signed(change['mean'], digits)} ({between(change['p05'], change['p95'], digits, sign=True)})"
