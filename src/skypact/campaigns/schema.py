"""The campaign format as a JSON Schema."""

from __future__ import annotations

from typing import Any

from skypact.campaigns.model import Campaign
from skypact.reading.publish import json_schema

Schema = dict[str, Any]
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
TEXT: Schema = {"type": "string"}
ESTIMATE: Schema = {"$ref": "#/$defs/estimate"}
CHANGE: Schema = {"$ref": "#/$defs/change"}
FLOWS = ("opening", "produced", "received", "given", "fired", "lost", "closing")


def campaign_schema() -> dict[str, Any]:
    """The JSON Schema of a campaign file, which ``schema/campaign.schema.json`` publishes.

    Examples
    --------
    >>> campaign_schema()["properties"]["format"]["const"]
    'skypact-campaign/1'
    """
    return json_schema(Campaign, "Skypact campaign")


def campaign_results() -> dict[str, Schema]:
    """The definitions of what ``skypact campaign --json`` gives, to stand beside those of other results.

    Examples
    --------
    >>> "campaign" in campaign_results()
    True
    """
    texts, whole = _many(TEXT), {"type": ["integer", "null"], "minimum": 0}
    needed = {
        "skypact": TEXT,
        "campaign": TEXT,
        "title": TEXT,
        "from": TEXT,
        "until": TEXT,
        "nights": COUNT,
        "played": {**texts, "description": "The nights that were played, by the dates of their mornings"},
        "repeated": _many({"type": "object"}),
        "left_out": texts,
        "seed": COUNT,
        "replications": COUNT,
        "baseline": TEXT,
        "recorded": _many(
            _object(
                {"month": TEXT, "class": TEXT, "launched": COUNT, "destroyed": whole, "not_reached": whole}
            )
        ),
        "policies": _named({"$ref": "#/$defs/campaign-policy"}),
        "differences": _many({"$ref": "#/$defs/campaign-difference"}),
        "titles": _named(TEXT),
        "munitions": _named(TEXT),
        "notional": texts,
    }
    more = {
        "sets": {"type": "integer", "minimum": 2},
        "order": {
            "description": "The policies by arrivals, fewest first, and in which share of the sets this order holds",
            **_object({"policies": texts, "share": SHARE, "low": SHARE, "high": SHARE}),
        },
        "worth": _many(_worth()),
        "break_even": _many(_break_even()),
        "calibrated": {
            "type": "object",
            "description": "The calibration, and under before the answer without it",
        },
    }
    return {
        "campaign": _object({**needed, **more}, tuple(needed)),
        "campaign-policy": _policy(),
        "campaign-stock": _stock(),
        "campaign-difference": {
            "description": "Changes from the baseline, under the same names as the measures of a policy",
            **_object({"policy": TEXT, "baseline": TEXT, "leakers": CHANGE}, more={"type": "object"}),
        },
    }


def _object(properties: Schema, needed: tuple[str, ...] | None = None, more: Schema | bool = False) -> Schema:
    required = list(properties if needed is None else needed)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": more}


def _named(one: Schema) -> Schema:
    return {"type": "object", "additionalProperties": one}


def _many(one: Schema) -> Schema:
    return {"type": "array", "items": one}


def _policy() -> Schema:
    some = {"anyOf": [ESTIMATE, COUNT, {"type": "object"}]}
    measures = {"launched": COUNT, "leakers": ESTIMATE}
    by_class = _named(_object(measures, more=ESTIMATE))
    month = _object({"month": TEXT, **measures, "by_class": by_class}, more=ESTIMATE)
    taken = {
        "given": {**ESTIMATE, "description": "Rounds given to others"},
        "fired": {**ESTIMATE, "description": "Rounds fired"},
        "months": {
            "description": "Both in months of what is made of it, as stated",
            **_object({name: NUMBER for name in ("mean", "p05", "p95")}, ("mean",)),
        },
    }
    parts = {
        **measures,
        **{name: ESTIMATE for name in ("failed", "kills", "soft_kills", "rounds", "cost_usd")},
        "by_class": by_class,
        "by_owner": _named({"type": "object"}),
        "by_month": _many(month),
        "shelves": _named(_named(_object(taken, ()))),
        "stock": _named(_named({"$ref": "#/$defs/campaign-stock"})),
    }
    return _object(parts, more=some)


def _stock() -> Schema:
    by_day = _many(_object({"by": TEXT, "share": SHARE}))
    return _object(
        {
            **{name: ESTIMATE for name in FLOWS},
            "leakers_after_empty": {
                **ESTIMATE,
                "description": "Threats that arrive from the night on which it had run out",
            },
            "nights_empty": {**ESTIMATE, "description": "On how many nights it had run out"},
            "unanswered": {
                **ESTIMATE,
                "description": "Threats that arrive in reach of its units of which none was handed a round for their class",
            },
            "unanswered_by_class": _named(ESTIMATE),
            "by_night": _object({name: _many(COUNT) for name in ("p05", "p50", "p95")}),
            "empty": {
                **by_day,
                "description": "The share of the replications in which by this day it had run out: a night began, or the last one ended, with less than"
                " one salvo for each unit that fires it",
            },
            "short": {
                **by_day,
                "description": "The share of the replications in which by this day a threat had arrived unanswered for lack of it",
            },
        }
    )


def _worth() -> Schema:
    parts = {
        "delivery": TEXT,
        "to": TEXT,
        "munition": TEXT,
        "change": {"enum": ["earlier", "later", "without", "more", "month"]},
        "said": {**TEXT, "description": "The same in words"},
    }
    changes = {
        name: CHANGE
        for name in ("leakers", "rounds", "cost_usd", "nights_empty", "unanswered", "fired", "closing")
    }
    return _object({**parts, **changes})


def _break_even() -> Schema:
    rounds = {"type": ["integer", "null"], "description": "null: none in the range"}
    return _object(
        {
            "delivery": TEXT,
            "owner": TEXT,
            "munition": TEXT,
            "wanted": SHARE,
            "range": {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2},
            "rounds": rounds,
            "p05": rounds,
            "p95": rounds,
            "tried": _many(_object({"rounds": COUNT, "kept": SHARE})),
        }
    )
