"""What differences rest on: the decisions that make them, families of numbers, and single numbers."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.formatting import brief, capital, unit_of
from skypact.policy.families import family_words
from skypact.report.material import Material, Record
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row
from skypact.report.tables.cells import policy

LEAST = 0.05
"""Families with a smaller share are left out."""


def _found(material: Material, name: str) -> Iterator[tuple[str, Record]]:
    """The policies of whose difference something is known, with the measure that has it."""
    headline = "leakers" if material.counts_arrivals else "minutes_of_fire"
    for other, difference in material.differences.items():
        if name in difference.get(headline, {}):
            yield other, difference[headline]


def _measure(material: Material) -> tuple[str, str]:
    """Heading and unit of what differs."""
    return ("Arrive", "threats") if material.counts_arrivals else ("Fire", "minutes")


def by_decision(material: Material) -> Table | None:
    """What each decision changes; None where no policy differs in more than one."""
    rows, sets, orders = [], 0, 0
    for name, change in _found(material, "by_decision"):
        acts, over = change["by_decision"], change["by_decision_over"]
        if len(acts) < 2:
            continue
        sets, orders = over["sets"], max(orders, over["orders"] or 0)
        for act, value in acts.items():
            rows.append(
                row(
                    policy(material, name),
                    _act(material, act, value),
                    Number(value["mean"], value["p05"], value["p95"]),
                )
            )
    if not rows:
        return None
    drawn = (
        f" Where there are more than four, {orders} orders of the decisions in each draw." if orders else ""
    )
    note = (
        "The mean over all orders in which the decisions could be taken one after the other (Shapley value), with the"
        " same luck; those of a policy add up to its difference. A decision that needs another one shares with it"
        f" what they do together. Played on {sets} draws of the unknown numbers, carried to all of them by the difference"
        f" of each; the range of nine draws of ten.{drawn}"
    )
    title, unit = _measure(material)
    columns = (Column("Policy"), Column("Decision"), numbers(title, unit, Format.CHANGE))
    return Table("by-decision", "What each decision changes", columns, tuple(rows), note)


def _act(material: Material, name: str, value: Record) -> Words:
    """A decision, or those that are added and lifted together."""

    def titles(of: list[str]) -> str:
        return "; ".join(material.scenario.decisions[one].title for one in of)

    added, lifted = titles(value["adds"]), titles(value["lifts"])
    if not added:
        return Words(f"Lifted: {lifted}", name=name)
    return Words(added, name=name, note=f"in place of: {lifted}" if lifted else "")


def by_family(material: Material) -> Table | None:
    """How much of the variance between the sets each family of numbers makes."""
    rows = []
    for name, change in _found(material, "rests_on"):
        shown = [one for one in change["rests_on"] if one["family"] is None or one["share"] >= LEAST]
        for share in shown:
            rows.append(
                row(
                    policy(material, name),
                    _family(material, share["family"], alone=len(shown) == 1),
                    Number(share["share"], share["low"], share["high"]),
                )
            )
    if not rows:
        return None
    note = (
        "Share of the variance of the difference between the draws of the unknown numbers, with an approximate 95 %"
        " interval."
        f" Families under {100 * LEAST:.0f} % are left out. Shares are estimates, each by itself; they need not add"
        " up to 100 %."
    )
    columns = (Column("Policy"), Column("Family of numbers"), numbers("Share", "%", Format.SHARE))
    return Table("by-family", "On which numbers the difference rests", columns, tuple(rows), note)


def _family(material: Material, family: str | None, alone: bool) -> Words:
    """A family, or the rest; where there is nothing but the rest, what that means."""
    if family is not None:
        words = family_words(family, material.catalog)
        return Words(capital(words))
    if alone:
        return Words("No single family of numbers stands out", note="the draws are too few to tell")
    return Words("The rest", note="families together, and single numbers apart from their family")


def by_number(material: Material) -> Table | None:
    """The numbers that matter most, with the answer at both ends of each."""
    rows, replications = [], 0
    for name, change in _found(material, "by_number"):
        replications = change["by_number_over"]["replications"]
        for one in change["by_number"]:
            rows.append(
                row(
                    policy(material, name),
                    Words(one["title"], code=one["name"], mark=one["kind"], note=_range(one)),
                    *(_end(one[end]) for end in ("at_low", "at_high")),
                    Words("sign turns" if one["flips"] else ""),
                )
            )
    if not rows:
        return None
    note = (
        "The numbers that the difference goes with most over the draws, apart from their family; each played at both"
        f" ends of its range, all others at their central values, {replications:,} times with the same luck. Below the"
        " differences their 95 % interval by simulation error."
    )
    title, unit = _measure(material)
    columns = (
        Column("Policy"),
        Column("Number"),
        numbers(f"{title}, at its low end", unit, Format.CHANGE),
        numbers(f"{title}, at its high end", unit, Format.CHANGE),
        Column("Turns"),
    )
    return Table("by-number", "The numbers that matter most, at both ends", columns, tuple(rows), note)


def _range(one: Record) -> str:
    # The last word may be a class of threats: sensors.radar.p_detect.drone
    unit = next(filter(None, map(unit_of, reversed(one["name"].split(".")))), "")
    return f"{brief(one['value'])} ({brief(one['low'])} to {brief(one['high'])}) {unit}".strip()


def _end(found: Record) -> Number:
    half = 1.96 * found["se"]
    return Number(found["mean"], found["mean"] - half, found["mean"] + half)
