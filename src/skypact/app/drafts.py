"""Drafts: texts at work, kept in the working folder so that no reload, crash or restart loses them.

Whoever writes says which version was read (``If-Match``), so that two pages never overwrite each other unseen.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from skypact.app.endpoint import Endpoint, Raw, Refused, as_json
from skypact.app.folder import etag
from skypact.app.models import MOST_BYTES
from skypact.app.workplace import Workplace


def listed(place: Workplace, _: None) -> Any:
    return {"drafts": place.folder.drafts()}


def read(place: Workplace, request: Raw) -> Any:
    found = place.folder.draft(request.parts["name"])
    if found is None:
        raise Refused(404, "no such draft", "see /api/drafts", "name")
    return Response(found, 200, {"etag": etag(found), "cache-control": "no-store"}, "application/yaml")


def write(place: Workplace, request: Raw) -> Any:
    name, text = request.parts["name"], request.text
    if len(text.encode()) > MOST_BYTES:
        raise Refused(413, f"a draft has at most {MOST_BYTES} bytes")
    with place.writing:
        before = place.folder.draft(name)
        _expect(request, before)
        place.folder.keep_draft(name, text)
    return as_json({"name": name, "etag": etag(text)}, 201 if before is None else 200, {"etag": etag(text)})


def forget(place: Workplace, request: Raw) -> Any:
    with place.writing:
        before = place.folder.draft(request.parts["name"])
        if before is not None:
            _expect(request, before)
            place.folder.forget_draft(request.parts["name"])
    return Response(status_code=204)


def _expect(request: Raw, before: str | None) -> None:
    """The version that was read is the one that is there.

    Raises
    ------
    Refused
        If it is not, or if the request does not say which it was.
    """
    match, none = request.headers.get("if-match"), request.headers.get("if-none-match")
    if match is None and none != "*":
        raise Refused(428, "say which version was read", "If-Match: its ETag; If-None-Match: * for a new one")
    if (before is None) != (match is None) or (before is not None and match != etag(before)):
        raise Refused(412, "the draft was changed elsewhere since it was read", "read it again")


ENDPOINTS = (
    Endpoint("GET", "/api/drafts", "The names of the drafts.", listed),
    Endpoint("GET", "/api/drafts/{name}", "A draft's text.", read, raw=True, gives="application/yaml"),
    Endpoint(
        "PUT",
        "/api/drafts/{name}",
        "Keep a draft; If-Match names the version that was read.",
        write,
        raw=True,
    ),
    Endpoint("DELETE", "/api/drafts/{name}", "Throw a draft away.", forget, raw=True),
)
