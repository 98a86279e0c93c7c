"""What a campaign rests on: the ledger as it was given, decisions, rationing, and who says what of the nights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from skypact.campaigns.model import Delivery
from skypact.campaigns.setup import CampaignStudy
from skypact.campaigns.words import (
    actor_name,
    decision_words,
    delivery_words,
    production_words,
    rationing_words,
    usual_deliveries,
)
from skypact.formatting import class_name
from skypact.quantity import Basis, Quantity
from skypact.report.table import Column, Format, Number, Row, Table, Words, numbers, row
from skypact.report.tables.scenario import DECISIONS

WHY = Column("Why, and who says so")


def inputs(study: CampaignStudy) -> list[Table]:
    """All that a reader needs to check what a campaign was given; tables without rows are left out."""
    found = (ledger(study), deliveries(study), decisions(study), rationing(study))
    return [table for table in found if table.rows]


def sources_of(tables: Iterable[Table]) -> list[str]:
    """The names of the sources that stand in cells, in the order in which they do."""
    cells = (cell for table in tables for cells in table.rows for cell in cells)
    return list(dict.fromkeys(name for cell in cells if isinstance(cell, Words) for name in cell.sources))


def ledger(study: CampaignStudy) -> Table:
    """Opening stocks, what is made and lost, and what all makers together make."""
    columns = (
        Column("Stock"),
        Column("What"),
        Column("When", whole=True),
        numbers("How many", "rounds", Format.BRIEF),
        WHY,
    )
    rows: list[Row] = []
    for stock in study.campaign.ledger.stocks:
        name = f"{actor_name(study, stock.owner)}: {_munition(study, stock.munition)}"
        rows.append(_given(name, "opening", f"on {study.campaign.since}", stock.opening))
        rows += [
            _given(name, "made in a month", production_words(one), one.per_month, one)
            for one in stock.production
        ]
        rows += [_given(name, "lost", f"on {one.day}", one.rounds, one) for one in stock.losses]
    for munition in study.campaign.ledger.munitions.values():
        if munition.made is not None:
            made = munition.made
            rows.append(_given(f"All makers: {munition.name}", "made in a month", "", made.per_month, made))
    note = "Below each number its range. Notional: ours, with the reason; not a figure that anybody has published."
    return Table("campaign-given", "Opening stocks, production and losses", columns, tuple(rows), note)


def deliveries(study: CampaignStudy) -> Table:
    """Every delivery of the file, and under which of the policies shown it takes place when."""
    columns = (
        Column("Delivery"),
        Column("From, to"),
        Column("When"),
        numbers("How many", "rounds", Format.BRIEF),
        WHY,
    )
    taking = {policy: {one.id: one for one in study.campaign.deliveries(policy)} for policy in study.policies}
    rows: list[Row] = []
    for name, usual in usual_deliveries(study.campaign).items():
        under = [(policy, found[name]) for policy, found in taking.items() if name in found]
        if not under:
            continue
        munition = _munition(study, usual.munition)
        between = f"{actor_name(study, usual.giver)} to {actor_name(study, usual.to)}"
        when = Words(items=tuple(_when(study, under)))
        rows.append(
            row(Words(munition, note=name), between, when, _number(usual.rounds), _why(usual.rounds, usual))
        )
    return Table("campaign-deliveries", "Deliveries", columns, tuple(rows))


def _when(study: CampaignStudy, under: list[tuple[str, Delivery]]) -> Iterator[str]:
    """Each different pair of days, and under which policies it is so."""
    days: dict[str, list[str]] = {}
    for policy, one in under:
        days.setdefault(delivery_words(one), []).append(f"“{study.campaign.policies[policy].title}”")
    for said, policies in days.items():
        everywhere = len(policies) == len(study.policies)
        yield f"{said}: {'every policy' if everywhere else ', '.join(policies)}"


def decisions(study: CampaignStudy) -> Table:
    """The decisions of the policies shown."""
    campaign = study.campaign
    rows = []
    for name, one in sorted(campaign.decisions.items(), key=lambda item: (item[1].date, item[0])):
        under = [
            campaign.policies[policy].title
            for policy in study.policies
            if name in campaign.policies[policy].decisions
        ]
        if under:
            rows.append(
                row(
                    Words(one.title, note=one.note.strip(), mark=one.status, sources=one.sources),
                    actor_name(study, one.actor),
                    one.date,
                    Words(items=tuple(decision_words(study, one))),
                    "; ".join(under),
                )
            )
    note = (
        "Taken: an act that took place. Requested and proposed: asked for, or put forward. Hypothetical: ours, to answer a"
        " question."
    )
    return Table("campaign-decisions", "Decisions", DECISIONS, tuple(rows), note)


def rationing(study: CampaignStudy) -> Table:
    """How stocks are handed to units each night."""
    rows = tuple(
        row(Words(rationing_words(study, one)), _why(None, one)) for one in study.campaign.ledger.rationing
    )
    return Table("campaign-rationing", "How missiles are rationed", (Column("Rule"), WHY), rows)


def versions(study: CampaignStudy) -> Table | None:
    """Who says what of the nights, where several say different things."""
    rows = []
    for night in study.nights:
        for one in night.versions:
            counts = (one.get(name) for name in ("launched", "destroyed", "failed", "arrived"))
            rows.append(
                row(
                    f"{night.day}",
                    class_name(one["class"]),
                    Words(one["by"], note=one.get("note", ""), sources=tuple(one["sources"])),
                    *(Number(count) for count in counts),
                )
            )
    if not rows:
        return None
    columns = (
        Column("Night to", whole=True),
        Column("Class"),
        Column("Who says so"),
        *(numbers(head, "weapons", Format.COUNT) for head in ("Launched", "Destroyed", "Failed", "Arrived")),
    )
    note = "A dash: says nothing of it. The versions contradict each other; none is added to another."
    return Table("campaign-versions", "Who says what of these nights", columns, tuple(rows), note)


def _munition(study: CampaignStudy, name: str) -> str:
    return study.campaign.ledger.munitions[name].name


def _given(name: str, what: str, when: str, number: Quantity, basis: Basis | None = None) -> Row:
    return row(name, what, when, _number(number), _why(number, basis))


def _number(one: Quantity) -> Number:
    return Number(one.value, one.low, one.high)


def _why(number: Quantity | None, basis: Basis | None) -> Words:
    """The kind of the number, or of the entry where it has none, with the notes and sources of both."""
    both = [one for one in (number, basis) if one is not None]
    notes = dict.fromkeys(one.note.strip() for one in both if one.note.strip())
    sources = dict.fromkeys(name for one in both for name in one.sources)
    return Words(" ".join(notes), mark=both[0].kind, sources=tuple(sources))
