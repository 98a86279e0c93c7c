"""Tables on the terminal about aid, transfers and statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich import box
from rich.table import Table

from skypact.cli.tables import Document, console
from skypact.scenario.model import Scenario


def _plain(title: str, *columns: str) -> Table:
    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for column in columns:
        made.add_column(column, justify="right" if column == "held" else "left")
    return made


def table(scenario: Scenario, policy: str, day: date, rows: Iterable[Document]) -> None:
    """Donor by system by channel on one day."""
    shown = _plain(
        f"Aid under {policy} on {day}",
        "donor",
        "to",
        "system",
        "channel",
        "status",
        "because",
        "held",
        "usable from",
    )
    for row in rows:
        shown.add_row(
            row["donor"],
            row["recipient"],
            f"{row['system']} ({row['category']})",
            row["channel"],
            status_words(row),
            "\n".join(map(_why, row["because"])),
            str(row["held"]),
            row["usable_from"] or "-",
        )
    out = console()
    out.print(shown)
    out.print(
        "Allowed means that no rule on record forbids it, not that it was offered. Sources: --json, or"
        f" skypact explain {scenario.id} --donor D --system S --channel C"
    )


def changes(scenario: Scenario, policy: str, rows: Iterable[Document]) -> None:
    """The days on which a row changes."""
    shown = _plain(
        f"Aid under {policy}: changes", "date", "donor", "to", "system", "channel", "status", "held"
    )
    for row in sorted(rows, key=lambda row: row["date"]):
        parts = [row[key] for key in ("date", "donor", "recipient", "system", "channel")]
        shown.add_row(*parts, status_words(row), str(row["held"]))
    console().print(shown)


def explained(document: Document) -> None:
    """Why a transfer is allowed or not."""
    out, row = console(), document["row"]
    out.print(
        f"[bold]{row['system']}[/bold] from {row['donor']} to {row['recipient']} by {row['channel']},"
        f" {document['date']}, policy {document['policy']}: [bold]{status_words(row)}[/bold]"
    )
    out.print(f"{row['donor']} classes it as {row['category']}.")
    if not row["because"]:
        out.print("No rule on record is about it.")
    for why in row["because"]:
        out.print(f"  {_why(why)}")
        if why["source"]:
            out.print(f"    {why['source']}")
    for name, version in document["versions"].items():
        out.print(f"  Contested. {name}: {version['title']}: {version['status']}")
    for transfer in document["transfers"]:
        in_hand = transfer["in_hand_from"] or "never under these rules"
        out.print(
            f"  Transfer {transfer['id']}: {transfer['quantity']}, agreed {transfer['agreed'] or '-'},"
            f" in hand from {in_hand}, usable from {transfer['usable_from'] or '-'}"
        )
        if transfer["terms"]:
            out.print(f"    Terms: {transfer['terms']}")
        if transfer["source"]:
            out.print(f"    {transfer['source']}")
    for said in document["said"]:
        out.print(
            f"  {said['date']} {said['who']}, {said['kind']}: {said['text']} ({'; '.join(said['sources'])})"
        )


def ledger(rows: Iterable[Document]) -> None:
    """Statements by date."""
    shown = _plain("Statements", "date", "who", "to", "kind", "what", "source")
    for row in rows:
        what = row["text"] + (f" [about: {', '.join(row['about'])}]" if row["about"] else "")
        shown.add_row(row["date"], row["who"], row["to"] or "", row["kind"], what, "\n".join(row["sources"]))
    console().print(shown)


def status_words(row: Document) -> str:
    """The status; contested ones with every version."""
    if "versions" not in row:
        return str(row["status"])
    return "contested: " + ", ".join(f"{status} ({name})" for name, status in row["versions"].items())


def _why(why: Document) -> str:
    said = f"{why['rule']} ({why['by']}" + (f", since {why['since']})" if why["since"] else ")")
    if why.get("condition"):
        said += f": {why['condition']}"
    return said + (f" [{why['version']}]" if why.get("version") else "")
