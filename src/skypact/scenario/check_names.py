"""Checks of names: every one is defined, once, and every definition is used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from skypact.reading import Problem, Steps, references, suggest, walk
from skypact.scenario.model import Scenario
from skypact.scenario.partial import PartialScenario

_WORDS = {
    "laydown": "laydown entry",
    "units": "entry of the laydown or of stationing",
    "area": "area (an actor, a region or a place)",
    "threat": "threat of the catalogue",
    "effector": "effector of the catalogue",
    "sensor": "sensor of the catalogue",
    "family": "family of the catalogue",
}


_LISTED = {
    "threat": "skypact catalog",
    "effector": "skypact catalog",
    "sensor": "skypact catalog",
    "family": "skypact catalog",
    "source": "sources in this file",
    "area": "actors, regions and places in this file",
    "step": "incident.ladder in this file",
    "laydown": "laydown in this file",
    "units": "laydown and stationing in this file",
    "policy": "policies in this file",
}
"""Where all names of a kind are listed; of other kinds under the plural in the file."""


def check_names(partial: PartialScenario) -> Iterator[Problem]:
    """Every check of names."""
    for check in (_unknown, _unused_sources, _given_twice, _clashes, _listed_twice):
        yield from check(partial)


def known_names(partial: PartialScenario) -> Mapping[str, Collection[str]]:
    """What is defined, by kind of name; also names whose definition is otherwise wrong."""

    def keys(part: str) -> list[str]:
        return list(partial.mapping(part))

    def ids(part: str, in_decisions: str) -> list[str]:
        return [name for _, name in partial.ids(part, in_decisions)]

    catalog = partial.catalog
    return {
        "source": {*keys("sources"), *catalog.sources},
        "actor": keys("actors"),
        "place": keys("places"),
        "region": keys("regions"),
        "area": {*keys("actors"), *keys("regions"), *keys("places")},
        "asset": keys("assets"),
        "laydown": ids("laydown", "laydown"),
        "units": {*ids("laydown", "laydown"), *ids("stationing", "stationing")},
        "item": keys("items"),
        "transfer": ids("transfers", "transfers"),
        "version": keys("versions"),
        "statement": ids("statements", ""),
        "step": list(partial.at("incident", "ladder") or ()),
        "rule": ids("rules", "adds"),
        "decision": keys("decisions"),
        "policy": keys("policies"),
        "threat": {*catalog.threats, *partial.mapping("catalog", "threats")},
        "effector": {*catalog.effectors, *partial.mapping("catalog", "effectors")},
        "sensor": {*catalog.sensors, *partial.mapping("catalog", "sensors")},
        "family": {*catalog.families, *partial.mapping("catalog", "families")},
    }


def _unknown(partial: PartialScenario) -> Iterator[Problem]:
    known = known_names(partial)
    for path, kind, name in references(Scenario, partial.document.data):
        if name in known[kind]:
            continue
        others = [_WORDS.get(other, other) for other, names in known.items() if name in names]
        right = suggest(name, known[kind], _LISTED.get(kind, f"{kind}s in this file"))
        if others:
            right = f"{name} is a name of another kind: {others[0]}"
        is_key = not isinstance(partial.at(*path), str)
        yield partial.error(path, f"unknown {_WORDS.get(kind, kind)} {name!r}", right, key=is_key)


def _unused_sources(partial: PartialScenario) -> Iterator[Problem]:
    used = {name for _, kind, name in references(Scenario, partial.document.data) if kind == "source"}
    for name in partial.mapping("sources"):
        if name not in used:
            yield partial.warning(
                ("sources", name), "this source is never used", "cite it or remove it", True
            )


def _given_twice(partial: PartialScenario) -> Iterator[Problem]:
    """Ids that stand twice. Sensors and fire units share their ids: both are drawn and shown by them."""
    groups: list[list[tuple[Steps, str]]] = [
        [
            (("raid", "waves", index, "id"), wave["id"])
            for index, wave in enumerate(partial.listed("raid", "waves"))
            if isinstance(wave, dict) and isinstance(wave.get("id"), str)
        ],
        [*partial.ids("laydown", "laydown"), *partial.ids("sensors", "sensors")],
        [*partial.ids("transfers", "transfers")],
        [*partial.ids("statements")],
        [*partial.ids("rules", "adds")],
        [*partial.ids("doctrine", "doctrine")],
    ]
    for group in groups:
        first: dict[str, Steps] = {}
        for path, name in group:
            if name in first:
                yield partial.error(
                    path,
                    f"the id {name!r} is given twice",
                    f"rename one; the other: {partial.line(first[name])}",
                )
            first.setdefault(name, path)


def _clashes(partial: PartialScenario) -> Iterator[Problem]:
    """Names of two kinds that could not be told apart."""
    places = partial.mapping("places")
    for name in partial.mapping("regions"):
        if name in places:
            what = f"{name!r} is both a region and a place, so that an area could mean either"
            yield partial.error(
                ("regions", name), what, f"rename one; the place: {partial.line(('places', name))}", True
            )
    for name, ours in partial.mapping("sources").items():
        theirs = partial.catalog.sources.get(name)
        if theirs is not None and ours != theirs.model_dump(exclude_defaults=True):
            what = f"the catalogue has another source called {name!r}"
            yield partial.error(
                ("sources", name), what, "rename it, or remove it to use the catalogue's", True
            )
    yield from _same_unit_names(partial)


def _same_unit_names(partial: PartialScenario) -> Iterator[Problem]:
    """Units are called entry-place-number, so that two pairs of names may give one."""
    places = partial.mapping("places")
    entries = {name: path for path, name in partial.ids("laydown", "laydown")}
    for name, path in entries.items():
        for shorter in entries:
            if not name.startswith(f"{shorter}-"):
                continue
            rest = name.removeprefix(f"{shorter}-")
            both = [place for place in places if f"{rest}-{place}" in places]
            if both:
                what = f"its units at {both[0]} would be called as those of {shorter!r} at {rest}-{both[0]}"
                yield partial.error(path, what, "rename one entry")


def _listed_twice(partial: PartialScenario) -> Iterator[Problem]:
    """A name that stands twice in one list; a route may come back to a place."""
    seen: set[Steps] = set()
    for node in walk(Scenario, partial.document.data):
        if not isinstance(node.data, list) or node.path in seen or node.path[-1:] == ("via",):
            continue
        seen.add(node.path)
        names = [item if isinstance(item, str) else None for item in node.data]
        for index, name in enumerate(names):
            if name is not None and name in names[:index]:
                yield partial.error((*node.path, index), f"{name!r} stands twice in the list", "keep one")
