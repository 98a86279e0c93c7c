"""A campaign: what arrives by month, what decisions change, what runs out and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from skypact.formatting import percent
from skypact.report import told_campaign
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row
from skypact.report.tables.not_known import not_known

Found = Mapping[str, Any]
SELDOM = 0.01
"""What runs out in fewer replications is in no short table."""
RANGE = "Below each number: from which to which 90 % of the replications of all sets go."
CHANGES = "Below each number: from which to which 90 % of the sets go, of the set's mean."
ERROR = (
    "Below each number: the 95 % interval of the mean with central values, which is simulation error alone."
)
CENTRAL = "Central values alone: what is not known is in no range."


def all_tables(document: Found, long: bool = False) -> list[Table]:
    """The tables of a campaign, in the order in which they are read; without `long` what matters first."""
    found = [outcome(document)]
    if document["differences"]:
        found.append(differences(document))
    found += [runs_out(document)]
    found += [worth(document)] if "worth" in document else []
    found += [break_even(document)] if "break_even" in document else []
    found += [not_known()] if "calibrated" in document else []
    if long:
        found += [months(document), shelves(document), stocks(document), empty(document), short(document)]
    return found


def outcome(document: Found) -> Table:
    """What becomes of the whole campaign under each policy."""
    columns = (
        Column("Policy"),
        numbers("Launched", "threats", Format.COUNT),
        numbers("Arrive", "threats", Format.COUNT),
        numbers("Killed", "threats", Format.COUNT),
        numbers("Failed", "threats", Format.COUNT, "by themselves"),
        numbers("Rounds", "rounds", Format.COUNT, "guns count bursts"),
        numbers("Cost", "million USD", Format.MILLIONS),
    )
    rows = tuple(
        row(
            _policy(document, name),
            Number(one["launched"]),
            *(_cell(one[part]) for part in ("leakers", "kills", "failed", "rounds", "cost_usd")),
        )
        for name, one in document["policies"].items()
    )
    caption = f"{document['nights']} recorded nights between {document['from']} and {document['until']}"
    return Table("campaign", caption, columns, rows, _note(document, RANGE))


def differences(document: Found) -> Table:
    """What other policies change from the baseline, night by night with the same luck."""
    columns = (
        Column("Policy"),
        numbers("Arrive", "threats", Format.CHANGE),
        numbers("Rounds", "rounds", Format.CHANGE),
        numbers("Cost", "million USD", Format.CHANGE_MILLIONS),
        numbers("Same sign", "% of sets", Format.SHARE, "of the change in arrivals"),
    )
    rows = tuple(
        row(
            _policy(document, one["policy"]),
            *(_change(one[part]) for part in ("leakers", "rounds", "cost_usd")),
            Number(one["leakers"].get("same_sign", {}).get("share")),
        )
        for one in document["differences"]
    )
    base = told_campaign.title(document, document["baseline"])
    caption = f"Changed from {base}, with the same luck night by night"
    said = CHANGES if "sets" in document else ERROR
    return Table("campaign-differences", caption, columns, rows, said)


def months(document: Found) -> Table:
    """Arrivals by month under each policy, beside what the record claims."""
    recorded: dict[str, dict[str, int]] = {}
    contested: set[str] = set()
    for one in document["recorded"]:
        found = recorded.setdefault(one["month"], {"destroyed": 0, "not_reached": 0})
        if one.get("versions") and one["destroyed"] is None:
            contested.add(one["month"])
        for part in found:
            found[part] += one[part] or 0
    policies = document["policies"]
    columns = (
        Column("Month", whole=True),
        numbers("Launched", "threats", Format.COUNT),
        *(
            numbers(f"Arrive: {told_campaign.title(document, name)}", "threats", Format.COUNT)
            for name in policies
        ),
        numbers(
            "Through by the record",
            "weapons",
            Format.COUNT,
            "launched less destroyed and not reached, as claimed",
        ),
    )
    rows = []
    for place, one in enumerate(next(iter(policies.values()))["by_month"]):
        claimed = recorded.get(one["month"])
        through = None
        if claimed is not None and one["month"] not in contested:
            through = max(0, one["launched"] - claimed["destroyed"] - claimed["not_reached"])
        rows.append(
            row(
                one["month"],
                Number(one["launched"]),
                *(_cell(policy["by_month"][place]["leakers"]) for policy in policies.values()),
                Number(through),
            )
        )
    return Table("campaign-months", "Arrivals by month", columns, tuple(rows), _note(document, RANGE))


def stocks(document: Found) -> Table:
    """What each page of the ledger has in its columns."""
    columns = (
        Column("Munition"),
        Column("Policy"),
        numbers("Opening", "rounds", Format.COUNT),
        numbers("Produced", "rounds", Format.COUNT),
        numbers("Received", "rounds", Format.COUNT),
        numbers("Given", "rounds", Format.COUNT),
        numbers("Fired", "rounds", Format.COUNT),
        numbers("Lost", "rounds", Format.COUNT),
        numbers("Closing", "rounds", Format.COUNT),
    )
    parts = ("opening", "produced", "received", "given", "fired", "lost", "closing")
    rows = tuple(
        row(name, _policy(document, policy), *(_cell(page[part]) for part in parts))
        for name, policy, page in _pages(document)
    )
    return Table("campaign-stocks", "The ledger", columns, rows, _note(document, RANGE))


def runs_out(document: Found) -> Table:
    """The chance that each munition has run out by the end, and that something went unanswered for lack of it."""
    policies = document["policies"]
    columns = (
        Column("Munition"),
        *(
            numbers(f"Runs out: {told_campaign.title(document, name)}", "% of results", Format.SHARE)
            for name in policies
        ),
        *(
            numbers(
                "Short",
                "% of results",
                Format.SHARE,
                f"something in reach arrived with no round for it, {told_campaign.title(document, name)}",
            )
            for name in [document["baseline"]]
        ),
    )
    rows = []
    for owner, munition, page in told_campaign.pages(document, document["baseline"]):
        cells = [one["stock"][owner][munition] for one in policies.values()]
        if max(one["empty"][-1]["share"] for one in (page, *cells)) < SELDOM:
            continue
        rows.append(
            row(
                told_campaign.called(document, owner, munition),
                *(Number(one["empty"][-1]["share"], note=_when(one["empty"])) for one in cells),
                Number(page["short"][-1]["share"], note=_when(page["short"])),
            )
        )
    note = (
        "At some time a night began, or the last one ended, with less than one salvo for each unit that fires it. Below: by"
        " when it has in half of these."
    )
    if not rows:
        note = "No munition runs out in one replication of a hundred."
    return Table("campaign-runs-out", "What runs out", columns, tuple(rows), note)


def _when(shares: list[Found]) -> str:
    last = shares[-1]["share"]
    return next((f"by {one['by']}" for one in shares if last and one["share"] >= last / 2), "")


def worth(document: Found) -> Table:
    """What deliveries are worth."""
    columns = (
        Column("Delivery"),
        Column("Changed"),
        numbers("Arrive", "threats", Format.CHANGE),
        numbers("Same sign", "% of sets", Format.SHARE, "of the change in arrivals"),
        numbers("Nights without", "nights", Format.CHANGE, "begun with less than a salvo for each unit"),
        numbers("Cost", "million USD", Format.CHANGE_MILLIONS),
    )
    rows = tuple(
        row(
            one["delivery"],
            one["said"],
            _change(one["leakers"]),
            Number(one["leakers"].get("same_sign", {}).get("share")),
            _change(one["nights_empty"]),
            _change(one["cost_usd"]),
        )
        for one in document["worth"]
    )
    base = told_campaign.title(document, document["baseline"])
    caption = f"What a delivery is worth: changed from {base}, with the same luck"
    return Table("campaign-worth", caption, columns, rows, CHANGES if "sets" in document else ERROR)


def break_even(document: Found) -> Table:
    """How much of a delivery is enough."""
    columns = (
        Column("Delivery"),
        Column("Stock"),
        Column("Enough"),
        Column("Nine of ten resamples of the sets"),
        Column("Range searched"),
        numbers("Kept without it", "% of results", Format.SHARE),
        numbers("Kept with the most", "% of results", Format.SHARE),
    )
    rows = []
    for one in document["break_even"]:
        low, high = one["p05"], one["p95"]
        ends = f"{'beyond' if low is None else low} to {'beyond' if high is None else high}"
        rows.append(
            row(
                one["delivery"],
                told_campaign.called(document, one["owner"], one["munition"]),
                _enough(one["rounds"]),
                ends,
                f"{one['range'][0]} to {one['range'][1]}",
                Number(one["tried"][0]["kept"]),
                Number(one["tried"][-1]["kept"]),
            )
        )
    note = "Enough: from its arrival on the munition does not run out, in nine of ten replications."
    base = document["policies"][document["baseline"]]["stock"]
    for owner, munition in dict.fromkeys((one["owner"], one["munition"]) for one in document["break_even"]):
        short = base[owner][munition]["short"][-1]["share"]
        if short >= told_campaign.SELDOM:
            note += (
                f" {told_campaign.called(document, owner, munition)}: in {percent(short)} % of the results something in reach arrives"
                " all the same because no round is left or free for it."
            )
    return Table("campaign-break-even", "How much of a delivery is enough", columns, tuple(rows), note)


def _enough(rounds: int | None) -> str:
    if rounds is None:
        return "none in the range"
    return f"{rounds} rounds" if rounds else "none is needed"


def shelves(document: Found) -> Table:
    """What is taken from whose shelves, and how long that takes to make."""
    columns = (
        Column("Actor"),
        Column("Munition"),
        Column("Policy"),
        numbers("Given", "rounds", Format.COUNT),
        numbers("Fired", "rounds", Format.COUNT),
        numbers("Production", "months", Format.MEAN, "of what all makers together make, as stated"),
    )
    rows = []
    for policy, one in document["policies"].items():
        for actor, munitions in one["shelves"].items():
            for munition, part in munitions.items():
                given, fired, made = part.get("given"), part.get("fired"), part.get("months")
                if not any(what and what["mean"] for what in (given, fired)):
                    continue
                rows.append(
                    row(
                        actor,
                        document["munitions"].get(munition, munition),
                        _policy(document, policy),
                        *(Number() if what is None else _cell(what) for what in (given, fired)),
                        Number() if made is None else _cell(made),
                    )
                )
    rows.sort(key=lambda cells: tuple(str(cell) for cell in cells[:2]))
    return Table("campaign-shelves", "From whose shelves", columns, tuple(rows), _note(document, RANGE))


def empty(document: Found) -> Table:
    """In which share of the replications each munition has run out by a day."""
    more = ("Arrive after", "leakers_after_empty", "from the night on which it had run out")
    caption = "The chance that it has run out at some time: less than one salvo for each unit"
    return _by_day(document, "empty", caption, more)


def short(document: Found) -> Table:
    """In which share of the replications something has gone unanswered for lack of each munition by a day."""
    more = ("Unanswered", "unanswered", "arrive in reach of units of which none has a round for them")
    return _by_day(document, "short", "The chance that a threat has gone unanswered for lack of it", more)


def _by_day(document: Found, part: str, caption: str, more: tuple[str, str, str]) -> Table:
    pages = list(_pages(document))
    head, key, meaning = more
    columns = (
        Column("Munition"),
        Column("Policy"),
        *(numbers(f"by {one['by']}", "% of results", Format.SHARE) for one in pages[0][2][part]),
        numbers(head, "threats", Format.COUNT, meaning),
    )
    rows = tuple(
        row(name, _policy(document, policy), *(Number(one["share"]) for one in page[part]), _cell(page[key]))
        for name, policy, page in pages
        if page[part][-1]["share"] > 0
    )
    return Table(f"campaign-{part}", caption, columns, rows, "" if rows else "In no replication.")


def _pages(document: Found) -> Iterable[tuple[str, str, Found]]:
    policies: Found = document["policies"]
    first = next(iter(policies.values()))["stock"]
    for owner, munitions in first.items():
        for munition in munitions:
            for policy, one in policies.items():
                yield told_campaign.called(document, owner, munition), policy, one["stock"][owner][munition]


def _policy(document: Found, name: str) -> Words:
    """A policy by its title on a page, by its name, which can be typed, on the terminal."""
    return Words(document["titles"].get(name, name), name)


def _cell(one: Found) -> Number:
    return Number(one["mean"], one.get("p05"), one.get("p95"))


def _change(one: Found) -> Number:
    low, high = one.get("ci95", (one.get("p05"), one.get("p95")))
    return Number(one["mean"], low, high)


def _note(document: Found, said: str) -> str:
    return said if "sets" in document else f"{said} {CENTRAL}"
