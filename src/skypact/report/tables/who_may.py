"""Who may intercept over whose territory, by policy, and by whose decision."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.formatting import capital, listed
from skypact.report.material import Material
from skypact.report.table import Column, Format, Row, Table, Words, numbers, row
from skypact.report.tables.cells import policy
from skypact.report.who_may import against, by_whom, words

NOTE = (
    "What the rules of this scenario say, and no statement of law. Who may is not yet who can: whether it is in reach, seen and in time"
    " stands with those who change nothing. Everybody may defend the own territory from it. Who is not named here for a"
    " territory and a class may not: nothing allows it."
)


def who_may(material: Material) -> Table | None:
    """A row for each word about the units of others; None where there are none, or nothing is said of them."""
    rows = tuple(_rows(material))
    if not rows:
        return None
    columns = (
        Column("Policy"),
        Column("Over"),
        Column("Who"),
        Column("May intercept"),
        numbers("Of the territory", "%", Format.SHARE),
        Column("By whose word"),
    )
    return Table("who-may", "Who may intercept over whose territory", columns, rows, NOTE)


def _rows(material: Material) -> Iterator[Row]:
    for name in material.policies:
        for one in words(material, name):
            yield row(
                policy(material, name),
                capital(listed(map(material.actor, one.over))),
                capital(material.actors(one.owners)),
                Words(against(material, one), mark="" if one.may else "forbidden"),
                one.share,
                Words(items=tuple(map(capital, by_whom(material, one)))),
            )
