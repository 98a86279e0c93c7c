"""Ukraine's notional laydown with dates: of which system how many stood from when until when.

Data, in ``data/ukraine-laydown.yaml``, where every count has its kind, range and source.  `Laydown.on` gives what is in
force on a day, placed by the stated rule, in the form of a scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from skypact.catalog.model import Source
from skypact.policy.apportion import apportion
from skypact.quantity import Basis, Quantity
from skypact.reading import Strict, read_document, validate
from skypact.scenario.forces import Patrol, Plain

DATA = Path(__file__).parent / "data" / "ukraine-laydown.yaml"
COUNT = ("value", "low", "high", "kind", "sources", "note")
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class DatedCount(Quantity):
    """How many units of a system are in service, from a day on until the next count."""

    since: Annotated[Day, Field(alias="from")]


class DatedEntry(Basis):
    """Units of one system over time; what the fields mean stands in the file."""

    id: Plain
    system: str
    seats: str | None = None
    over: str | None = None
    at: tuple[str, ...] | None = None
    at_most: int | None = None
    patrol: Patrol | None = None
    same_as: str | None = None
    counts: tuple[DatedCount, ...] = ()

    @model_validator(mode="after")
    def _is_counted(self) -> DatedEntry:
        if (self.same_as is None) == (not self.counts):
            raise ValueError("how many there are must be said once | give counts or same_as")
        days = [one.since for one in self.counts]
        if days != sorted(set(days)):
            raise ValueError("counts are not in the order of their days | the earliest first")
        return self


class Laydown(Strict):
    """The whole file."""

    format: Literal["skypact-laydown/1"]
    of: str
    since: Annotated[Day, Field(alias="from")]
    until: Day
    sources: dict[Plain, Source]
    sets: dict[str, tuple[str, ...]]
    laydown: tuple[DatedEntry, ...]
    sensors: tuple[DatedEntry, ...]
    left_out: tuple[str, ...]

    def count_on(self, entry: DatedEntry, day: date) -> DatedCount | None:
        """The count of an entry that is in force on a day; None before the first.

        Examples
        --------
        >>> found = laydown()
        >>> count = found.count_on(found.laydown[0], date(2024, 8, 26))
        >>> found.laydown[0].system, count.value, count.since
        ('patriot-pac-2-gem-t', 4.0, '2024-07-05')
        """
        if entry.same_as is not None:
            entry = next(one for one in self.laydown if one.id == entry.same_as)
        return next((one for one in reversed(entry.counts) if one.since <= day.isoformat()), None)

    def on(self, day: date, weights: Mapping[str, float]) -> Standing:
        """What stands on a day.

        Parameters
        ----------
        day
            The day.
        weights
            Population of every city of the sets, by which totals are spread, in the order in which ties are
            broken.
        """
        return Standing(
            tuple(self._placed(self.laydown, day, weights)), tuple(self._placed(self.sensors, day, weights))
        )

    def _placed(
        self, entries: Sequence[DatedEntry], day: date, weights: Mapping[str, float]
    ) -> Iterable[dict[str, Any]]:
        taken: dict[str, int] = {}
        for entry in entries:
            count = self.count_on(entry, day)
            if count is None or count.value == 0:
                continue
            number = round(count.value)
            if entry.at is not None:
                where: dict[str, Any] = {"at": dict.fromkeys(entry.at[:number], 1)}
            else:
                before = taken.get(entry.seats or "", 0) if entry.seats else 0
                if entry.seats:
                    taken[entry.seats] = before + number
                where = {"spread": self._spread(entry, count, before, weights)}
            fields = entry.model_dump(exclude_none=True, include={"patrol", "kind", "sources", "note"})
            yield {
                "id": entry.id,
                "owner": self.of,
                "system": entry.system,
                "count": _plain({name: getattr(count, name) for name in COUNT}),
                **where,
                **{
                    name: _plain(fields[name])
                    for name in ("patrol", "kind", "sources", "note")
                    if fields.get(name)
                },
            }

    def _spread(
        self, entry: DatedEntry, count: DatedCount, before: int, weights: Mapping[str, float]
    ) -> dict[str, Any]:
        """The rule that puts the units of an entry on their seats, after so many that are taken."""
        over = self.sets[entry.over] if entry.over else None
        at_most = {"at_most": entry.at_most} if entry.at_most else {}
        if over is None or not before:
            return {**({"over": list(over)} if over is not None else {}), **at_most}
        number = round(count.value)
        seats = _seats(over, before, number, weights)
        if apportion(number, [weights[city] for city in seats]) == list(seats.values()):
            return {"over": list(seats), **at_most}
        # The largest city would take more than its seat; who is drawn beyond the value has the seats that follow.
        more = _seats(over, before, round(count.high or count.value), weights)
        return {"over": list(more), "at_most": max(more.values())}


@dataclass(frozen=True)
class Standing:
    """What stands on a day, each entry as a scenario has it."""

    laydown: tuple[dict[str, Any], ...]
    sensors: tuple[dict[str, Any], ...]


@cache
def laydown() -> Laydown:
    """Ukraine's laydown with dates."""
    return validate(Laydown, read_document(DATA))


def _seats(over: Sequence[str], before: int, number: int, weights: Mapping[str, float]) -> dict[str, int]:
    """How many of the next seats of a list each city has, after so many that are taken."""
    shares = [weights[city] for city in over]
    first, last = apportion(before, shares), apportion(before + number, shares)
    return {city: other - one for city, one, other in zip(over, first, last, strict=True) if other > one}


def _plain(value: Any) -> Any:
    """As a file has it: lists for tuples, whole numbers without a point, and nothing that is a default."""
    if isinstance(value, dict):
        left = {key: _plain(one) for key, one in value.items() if one not in (None, (), "")}
        return {key: one for key, one in left.items() if (key, one) != ("distribution", "triangular")}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
