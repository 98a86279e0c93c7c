"""What is printed: the words as they are, and nothing that steers a terminal."""

from __future__ import annotations

import io
import json
import sys

import pytest
from rich import box
from rich.table import Table as RichTable

from skypact.cli.terminal import console, print_json, say, styled
from skypact.report.table import Column, Table, Words, row
from skypact.report.terminal import Line, print_lines, print_table

WORDS = "A raid [/draft] of [bold]2024[/bold] :smile: [red] [about: a]"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)


def test_words_in_brackets_and_colons_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    shown = RichTable(title=WORDS, box=box.SIMPLE_HEAD)
    shown.add_column(WORDS)
    shown.add_row(WORDS)
    shown.add_row(styled((WORDS, "bold")))
    console().print(shown)
    console().print(WORDS)
    say(WORDS)
    assert capsys.readouterr().out.count(WORDS) == 6


def test_a_statement_keeps_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("A [x]", "We [all] will", "[about: a]", "The paper [in Polish]")
    cells = row("2024-01-01", Words(words[0]), Words(words[1], note=words[2], items=(words[3],), mark="[y]"))
    columns = (Column("Date", whole=True), Column("Who [red]"), Column("What"))
    print_table(console(), Table("said", "Said [/draft]", columns, (cells,), "A note [b]"))
    print_lines(console(), [Line("why [/x]", 1, "bold")])
    said = " ".join(capsys.readouterr().out.split())
    for part in (*words, "[y]", "Who [red]", "Said [/draft]", "A note [b]", "why [/x]"):
        assert part in said


def test_escape_sequences_of_a_text_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console().print("red\x1b[31m")
    say("clear\x1b[2J")
    console().print(styled(("back\x9b2K", "bold")))
    printed = capsys.readouterr().out
    assert "\x1b" not in printed
    assert "\x9b" not in printed


@pytest.mark.parametrize(("no_colour", "styles"), [("", True), ("1", False)])
def test_no_color_takes_bold_away_as_well(
    no_colour: str, styles: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", no_colour)
    console().print(styled(("Title", "bold"), (" and", "dim"), (" red", "red")))
    assert ("\x1b[" in capsys.readouterr().out) is styles


def test_json_is_utf8_under_any_code_page(monkeypatch: pytest.MonkeyPatch) -> None:
    document = {"title": "Hrubieszów, Львів, 台湾", "name": "\udcff", "none": float("nan"), "rows": [1.5]}
    for page in ("cp1252", "cp437", "cp932", "ascii"):
        written = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=page))
        print_json(document)
        assert json.loads(written.getvalue().decode("utf-8")) == {**document, "none": None}
