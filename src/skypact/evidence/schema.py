"""The JSON Schema of what ``skypact evidence ... --json`` gives."""

from __future__ import annotations

from typing import Any

from skypact.evidence.counts import CLASS_NAMES, LEFT_OUT
from skypact.evidence.rows import DOUBTS
from skypact.evidence.weapons import STRIKE_NAMES

Schema = dict[str, Any]

COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
NUMBER_OR_NULL: Schema = {"type": ["number", "null"]}
TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
TEXTS: Schema = {"type": "array", "items": TEXT}


def evidence_schema() -> Schema:
    """The JSON Schema that ``schema/evidence.schema.json`` publishes.

    Examples
    --------
    >>> sorted(evidence_schema()["$defs"])
    ['change', 'count', 'forecast', 'import', 'raid', 'score', 'scores', 'show']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Skypact evidence",
        "description": "What skypact evidence prints with --json; each document is import, show, forecast, score or raid.",
        "$defs": {
            "change": _change(),
            "count": _count(),
            "import": _import(),
            "show": _show(),
            "forecast": _forecast(),
            "scores": _scores(),
            "score": _score(),
            "raid": _raid(),
        },
    }


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _several(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _change() -> Schema:
    return {
        "description": "A step in the use of a column: in how many reports fill it, or in its sum as a share of "
        "those launched; text says it in words.",
        **_object(
            {
                "column": TEXT,
                "group": {"enum": ["shahed", "missiles"]},
                "month": TEXT,
                "what": {"enum": ["filled", "share"]},
                "before": NUMBER,
                "after": NUMBER,
                "first": TEXT,
                "text": TEXT,
            }
        ),
    }


def _count() -> Schema:
    return {
        "description": "Reports of a class in a month, or over all time (month null). Incomplete reports are in no "
        "sum. not_reached null: no report gives it.",
        **_object(
            {
                "month": TEXT_OR_NULL,
                "class": {"enum": list(CLASS_NAMES)},
                "reports": COUNT,
                "incomplete": COUNT,
                "launched": COUNT,
                "destroyed": COUNT,
                "not_reached": {"type": ["integer", "null"], "minimum": 0},
                "not_reached_in": COUNT,
                "through": COUNT,
            }
        ),
    }


def _import() -> Schema:
    aside = _object({"row": COUNT, "line": COUNT, "column": TEXT, "reason": TEXT, "text": TEXT})
    return _object(
        {
            "skypact": TEXT,
            "file": TEXT,
            "store": TEXT,
            **{name: COUNT for name in ("rows", "added", "changed", "unchanged", "absent", "reports")},
            "doubts": _by_name(COUNT, DOUBTS),
            "unknown_weapons": _by_name(COUNT),
            "unknown_columns": TEXTS,
            "missing_columns": TEXTS,
            "open_end": {"type": "boolean"},
            "changes": _several("change"),
            "written": {"type": "boolean"},
            "set_aside": {"type": "array", "items": aside},
        }
    )


def _show() -> Schema:
    return _object(
        {
            "skypact": TEXT,
            "store": TEXT,
            "nightly": {"type": "boolean"},
            "from": TEXT_OR_NULL,
            "until": TEXT_OR_NULL,
            "reports": COUNT,
            "counted": COUNT,
            "left_out": _by_name(COUNT, LEFT_OUT),
            "totals": _several("count"),
            "counts": _several("count"),
            "changes": _several("change"),
        }
    )


def _forecast() -> Schema:
    one = _object(
        {
            "row": COUNT,
            "night": TEXT,
            "class": {"enum": list(CLASS_NAMES)},
            "launched": COUNT,
            "trained_to": TEXT,
            "mean": NUMBER,
            **{name: COUNT for name in ("p05", "p25", "median", "p75", "p95")},
            "pmf": {"type": "array", "items": {"type": "number", "exclusiveMinimum": 0, "maximum": 1}},
        }
    )
    return {
        "description": "For each report the distribution of target: D destroyed, S destroyed or did not reach.",
        **_object(
            {
                "skypact": TEXT,
                "store": TEXT,
                "nightly": {"type": "boolean"},
                "from": TEXT,
                "until": TEXT,
                "target": {"enum": ["D", "S"]},
                "origin": {"enum": ["month", "day"]},
                "forecasts": {"type": "array", "items": one},
            }
        ),
    }


def _scores() -> Schema:
    measures = {
        name: NUMBER_OR_NULL for name in ("crps", "crps_share", "log_score", "coverage50", "coverage90")
    }
    pair = _object({"mean": NUMBER_OR_NULL, "se": NUMBER_OR_NULL})
    beside = _object({**measures, "model_minus_it": _object({"log_score": pair, "crps": pair})})
    return {
        "description": "Means over reports, of the predictions (model) and of each baseline. null: not finite.",
        **_object({"reports": COUNT, "model": _object(measures), "baselines": _by_name(beside)}),
    }


def _score() -> Schema:
    part: Schema = {"$ref": "#/$defs/scores"}
    of_one = _object(
        {
            "all": {"anyOf": [part, {"type": "null"}]},
            "missiles": {"anyOf": [part, {"type": "null"}]},
            "by_class": _by_name(part),
        }
    )
    return _object(
        {
            "skypact": TEXT,
            "from": TEXT,
            "until": TEXT,
            "predictions": COUNT,
            "beside": COUNT,
            "scores": _by_name(of_one),
        }
    )


def _raid() -> Schema:
    whole: Schema = {"type": ["integer", "null"], "minimum": 0}
    flight = _object(
        {
            "report": COUNT,
            "row": whole,
            "model": TEXT,
            "class": {"enum": list(STRIKE_NAMES)},
            "threat_class": TEXT,
            "system": TEXT,
            "eligible": {"type": "boolean"},
            "launched": COUNT,
            "destroyed": whole,
            "not_reached": whole,
            "waves": TEXTS,
        }
    )
    claim = _object(
        {
            "classes": TEXTS,
            "launched": COUNT,
            "destroyed": COUNT,
            "not_reached": whole,
            "rows": {"type": "array", "items": {"type": "integer"}},
        }
    )
    return {
        "description": "A recorded night: what flew, as which system in which waves, and what is claimed of it. Where a "
        "report is about several weapons, destroyed and not_reached of all stand with the first. null: not reported.",
        **_object(
            {
                "skypact": TEXT,
                "night": TEXT,
                "store": TEXT,
                "flights": {"type": "array", "items": flight},
                "claims": {"type": "array", "items": claim},
                "left_out": TEXTS,
            }
        ),
    }


def _by_name(value: Schema, names: Any = None) -> Schema:
    if names is None:
        return {"type": "object", "additionalProperties": value}
    return {"type": "object", "properties": dict.fromkeys(names, value), "additionalProperties": False}
