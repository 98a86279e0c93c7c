"""What a sweep says: outcomes over its points, and how much of what differs goes with each axis."""

from __future__ import annotations

from skypact.policy.families import TITLES, family_words
from skypact.report.material import Record
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row

MEASURES = {"leakers": "arrive", "leakers_change": "change in arrivals"}


def all_tables(document: Record) -> list[Table]:
    """Outcomes, then shares."""
    return [one for one in (over_points(document), shares(document)) if one is not None]


def axis_words(axis: str) -> str:
    """An axis in words."""
    if axis in TITLES or axis.startswith("kill-"):
        return family_words(axis)
    return axis


def told(document: Record) -> list[str]:
    """What has to be known of it, a sentence a line."""
    sweep, pieces, wanted = document["sweep"], document["pieces"], document["wanted"]
    how = {"sobol": "a Sobol sequence", "latin-hypercube": "a Latin hypercube", "grid": "a grid"}
    found = [
        f"{sweep['title']}: {pieces:,} pieces of {sweep['replications']:,} replications, by {how[sweep['design']['kind']]}."
    ]
    if pieces < wanted:
        found.append(f"Not finished: {wanted - pieces:,} pieces are missing; go on with --resume.")
    rest = (
        f"all others were drawn {sweep['sets']} times at each point, and their mean was taken"
        if sweep["sets"]
        else "all others were at their central values"
    )
    found.append(
        f"Varied were {len(document['axes'])} axes; {rest}. Chance was the same at every point. What comes was not varied."
    )
    if sweep["design"]["kind"] != "sobol":
        found.append("This design does not tell what axes do together; design: {kind: sobol} does.")
    return found


def over_points(document: Record) -> Table | None:
    """By policy, arrivals over the points."""
    if not document["outcomes"]:
        return None
    by_policy: dict[str, dict[str, Number]] = {}
    for one in document["outcomes"]:
        by_policy.setdefault(one["policy"], {})[one["measure"]] = Number(one["mean"], one["p05"], one["p95"])
    rows = [
        row(
            Words(policy + (" (baseline)" if policy == document["baseline"] else "")),
            found.get("leakers"),
            found.get("leakers_change"),
        )
        for policy, found in by_policy.items()
    ]
    columns = (
        Column("Policy"),
        numbers("Arrive", "threats"),
        numbers("Change", "threats", Format.CHANGE, "from the baseline, with the same luck"),
    )
    note = "Mean over the points, and below it nine points of ten. Points fill the axes evenly: this is no forecast."
    return Table("over-points", "Over the points", columns, tuple(rows), note)


def shares(document: Record) -> Table | None:
    """By policy and axis, the share of the variance over the points."""
    rows = []
    for one in document["outcomes"]:
        for share in one["shares"]:
            cells = [
                Number(share[part]["value"], share[part]["low"], share[part]["high"])
                if part in share
                else None
                for part in ("first", "total")
            ]
            name = Words(f"{one['policy']}: {MEASURES[one['measure']]}")
            rows.append(row(name, axis_words(share["axis"]), *cells))
    if not rows:
        return None
    columns = (
        Column("Of what"),
        Column("Axis"),
        numbers("Alone", "%", Format.SHARE),
        numbers("With others", "%", Format.SHARE),
    )
    note = (
        "Alone: the share of the variance over the points that knowing this axis would remove. With others: the share that"
        " would be left if all other axes were known. With 95 % intervals of the bootstrap; an estimate may lie below 0 or above"
        " 100 %."
    )
    return Table("axis-shares", "What it rests on", columns, tuple(rows), note)
