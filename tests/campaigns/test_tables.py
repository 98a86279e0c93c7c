"""Stocks and deliveries from tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from skypact.campaigns.bring_in import COLUMNS, KIEL, SHEET, from_csv, from_kiel
from skypact.campaigns.model import Delivery, Stock
from skypact.reading import Problems

HEAD = ",".join(COLUMNS)


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    file = folder / "mine.csv"
    file.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return file


def test_a_table_becomes_a_piece_of_a_campaign_file(tmp_path: Path) -> None:
    found = from_csv(
        table(
            tmp_path,
            "stock,,UKR,,,nasams,100,50,200,,,notional,,ours",
            "delivery,first,,USA,UKR,nasams,36,,,,2024-10-10,reported,a-paper b-paper,",
        )
    )
    assert found.problems == ()
    piece = yaml.safe_load(found.to_yaml())["ledger"]
    assert Stock.model_validate(piece["stocks"][0]).opening.high == 200
    assert Delivery.model_validate(piece["deliveries"][0]).sources == ("a-paper", "b-paper")


def test_every_wrong_row_is_named_with_its_line(tmp_path: Path) -> None:
    found = from_csv(
        table(
            tmp_path,
            "stock,,UKR,,,nasams,many,,,,,notional,,ours",
            "delivery,first,,USA,UKR,nasams,36,,,,2024-02-30,reported,,",
            "gift,,,,,nasams,1,,,,,notional,,ours",
            "stock,,UKR",
            "stock,,UKR,,,hawk,100,,,,,notional,,",
        )
    )
    lines = [str(one) for one in found.problems]
    for line, wanted in (
        (2, "no number: 'many'"),
        (3, "there is no day '2024-02-30'"),
        (4, "neither: 'gift'"),
        (5, "3 cells where the head has 14"),
        (6, "notional number without a reason"),
    ):
        assert any(f":{line}:" in one and wanted in one for one in lines), wanted
    assert found.stocks == found.deliveries == ()
    with pytest.raises(Problems, match="no such column"):
        from_csv(table(tmp_path, "x", head="what"))


def test_every_row_of_the_workbook_is_accounted_for(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet(SHEET)
    rows: list[list[Any]] = [
        ["Germany", "2024-06-11", "Military", "Patriot missile", 100, 32],
        ["Germany", "soon", "Military", "Patriot missile", 100, "."],
        ["Atlantis", "2024-06-11", "Military", "patriot missile", 100, 1],
        ["Germany", "2024-06-11", "Military", "Howitzer", 10, 10],
        ["Germany", "2024-06-11", "Financial", None, None, None],
    ]
    for row in ([*KIEL], *rows):
        sheet.append(row)
    file = tmp_path / "tracker.xlsx"
    book.save(file)
    found = from_kiel(file, {"Patriot missile": "patriot-gem-t"}, {"Germany": "DEU"})
    (one,) = found.deliveries
    assert Delivery.model_validate(one).rounds.value == 32
    bad = {one.line for one in found.problems}
    assert bad == {3, 4}
    assert len(found.problems) == 3  # a day and a number in one row, and a donor
    assert len(found.deliveries) + len(bad) + sum(found.passed_over.values()) == len(rows)
    del book[SHEET]
    book.save(file)
    with pytest.raises(Problems, match="no sheet"):
        from_kiel(file, {}, {})
