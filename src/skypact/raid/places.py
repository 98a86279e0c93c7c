"""Where everything stands in a JSON text; read only when there is a problem to place."""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from json import JSONDecoder

from skypact.reading import Mark, Steps

_decode = JSONDecoder().raw_decode
_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^\s,\]}]+")


class Places:
    """The places in a valid JSON text, found on first use.

    Attributes
    ----------
    marks
        From the path of a value to its line and column, counted from 1.
    keys
        The same for the key under which the value stands.
    twice
        The paths of keys that are given more than once in one object.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]

    @cached_property
    def _found(self) -> tuple[dict[Steps, Mark], dict[Steps, Mark], list[Steps]]:
        marks: dict[Steps, Mark] = {}
        keys: dict[Steps, Mark] = {}
        twice: list[Steps] = []
        text, space = self._text, _SPACE

        def skip(at: int) -> int:
            match = space.match(text, at)
            return match.end() if match else at

        def scan(at: int, path: Steps) -> int:
            at = skip(at)
            marks[path] = self._mark(at)
            opening = text[at]
            if opening == '"':
                return _decode(text, at)[1]
            if opening not in "{[":
                match = _SCALAR.match(text, at)
                return match.end() if match else at + 1
            at = skip(at + 1)
            index = 0
            while text[at] not in "}]":
                step: str | int = index
                if opening == "{":
                    key_at = at
                    step, at = _decode(text, at)
                    if (*path, step) in keys:
                        twice.append((*path, step))
                    keys[(*path, step)] = self._mark(key_at)
                    at = skip(at) + 1  # the colon
                at = skip(scan(at, (*path, step)))
                if text[at] == ",":
                    at = skip(at + 1)
                index += 1
            return at + 1

        with contextlib.suppress(RecursionError):  # what is nested too deep stands at its parent's place
            scan(0, ())
        return marks, keys, twice

    def _mark(self, at: int) -> Mark:
        line = bisect_right(self._lines, at)
        return line, at - self._lines[line - 1] + 1

    @property
    def marks(self) -> Mapping[Steps, Mark]:
        return _Lazy(self, 0)

    @property
    def keys(self) -> Mapping[Steps, Mark]:
        return _Lazy(self, 1)

    @property
    def twice(self) -> list[Steps]:
        return self._found[2]


class _Lazy(Mapping[Steps, Mark]):
    """One of the mappings of `Places`, made when it is asked for something."""

    def __init__(self, places: Places, which: int) -> None:
        self._places, self._which = places, which

    @property
    def _mapping(self) -> dict[Steps, Mark]:
        return self._places._found[0] if self._which == 0 else self._places._found[1]

    def __getitem__(self, path: Steps) -> Mark:
        return self._mapping[path]

    def __iter__(self) -> Iterator[Steps]:
        return iter(self._mapping)

    def __len__(self) -> int:
        return len(self._mapping)
