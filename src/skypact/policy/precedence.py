"""Which word holds where several are said: the one order of precedence, for points and for areas.

Of the clauses of one actor the last one that covers a place is its word.  Where words differ, the standing
right beats prohibitions, and these beat permissions.  A place is whatever has grounds that can be joined and
cut: a shape on a map, or a set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, Self, TypeVar

from skypact.scenario.dates import first_day, last_day
from skypact.scenario.rules import Rule


class Said(Protocol):
    """What an actor says about some ground: yes or no. ``by`` is "" for the standing right."""

    @property
    def by(self) -> str: ...

    @property
    def allow(self) -> bool: ...


class Ground(Protocol):
    """A set, or a shape on a map."""

    def union(self, other: Self, /) -> Self: ...

    def difference(self, other: Self, /) -> Self: ...


SaidT = TypeVar("SaidT", bound=Said)
GroundT = TypeVar("GroundT", bound=Ground)


def order(rule: Rule, since: str) -> tuple[date, bool, str]:
    """Where a rule stands among others: by day, prohibitions after permissions, then by name.

    Of a date that is not known to the day a permission takes the first day and a prohibition the last, so
    that on days that may be the same the prohibition comes later.

    Parameters
    ----------
    since
        When it was decided; "" for always.
    """
    day = date.min if not since else first_day(since) if rule.allows else last_day(since)
    return day, not rule.allows, rule.id


def heard(
    clauses: Sequence[SaidT], ground_of: Callable[[SaidT], GroundT]
) -> tuple[tuple[tuple[SaidT, GroundT], ...], ...]:
    """Each clause with the ground on which it is its actor's last word, weakest kind first.

    Returns
    -------
    tuple
        Permissions, prohibitions, the standing right; each in order.
    """
    found: list[tuple[SaidT, GroundT]] = []
    for clause in clauses:
        ground = ground_of(clause)
        found = [(one, own.difference(ground) if one.by == clause.by else own) for one, own in found]
        found.append((clause, ground))
    permissions = tuple(each for each in found if each[0].by and each[0].allow)
    prohibitions = tuple(each for each in found if each[0].by and not each[0].allow)
    return permissions, prohibitions, tuple(each for each in found if not each[0].by)


def settled(
    clauses: Sequence[SaidT],
    ground_of: Callable[[SaidT], GroundT],
    together: Callable[[Sequence[GroundT]], GroundT],
) -> GroundT:
    """The ground on which it is allowed.

    Parameters
    ----------
    clauses
        In order (`order`).
    ground_of
        What a clause covers.
    together
        Joins any number of grounds.
    """
    allowed, forbidden, right = (
        together([ground for _, ground in kind]) for kind in heard(clauses, ground_of)
    )
    return allowed.difference(forbidden).union(right)


HERE = frozenset({True})


def deciding(covering: Sequence[SaidT]) -> SaidT | None:
    """Of the clauses that cover a place, in order, the one that decides: the last of the strongest kind.

    None if none covers it.
    """
    kinds = heard(covering, lambda _: HERE)
    return next((one for kind in reversed(kinds) for one, ground in reversed(kind) if ground), None)
