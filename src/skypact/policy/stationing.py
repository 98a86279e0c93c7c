"""Stationing: how holdings become fire units."""

from __future__ import annotations

from dataclasses import replace

from skypact.policy.draw import Draw, central
from skypact.policy.force import EntryInForce, InForce, dated
from skypact.policy.holdings import AidTimeline
from skypact.quantity import Quantity
from skypact.scenario.aid import Stationing
from skypact.scenario.dates import first_day
from skypact.scenario.forces import LaydownEntry
from skypact.scenario.model import Scenario


def stationed(scenario: Scenario, policy: str, force: InForce, draw: Draw = central) -> InForce:
    """Add the fire units that holdings become on the scenario's day.

    Of the stationing rules for one holder and item the last decision's is followed.  One that is forward
    gives way to the one before it where the rule that allows a transfer keeps the items away from the line.
    """
    orders: dict[tuple[str, str], list[tuple[Stationing, str]]] = {}
    for order in scenario.stationing:
        orders.setdefault((order.holder, order.item), []).append((order, ""))
    for name, decision in dated(scenario, policy):
        for order in decision.stationing:
            orders.setdefault((order.holder, order.item), []).append((order, name))
    if not orders:
        return force
    timeline, day = AidTimeline(scenario, policy), first_day(scenario.date)
    holdings = timeline.holdings(draw)
    added = []
    for (holder, item), choices in orders.items():
        usable = [
            holding
            for holding in holdings
            if (holding.transfer.recipient, holding.transfer.item) == (holder, item)
            and holding.usable is not None
            and holding.usable <= day
        ]
        away = any(timeline.ruling(holding.asks, day).away for holding in usable)
        open_to_them = [choice for choice in choices if not (choice[0].forward and away)]
        if not open_to_them:
            continue
        order, decision_name = open_to_them[-1]
        entry = _entry(order, sum(holding.quantity for holding in usable), draw)
        if entry is not None:
            added.append(EntryInForce(entry, decision_name))
    return replace(force, laydown=(*force.laydown, *added))


def _entry(order: Stationing, held: int, draw: Draw) -> LaydownEntry | None:
    """The entry of the laydown for so many items, or None if they make no unit."""
    left = units = min(held // order.each, round(draw(f"stationing.{order.id}.most", order.most)))
    at: dict[str, int] | None = None
    if order.at is not None:
        at = {}
        for place, number in order.at.items():
            if here := min(number, left):
                at[place] = here
                left -= here
        units -= left
    if not units:
        return None
    said = order.note or "as held and stationed"
    return LaydownEntry(
        id=order.id,
        owner=order.holder,
        system=order.system,
        count=Quantity(value=float(units), kind=order.kind, sources=order.sources, note=said),
        at=at,
        spread=order.spread,
        patrol=order.patrol,
        arrives_min=order.arrives_min,
        ready=order.ready,
        reserve=order.reserve,
        kind=order.kind,
        sources=order.sources,
        note=said,
    )
