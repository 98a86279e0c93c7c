"""The scenario format as a JSON Schema, so that an editor can help to write one."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from skypact.reading.schema import branches, field_annotation, is_model
from skypact.scenario.model import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file (dialect 2020-12).

    Descriptions of objects and fields are those of the models' docstrings.

    Examples
    --------
    >>> scenario_schema()["properties"]["format"]["const"]
    'skypact-scenario/1'
    """
    schema = Scenario.model_json_schema()
    definitions = {"Scenario": schema, **schema["$defs"]}
    for model in models():
        about, fields = documentation(model)
        definition = definitions[model.__name__]
        definition["description"] = about
        for name, text in fields.items():
            definition["properties"][name]["description"] = text
    return {
        "$schema": DIALECT,
        "title": "Skypact scenario",
        **{k: v for k, v in schema.items() if k != "title"},
    }


def schema_text() -> str:
    """The schema as it is published."""
    return json.dumps(scenario_schema(), indent=1, ensure_ascii=False) + "\n"


def models() -> tuple[type[BaseModel], ...]:
    """All models of which a scenario consists, each where it first appears."""
    found: dict[type[BaseModel], None] = {}

    def visit(annotation: Any) -> None:
        for _, option in branches(annotation):
            if is_model(option):
                if option not in found:
                    found[option] = None
                    for info in option.model_fields.values():
                        visit(field_annotation(info))
            else:
                for argument in get_args(option):
                    visit(argument)

    visit(Scenario)
    return tuple(found)


def documentation(model: type[BaseModel]) -> tuple[str, dict[str, str]]:
    """What a model's docstring says about it, and about each field, its own and inherited.

    Examples
    --------
    >>> from skypact.scenario.model import Wave
    >>> about, fields = documentation(Wave)
    >>> about
    'Threats of one type, launched from one area along one route.'
    >>> fields["spacing_s"]
    'Between successive launches.'
    """
    fields: dict[str, str] = {}
    paragraphs: list[str] = []
    for base in reversed(model.__mro__):
        if is_model(base) and base.__module__.startswith("skypact."):
            about, own = _parsed(inspect.cleandoc(base.__dict__.get("__doc__") or ""))
            first, *more = about.split("\n\n")
            paragraphs = [first, *more, *paragraphs[1:]]  # of a base, what goes beyond its summary
            fields |= {key: text for key, text in own.items() if key in model.model_fields}
    about = "\n\n".join(paragraphs)
    aliases = {name: info.alias or name for name, info in model.model_fields.items()}
    return about, {aliases[name]: fields[name] for name in model.model_fields if name in fields}


def _parsed(text: str) -> tuple[str, dict[str, str]]:
    """A NumPy-style docstring: what comes before its sections, and its attributes."""
    parts = re.split(r"^(\w[\w ]*)\n-+\n", text, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    fields = {}
    for names, body in _entries(sections.get("Attributes", "")):
        for name in names.split(","):
            fields[name.strip()] = body
    return _plain(parts[0]), fields


def _entries(section: str) -> Iterator[tuple[str, str]]:
    for names, body in re.findall(r"^(\S.*)\n((?:[ \t]+.*\n?|\n)+)", section, flags=re.MULTILINE):
        yield names, _plain(body)


def _plain(text: str) -> str:
    """Prose in one line for each paragraph, with the marks of code as in Markdown."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(paragraph.replace("``", "`").split()) for paragraph in paragraphs)
