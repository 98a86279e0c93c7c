"""Stocks and deliveries from a table of one's own, or from the Kiel Institute's workbook: as a piece of a campaign file.

Every row ends as a stock, a delivery, a problem, or among those passed over with the reason; nothing is dropped in silence.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from skypact.campaigns.model import Delivery, Stock
from skypact.reading import Problem, Problems, read_text

SHEET = "Bilateral Assistance, MAIN DATA"
KIEL = ("donor", "announcement_date", "aid_type_general", "item", "item_numb", "item_numb_deliv")
"""Columns that are read of the workbook's sheet."""
COLUMNS = (
    *("what", "id", "owner", "from", "to", "munition", "value", "low", "high", "sent", "arrives"),
    *("kind", "sources", "note"),
)
"""Columns of a table of one's own; ``what`` is ``stock`` or ``delivery``, sources are joined by blanks."""
NEEDED = ("what", "munition", "value", "kind")


@dataclass(frozen=True)
class Brought:
    """What became of the rows.

    Attributes
    ----------
    stocks, deliveries
        As a campaign file has them.
    problems
        Rows that could not be understood, each with its line.
    passed_over
        How many rows are not about a munition that was asked for, by reason.
    """

    stocks: tuple[dict[str, Any], ...]
    deliveries: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    passed_over: Mapping[str, int]

    def to_yaml(self) -> str:
        """The piece of a campaign file."""
        piece = {"stocks": list(self.stocks), "deliveries": list(self.deliveries)}
        found = {"ledger": {name: part for name, part in piece.items() if part}}
        return yaml.safe_dump(found, sort_keys=False, allow_unicode=True)


def from_csv(path: str | Path) -> Brought:
    """Read a table of one's own.

    Raises
    ------
    Problems
        If it cannot be read or lacks a column that is needed; what is wrong with rows is in the result.
    """
    name, reader = str(path), csv.reader(io.StringIO(read_text(Path(path))), strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        wrong = [
            Problem(name, 1, 1, one, "no such column here", "add it") for one in NEEDED if one not in head
        ]
        wrong += [
            Problem(name, 1, 1, one, "unknown column", "one of: " + ", ".join(COLUMNS))
            for one in head
            if one not in COLUMNS
        ]
        if wrong:
            raise Problems(wrong)
        rows = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
    except csv.Error as error:
        raise Problems(
            [Problem(name, reader.line_num, 1, "", f"no CSV: {error}", "quotes in pairs")]
        ) from None
    stocks: list[dict[str, Any]] = []
    deliveries: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for line, cells in rows:
        if len(cells) != len(head):
            what = f"{len(cells)} cells where the head has {len(head)}"
            problems.append(Problem(name, line, 1, "", what, "as many as columns"))
            continue
        row = {key: cell.strip() for key, cell in zip(head, cells, strict=True)}
        if row["what"] not in ("stock", "delivery"):
            problems.append(Problem(name, line, 1, "what", f"neither: {row['what']!r}", "stock or delivery"))
            continue
        made, bad = _entry(row, name, line)
        problems += bad
        if not bad:
            (stocks if row["what"] == "stock" else deliveries).append(made)
    return Brought(tuple(stocks), tuple(deliveries), (*problems, *_twice(stocks, deliveries, name)), {})


def from_kiel(path: str | Path, items: Mapping[str, str], donors: Mapping[str, str]) -> Brought:
    """Read deliveries from the Ukraine Support Tracker's workbook.

    A delivery arrives on the day of its announcement, for the workbook has no other; its kind is ``estimated``.

    Parameters
    ----------
    path
        The workbook (.xlsx); reading it needs openpyxl.
    items
        From a name in the column ``item`` to a munition; capitals do not matter.
    donors
        From a name in the column ``donor`` to an actor.

    Raises
    ------
    Problems
        If it cannot be read, or lacks the sheet or a column; what is wrong with rows is in the result.
    """
    name = str(path)
    wanted = {item.casefold(): munition for item, munition in items.items()}
    deliveries: list[dict[str, Any]] = []
    problems: list[Problem] = []
    passed: dict[str, int] = {}
    for line, row in _sheet(path):
        kind, item = _text(row["aid_type_general"]), _text(row["item"])
        munition = wanted.get(item.casefold())
        if munition is None:
            reason = "no item" if not item or item == "." else f"item not asked for: {item}"
            reason = reason if kind.casefold() == "military" else "not military"
            passed[reason] = passed.get(reason, 0) + 1
            continue
        bad: list[Problem] = []
        donor, arrives = donors.get(_text(row["donor"])), _day(row["announcement_date"])
        rounds = _number(row["item_numb_deliv"])
        pledged = _number(row["item_numb"])
        if donor is None:
            bad.append(
                Problem(name, line, 1, "donor", f"unknown donor {_text(row['donor'])!r}", "name its actor")
            )
        if arrives is None:
            bad.append(
                Problem(
                    name,
                    line,
                    1,
                    "announcement_date",
                    f"no day: {_text(row['announcement_date'])!r}",
                    "a date",
                )
            )
        if rounds is None or rounds <= 0:
            what = f"no number delivered: {_text(row['item_numb_deliv'])!r}; pledged: {_text(row['item_numb'])!r}"
            bad.append(Problem(name, line, 1, "item_numb_deliv", what, "write the delivery by hand"))
        problems += bad
        if not bad and rounds is not None and arrives is not None:
            about = f"Row {line} of the workbook; {'' if pledged is None else f'{pledged:g} pledged; '}the day is that of the announcement."
            deliveries.append(
                {
                    "id": f"kiel-{line}",
                    "from": donor,
                    "to": "UKR",
                    "munition": munition,
                    "rounds": {"value": rounds, "kind": "estimated", "sources": ["kiel-tracker"]},
                    "arrives": arrives.isoformat(),
                    "kind": "estimated",
                    "sources": ["kiel-tracker"],
                    "note": about,
                }
            )
    return Brought((), tuple(deliveries), tuple(problems), dict(sorted(passed.items())))


def _entry(row: Mapping[str, str], name: str, line: int) -> tuple[dict[str, Any], list[Problem]]:
    """A row as a stock or delivery, or everything that is wrong with it."""
    bad: list[Problem] = []
    number: dict[str, Any] = {}
    for part in ("value", "low", "high"):
        text = row.get(part, "")
        if text:
            found = _number(text)
            if found is None:
                bad.append(Problem(name, line, 1, part, f"no number: {text!r}", "rounds"))
            else:
                number[part] = found
    basis = {"kind": row["kind"], "sources": row.get("sources", "").split(), "note": row.get("note", "")}
    basis = {key: one for key, one in basis.items() if one}
    entry: dict[str, Any] = {"munition": row["munition"]}
    model: type[Stock] | type[Delivery]
    if row["what"] == "stock":
        model = Stock
        entry = {"owner": row.get("owner", ""), **entry, "opening": {**number, **basis}}
    else:
        model = Delivery
        days = {key: row[key] for key in ("sent", "arrives") if row.get(key)}
        ends = {key: row.get(key, "") for key in ("id", "from", "to")}
        entry = {**ends, **entry, "rounds": {**number, **basis}, **days, **basis}
        bad += [
            Problem(name, line, 1, key, f"there is no day {text!r}", "as 2024-10-01")
            for key, text in days.items()
            if _day(text) is None
        ]
    bad += [
        Problem(name, line, 1, key, "empty", "a name")
        for key in ("owner", "from", "to", "munition")
        if key in entry and not entry[key]
    ]
    if not bad:
        try:
            model.model_validate(entry)
        except ValidationError as error:
            for one in error.errors():
                what, _, right = str(one["msg"]).removeprefix("Value error, ").partition(" | ")
                bad.append(Problem(name, line, 1, ".".join(map(str, one["loc"])), what, right))
    return entry, bad


def _twice(
    stocks: Iterable[Mapping[str, Any]], deliveries: Iterable[Mapping[str, Any]], name: str
) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for key in (
        *(f"the stock of {one['owner']} {one['munition']}" for one in stocks),
        *(f"the id {one['id']}" for one in deliveries),
    ):
        if key in seen:
            found.append(Problem(name, 0, 0, "", f"{key} stands twice", "once only"))
        seen.add(key)
    return found


def _sheet(path: str | Path) -> list[tuple[int, dict[str, Any]]]:
    """Rows of the workbook's sheet by column, with their numbers."""

    def bad(what: str, right: str) -> Problems:
        return Problems([Problem(str(path), 0, 0, "", what, right)])

    try:
        from openpyxl import load_workbook
    except ImportError:
        raise bad("reading a workbook needs openpyxl", "pip install 'skypact[formats]'") from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise bad("no such file", "the path of the workbook") from None
    except Exception:  # whatever a reader of foreign files throws
        raise bad("no workbook", "an .xlsx file of the tracker") from None
    try:
        if SHEET not in book.sheetnames:
            raise bad(f"no sheet {SHEET!r}", "the workbook as it is published")
        rows = book[SHEET].iter_rows(values_only=True)
        head = [_text(cell) for cell in next(rows, ())]
        missing = [one for one in KIEL if one not in head]
        if missing:
            raise bad(f"the sheet lacks columns: {', '.join(missing)}", "the workbook as it is published")
        place = {one: head.index(one) for one in KIEL}
        return [
            (line, {one: row[at] if at < len(row) else None for one, at in place.items()})
            for line, row in enumerate(rows, 2)
            if any(cell is not None for cell in row)
        ]
    finally:
        book.close()


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _number(value: Any) -> float | None:
    try:
        found = float(_text(value).replace(",", ""))
    except ValueError:
        return None
    return found if 0 <= found < float("inf") else None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None
