"""Who may intercept over whose territory, by policy, and by whose decision."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.formatting import capital, listed
from skypact.report.material import Material
from skypact.report.table import Column, Format, Row, Table, Words, numbers, row
from skypact.report.tables.cells import policy
from skypact.report.who_may import Word, about, against, by_whom, words

NOTE = (
    "What the rules of this scenario say, and no statement of law. Classes are those that come and that the units can engage. Who may is not"
    " yet who can: whether something is in reach, seen and in time stands with those who change nothing. Everybody may defend its own territory"
    " from there, and over a third country nobody may who is not named. Where the depth of an area is not known the share is that of its central value."
)


def who_may(material: Material) -> Table | None:
    """A row for each word about the units of others; None where there are none."""
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
            mark = "" if one.may else "forbidden" if one.rules else "not allowed"
            yield row(
                policy(material, name),
                capital(listed(map(material.actor, one.over))),
                capital(listed(one.who)),
                Words(against(material, one), mark=mark),
                one.share,
                Words(items=tuple(_by(material, one))),
            )


def _by(material: Material, one: Word) -> Iterator[str]:
    yield from map(capital, by_whom(material, one.rules))
    if not one.rules and not one.without:
        yield "No rule allows it"
    for said in by_whom(material, one.without):
        yield f"Without effect, for want of consent: {said}"
    if one.consent is not None:
        word = "Refused" if one.without else "With consent"
        yield f"{word}: {listed(by_whom(material, one.consent)) or 'nobody says so'}"
    if one.rules and not one.may and not one.overruled:
        yield "No rule would allow it otherwise"
    if about(material, one.rules):
        yield "The depth of the area has a range"
