"""Reading what people write: YAML and JSON with line numbers, and every problem at once.

A document is read once into plain data and a tree of marks.  Whatever is wrong with it becomes a
`Problem`, one line each; `BadInput` carries all of them to the command line, which prints them and
leaves with exit status 2.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

Steps = tuple[str | int, ...]
Mark = tuple[int, int]
ModelT = TypeVar("ModelT", bound=BaseModel)

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 60


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with a file, and what would be right.

    Examples
    --------
    >>> print(Problem("raid.yaml", 3, 7, "waves[0].from", "unknown place 'Kiev'", "kyiv?"))
    raid.yaml:3:7: waves[0].from: unknown place 'Kiev' (kyiv?)
    """

    file: str
    line: int
    column: int
    field: str
    what: str
    right: str = ""
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        warning = "warning: " if self.level == "warning" else ""
        where = f"{self.file}:{self.line}:{self.column}: "
        name = f"{self.field}: " if self.field else ""
        right = f" ({self.right})" if self.right else ""
        return _one_line(f"{where}{warning}{name}{self.what}{right}")


class BadInput(Exception):
    """What a user gave cannot be used; carries every `Problem` that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Document:
    """A file as plain data, with the place of every field.

    Attributes
    ----------
    file
        The name to show in messages.
    data
        Dictionaries, lists, strings, numbers, booleans and None.
    marks
        From the path of a value to its line and column, both counted from 1.
    keys
        The same for the key under which the value stands.
    """

    file: str
    data: Any
    marks: Mapping[Steps, Mark] = field(repr=False, default_factory=dict)
    keys: Mapping[Steps, Mark] = field(repr=False, default_factory=dict)

    def mark(self, path: Steps, key: bool = False) -> Mark:
        """Line and column of the value (or its key) at `path`, or of its nearest ancestor."""
        if key and path in self.keys:
            return self.keys[path]
        while path not in self.marks and path:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def problem(
        self,
        path: Steps,
        what: str,
        right: str = "",
        *,
        key: bool = False,
        level: Literal["error", "warning"] = "error",
    ) -> Problem:
        """Make a problem that stands at `path`."""
        line, column = self.mark(path, key)
        return Problem(self.file, line, column, dotted(path), what, right, level)


class Strict(BaseModel):
    """Base of everything that is read from a file: frozen, and unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Ref:
    """Marks a field as a name that must be defined elsewhere: ``Annotated[str, Ref("place")]``."""

    kind: str


def dotted(path: Steps) -> str:
    """Write a path as people do.

    >>> dotted(("raid", "waves", 0, "from"))
    'raid.waves[0].from'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else (f".{step}" if text else str(step))
    return text


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name nearest to `name`, or the empty string.

    >>> nearest("kiev", ["lviv", "kyiv", "odesa"])
    'kyiv'
    """
    by_fold = {candidate.casefold(): candidate for candidate in sorted(known)}
    close = difflib.get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.5)
    return by_fold[close[0]] if close else ""


def suggest(name: str, known: Iterable[str]) -> str:
    """What would be right instead of an unknown name: the nearest one, or a list of all."""
    names = sorted(known)
    if close := nearest(name, names):
        return f"did you mean {close}?"
    if not names:
        return "none is defined"
    shown = ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
    return f"known: {shown}"


# ---------------------------------------------------------------------------------- reading


def read_text(path: str | Path) -> str:
    """Read a text file; a directory, a binary or an oversized file is bad input."""
    file = str(path)

    def bad(what: str, right: str) -> BadInput:
        return BadInput([Problem(file, 1, 1, "", what, right)])

    target = Path(path)
    try:
        if target.is_dir():
            raise bad("this is a directory", "give a file")
        if not target.exists():
            raise bad("no such file", "check the path, or run 'skypact list' for the shipped names")
        if not target.is_file():
            raise bad("this is not a regular file", "give a text file")
        if target.stat().st_size > MAX_BYTES:
            raise bad("the file is too large", f"at most {MAX_BYTES // 2**20} MiB")
        raw = target.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise bad(f"cannot be read: {reason}", "a readable text file") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadInput(
            [Problem(file, line, 1, "", "not text in UTF-8", "save the file as UTF-8 text")]
        ) from None
    if "\0" in text:
        raise bad("not a text file: it holds zero bytes", "a text file in UTF-8")
    return text


def read_document(path: str | Path) -> Document:
    """Read a YAML or JSON file with the place of every field."""
    return parse_document(read_text(path), str(path))


def parse_document(text: str, file: str) -> Document:
    """Parse YAML or JSON text.

    Aliases, tags, duplicate keys and very deep nesting are refused, so that a small file cannot
    grow into a large one.  Scalars follow the core schema of YAML 1.2: ``no`` is a word, not False.

    Examples
    --------
    >>> parse_document("country: no\\nkm: 70", "x.yaml").data
    {'country': 'no', 'km': 70}
    """
    problems: list[Problem] = []
    marks: dict[Steps, Mark] = {}
    keys: dict[Steps, Mark] = {}
    try:
        _refuse_dangerous(text, file)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = f"not valid YAML: {error.problem or error.context}"
        raise BadInput(
            [Problem(file, line, column, "", what, "check the indentation, colons and quotes")]
        ) from None
    except yaml.YAMLError as error:
        raise BadInput([Problem(file, 1, 1, "", f"not valid YAML: {error}", "plain text in YAML")]) from None
    if node is None:
        raise BadInput([Problem(file, 1, 1, "", "the file is empty", "see 'skypact export' for an example")])

    def build(node: yaml.Node, path: Steps) -> Any:
        marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.SequenceNode):
            return [build(child, (*path, index)) for index, child in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            return _scalar(node)
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if not isinstance(key_node, yaml.ScalarNode):
                problems.append(
                    Problem(file, line, column, dotted(path), "a key must be a plain word", "name: value")
                )
                continue
            key = key_node.value
            here = (*path, key)
            if key in result:
                what = f"{key!r} is given twice"
                problems.append(Problem(file, line, column, dotted(here), what, "keep one"))
                continue
            keys[here] = (line, column)
            result[key] = build(value_node, here)
        return result

    data = build(node, ())
    if problems:
        raise BadInput(problems)
    return Document(file, data, marks, keys)


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN", "NaN"), math.nan),
    **dict.fromkeys((".inf", "+.inf", ".Inf", ".INF", "Infinity"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF", "-Infinity"), -math.inf),
}


def _refuse_dangerous(text: str, file: str) -> None:
    """Look at the events before anything is built: no aliases, no tags, one document, not deep."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        start = event.start_mark
        line, column = (start.line + 1, start.column + 1) if start else (1, 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what, right = "anchors and aliases are not allowed", "write the value out"
            raise BadInput([Problem(file, line, column, "", what, right)])
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise BadInput(
                [Problem(file, line, column, "", f"the tag {tag} is not allowed", "plain values only")]
            )
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise BadInput([Problem(file, line, column, "", "a second document begins", "one a file")])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                what = f"nested more than {MAX_DEPTH} deep"
                raise BadInput([Problem(file, line, column, "", what, "a flatter file")])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _scalar(node: yaml.Node) -> Any:
    text: str = node.value
    if getattr(node, "style", None) in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text) and len(text) < 300:
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


# ------------------------------------------------------------------------------- validating


def validate(model: type[ModelT], document: Document) -> ModelT:
    """Make a `model` of a document, or raise `BadInput` with every problem in plain words."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        raise BadInput(schema_problems(model, document, error)) from None


def schema_problems(model: type[BaseModel], document: Document, error: ValidationError) -> list[Problem]:
    """Turn what Pydantic found into problems with places."""
    return [_problem(model, document, details) for details in error.errors(include_url=False)]


def references(annotation: Any, data: Any, path: Steps = ()) -> Iterator[tuple[Steps, str, str]]:
    """Every (path, kind, name) in `data` that `annotation` marks with `Ref`.

    Works on raw data, so that unknown names are found even where other fields are wrong.
    """
    kind, inner = _unwrap(annotation)
    if kind and isinstance(data, str):
        yield path, kind, data
    for option in _options(inner):
        origin, args = get_origin(option), get_args(option)
        if isinstance(option, type) and issubclass(option, BaseModel) and isinstance(data, dict):
            for name, info in option.model_fields.items():
                key = info.alias or name
                if key in data:
                    wrapped: Any = info.annotation
                    for extra in info.metadata:
                        if isinstance(extra, Ref):
                            wrapped = Annotated[wrapped, extra]
                    yield from references(wrapped, data[key], (*path, key))
        elif origin in (tuple, list) and isinstance(data, list):
            for index, item in enumerate(data):
                yield from references(args[0], item, (*path, index))
        elif origin in (dict, Mapping) and isinstance(data, dict):
            for key, item in data.items():
                yield from references(args[0], key, (*path, key))
                yield from references(args[1], item, (*path, key))


def _unwrap(annotation: Any) -> tuple[str, Any]:
    kind = ""
    while get_origin(annotation) is Annotated:
        annotation, *extras = get_args(annotation)
        kind = next((extra.kind for extra in extras if isinstance(extra, Ref)), kind)
    return kind, annotation


def _options(annotation: Any) -> Iterator[Any]:
    """The members of a union, or the annotation itself."""
    if get_origin(annotation) in (Union, UnionType):
        for option in get_args(annotation):
            yield from _options(_unwrap(option)[1])
    else:
        yield annotation


def _annotations(annotation: Any, step: str | int) -> Iterator[Any]:
    """What may stand one step below `annotation`."""
    for option in _options(_unwrap(annotation)[1]):
        origin, args = get_origin(option), get_args(option)
        if isinstance(option, type) and issubclass(option, BaseModel):
            for name, info in option.model_fields.items():
                if step in (name, info.alias):
                    yield info.annotation
        elif origin in (tuple, list) and isinstance(step, int):
            yield args[0]
        elif origin in (dict, Mapping) and isinstance(step, str):
            yield args[1]


def _known_fields(model: type[BaseModel], path: Steps) -> set[str]:
    """The names of the fields that are known in the mapping at `path`."""
    level: list[Any] = [model]
    for step in path:
        level = [below for annotation in level for below in _annotations(annotation, step)]
    return {
        info.alias or name
        for annotation in level
        for option in _options(_unwrap(annotation)[1])
        if isinstance(option, type) and issubclass(option, BaseModel)
        for name, info in option.model_fields.items()
    }


def _path_in(data: Any, location: Steps) -> Steps:
    """The part of an error's location that is a path in the data (without names of union members)."""
    path: list[str | int] = []
    for index, step in enumerate(location):
        in_mapping = isinstance(data, dict) and step in data
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        missing_field = isinstance(data, dict) and isinstance(step, str) and index == len(location) - 1
        if in_mapping or in_list:
            data = data[step]
        elif not missing_field:
            continue
        path.append(step)
    return tuple(path)


def _problem(model: type[BaseModel], document: Document, details: ErrorDetails) -> Problem:
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    path = _path_in(document.data, details["loc"])
    if kind == "missing":
        name = str(details["loc"][-1])
        return document.problem((*path[:-1], name), "missing", f"add {name}")
    if kind == "extra_forbidden":
        name, known = str(path[-1]), _known_fields(model, path[:-1])
        with_unit = sorted(k for k in known if re.match(rf"{re.escape(_stem(name))}_[a-z0-9_]+\Z", k))
        if with_unit and name not in known:
            return document.problem(
                path, "the key lacks its unit", f"write {' or '.join(with_unit)}", key=True
            )
        return document.problem(path, "unknown field", suggest(name, known), key=True)
    what, right = _plain(kind, context, value, details["msg"])
    return document.problem(path, what, right)


def _stem(name: str) -> str:
    """A key without a unit that may be wrong: ``range_mi`` and ``range`` both give ``range``."""
    return re.sub(
        r"_(mi|miles|nm|nmi|ft|feet|mph|kts|knots|sec|min|mins|hours|hrs|h|usd|eur|m|km|s|ms|kmh|kph)\Z",
        "",
        name,
    )


_TYPES = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "string_type": "text; put it in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping, name: value",
    "model_type": "a mapping, name: value",
    "model_attributes_type": "a mapping, name: value",
    "date_from_datetime_parsing": "a date such as 2024-08-26",
    "date_parsing": "a date such as 2024-08-26",
    "date_type": "a date such as 2024-08-26",
    "datetime_parsing": "a moment such as 2024-08-26T03:00+03:00",
    "datetime_from_date_parsing": "a moment such as 2024-08-26T03:00+03:00",
    "datetime_type": "a moment such as 2024-08-26T03:00+03:00",
    "timezone_aware": "a moment with its offset, such as 2024-08-26T03:00+03:00",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


def _plain(kind: str, context: Mapping[str, Any], value: Any, message: str) -> tuple[str, str]:
    shown = _short(value)
    if kind in _TYPES:
        return f"{shown} is not right here", f"must be {_TYPES[kind]}"
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"{shown} is impossible", f"must be {words} {context[name]:g}"
    if kind in ("literal_error", "enum"):
        expected = str(context["expected"]).replace("'", "")
        return f"{shown} is not one of the choices", f"must be {expected}"
    if kind == "string_pattern_mismatch":
        return f"{shown} is not well formed", f"must match {context['pattern']}"
    if kind in ("too_short", "string_too_short"):
        return "empty or too short", f"needs at least {context['min_length']}"
    if kind in ("too_long", "string_too_long"):
        return "too long", f"at most {context['max_length']}"
    if kind == "value_error":
        what, _, right = str(context["error"]).partition(" | ")
        return what, right
    return message[:1].lower() + message[1:], ""


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None:
        return "an empty value"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _one_line(text: str) -> str:
    return " ".join(text.split())
