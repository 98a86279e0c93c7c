"""The documents that commands give as JSON (design, section 8)."""

from __future__ import annotations

from typing import Any

from skypact import __version__
from skypact.study.measures import Key, Measures
from skypact.study.tally import Tally

Document = dict[str, Any]

BRIEF = ("by_unit",)


def run_document(measures: Measures, tally: Tally, seed: int, elapsed_s: dict[str, float]) -> Document:
    """The result of one policy."""
    raid = measures.raid
    document: Document = {
        "skypact": __version__,
        "scenario": raid.info.get("scenario"),
        "policy": raid.info.get("policy"),
        "seed": seed,
        "replications": tally.replications,
        "launched": len(raid.threats),
        "by_class": {},
        "by_asset": {},
        "by_owner": {},
        "by_system": {},
        "by_unit": {},
    }
    for column, key in enumerate(measures.keys):
        if key[0] == "asked":
            continue
        _put(document, key, tally.statistics(column, brief=key[0] in BRIEF))
    for threat in raid.threats:
        _count(document["by_class"], threat.class_, "launched", 1)
        if asset := str(threat.info.get("asset", "")):
            _count(document["by_asset"], asset, "launched", 1)
    for unit in raid.units:
        if system := str(unit.info.get("system", "")):
            _count(document["by_system"], system, "units", 1)
            _count(document["by_system"], system, "stock", unit.ready + unit.reserve)
    document["elapsed_s"] = elapsed_s
    return document


def differences_document(
    keys: tuple[Key, ...], tally: Tally, policy: str, baseline: str, fate_changed_share: float
) -> Document:
    """The paired difference of a policy from the baseline, measure by measure."""
    document: Document = {"policy": policy, "baseline": baseline, "fate_changed_share": fate_changed_share}
    for column, key in enumerate(keys):
        _put(document, key, tally.interval(column))
    return document


def _put(document: Document, key: Key, value: Any) -> None:
    for step in key[:-1]:
        document = document.setdefault(step, {})
    document[key[-1]] = value


def _count(document: Document, name: str, what: str, number: int) -> None:
    entry = document.setdefault(name, {})
    entry[what] = entry.get(what, 0) + number
