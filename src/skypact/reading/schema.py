"""Walking data by the models that say what may stand where, even where the data is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, TypeGuard, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from skypact.reading.problem import Steps

ModelT = TypeVar("ModelT", bound=BaseModel)


class Strict(BaseModel):
    """Base of everything that is read from a file: frozen, and unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)


@dataclass(frozen=True)
class Ref:
    """Marks a field as a name that must be defined elsewhere: ``Annotated[str, Ref("place")]``."""

    kind: str


@dataclass(frozen=True)
class Node:
    """A value in the data, with what may stand there.

    Attributes
    ----------
    path
        Where it stands; for a key of a mapping, the path of its value.
    data
        The value (or the key) itself.
    annotation
        One type that may stand there, without `Annotated`.
    kind
        The kind of name it is, if the model marks it with `Ref`; else "".
    """

    path: Steps
    data: Any
    annotation: Any
    kind: str


def walk(annotation: Any, data: Any, path: Steps = ()) -> Iterator[Node]:
    """Every value in `data` with what `annotation` says may stand there, wrong ones included."""
    for kind, option in branches(annotation):
        yield Node(path, data, option, kind)
        origin, args = get_origin(option), get_args(option)
        if is_model(option) and isinstance(data, dict):
            for name, info in option.model_fields.items():
                key = info.alias or name
                if key in data:
                    yield from walk(field_annotation(info), data[key], (*path, key))
        elif origin in (tuple, list) and isinstance(data, list):
            for index, item in enumerate(data):
                yield from walk(args[0], item, (*path, index))
        elif origin in (dict, Mapping) and isinstance(data, dict):
            for key, item in data.items():
                yield from walk(args[0], key, (*path, key))
                yield from walk(args[1], item, (*path, key))


def references(annotation: Any, data: Any, path: Steps = ()) -> Iterator[tuple[Steps, str, str]]:
    """Every (path, kind, name) in `data` that `annotation` marks with `Ref`.

    Works on raw data, so that unknown names are found even where other fields are wrong.

    Examples
    --------
    >>> class Trip(Strict):
    ...     start: Annotated[str, Ref("place")]
    ...     end: Annotated[str, Ref("place")] | None = None
    >>> list(references(Trip, {"start": "kyiv", "end": "lviv", "days": "many"}))
    [(('start',), 'place', 'kyiv'), (('end',), 'place', 'lviv')]
    """
    for node in walk(annotation, data, path):
        if node.kind and isinstance(node.data, str):
            yield node.path, node.kind, node.data


def pieces(annotation: Any, data: Any, wanted: type[ModelT]) -> Iterator[tuple[Steps, ModelT]]:
    """Every part of `data` that is a sound `wanted`, with its path, though other parts be wrong.

    Examples
    --------
    >>> class Stop(Strict):
    ...     km: float
    >>> list(pieces(tuple[Stop, ...], [{"km": 3}, {"km": "far"}], Stop))
    [((0,), Stop(km=3.0))]
    """
    for node in walk(annotation, data):
        if is_model(node.annotation) and issubclass(node.annotation, wanted) and isinstance(node.data, dict):
            try:
                yield node.path, node.annotation.model_validate(node.data)
            except ValidationError:
                continue


def is_model(annotation: Any) -> TypeGuard[type[BaseModel]]:
    """Whether an annotation is a model."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def field_annotation(info: FieldInfo) -> Any:
    """The annotation of a field, with its `Ref` (which Pydantic keeps apart)."""
    annotation: Any = info.annotation
    for extra in info.metadata:
        if isinstance(extra, Ref):
            annotation = Annotated[annotation, extra]
    return annotation


def branches(annotation: Any) -> Iterator[tuple[str, Any]]:
    """The members of a union, or the annotation itself, each with the kind of name that it is."""
    kind = ""
    while get_origin(annotation) is Annotated:
        annotation, *extras = get_args(annotation)
        kind = next((extra.kind for extra in extras if isinstance(extra, Ref)), kind)
    if get_origin(annotation) in (Union, UnionType):
        for member in get_args(annotation):
            for inner, option in branches(member):
                yield inner or kind, option
    else:
        yield kind, annotation


def known_fields(model: type[BaseModel], path: Steps) -> set[str]:
    """The names of the fields that are known in the mapping at `path` of a `model`."""
    level: list[Any] = [model]
    for step in path:
        level = [below for annotation in level for below in _below(annotation, step)]
    return {
        info.alias or name
        for annotation in level
        for _, option in branches(annotation)
        if is_model(option)
        for name, info in option.model_fields.items()
    }


def _below(annotation: Any, step: str | int) -> Iterator[Any]:
    """What may stand one step below `annotation`."""
    for _, option in branches(annotation):
        origin, args = get_origin(option), get_args(option)
        if is_model(option):
            for name, info in option.model_fields.items():
                if step in (name, info.alias):
                    yield info.annotation
        elif origin in (tuple, list) and isinstance(step, int):
            yield args[0]
        elif origin in (dict, Mapping) and isinstance(step, str):
            yield args[1]
