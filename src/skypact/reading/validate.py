"""From plain data to a typed value, or every problem in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from skypact.reading.document import Document
from skypact.reading.problem import Problem, Problems, Steps, in_full, nearest, suggest
from skypact.reading.schema import ModelT, known_fields


def validate(model: type[ModelT], document: Document) -> ModelT:
    """Make a `model` of a document, or raise `Problems` with every problem in plain words."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise Problems(schema_problems(model, document, error)) from None


def schema_problems(model: type[BaseModel], document: Document, error: ValidationError) -> list[Problem]:
    """Turn what Pydantic found into problems with places.

    A key that is only misspelt, or lacks its unit, is one problem and not also a missing field.
    """
    found = error.errors(include_url=False)
    meant = {
        (*path[:-1], key)
        for details in found
        if details["type"] == "extra_forbidden"
        for path in [_path_in(document.data, details["loc"])]
        for key in _meant(str(path[-1]), known_fields(model, path[:-1]))
    }
    return [
        _problem(model, document, details)
        for details in found
        if details["type"] != "missing" or _path_in(document.data, details["loc"]) not in meant
    ]


def _problem(model: type[BaseModel], document: Document, details: ErrorDetails) -> Problem:
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    path = _path_in(document.data, details["loc"])
    if kind == "missing":
        name = details["loc"][-1]
        if isinstance(name, int):
            return document.problem(path, "the list is too short", f"entry {name + 1} is missing")
        return document.problem((*path[:-1], name), "missing", f"add {name}")
    if kind == "extra_forbidden":
        what, right = _unknown_field(str(path[-1]), known_fields(model, path[:-1]))
        return document.problem(path, what, right, key=True)
    what, right = _plain(kind, context, value, details["msg"])
    return document.problem(path, what, right, key=details["loc"][-1:] == ("[key]",))


def _path_in(data: Any, location: Steps) -> Steps:
    """The part of an error's location that is a path in the data (without names of union members)."""
    path: list[str | int] = []
    for index, step in enumerate(location):
        in_mapping = isinstance(data, dict) and step in data
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        missing_field = isinstance(data, dict) and isinstance(step, str) and index == len(location) - 1
        if in_mapping or in_list:
            data = data[step]
        elif not missing_field or step == "[key]":
            continue
        path.append(step)
    return tuple(path)


# ----------------------------------------------------------------------------- keys and units

_UNITS = {
    "km": "kilometres",
    "m": "metres",
    "m2": "square metres",
    "m_s": "metres per second",
    "s": "seconds",
    "min": "minutes",
    "h": "hours",
    "days": "days",
    "usd": "US dollars",
}
_WITH_UNIT = re.compile(rf"(?P<stem>.+?)_(?P<unit>{'|'.join(_UNITS)})")
_OTHER_UNITS = (
    *("mi", "miles", "nm", "nmi", "ft", "feet", "metres", "meters", "kilometres", "kilometers"),
    *("ms", "sec", "secs", "seconds", "mins", "minutes", "hr", "hrs", "hours", "day", "weeks", "years"),
    *("mph", "kts", "knots", "kmh", "km_h", "kph", "mach", "eur", "dollars", "sqm", "km2"),
)
_ANY_UNIT = re.compile(rf"(?P<stem>.+?)_({'|'.join((*_UNITS, *_OTHER_UNITS))})")


def _unknown_field(name: str, known: Iterable[str]) -> tuple[str, str]:
    """What is wrong with a key that the model does not know: its unit, perhaps.

    >>> _unknown_field("range", ["min_range_km", "max_range_km"])
    ('the key lacks its unit', 'write max_range_km (kilometres) or min_range_km (kilometres)')
    >>> _unknown_field("height_ft", ["height_m"])
    ('the unit is another one here', 'write height_m (metres)')
    """
    if units := _with_unit(name, known):
        choices = " or ".join(f"{key} ({words})" for key, words in units.items())
        what = "the unit is another one here" if _ANY_UNIT.fullmatch(name) else "the key lacks its unit"
        return what, f"write {choices}"
    return "unknown field", suggest(name, known)


def _with_unit(name: str, known: Iterable[str]) -> dict[str, str]:
    """The known keys that are `name` with the right unit, and that unit in words."""
    with_unit = _ANY_UNIT.fullmatch(name)
    stem = with_unit["stem"] if with_unit else name
    parts = {key: match for key in sorted(known) if (match := _WITH_UNIT.fullmatch(key))}
    for stems in ((stem,), (f"min_{stem}", f"max_{stem}")):
        if same := {key: _UNITS[match["unit"]] for key, match in parts.items() if match["stem"] in stems}:
            return same
    return {}


def _meant(name: str, known: Iterable[str]) -> list[str]:
    """The known keys that someone who wrote `name` may have meant."""
    return list(_with_unit(name, known)) or [nearest(name, known)]


# -------------------------------------------------------------------------------- plain words

_TYPES = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number of ordinary size",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "string_type": "text; put it in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list, [one, another]",
    "list_type": "a list, [one, another]",
    "dict_type": "a mapping, name: value",
    "model_type": "a mapping, name: value",
    "model_attributes_type": "a mapping, name: value",
    **dict.fromkeys(("date_from_datetime_parsing", "date_parsing", "date_type"), "a date such as 2024-08-26"),
    **dict.fromkeys(
        (
            "datetime_parsing",
            "datetime_from_date_parsing",
            "datetime_type",
            "datetime_object_invalid",
            "timezone_aware",
        ),
        "a moment with its offset from UTC, such as 2024-08-26T03:00:00+03:00",
    ),
}
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_PATTERNS = {
    r"^[a-z0-9][a-z0-9-]*$": "lower-case letters, digits and hyphens, such as kyiv-north",
    r"^[A-Z][A-Z0-9-]*$": "capital letters, digits and hyphens, such as UKR",
    r"^[A-Z]{3}$": "three capital letters, the ISO 3166-1 alpha-3 code of a country",
}


def _plain(kind: str, context: Mapping[str, Any], value: Any, message: str) -> tuple[str, str]:
    """What is wrong, and what would be right."""
    shown = _short(value)
    if kind == "model_type" and context.get("class_name") == "Quantity" and _is_number(value):
        return (
            "a number without its basis",
            f"write {{value: {value:g}, kind: notional, note: why this value}}",
        )
    if kind in _TYPES:
        return f"{shown} is not right here", f"must be {_TYPES[kind]}"
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"{shown} is impossible", f"must be {words} {in_full(context[name])}"
    if kind in ("literal_error", "enum"):
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        close = nearest(value, choices) if isinstance(value, str) else ""
        right = f"did you mean {close}? " if close else ""
        return f"{shown} is not one of the choices", f"{right}must be {' or '.join(choices)}"
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        if pattern.startswith(r"^\d{4}("):
            return f"{shown} is not a date", "must be a year, year-month or date, such as '2024-08-26'"
        if pattern.startswith(r"^\d{4}-("):
            right = "a day such as '2024-08-26'" if pattern.count("[01]") else "a month such as '2024-08'"
            return f"{shown} is no such date", f"must be {right}"
        return f"{shown} is not well formed", f"must be {_PATTERNS.get(pattern, f'of the form {pattern}')}"
    if kind in ("too_short", "string_too_short"):
        return "empty or too short", f"needs at least {context['min_length']}"
    if kind in ("too_long", "string_too_long"):
        return "too long", f"at most {context['max_length']}"
    if kind == "value_error":
        what, _, right = str(context["error"]).partition(" | ")
        return what, right
    return message[:1].lower() + message[1:], ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "an empty value"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
