"""Checks of names: every one is defined, once, and every definition is used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from skypact.reading import Problem, Steps, references, suggest, walk
from skypact.scenario.draft import Draft
from skypact.scenario.model import Scenario

_WORDS = {
    "laydown": "laydown entry",
    "units": "entry of the laydown or of stationing",
    "area": "area (an actor, a region or a place)",
    "threat": "threat of the catalogue",
    "effector": "effector of the catalogue",
    "sensor": "sensor of the catalogue",
}


def check_names(draft: Draft) -> Iterator[Problem]:
    """Every check of names."""
    for check in (_unknown, _unused_sources, _given_twice, _clashes, _listed_twice):
        yield from check(draft)


def known_names(draft: Draft) -> Mapping[str, Collection[str]]:
    """What is defined, by kind of name; also names whose definition is otherwise wrong."""

    def keys(part: str) -> list[str]:
        return list(draft.mapping(part))

    def ids(part: str, in_decisions: str) -> list[str]:
        return [name for _, name in draft.ids(part, in_decisions)]

    catalog = draft.catalog
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
        "step": list(draft.at("incident", "ladder") or ()),
        "rule": ids("rules", "adds"),
        "decision": keys("decisions"),
        "policy": keys("policies"),
        "threat": catalog.threats,
        "effector": catalog.effectors,
        "sensor": catalog.sensors,
    }


def _unknown(draft: Draft) -> Iterator[Problem]:
    known = known_names(draft)
    for path, kind, name in references(Scenario, draft.document.data):
        if name in known[kind]:
            continue
        others = [_WORDS.get(other, other) for other, names in known.items() if name in names]
        right = f"{name} is a name of another kind: {others[0]}" if others else suggest(name, known[kind])
        is_key = not isinstance(draft.at(*path), str)
        yield draft.error(path, f"unknown {_WORDS.get(kind, kind)} {name!r}", right, key=is_key)


def _unused_sources(draft: Draft) -> Iterator[Problem]:
    used = {name for _, kind, name in references(Scenario, draft.document.data) if kind == "source"}
    for name in draft.mapping("sources"):
        if name not in used:
            yield draft.warning(("sources", name), "this source is never used", "cite it or remove it", True)


def _given_twice(draft: Draft) -> Iterator[Problem]:
    """Ids that stand twice. Sensors and fire units share their ids: both are drawn and shown by them."""
    groups: list[list[tuple[Steps, str]]] = [
        [
            (("raid", "waves", index, "id"), wave["id"])
            for index, wave in enumerate(draft.listed("raid", "waves"))
            if isinstance(wave, dict) and isinstance(wave.get("id"), str)
        ],
        [*draft.ids("laydown", "laydown"), *draft.ids("sensors", "sensors")],
        [*draft.ids("transfers", "transfers")],
        [*draft.ids("statements")],
        [*draft.ids("rules", "adds")],
        [*draft.ids("doctrine", "doctrine")],
    ]
    for group in groups:
        first: dict[str, Steps] = {}
        for path, name in group:
            if name in first:
                yield draft.error(
                    path,
                    f"the id {name!r} is given twice",
                    f"rename one; the other: {draft.line(first[name])}",
                )
            first.setdefault(name, path)


def _clashes(draft: Draft) -> Iterator[Problem]:
    """Names of two kinds that could not be told apart."""
    places = draft.mapping("places")
    for name in draft.mapping("regions"):
        if name in places:
            what = f"{name!r} is both a region and a place, so that an area could mean either"
            yield draft.error(
                ("regions", name), what, f"rename one; the place: {draft.line(('places', name))}", True
            )
    for name, ours in draft.mapping("sources").items():
        theirs = draft.catalog.sources.get(name)
        if theirs is not None and ours != theirs.model_dump(exclude_defaults=True):
            what = f"the catalogue has another source called {name!r}"
            yield draft.error(("sources", name), what, "rename it, or remove it to use the catalogue's", True)
    yield from _same_unit_names(draft)


def _same_unit_names(draft: Draft) -> Iterator[Problem]:
    """Units are called entry-place-number, so that two pairs of names may give one."""
    places = draft.mapping("places")
    entries = {name: path for path, name in draft.ids("laydown", "laydown")}
    for name, path in entries.items():
        for shorter in entries:
            if not name.startswith(f"{shorter}-"):
                continue
            rest = name.removeprefix(f"{shorter}-")
            both = [place for place in places if f"{rest}-{place}" in places]
            if both:
                what = f"its units at {both[0]} would be called as those of {shorter!r} at {rest}-{both[0]}"
                yield draft.error(path, what, "rename one entry")


def _listed_twice(draft: Draft) -> Iterator[Problem]:
    """A name that stands twice in one list; a route may come back to a place."""
    seen: set[Steps] = set()
    for node in walk(Scenario, draft.document.data):
        if not isinstance(node.data, list) or node.path in seen or node.path[-1:] == ("via",):
            continue
        seen.add(node.path)
        names = [item if isinstance(item, str) else None for item in node.data]
        for index, name in enumerate(names):
            if name is not None and name in names[:index]:
                yield draft.error((*node.path, index), f"{name!r} stands twice in the list", "keep one")
