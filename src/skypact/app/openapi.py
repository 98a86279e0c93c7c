"""The description of the API, OpenAPI 3.1, made from the models that check the requests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic.json_schema import models_json_schema

from skypact.app.endpoint import Endpoint
from skypact.version import __version__

REF = "#/components/schemas/{model}"
PROBLEM = {
    "type": "object",
    "description": "One thing that is wrong, and what would be right; line 0 where it is in no file.",
    "properties": {
        "file": {"type": "string"},
        "line": {"type": "integer"},
        "column": {"type": "integer"},
        "field": {"type": "string"},
        "what": {"type": "string"},
        "right": {"type": "string"},
        "level": {"enum": ["error", "warning"]},
        "text": {"type": "string"},
    },
}
PROBLEMS = {
    "type": "object",
    "properties": {"problems": {"type": "array", "items": {"$ref": REF.format(model="Problem")}}},
}


def description(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """The document at ``/api/openapi.json``."""
    endpoints = list(endpoints)
    models = list(dict.fromkeys(one.takes for one in endpoints if one.takes is not None))
    _, schemas = models_json_schema([(one, "validation") for one in models], ref_template=REF)
    paths: dict[str, Any] = {}
    for one in endpoints:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Skypact",
            "version": __version__,
            "summary": "What decisions about air defence and military aid would change.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {"schemas": {**schemas.get("$defs", {}), "Problem": PROBLEM, "Problems": PROBLEMS}},
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    gives = "application/x-ndjson" if one.streams else one.gives
    refused = {
        "description": "Refused, and why.",
        "content": _content("application/json", REF.format(model="Problems")),
    }
    found: dict[str, Any] = {
        "summary": one.summary,
        "operationId": f"{one.method.lower()}{one.path.replace('/', '-').replace('{', '').replace('}', '')}",
        "responses": {"200": {"description": "Done.", "content": {gives: {}}}, "4XX": refused},
    }
    if one.names:
        found["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in one.names
        ]
    if one.raw and one.method in ("PUT", "DELETE"):
        found["parameters"] += [
            {"name": name, "in": "header", "schema": {"type": "string"}}
            for name in ("If-Match", "If-None-Match")
        ]
    if one.raw and one.method == "PUT":
        found["requestBody"] = {
            "required": True,
            "content": {"application/yaml": {"schema": {"type": "string"}}},
        }
    if one.takes is not None:
        ref = REF.format(model=one.takes.__name__)
        found["requestBody"] = {"required": True, "content": _content("application/json", ref)}
    return found


def _content(kind: str, ref: str) -> dict[str, Any]:
    return {kind: {"schema": {"$ref": ref}}}
