"""Models as JSON Schemas, described by their docstrings, so that an editor can help to write a file."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from skypact.reading.schema import branches, field_annotation, is_model

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(
    root: type[BaseModel], title: str, described_by: Mapping[type[BaseModel], type] | None = None
) -> dict[str, Any]:
    """The JSON Schema (dialect 2020-12) of a model and all that it holds.

    A field that holds names of something has ``x-names``: of what.

    Parameters
    ----------
    root
        The model of the whole file.
    title
        What an editor calls it.
    described_by
        Classes whose docstrings describe a model in place of its own.
    """
    schema = root.model_json_schema()
    definitions = {root.__name__: schema, **schema.get("$defs", {})}
    for model in models(root):
        about, fields = documentation(model, (described_by or {}).get(model))
        definition = definitions[model.__name__]
        if about:
            definition["description"] = about
        for name, text in fields.items():
            definition["properties"][name]["description"] = text
        for name, info in model.model_fields.items():
            if kinds := list(dict.fromkeys(_names(field_annotation(info)))):
                definition["properties"][info.alias or name]["x-names"] = kinds[0]
    return {"$schema": DIALECT, **schema, "title": title}


def _names(annotation: Any) -> Iterator[str]:
    """The kinds of names that stand in a field, itself or in its lists and mappings."""
    for kind, option in branches(annotation):
        if kind:
            yield kind
        if not is_model(option):
            for argument in get_args(option):
                yield from _names(argument)


def models(root: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """All models of which a file consists, each where it first appears."""
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

    visit(root)
    return tuple(found)


def documentation(model: type[BaseModel], described_by: type | None = None) -> tuple[str, dict[str, str]]:
    """What a docstring says about a model, and about each field, its own and inherited.

    Examples
    --------
    >>> from skypact.scenario.model import Wave
    >>> about, fields = documentation(Wave)
    >>> about
    'Threats of one type, launched from one area along one route.'
    >>> fields["spacing_s"]
    'Between successive launches.'
    """
    fields = {name: info.description for name, info in model.model_fields.items() if info.description}
    paragraphs: list[str] = []
    for base in reversed((described_by or model).__mro__):
        if base.__module__.startswith("skypact."):
            about, own = _parsed(inspect.cleandoc(base.__dict__.get("__doc__") or ""))
            first, *more = about.split("\n\n")
            paragraphs = [first, *more, *paragraphs[1:]]  # of a base, what goes beyond its summary
            fields |= own
    aliases = {name: info.alias or name for name, info in model.model_fields.items()}
    return "\n\n".join(paragraphs), {key: fields[name] for name, key in aliases.items() if name in fields}


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
