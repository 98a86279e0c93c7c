"""The JSON Schema of what commands give with ``--json``, made of the measures themselves."""

from __future__ import annotations

from skypact.study.idle import WHY as IDLE
from skypact.study.measures.base import Shown
from skypact.study.measures.incident import IncidentMeasures
from skypact.study.measures.no_window import NO_WINDOW_WHY, WHY_NOT
from skypact.study.measures.raid import BECAUSE, WHY, RaidMeasures
from skypact.study.schema_parts import (
    COUNT,
    NUMBER,
    SETS,
    SHARE,
    TEXT,
    TEXT_OR_NULL,
    TEXTS,
    Schema,
    fixed,
    ref,
)

NAMED = ("by_class", "by_asset", "by_owner", "by_system", "by_unit")
"""Where measures stand under names."""


def results_schema() -> Schema:
    """The JSON Schema that ``schema/results.schema.json`` publishes.

    Its definitions are those of the documents: ``run`` (also that of ``simulate``), ``compare``,
    ``compare-files``, ``aid``, ``explain``, ``landscapes``, ``ledger``.

    Examples
    --------
    >>> "compare" in results_schema()["$defs"]
    True
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Skypact results",
        "description": "What the commands print with --json; each document is one of the definitions.",
        "$defs": {
            "estimate": _estimate(),
            "change": _change(),
            "measures": _measures("estimate"),
            "changes": _measures("change"),
            "run": _run(),
            "difference": _difference(),
            "compare": _compare(),
            "compare-files": _compare_files(),
            "reported": _reported(),
            "aid": {"type": "array", "items": _aid_row()},
            "explain": {
                "type": "object",
                "description": "An engagement, a transfer or the steps of an incident.",
            },
            "landscapes": _landscapes(),
            "ledger": {"type": "array", "items": _statement()},
        },
    }


def _variance() -> Schema:
    return fixed({"chance": NUMBER, "ignorance": NUMBER})


def _estimate() -> Schema:
    histogram = fixed({"first": COUNT, "counts": {"type": "array", "items": COUNT}})
    return {
        "description": "A measure under a policy: mean, standard deviation of one replication, standard error"
        " of the mean, percentiles; over drawn sets also the mean with central values and the variance by origin."
        " What is not known is left out.",
        **fixed(
            {
                **{name: NUMBER for name in ("mean", "sd", "se", "p05", "p50", "p95", "central")},
                "variance": _variance(),
                "histogram": histogram,
            },
            ("mean",),
        ),
    }


def _change() -> Schema:
    pair = {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}
    over_sets = {
        **{name: NUMBER for name in ("p05", "p50", "p95", "central")},
        "variance": _variance(),
        "same_sign": fixed({name: SHARE for name in ("share", "low", "high")}),
    }
    return {
        "description": "A paired difference: mean and standard error; over drawn sets percentiles of the sets' means net of"
        " the noise of their replications, the variance by origin, the mean with central values, and in which share of"
        " the sets the sign of the mean holds, with an approximate 95 % interval; with central values alone the 95 %"
        " interval of the mean. Arrivals may have by_decision, rests_on and"
        " by_number: what the difference rests on.",
        **fixed(
            {
                "mean": NUMBER,
                "se": NUMBER,
                "ci95": pair,
                **over_sets,
                **_rests(),
            },
            ("mean", "se"),
        ),
    }


def _rests() -> Schema:
    """What a difference rests on (`skypact.study.rests`)."""
    act = fixed({**{name: NUMBER for name in ("mean", "se", "p05", "p95")}, "adds": TEXTS, "lifts": TEXTS})
    share = fixed(
        {"family": TEXT_OR_NULL, **{name: SHARE for name in ("share", "low", "high", "notional")}},
        ("family", "share", "low", "high"),
    )
    end = fixed({"mean": NUMBER, "se": NUMBER})
    number = fixed(
        {
            "name": TEXT,
            "title": {**TEXT, "description": "The same for people"},
            **{name: NUMBER for name in ("value", "low", "high")},
            "kind": TEXT,
            "correlation": NUMBER,
            "beyond_chance": {"type": "boolean"},
            "at_low": end,
            "at_high": end,
            "flips": {"type": "boolean"},
        }
    )
    orders = {"type": ["integer", "null"], "description": "Of the decisions, in each set; null: all"}
    return {
        "by_decision": {
            "type": "object",
            "description": "What each decision changes: Shapley values that add up to the mean of the difference",
            "additionalProperties": act,
        },
        "by_decision_over": fixed({"sets": COUNT, "orders": orders}),
        "rests_on": {
            "type": "array",
            "description": "Shares of families of numbers in the variance between sets; family null: unexplained",
            "items": share,
        },
        "by_number": {
            "type": "array",
            "description": "Single numbers with the mean difference at both ends, all others central",
            "items": number,
        },
        "by_number_over": fixed({"replications": COUNT}),
    }


def _shown() -> dict[str, Shown]:
    return {**RaidMeasures.shown, **IncidentMeasures.shown}


def _measures(leaf: str) -> Schema:
    """Measures by name, each with its unit; the same again under names of classes, owners, systems."""
    known = {
        name: {"description": f"{how.title}, {how.unit}", **ref(leaf)}
        for name, how in _shown().items()
        if not how.hidden and name != "unit_rounds" and name not in ("harm_by_side", "ended_by", BECAUSE)
    }
    return {
        "type": "object",
        "properties": known,
        "additionalProperties": {"anyOf": [ref(leaf), NUMBER, {"type": "object"}]},
    }


CALIBRATED: Schema = {
    "type": "object",
    "description": "The calibration, and under before the answer without it",
}


def _run() -> Schema:
    head = {
        "skypact": TEXT,
        "scenario": TEXT_OR_NULL,
        "policy": TEXT_OR_NULL,
        "seed": COUNT,
        "replications": COUNT,
        "launched": COUNT,
        "elapsed_s": {"type": "object", "additionalProperties": NUMBER},
        **{name: {"type": "object", "additionalProperties": ref("measures")} for name in NAMED},
    }
    known: Schema = _measures("estimate")["properties"]
    more = {
        "incident": {"type": "object"},
        "sets": SETS,
        "reach": {"type": "object"},
        "calibrated": CALIBRATED,
    }
    sides = {"type": "object", "additionalProperties": ref("estimate")}
    properties = {
        **head,
        **known,
        **more,
        "harm_by_side": sides,
        "ended_by": sides,
        **_because("estimate"),
        **_not_without_reason(),
    }
    needed = (
        *head,
        "idle",
        "leakers",
        BECAUSE,
        "failed",
        "kills",
        "soft_kills",
        "rounds",
        "engagements",
        "cost_usd",
    )
    return fixed(properties, needed, {"anyOf": [ref("estimate"), COUNT]})


def _difference() -> Schema:
    named = {name: {"type": "object", "additionalProperties": ref("changes")} for name in NAMED}
    head = {
        "policy": TEXT,
        "baseline": TEXT,
        "fate_changed_share": SHARE,
    }
    known: Schema = _measures("change")["properties"]
    sides = {"harm_by_side": {"type": "object", "additionalProperties": ref("change")}}
    parts = {**head, **known, **named, **sides, **_because("change")}
    return fixed(parts, (*head, "leakers"), ref("change"))


def _not_without_reason() -> Schema:
    """Why nobody could shoot at what arrives, and what changes nothing and why."""
    entry = {
        "what": {"enum": ["owner", "system", "decision"]},
        "name": TEXT,
        "owner": TEXT,
        "why": {"enum": list(IDLE)},
        "says": TEXT,
        "numbers": {"type": "object", "additionalProperties": NUMBER},
    }
    about = "Leakers without a window, by why there is none; they add up to no_window of leakers_because."
    return {
        NO_WINDOW_WHY: {"description": about, **fixed({name: ref("estimate") for name in WHY_NOT})},
        "idle": {
            "description": "Owners, systems and decisions that change nothing, and why.",
            "type": "array",
            "items": fixed(entry, ("what", "name", "why", "says", "numbers")),
        },
        "stock_over_time": _stock(),
    }


def _stock() -> Schema:
    line = {"type": "array", "items": NUMBER}
    band = fixed({"stock": NUMBER, **{name: line for name in ("p05", "p50", "p95")}})
    bands = {"type": "object", "additionalProperties": band}
    return {
        "description": "By system the share left of its stock, ready and in reserve: percentiles over some replications.",
        **fixed({"times_s": line, "replications": COUNT, "by_system": bands}),
    }


def _because(leaf: str) -> Schema:
    """The reasons for arriving, which add up to the arrivals."""
    about = f"{RaidMeasures.shown[BECAUSE].title}, threats: the reasons add up to the leakers."
    return {BECAUSE: {"description": about, **fixed({name: ref(leaf) for name in WHY})}}


def _compare() -> Schema:
    properties = {
        "skypact": TEXT,
        "scenario": TEXT,
        "baseline": TEXT,
        "seed": COUNT,
        "replications": COUNT,
        "policies": {"type": "object", "additionalProperties": ref("run")},
        "differences": {"type": "array", "items": ref("difference")},
        "reported": {"type": "array", "items": ref("reported")},
        "exposure": {"type": "object", "additionalProperties": {"type": "object"}},
        "permissions": {"type": "object", "additionalProperties": {"type": "array", "items": _permission()}},
        "incident": {"type": "object"},
        "full": {"type": "object", "description": "Sobol indices, other correlations, other placements"},
        "calibrated": CALIBRATED,
        "sets": SETS,
        "correlation": SHARE,
        "central_replications": COUNT,
    }
    return fixed(properties, tuple(properties)[:9])


def _permission() -> Schema:
    about = "Whether units of an owner may intercept a class over the territory of another; shares of that territory."
    rule = {"rule": TEXT_OR_NULL, "decision": TEXT_OR_NULL}
    rules = {"type": "array", "items": fixed({**rule, "share": SHARE})}
    names = {"type": ["array", "null"], "items": TEXT}
    without = {"type": "array", "items": fixed(rule)}
    consent = fixed({"given": {"type": "boolean"}, **rule, "without": without})
    who = {**dict.fromkeys(("owner", "class", "over"), TEXT), "systems": names, "places": names}
    shares = {"share": SHARE, "allowed_by": rules, "forbidden_by": rules, "overruled": SHARE, "unsaid": SHARE}
    parts = fixed({**who, **shares, "consent": {"anyOf": [consent, {"type": "null"}]}})
    return {"description": about, **parts}


def _compare_files() -> Schema:
    pair = {"type": "array", "minItems": 2, "maxItems": 2}
    field = fixed({"path": TEXT, "values": pair})
    policy = fixed({"results": {**pair, "items": ref("run")}, "difference": ref("difference")})
    return fixed(
        {
            "files": {**pair, "items": TEXT},
            "seed": COUNT,
            "replications": COUNT,
            "fields": {"type": "array", "items": field},
            "policies": {"type": "object", "additionalProperties": policy},
            "sets": SETS,
        },
        ("files", "seed", "replications", "fields", "policies"),
    )


def _reported() -> Schema:
    place = fixed({name: SHARE for name in ("low", "middle", "high")})
    forecast = {name: NUMBER for name in ("mean", "p05", "p50", "p95", "crps")}
    properties = {
        "what": TEXT,
        "value": NUMBER,
        "by": TEXT,
        "simulated": ref("estimate"),
        "place": {"anyOf": [place, {"type": "null"}]},
        "crps": {"type": ["number", "null"]},
        "baseline": {"anyOf": [fixed({**forecast, "place": place}), {"type": "null"}]},
    }
    needed = tuple(name for name in properties if name != "baseline")
    return {
        "description": "A report beside what was simulated. place: the share of the simulated counts below the report and not above it,"
        " and the middle of both; crps: the continuous ranked probability score; both null for what went into the scenario."
        " baseline: the same of a plain forecast, the rates of the public record before the day; null where there is none.",
        **fixed(properties, needed, more=True),
    }


def _aid_row() -> Schema:
    status = {"enum": ["allowed", "conditional", "blocked"]}
    because = fixed({"rule": TEXT, "by": TEXT, "since": TEXT_OR_NULL, "source": TEXT_OR_NULL}, more=True)
    properties = {
        "donor": TEXT,
        "recipient": TEXT,
        "system": TEXT,
        "category": TEXT,
        "channel": TEXT,
        "status": status,
        "because": {"type": "array", "items": because},
        "held": COUNT,
        "usable_from": TEXT_OR_NULL,
        "versions": {"type": "object", "additionalProperties": status},
        "date": TEXT,
        "usable": COUNT,
    }
    return fixed(properties, tuple(properties)[:9])


def _landscapes() -> Schema:
    values = {"type": "array", "minItems": 2, "maxItems": 2}
    row = fixed({"what": TEXT, "unit": TEXT, "values": values, "note": TEXT})
    pair = {"type": "array", "minItems": 2, "maxItems": 2}
    return fixed(
        {
            "skypact": TEXT,
            "scenarios": {**pair, "items": TEXT},
            "seed": COUNT,
            "replications": COUNT,
            "policies": {**pair, "items": TEXTS},
            "rows": {"type": "array", "items": row},
        }
    )


def _statement() -> Schema:
    return fixed(
        {
            "id": TEXT_OR_NULL,
            "date": TEXT,
            "who": TEXT,
            "to": TEXT_OR_NULL,
            "kind": TEXT,
            "text": TEXT,
            "about": TEXTS,
            "on": TEXT_OR_NULL,
            "sources": TEXTS,
            "pointed_to_by": TEXTS,
        }
    )
