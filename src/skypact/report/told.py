"""Answers to why, in lines: a verdict first, then the rules with decision, date and source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from skypact.report.tables.aid import status_words
from skypact.report.terminal import Line

Document = dict[str, Any]


def explanation(document: Document) -> Iterator[Line]:
    """Why a unit could or could not engage a threat (`skypact.study.explain`)."""
    yield Line(f"{document['verdict'].capitalize()} ({document['kind']})", style="bold")
    for line in document["lines"]:
        yield Line(line)
    pairs = document["pairs"]
    if pairs["considered"] > 1:
        example = document["example"]
        yield Line(
            f"Looked at {pairs['considered']} pairs of unit and path under {document['policy']}:"
            f" {pairs['in_reach']} in reach, {pairs['with_window']} with a window."
            f" The words are about {example['unit']} and {example['threat']}."
        )
    if document["because"]:
        yield Line("")
        yield Line("Rules and decisions that bear on it, in the order in which they apply:")
    for row in document["because"]:
        yield Line(f"- {row.get('says', row.get('title', ''))}")
        if "decision" in row:
            said = f"{row['actor']}, {row['date']}, {row['status']}"
            yield Line(f"decision {row['decision']} ({said}): {row['title']}", 1)
        for source in row["sources"]:
            note = f" [{source['note']}]" if source["note"] else ""
            yield Line(f"source: {source['title']}. {source['publisher']}, {source['date']}.{note}", 1)


def transfer(document: Document) -> Iterator[Line]:
    """Why a transfer is allowed or not (`skypact.study.aid.explain_transfer`)."""
    row = document["row"]
    yield Line(
        f"{row['system']} from {row['donor']} to {row['recipient']} by {row['channel']},"
        f" {document['date']}, policy {document['policy']}: {status_words(row)}",
        style="bold",
    )
    yield Line(f"{row['donor']} classes it as {row['category']}.")
    if not row["because"]:
        yield Line("No rule on record is about it.")
    for why in row["because"]:
        yield Line(_why(why), 1)
        if why["source"]:
            yield Line(why["source"], 2)
    for name, version in document["versions"].items():
        yield Line(f"Contested. {name}: {version['title']}: {version['status']}", 1)
    for one in document["transfers"]:
        in_hand = one["in_hand_from"] or "never under these rules"
        yield Line(
            f"Transfer {one['id']}: {one['quantity']}, agreed {one['agreed'] or '-'},"
            f" in hand from {in_hand}, usable from {one['usable_from'] or '-'}",
            1,
        )
        if one["terms"]:
            yield Line(f"Terms: {one['terms']}", 2)
        if one["source"]:
            yield Line(one["source"], 2)
    for said in document["said"]:
        sources = "; ".join(said["sources"])
        yield Line(f"{said['date']} {said['who']}, {said['kind']}: {said['text']} ({sources})", 1)


def steps(document: Document) -> Iterator[Line]:
    """What each step of an incident may do, and why (`skypact.study.explain_incident`)."""
    yield Line(f"{document['scenario']}, policy {document['policy']}", style="bold")
    if not document["steps"]:
        yield Line("No step of the ladder is taken.")
    for step in document["steps"]:
        yield Line(f"{step['step']} ({step['response']}, {step['actor']}): {step['title']}", style="bold")
        yield Line(step["answer"], 1)
        for why in [*(why for unit in step["units"] for why in unit["because"]), *step["because"]]:
            yield Line(f"{_why(why)}: {why['source'] or ''}", 2)
    if document["not_taken"]:
        yield Line(f"Not taken: {', '.join(document['not_taken'])}.")


def _why(why: Document) -> str:
    said = f"{why['rule']} ({why['by']}" + (f", since {why['since']})" if why["since"] else ")")
    if why.get("condition"):
        said += f": {why['condition']}"
    return said + (f" [{why['version']}]" if why.get("version") else "")
