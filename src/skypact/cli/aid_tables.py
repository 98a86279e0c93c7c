"""Tables on the terminal about aid, transfers and statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich import box
from rich.table import Table

from skypact.cli.tables import Document
from skypact.cli.terminal import console, styled
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
            f"{row['system']}\n  {row['category']}",
            row["channel"],
            status_words(row),
            "\n".join(_rule(why) for why in row["because"] if why["rule"] != "category"),
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
        styled(
            (row["system"], "bold"),
            f" from {row['donor']} to {row['recipient']} by {row['channel']},"
            f" {document['date']}, policy {document['policy']}: ",
            (status_words(row), "bold"),
        )
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


def steps(document: Document) -> None:
    """What each step of an incident may do, and why."""
    out = console()
    out.print(styled((document["scenario"], "bold"), f", policy {document['policy']}"))
    if not document["steps"]:
        out.print("No step of the ladder is taken.")
    for step in document["steps"]:
        out.print(styled((step["step"], "bold"), f" ({step['response']}, {step['actor']}): {step['title']}"))
        out.print(f"  {step['answer']}")
        for unit in step["units"]:
            for why in unit["because"]:
                out.print(f"    {_why(why)}: {why['source'] or ''}")
        for why in step["because"]:
            out.print(f"    {_why(why)}: {why['source'] or ''}")
    if document["not_taken"]:
        out.print(f"Not taken: {', '.join(document['not_taken'])}.")


def incident(document: Document, doubt: Document | None) -> None:
    """How long the fire lasts under each policy, what it does and which step ends it."""
    out, policies = console(), document["policies"]
    names = list(dict.fromkeys(name for one in policies.values() for name in one["ended_by"]))
    shown = _plain(
        "The fire (means; in brackets the 5th to 95th percentile by chance)",
        *("policy", "minutes of fire", "rounds fired", "harm, both sides", "line crossed", "ended by"),
    )
    for name, one in policies.items():
        ended = [
            f"{step} {100 * one['ended_by'][step]['mean']:.0f} %"
            for step in names
            if step in one["ended_by"] and one["ended_by"][step]["mean"]
        ]
        shown.add_row(
            name,
            *(_spread(one[measure]) for measure in ("minutes_of_fire", "rounds_fired", "harm")),
            f"{100 * one['line_crossed']['mean']:.0f} %",
            ", ".join(ended),
        )
    out.print(shown)
    if document.get("differences"):
        shown = _plain(
            f"Against {document['baseline']} (paired, 95 % interval of the mean)",
            *("policy", "minutes of fire", "rounds fired", "harm, both sides"),
        )
        for row in document["differences"]:
            shown.add_row(
                row["policy"], *(_interval(row[m]) for m in ("minutes_of_fire", "rounds_fired", "harm"))
            )
        out.print(shown)
    _variations(document["incident"], list(policies))
    if doubt is not None:
        _doubt(doubt)
    out.print(document["incident"]["caution"])


def _variations(found: Document, policies: list[str]) -> None:
    shown = _plain("Mean minutes of fire if the chances were others", "if", *policies)
    for step, one in found["if_it_did_not_end_it"].items():
        means = (
            f"{one['policies'][name]['minutes_of_fire']:.1f}" for name in policies if name in one["policies"]
        )
        shown.add_row(f"{step} did not end it (it did by {one['account_of']}'s account)", *means)
    for row in found["depends_on"]:
        for end, chance in (("at_low", row["chance"]["low"]), ("at_high", row["chance"]["high"])):
            means = (f"{row[end][name]['minutes_of_fire']:.1f}" for name in policies if name in row[end])
            shown.add_row(f"{row['step']} ends it with chance {chance:g}", *means)
    console().print(shown)


def _doubt(doubt: Document) -> None:
    shown = _plain(
        f"Minutes of fire with {doubt['draws']} sets of numbers drawn from their ranges (chance and ignorance together)",
        *("policy", "mean", "5th-95th", "it follows most (rank correlation)"),
    )
    for name, one in doubt["policies"].items():
        minutes = one["minutes_of_fire"]
        follows = (f"{row['name']} {row['correlation']:+.2f}" for row in doubt["strongest"].get(name, [])[:3])
        spread = f"{minutes['p05']:.0f}-{minutes['p95']:.0f}"
        shown.add_row(name, f"{minutes['mean']:.1f}", spread, ", ".join(follows))
    console().print(shown)


def _spread(found: Document) -> str:
    return f"{found['mean']:.1f} ({found['p05']:.0f}-{found['p95']:.0f})"


def _interval(found: Document) -> str:
    low, high = found["ci95"]
    return f"{found['mean']:+.1f} ({low:+.1f} to {high:+.1f})"


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


def _rule(why: Document) -> str:
    said = f"{why['rule']} ({why['by']}" + (f", since {why['since']})" if why["since"] else ")")
    return said + (f" [{why['version']}]" if why.get("version") else "")


def _why(why: Document) -> str:
    said = f"{why['rule']} ({why['by']}" + (f", since {why['since']})" if why["since"] else ")")
    if why.get("condition"):
        said += f": {why['condition']}"
    return said + (f" [{why['version']}]" if why.get("version") else "")
