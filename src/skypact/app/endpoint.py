"""An endpoint of the API: what it takes, what it does, and how what goes wrong is said."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import Headers
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from skypact.app.models import DAY, NAME, Request
from skypact.reading import Problem, Problems
from skypact.reading.problem import dotted

Answer = Callable[[Any, Any], Any]
"""From the workplace and the checked request to what is sent back."""


@dataclass(frozen=True)
class Endpoint:
    """One endpoint.

    Attributes
    ----------
    method, path
        As in ``POST /api/check``.
    summary
        What it is for, in a sentence.
    answer
        What it does: it gets the workplace, and the checked request or the parts of the path.
    takes
        The model of the request's body; None: there is none.
    streams
        Whether the answer is a line of JSON after the other.
    raw
        Whether it gets the parts of the path, the headers and the body as a text instead (`Raw`).
    gives
        The media type of the answer.
    """

    method: str
    path: str
    summary: str
    answer: Answer
    takes: type[Request] | None = None
    streams: bool = False
    raw: bool = False
    gives: str = "application/json"

    @property
    def names(self) -> list[str]:
        """The parts of the path that are filled in."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]


@dataclass(frozen=True)
class Raw:
    """A request whose body is a text and whose headers count."""

    parts: dict[str, str]
    headers: Headers
    text: str


class Refused(Exception):
    """A request that is not answered, with the status that says why."""

    def __init__(self, status: int, what: str, right: str = "", field: str = "") -> None:
        super().__init__(what)
        self.status = status
        self.problems = (Problem("request", 0, 0, field, what, right),)


IN_WORDS = {
    NAME: "letters, digits, dots, hyphens and underscores, at most 80, beginning with a letter or a digit",
    DAY: "a day like 2024-08-26, a month or a year",
}


async def checked(request: HttpRequest, model: type[Request]) -> Request:
    """The body of a request, checked.

    Raises
    ------
    Refused
        If it is no JSON.
    skypact.Problems
        With everything that is wrong with it.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "the body is not called JSON", "content-type: application/json")
    try:
        document = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        raise Refused(400, "the body is no JSON") from None
    try:
        return model.model_validate(document)
    except ValidationError as wrong:
        raise Problems(
            Problem("request", 0, 0, dotted(one["loc"]), *_words(one))
            for one in wrong.errors(include_url=False, include_input=False)
        ) from None


def _words(wrong: Any) -> tuple[str, str]:
    """What is wrong and what would be right; a pattern is said in words."""
    right = IN_WORDS.get(wrong.get("ctx", {}).get("pattern", ""))
    if right is not None:
        return "this cannot stand here", right
    return str(wrong["msg"]).removeprefix("Value error, "), ""


def encoded(document: Any) -> bytes:
    """A document as JSON on one line."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def last_line(line: bytes) -> bytes:
    """The same answer as the last that comes: answers are remembered as if another followed."""
    return line.replace(b'"last":false', b'"last":true', 1)


def as_json(document: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A document as the answer to a request."""
    return Response(encoded(document), status, headers, "application/json")


def told(problems: Iterable[Problem]) -> dict[str, Any]:
    """Problems as JSON has them, each with its line and path, and as one line of text."""
    return {
        "problems": [
            {
                "file": one.file,
                "line": one.line,
                "column": one.column,
                "field": one.field,
                "what": one.what,
                "right": one.right,
                "level": one.level,
                "text": str(one),
            }
            for one in problems
        ]
    }
