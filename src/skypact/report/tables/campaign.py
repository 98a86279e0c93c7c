"""A campaign: what arrives by month, what decisions change, what runs out and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from skypact.report.table import Column, Format, Number, Table, numbers, row

Found = Mapping[str, Any]
RANGE = "Below each number: from which to which 90 % of the replications of all sets go."
CHANGES = "Below each number: from which to which 90 % of the sets go, of the set's mean."
ERROR = (
    "Below each number: the 95 % interval of the mean with central values, which is simulation error alone."
)
CENTRAL = "Central values alone: what is not known is in no range."


def all_tables(document: Found) -> list[Table]:
    """The tables of a campaign, in the order in which they are read."""
    found = [outcome(document), months(document)]
    if document["differences"]:
        found.insert(1, differences(document))
    return [*found, stocks(document), empty(document)]


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
            name,
            Number(one["launched"]),
            *(_cell(one[part]) for part in ("leakers", "kills", "failed", "rounds", "cost_usd")),
        )
        for name, one in document["policies"].items()
    )
    caption = f"{document['nights']} recorded nights, {document['from']} to {document['until']}"
    return Table("campaign", caption, columns, rows, _note(document, RANGE))


def differences(document: Found) -> Table:
    """What other policies change from the baseline, night by night with the same luck."""
    columns = (
        Column("Policy"),
        numbers("Arrive", "threats", Format.CHANGE),
        numbers("Rounds", "rounds", Format.CHANGE),
        numbers("Cost", "million USD", Format.CHANGE_MILLIONS),
        numbers("Same sign", "share of the sets", Format.SHARE, "of the change in arrivals"),
    )
    rows = tuple(
        row(
            one["policy"],
            *(_change(one[part]) for part in ("leakers", "rounds", "cost_usd")),
            Number(one["leakers"].get("same_sign", {}).get("share")),
        )
        for one in document["differences"]
    )
    caption = f"Changed from {document['baseline']}, with the same luck night by night"
    said = CHANGES if "sets" in document else ERROR
    return Table("campaign-differences", caption, columns, rows, said)


def months(document: Found) -> Table:
    """Arrivals by month under each policy, beside what the record claims."""
    recorded: dict[str, dict[str, int]] = {}
    for one in document["recorded"]:
        found = recorded.setdefault(one["month"], {"destroyed": 0, "not_reached": 0})
        for part in found:
            found[part] += one[part] or 0
    policies = document["policies"]
    columns = (
        Column("Month", whole=True),
        numbers("Launched", "threats", Format.COUNT),
        *(numbers(f"Arrive: {name}", "threats", Format.COUNT) for name in policies),
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
        if claimed is not None:
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
        row(name, policy, *(_cell(page[part]) for part in parts)) for name, policy, page in _pages(document)
    )
    return Table("campaign-stocks", "The ledger", columns, rows, _note(document, RANGE))


def empty(document: Found) -> Table:
    """In which share of the replications each munition has run out by a day."""
    pages = list(_pages(document))
    days = [one["by"] for one in pages[0][2]["empty"]] if pages else []
    columns = (
        Column("Munition"),
        Column("Policy"),
        *(numbers(f"by {day}", "share", Format.SHARE) for day in days),
        numbers("Arrive after", "threats", Format.COUNT, "on nights after that on which it had run out"),
    )
    rows = tuple(
        row(
            name,
            policy,
            *(Number(one["share"]) for one in page["empty"]),
            _cell(page["leakers_after_empty"]),
        )
        for name, policy, page in pages
    )
    return Table("campaign-empty", "The chance that it has run out at some time", columns, rows)


def _pages(document: Found) -> Iterable[tuple[str, str, Found]]:
    policies: Found = document["policies"]
    first = next(iter(policies.values()))["stock"]
    for owner, munitions in first.items():
        for munition in munitions:
            for policy, one in policies.items():
                yield f"{owner} {munition}", policy, one["stock"][owner][munition]


def _cell(one: Found) -> Number:
    return Number(one["mean"], one.get("p05"), one.get("p95"))


def _change(one: Found) -> Number:
    low, high = one.get("ci95", (one.get("p05"), one.get("p95")))
    return Number(one["mean"], low, high)


def _note(document: Found, said: str) -> str:
    return said if "sets" in document else f"{said} {CENTRAL}"
