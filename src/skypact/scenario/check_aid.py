"""Checks of aid, the incident and the ledger: what is handed over, what is tried, who said so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from skypact.reading import Problem, references
from skypact.scenario.aid import Item, Stationing, Transfer, Version
from skypact.scenario.dates import days, may_be_one_day
from skypact.scenario.incident import Step
from skypact.scenario.model import Scenario, Statement
from skypact.scenario.partial import PartialScenario


def check_aid(partial: PartialScenario) -> Iterator[Problem]:
    """Every check of aid, the incident and the ledger."""
    yield from _items(partial)
    yield from _transfers(partial)
    yield from _stationing(partial)
    yield from _steps(partial)
    yield from _ledger(partial)


def _items(partial: PartialScenario) -> Iterator[Problem]:
    facts = Counter(version.fact for _, version in partial.each(Version))
    for path, version in partial.each(Version):
        if facts[version.fact] == 1:
            what = f"this is the only version of {version.fact!r}"
            yield partial.warning(
                path, what, "add the other, or remove it: one version is not contested", True
            )
    for path, item in partial.each(Item):
        for index, view in enumerate(item.views):
            for other in item.views[:index]:
                same = (view.by, view.version) == (other.by, other.version)
                if same and view.category != other.category and may_be_one_day(view.since, other.since):
                    what = (
                        f"{view.by} classes it as {other.category} and as {view.category} since {view.since}"
                    )
                    yield partial.error((*path, "views", index), what, "other dates, or a version for each")


def _transfers(partial: PartialScenario) -> Iterator[Problem]:
    items = partial.named(Item)
    for path, transfer in partial.each(Transfer):
        if transfer.donor == transfer.recipient:
            yield partial.error(
                (*path, "recipient"), f"{transfer.donor} is the donor itself", "another actor"
            )
        agreed, delivered = days(transfer.agreed or ""), days(transfer.delivered or "")
        if agreed and delivered and delivered[1] < agreed[0]:
            what = f"delivered {transfer.delivered}, before it was agreed ({transfer.agreed})"
            yield partial.error((*path, "delivered"), what, "a later date")
        if transfer.agreed and not transfer.delivered and transfer.lead_days is None:
            what = "agreed, but it never arrives"
            yield partial.warning((*path, "agreed"), what, "add delivered or lead_days")
        item = items.get(transfer.item)
        if item and transfer.channel == "re-export" and transfer.donor == item.origin:
            what = f"{transfer.donor} makes {transfer.item}: that is no re-export"
            yield partial.error((*path, "channel"), what, "grant or a sale")


def _stationing(partial: PartialScenario) -> Iterator[Problem]:
    taken = {name: path for path, name in partial.ids("laydown", "laydown")}
    brought = {(t.recipient, t.item) for _, t in partial.each(Transfer)}
    for path, order in partial.each(Stationing):
        if order.id in taken:
            what = f"{order.id!r} is an entry of the laydown as well"
            yield partial.error(
                (*path, "id"), what, f"rename one; the other: {partial.line(taken[order.id])}"
            )
        if (order.holder, order.item) not in brought:
            what = f"no transfer brings {order.item} to {order.holder}"
            yield partial.error((*path, "item"), what, "a transfer to this holder, or another item")
        system = partial.catalog.effectors.get(order.system)
        if system and system.basing == "air" and order.patrol is None:
            yield partial.error(path, f"{order.system} flies, but has no patrol", "add patrol with radius_km")


def _steps(partial: PartialScenario) -> Iterator[Problem]:
    used = {name for decision in partial.decisions.values() for name in decision.steps}
    steps = partial.named(Step)
    for name, policy in partial.policies.items():
        by: dict[str, str] = {}
        taken = [partial.decisions[each] for each in policy.decisions if each in partial.decisions]
        for one in (one for decision in taken for one in decision.steps if one in steps):
            units = steps[one].units
            if units is not None and by.setdefault(units, one) != one:
                what = f"{by[units]} and {one} are both taken by {units}"
                yield partial.error(("policies", name, "decisions"), what, "one step for the same units")
    for path, step in partial.each(Step):
        if str(path[-1]) not in used:
            yield partial.warning(path, "no decision takes this step", "name it in a decision's steps", True)
        if step.units is None and step.harm_if_hit is not None:
            what = "harm to the other side comes with units that hit"
            yield partial.error((*path, "harm_if_hit"), what, "add units, or remove it")


def _ledger(partial: PartialScenario) -> Iterator[Problem]:
    """A statement that nothing points to, and a decision that no statement is about."""
    statements = list(partial.each(Statement))
    if not any(statement.id for _, statement in statements):
        return
    cited = {name for _, kind, name in references(Scenario, partial.document.data) if kind == "statement"}
    spoken = {name for _, statement in statements for name in statement.about}
    for path, statement in statements:
        if not statement.about and statement.id not in cited:
            what = "nothing points to this statement"
            yield partial.warning(path, what, "say what it is about, or name it in said: where it counts")
    for name, decision in partial.decisions.items():
        if decision.status != "hypothetical" and name not in spoken and not decision.said:
            what = "no statement is about this decision"
            yield partial.warning(
                ("decisions", name), what, "add said: [statement], or a statement about it", True
            )
