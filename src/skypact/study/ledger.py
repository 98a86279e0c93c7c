"""The ledger: every statement or act that a scenario rests on, and what points to it."""

from __future__ import annotations

from skypact.catalog import load_catalog
from skypact.scenario.model import Scenario, Statement
from skypact.study.results import Document


def ledger(scenario: Scenario) -> list[Document]:
    """All statements by date, each with the decisions and numbers that point to it."""
    pointing = _pointing(scenario)
    found = []
    for statement in sorted(scenario.statements, key=lambda statement: (statement.date, statement.id or "")):
        found.append(entry(scenario, statement) | {"pointed_to_by": pointing.get(statement.id or "", [])})
    return found


def entry(scenario: Scenario, statement: Statement) -> Document:
    """One statement: who, to whom, when, what kind, about what, in our words, and who reports it."""
    return {
        "id": statement.id,
        "date": statement.date,
        "who": statement.actor,
        "to": statement.to or None,
        "kind": statement.kind,
        "text": " ".join(statement.text.split()),
        "about": list(statement.about),
        "on": statement.on or None,
        "sources": [cited(scenario, name) for name in statement.sources],
    }


def cited(scenario: Scenario, name: str) -> str:
    """A source in a line: publisher, date, title."""
    source = scenario.sources.get(name) or load_catalog().sources[name]
    return f"{source.publisher} {source.date}, {source.title}"


def _pointing(scenario: Scenario) -> dict[str, list[str]]:
    """By statement, the parts of the scenario that name it, as paths."""
    found: dict[str, list[str]] = {}

    def look(part: object, path: str) -> None:
        if isinstance(part, dict):
            for name in part.get("said") or ():
                found.setdefault(name, []).append(path)
            for key, below in part.items():
                look(below, f"{path}.{key}" if path else str(key))
        elif isinstance(part, list):
            for index, below in enumerate(part):
                name = below.get("id") if isinstance(below, dict) else None
                look(below, f"{path}.{name or index}")

    look(scenario.model_dump(mode="json"), "")
    return found
