"""What a scenario is about: its question, policies, decisions and who says so."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from skypact.formatting import class_name, moment_words
from skypact.library.calls import Asked
from skypact.library.record import fingerprint
from skypact.library.scenarios import Scenario, load
from skypact.library.titles import titles
from skypact.policy.describe import decision_words
from skypact.report.as_json import source_document
from skypact.report.material import Material
from skypact.scenario.find import overview
from skypact.scenario.model import Scenario as Data
from skypact.study.askable import askable

Document = dict[str, Any]


@dataclass(frozen=True, repr=False)
class About:
    """What a scenario is about (`skypact.about`).

    Attributes
    ----------
    document
        ``policies`` and ``decisions`` with actor, date, status, what they change in words and their sources;
        ``classes`` of what is coming, ``askable`` names for `skypact.explain`, ``titles`` of waves and units by id,
        ``zero``, the raid's zero time in words, ``ask_first``, a unit and a threat to begin with, and ``fingerprints`` of the text and the
        catalogue: with other ones numbers may differ.
    """

    of: Scenario
    document: Document = field(repr=False)

    def to_dict(self) -> Document:
        """As JSON has it."""
        return self.document

    def __repr__(self) -> str:
        return f"<About: {self.of.id}, {len(self.document['decisions'])} decisions>"


def shipped() -> list[Document]:
    """The scenarios that come with the package: of each name, title, date, baseline, and policies with titles.

    Examples
    --------
    >>> import skypact
    >>> "ukraine-2024-08-26" in [one["scenario"] for one in skypact.shipped()]
    True
    """
    return overview()


def about(scenario: Asked) -> About:
    """Say what a scenario is about.

    Parameters
    ----------
    scenario
        A shipped name, a path, YAML text or a loaded scenario.

    Raises
    ------
    skypact.Problems
        If the scenario has errors.

    Examples
    --------
    >>> import skypact
    >>> told = skypact.about("ukraine-2024-08-26").to_dict()
    >>> told["decisions"]["nato-refuses"]["status"]
    'taken'
    """
    asked = load(scenario)
    data = asked.data
    material = Material(data, asked.study().catalog)
    named = askable(data, material.catalog)
    actors = {name: {"name": one.name, "role": one.role} for name, one in data.actors.items()}
    document = {
        "scenario": asked.id,
        "title": data.title,
        "summary": data.summary.strip(),
        "date": data.date,
        "kind": _kind(asked),
        "baseline": data.baseline,
        "reported_under": data.reported_under,
        "defended": list(material.defended),
        "actors": actors,
        "policies": {
            name: {
                "title": policy.title,
                "summary": policy.summary.strip(),
                "decisions": list(policy.decisions),
            }
            for name, policy in data.policies.items()
        },
        "decisions": {
            name: {
                "title": one.title,
                "actor": one.actor,
                "actor_name": material.actor(one.actor),
                "date": one.date,
                "status": one.status,
                "note": one.note.strip(),
                "changes": decision_words(material.names, one),
                "sources": [source_document(material.sources.get(source), source) for source in one.sources],
            }
            for name, one in data.decisions.items()
        },
        "classes": {name: class_name(name) for name in named["threats"]["classes"]},
        "systems": {entry: material.system(entry) for entry in named["units"]["systems"]},
        "titles": titles(data, material.names),
        "zero": moment_words(data.raid.zero),
        "ask_first": _ask_first(data, material.defended, named["threats"]["classes"]),
        "notional": list(data.notional),
        "askable": named,
        "fingerprints": {
            "scenario": hashlib.sha256(asked.text.encode()).hexdigest()[:16],
            "catalogue": fingerprint(),
        },
    }
    return About(asked, document)


def _ask_first(data: Data, defended: Sequence[str], classes: Sequence[str]) -> Document:
    """A pair worth asking about first: an ally's units against a class, as what they may do is what decisions are about."""
    entries = [*data.laydown, *(entry for one in data.decisions.values() for entry in one.laydown)]
    allied = [one.id for one in entries if one.owner not in defended]
    return {
        "unit": next(iter([*allied, *(one.id for one in entries)]), ""),
        "threat": next(iter(classes), ""),
    }


def _kind(asked: Scenario) -> str:
    """``incident`` for a fire and a ladder of answers, ``aid`` for what may be handed over, else ``raid``."""
    if asked.data.incident is not None:
        return "incident"
    return "aid" if asked.data.transfers or asked.data.asked else "raid"


def schema() -> Document:
    """The JSON Schema of scenario files, for editors and forms."""
    from skypact.scenario.schema import scenario_schema

    return scenario_schema()
