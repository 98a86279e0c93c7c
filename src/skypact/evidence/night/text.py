"""A recorded night as YAML text, with comments that say where each figure is from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from skypact.evidence.night.claims import RecordedFlight, claims
from skypact.evidence.night.defence import Defence
from skypact.evidence.night.waves import Waves
from skypact.evidence.night.yamlout import dumped
from skypact.scenario.forces import Place

POLICY = "as-happened"
HEADER = """\
# {title}: a scenario made by `skypact evidence raid` from the public record.
#
# The record is "UA AirDefense Tracker: Ukraine air defense aggregated data" by Petro Ivaniuk and the UA AirDefense Tracker
# (https://ua-airdefense-tracker.org/), made from the bulletins of Ukraine's Air Force Command; Open Data Commons
# Attribution License, ODC-BY 1.0 (https://opendatacommons.org/licenses/by/1-0/).  One side's claims, not independently
# verified.
#
# From the record: how many of what were launched, from where, in which span of time, at which regions, and how many
# are claimed as stopped.  Assumed by a stated rule, and notional: which city, which way, which minute, and the whole
# defence, whose national totals are spread over cities by population.  No report of where a unit stood was used.
"""


def written(
    name: str,
    night: date,
    zero: datetime,
    store: str,
    defence: Defence,
    at: Mapping[str, Place],
    waves: Sequence[Waves],
    flights: Sequence[RecordedFlight],
    left_out: Sequence[str],
    source: str,
) -> str:
    """The text of the scenario."""
    said = claims(flights)
    title = f"Ukraine, the night of {night.day} {night:%B %Y} as recorded"
    sections: dict[str, Any] = {
        "format": "skypact-scenario/1",
        "id": name,
        "title": title,
        "date": night.isoformat(),
        "summary": _summary(night, said),
    }
    raid = {
        "zero": zero.isoformat(),
        "attacker": ["RUS"],
        "priorities": defence.priorities,
    }
    after = {
        "doctrine": defence.doctrine,
        "policies": {
            POLICY: {
                "title": "As it happened",
                "summary": "Ukraine defends alone; no ally was allowed to engage over its territory.",
                "decisions": [],
            }
        },
        "baseline": POLICY,
        "reported_under": POLICY,
        "watched": ["RUS", "BLR"],
        "observed": list(_observed(said, source)),
        "notional": list(_notional(defence, left_out)),
    }
    middle = {
        "actors": {
            defence.defender: {"name": "Ukraine", "role": "defender"},
            "BLR": {"name": "Belarus", "role": "neighbour"},
            "RUS": {"name": "Russia", "role": "attacker"},
        },
        "places": _places(defence, at, waves),
        "assets": defence.assets,
        "laydown": defence.laydown,
        "sensors": defence.sensors,
    }
    used = {source, *_named([middle, after])}
    sources = {
        source: _record_source(night, store),
        **{key: one for key, one in defence.sources.items() if key in used},
    }
    parts = [HEADER.format(title=title)]
    if left_out:
        parts += ["#\n# Left out of it:\n", *(f"# - {line}\n" for line in left_out)]
    parts += ["\n", dumped(sections), "\n", dumped({"sources": sources}), "\n"]
    parts += [f"{dumped({key: value})}\n" for key, value in middle.items()]
    parts += [dumped({"raid": raid}), "  waves:\n"]
    for made in waves:
        parts += [f"  # {line}\n" for line in made.comment]
        parts += [_indented(dumped([wave])) for wave in made.waves]
    parts += ["\n", *(f"{dumped({key: value})}\n" for key, value in after.items())]
    return "".join(parts)


def _summary(night: date, said: Iterable[Mapping[str, Any]]) -> str:
    launched = sum(one["launched"] for one in said)
    destroyed = sum(one["destroyed"] for one in said)
    return (
        f"The raid that Ukraine's Air Force reported for the night of {night.day} {night:%B %Y}: {launched} weapons "
        f"launched, {destroyed} of them claimed as shot down. Ukraine's defence is a notional one of that date, alone."
    )


def _record_source(night: date, store: str) -> dict[str, Any]:
    return {
        "title": f"Reports on the night of {night.isoformat()}, as digitised in the UA AirDefense Tracker by P. Ivaniuk "
        f"and others (ODC-BY 1.0)",
        "publisher": "Air Force Command of the Armed Forces of Ukraine",
        "date": night.isoformat(),
        "url": "https://ua-airdefense-tracker.org/",
        "note": f"One side's report, not independently verified. Taken from {store}.",
    }


def _places(defence: Defence, at: Mapping[str, Place], waves: Iterable[Waves]) -> dict[str, Any]:
    """The cities, where sensors stand, and what the waves name."""
    names = [one["place"] for one in defence.assets.values()]
    for entry in (*defence.laydown, *defence.sensors):
        names += list(entry.get("at") or ())
    for made in waves:
        for wave in made.waves:
            names += [wave["launch"], *wave.get("via", ())]
    return {name: at[name].model_dump(exclude_defaults=True) for name in dict.fromkeys(names)}


def _observed(said: Iterable[Mapping[str, Any]], source: str) -> Iterable[dict[str, Any]]:
    by = "Ukraine's Air Force"
    for one in said:
        common = {"classes": one["classes"], "by": by, "sources": [source]}
        yield {"what": "launched", "value": one["launched"], **common}
        lost = one["not_reached"]
        if lost is None:
            yield {"what": "killed", "value": one["destroyed"], **common}
            continue
        most = min(one["launched"], one["destroyed"] + lost)
        note = (
            f"{one['destroyed']} shot down and {lost} that did not reach their target, lost or jammed; the model counts "
            "those jammed as stopped, and those that fail by themselves apart."
        )
        yield {"what": "killed", "value": most, "low": one["destroyed"], "high": most, "note": note, **common}


def _notional(defence: Defence, left_out: Iterable[str]) -> Iterable[str]:
    yield (
        "At which cities the weapons were aimed, their ways and their minutes, by the rule in docs/evidence.md; only "
        "counts, types, spans of time, launch areas and regions are the record's."
    )
    yield (
        "Where every unit stands, and how many there were of what is not public. National totals are spread over cities "
        "by population; no report of a unit's place was used."
    )
    yield "Allied units in Poland and Romania are left out: none was allowed to engage over Ukraine."
    yield from defence.notes
    for line in left_out:
        yield f"Left out of the record: {line}."


def _named(data: Any) -> Iterable[str]:
    """Every source that some data name."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "sources" and isinstance(value, list):
                yield from (one for one in value if isinstance(one, str))
            else:
                yield from _named(value)
    elif isinstance(data, list):
        for value in data:
            yield from _named(value)


def _indented(text: str) -> str:
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))
