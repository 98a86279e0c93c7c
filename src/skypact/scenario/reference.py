"""The scenario format as a reference in Markdown, made of the models and their docstrings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from skypact.catalog.bands import BANDS as CATALOG_BANDS
from skypact.catalog.model import ThreatClass
from skypact.catalog.plausible import KINDS
from skypact.catalog.plausible import words as in_words
from skypact.quantity import Basis
from skypact.reading.publish import documentation, models
from skypact.reading.schema import Ref, is_model
from skypact.scenario.actions import ACTIONS
from skypact.scenario.check_bands import BANDS as SCENARIO_BANDS
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Rule

_NAMES = {
    "area": ("name of an actor, region or place", "names of actors, regions or places"),
    "laydown": ("id of a laydown entry", "ids of laydown entries"),
    "rule": ("id of a rule", "ids of rules"),
    "policy": ("name of a policy", "names of policies"),
    "threat": ("name of a threat in the catalogue", "names of threats in the catalogue"),
    "effector": ("name of an effector in the catalogue", "names of effectors in the catalogue"),
    "sensor": ("name of a sensor in the catalogue", "names of sensors in the catalogue"),
}
_PATTERNS = {
    "^[a-z0-9][a-z0-9-]*$": ("name of your own", "names of your own"),
    "^[A-Z][A-Z0-9-]*$": ("name of your own in capitals", "names of your own in capitals"),
    "^[A-Z]{3}$": ("ISO 3166-1 alpha-3 code", "ISO 3166-1 alpha-3 codes"),
}
_DATE = ("date", "dates")
_TYPES = {
    str: ("text", "texts"),
    int: ("whole number", "whole numbers"),
    float: ("number", "numbers"),
    bool: ("true or false", "true or false"),
}
_BOUNDS = {Ge: ("ge", "at least"), Gt: ("gt", "more than"), Le: ("le", "at most"), Lt: ("lt", "less than")}


MARK = "<!-- From here on made by tools/publish_format.py of the models; do not edit. -->"


def with_reference(page: str, made: str) -> str:
    """A page with a reference, up to date, after its mark."""
    return f"{page.partition(MARK)[0]}{MARK}\n\n{made.rstrip()}\n"


def reference() -> str:
    """One section for each kind of object, in the order in which a file needs them, and the bands."""
    lines = [line for model in models(Scenario) for line in section(model)]
    return "\n".join([*lines, *_bands()])


def _bands() -> Iterator[str]:
    """The plausible bands, as one table."""
    yield "### Plausible bands\n"
    yield "A number outside what is usual is a warning, one outside what is possible an error.\n"
    yield "| number | of | usual | possible |\n|---|---|---|---|"
    for band in (*SCENARIO_BANDS, *CATALOG_BANDS):
        kinds = ", ".join(KINDS.get(tag, tag) for tag in band.of)
        yield f"| `{band.part}.{band.field}` | {kinds} | {_span(band.usual)} | {_span(band.possible)} |"


def _span(span: tuple[float, float]) -> str:
    return in_words(span).replace(" and ", " to ")


def section(model: type[BaseModel], described_by: type | None = None) -> Iterator[str]:
    """One kind of object: what it is, and its fields with type, default and meaning."""
    about, meanings = documentation(model, described_by)
    yield f"### {(described_by or model).__name__}\n\n{about}\n"
    yield "| field | value | default | meaning |\n|---|---|---|---|"
    shared = set(Basis.model_fields)  # what everything with a basis has comes last
    rows = [
        (info.alias or name, words(_whole(info)), _default(info), name in shared)
        for name, info in model.model_fields.items()
    ]
    rows.sort(key=lambda row: row[3])
    for meaning, group in groupby(rows, key=lambda row: meanings.get(row[0]) or [row[0]]):
        names, values, defaults, _ = zip(*group, strict=True)
        text = " ".join(meaning.split()) if isinstance(meaning, str) else ""
        cells = (_cell([f"`{name}`" for name in names]), _cell(values), _cell(defaults), text)
        yield f"| {' | '.join(cells)} |"
    yield ""
    if model is Rule:
        yield from _actions()


def _actions() -> Iterator[str]:
    """What each action means, and which fields its rules may have."""
    yield "### Actions\n\nWhat a rule may be about, and the fields that it may have besides those of every rule.\n"
    yield "| action | meaning | fields | where no rule says anything |\n|---|---|---|---|"
    for name, terms in ACTIONS.items():
        fields = ", ".join(f"`{field}`" for field in Rule.model_fields if field in terms.fields)
        unsaid = "allowed" if terms.unsaid else "not allowed"
        if terms.own_territory:
            unsaid += ", but from one's own territory over it"
        yield f"| `{name}` | {terms.means} | {fields} | {unsaid} |"
    yield ""


def _cell(lines: Sequence[str]) -> str:
    """The cell of a row for several fields; what they have in common stands once."""
    return lines[0] if len(set(lines)) == 1 else "<br>".join(lines)


def _whole(info: FieldInfo) -> Any:
    """A field's annotation with what Pydantic keeps apart from it."""
    annotation: Any = info.annotation
    for extra in info.metadata:
        annotation = Annotated[annotation, extra]
    return annotation


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "*needed*"
    default = info.get_default(call_default_factory=True)
    return "" if default in (None, "", (), {}) else f"`{json.dumps(default)}`"


def words(annotation: Any, plural: bool = False) -> str:
    """What may stand there, in words.

    Examples
    --------
    >>> words(tuple[int, ...]), words(dict[str, float])
    ('list of whole numbers', 'mapping from text to number')
    """
    metadata: list[Any] = []
    while get_origin(annotation) is Annotated:
        metadata = [*annotation.__metadata__, *metadata]
        annotation = annotation.__origin__
    metadata = [part for extra in metadata for part in getattr(extra, "metadata", [extra])]
    for extra in metadata:
        if isinstance(extra, Ref):
            article = "an" if extra.kind[0] in "ae" else "a"
            usual = (f"name of {article} {extra.kind}", f"names of {extra.kind}s")
            return _NAMES.get(extra.kind, usual)[plural]
        if pattern := getattr(extra, "pattern", None):
            return _PATTERNS.get(str(pattern), _DATE)[plural]
    origin, args = get_origin(annotation), get_args(annotation)
    if is_model(annotation):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    if origin is Literal:
        if args == get_args(ThreatClass):
            return "threat classes" if plural else "threat class"
        return " or ".join(f"`{choice}`" for choice in args)
    if origin is tuple and args[-1] is not Ellipsis:
        return f"[{', '.join(words(item) for item in args)}]"
    if annotation is Any:
        return "anything"
    if origin in (tuple, list):
        return f"list of {words(args[0], plural=True)}"
    if origin is dict:
        return f"mapping from {words(args[0])} to {words(args[1])}"
    if args:
        return " or ".join(words(option, plural) for option in args if option is not NoneType)
    if annotation not in _TYPES:
        return "date and time with its offset"
    limits = [
        f"{said} {getattr(extra, key):g}"
        for extra in metadata
        for bound, (key, said) in _BOUNDS.items()
        if isinstance(extra, bound)
    ]
    return " ".join([_TYPES[annotation][plural], " and ".join(limits)]).strip()
