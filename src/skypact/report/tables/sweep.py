"""What a sweep says: outcomes over its points, and how much of what differs goes with each axis."""

from __future__ import annotations

from skypact.formatting import percent
from skypact.policy.families import TITLES, family_words
from skypact.report.material import Record
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row

MEASURES = {"leakers": "arrive", "leakers_change": "change in arrivals"}
FEWEST = 16
"""With fewer points no share is shown: the bootstrap sees too few of them, and its 95 % intervals miss the truth in up to
one case of four.  From here on they hold it (tests/sweeps/test_sweep.py)."""
WIDEST = 0.5
"""Of a share whose interval is wider than half of the whole only the interval is shown; from 32 points on most are narrower."""


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
    if few := too_few(document):
        found.append(few)
    if sweep["design"]["kind"] != "sobol":
        found.append("This design does not tell what axes do together; design: {kind: sobol} does.")
    return found


def points_of(document: Record) -> int:
    """How many points the shares are of: of a Sobol design those of a sample that are all there, about."""
    sweep = document["sweep"]
    found: int = document["pieces"] // max(1, sweep["sets"])
    of_a_row = len(document["axes"]) + 2 if sweep["design"]["kind"] == "sobol" else 1
    return found // of_a_row


def too_few(document: Record) -> str:
    """That there are too few points for shares, in a sentence or two; empty where there are enough."""
    points = points_of(document)
    ends = [
        share[part]
        for one in document["outcomes"]
        for share in one["shares"]
        for part in ("first", "total")
        if part in share
    ]
    if points < FEWEST:
        return (
            f"Too few points to say what it rests on: {points}, and shares are shown from {FEWEST} on. Take 64 or more; four times"
            " as many halve an interval."
        )
    wide = sum(one["high"] - one["low"] > WIDEST for one in ends)
    if not wide:
        return ""
    return (
        f"Too few points for {wide} of {len(ends)} shares: where an interval is wider than {percent(WIDEST)} % of the whole, it"
        " alone is shown. Four times as many points halve it."
    )


def _share(found: Record, points: int) -> Number:
    """A share with its interval, or what so few points allow to be shown of it."""
    low, high = found["low"], found["high"]
    if points < FEWEST:
        return Number(said="too few points")
    if high - low > WIDEST:
        return Number(low=low, high=high, note="too few points")
    return Number(found["value"], low, high)


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
    points = points_of(document)
    for one in document["outcomes"]:
        for share in one["shares"]:
            cells = [_share(share[part], points) if part in share else None for part in ("first", "total")]
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
