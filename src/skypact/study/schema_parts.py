"""Parts of JSON Schemas that many documents have."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
TEXTS: Schema = {"type": "array", "items": TEXT}
SETS: Schema = {"type": "integer", "minimum": 2}
OBJECTS: Schema = {"type": "array", "items": {"type": "object"}}


def fixed(properties: Schema, needed: tuple[str, ...] | None = None, more: Schema | bool = False) -> Schema:
    required = list(properties if needed is None else needed)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": more}


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
