"""The application: the page, its modules and styles, and the API behind one guard."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from skypact.app.api import ENDPOINTS
from skypact.app.endpoint import Endpoint, Raw, Refused, as_json, checked, encoded, told
from skypact.app.openapi import description
from skypact.app.safety import Door, Guard
from skypact.app.stream import Streamed
from skypact.app.workplace import Workplace
from skypact.reading import Problem, Problems

NONCE = "{{nonce}}"
TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
}
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class File:
    """A file of the page."""

    content: bytes
    kind: str
    mark: str


def site(place: Workplace, door: Door | None = None) -> ASGIApp:
    """The whole application.

    Parameters
    ----------
    place
        What it works with.
    door
        Who may come in; None: whoever calls from this machine.
    """
    shown = files_of_the_page()
    described = encoded(description(ENDPOINTS))
    routes = [Route(one.path, _handler(place, one), methods=[one.method]) for one in ENDPOINTS]
    routes += [
        Route("/api/openapi.json", _constant(described, "application/json")),
        Route("/", _page(shown["index.html"])),
        Route("/static/{name:path}", _static(shown)),
    ]
    wrong = {Refused: _refused, Problems: _problems, HTTPException: _http, Exception: _fault}
    return Guard(Starlette(routes=routes, exception_handlers=wrong), door or Door())  # type: ignore[arg-type]


def files_of_the_page() -> dict[str, File]:
    """Every file that may be sent, by its name: read once, so that no name can lead anywhere else."""
    found = {}
    for name, file in _walk(files("skypact.app").joinpath("static"), ""):
        content = file.read_bytes()
        suffix = f".{name.rpartition('.')[2]}"
        kind = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        found[name] = File(content, kind, f'"{hashlib.sha256(content).hexdigest()[:24]}"')
    colours = files("skypact.report").joinpath("colours.css").read_bytes()
    found["colours.css"] = File(colours, "text/css", f'"{hashlib.sha256(colours).hexdigest()[:24]}"')
    return found


def _walk(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry


def _handler(place: Workplace, one: Endpoint) -> Handler:
    async def handle(request: Request) -> Any:
        asked: Any = dict(request.path_params) if one.names else None
        if one.raw:
            body = await request.body()
            try:
                asked = Raw(dict(request.path_params), request.headers, body.decode("utf-8"))
            except UnicodeDecodeError:
                raise Refused(400, "the body is not UTF-8") from None
        elif one.takes is not None:
            asked = await checked(request, one.takes)
        answer = await asyncio.to_thread(one.answer, place, asked)
        if one.streams:
            return Streamed(answer)
        return answer if isinstance(answer, Response) else await asyncio.to_thread(as_json, answer)

    return handle


def _page(index: File) -> Handler:
    text = index.content.decode("utf-8")

    async def handle(request: Request) -> Response:
        return Response(text.replace(NONCE, request.scope["nonce"]), media_type="text/html")

    return handle


def _static(shown: dict[str, File]) -> Handler:
    async def handle(request: Request) -> Response:
        file = shown.get(request.path_params["name"])
        if file is None or file is shown["index.html"]:
            raise Refused(404, "there is nothing here")
        headers = {"etag": file.mark, "cache-control": "no-cache"}
        if request.headers.get("if-none-match") == file.mark:
            return Response(status_code=304, headers=headers)
        return Response(file.content, 200, headers, file.kind)

    return handle


def _constant(content: bytes, kind: str) -> Handler:
    async def handle(request: Request) -> Response:
        return Response(content, media_type=kind)

    return handle


def _refused(request: Request, wrong: Refused) -> Response:
    return as_json(told(wrong.problems), wrong.status)


def _problems(request: Request, wrong: Problems) -> Response:
    return as_json(told(wrong.problems), 422)


def _http(request: Request, wrong: HTTPException) -> Response:
    return as_json(
        told([Problem("request", 0, 0, "", wrong.detail)]), wrong.status_code, dict(wrong.headers or {})
    )


def _fault(request: Request, wrong: Exception) -> Response:
    what = "this is a fault of the program; the terminal in which it runs says more"
    return as_json(told([Problem("request", 0, 0, "", what)]), 500)
