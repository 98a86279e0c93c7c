"""The JSON Schema of what ``skypact place --json`` gives."""

from __future__ import annotations

from skypact.placing.allocate import PURPOSES
from skypact.placing.why import WHY as OWN_WHY
from skypact.study.idle import WHY
from skypact.study.schema_parts import COUNT, NUMBER, SETS, SHARE, TEXT, TEXTS, Schema, fixed

CHANGE: Schema = {"$ref": "#/$defs/change"}
TELLS: Schema = {
    "enum": ["fewer", "more", "cannot-tell", "nothing"],
    "description": "What can be told: cannot-tell where zero is in the range over the sets or in the 95 % interval of the mean",
}
HOLDS: Schema = {
    "description": "A share of the sets, with an approximate 95 % interval",
    "type": "object",
    "properties": {name: SHARE for name in ("share", "low", "high")},
    "required": ["share", "low", "high"],
    "additionalProperties": False,
}


def place_results() -> dict[str, Schema]:
    """The definitions of what ``skypact place --json`` gives, to stand beside those of other results.

    Examples
    --------
    >>> sorted(place_results())
    ['place', 'place-allocation', 'place-at']
    """
    rounds = {**NUMBER, "description": "Rounds, the central value"}
    raid = {
        **{name: TEXT for name in ("scenario", "title", "date", "policy")},
        "launched": COUNT,
        "leakers": fixed({name: NUMBER for name in ("mean", "p05", "p95")}),
    }
    places = {"type": "array", "items": {"$ref": "#/$defs/place-at"}}
    needed = {
        "skypact": TEXT,
        "unit": _many(fixed({"system": TEXT, "name": TEXT, "ready": rounds, "reserve": rounds})),
        **{name: TEXT for name in ("owner", "owner_name")},
        **{name: COUNT for name in ("count", "most", "seed", "replications")},
        "raids": _many(fixed(raid)),
        "sets": SETS,
        "left_out": {**TEXTS, "description": "Places of one raid that another has not"},
        "assets": {**_named(TEXT), "description": "What those that are aimed at are called"},
        "caution": TEXTS,
        "places": {**places, "description": "Fewest arrivals first, by the mean of raids and sets"},
        "before": {
            **_named(_named(SHARE)),
            "description": "In which share of the sets fewer arrive with the unit at one place than at another",
        },
        "allocations": _many({"$ref": "#/$defs/place-allocation"}),
        "elapsed_s": NUMBER,
    }
    return {
        "place": fixed({**needed, "more_at_one_place": places}, tuple(needed)),
        "place-at": _at(),
        "place-allocation": _allocation(),
    }


def _at() -> Schema:
    following = {"holds": HOLDS, "change": CHANGE, "tells": TELLS}
    idle = {"why": {"enum": [*WHY, *OWN_WHY]}, "says": TEXT}
    return {
        "description": "What a unit at a place changes",
        **fixed(
            {
                "place": TEXT,
                "name": TEXT,
                "units": COUNT,
                "change": CHANGE,
                "tells": TELLS,
                "first": HOLDS,
                "first_three": HOLDS,
                "next": {
                    "description": "Beside the next place of the order: how often fewer arrive, and how many fewer; null for the last",
                    "anyOf": [fixed(following), {"type": "null"}],
                },
                "rounds": NUMBER,
                "by_raid": _named(fixed({"rank": COUNT, "change": CHANGE, "tells": TELLS})),
                "by_asset": _named(CHANGE),
                "idle": {
                    **_named(fixed(idle)),
                    "description": "By raid in which it fires next to nothing: why",
                },
            }
        ),
    }


def _allocation() -> Schema:
    purpose = {"purpose": {"enum": list(PURPOSES)}, "means": TEXT, "chosen": _named(SHARE)}
    apart: Schema = {
        "description": "A change with tells: together less the places alone, or less the solver's sum",
        "type": "object",
        "properties": {"tells": TELLS},
        "required": ["mean", "tells"],
    }
    return {
        "description": "Several units at once, and what sums say beside what they change together",
        **fixed(
            {
                "purposes": _many(fixed(purpose)),
                "at": _named(COUNT),
                "solver": NUMBER,
                "alone": CHANGE,
                "sum": CHANGE,
                "together": CHANGE,
                "tells": TELLS,
                "interaction": apart,
                "unknown": apart,
                "pairs": fixed({"played": COUNT, "all": {"type": "boolean"}}),
                "by_raid": _named(CHANGE),
                "most_at": fixed({"asset": TEXT, "leakers": NUMBER}),
            }
        ),
    }


def _many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _named(items: Schema) -> Schema:
    return {"type": "object", "additionalProperties": items}
