"""The documents that commands give as JSON (design, section 8)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact import __version__
from skypact.study.measures import Key, Measures
from skypact.study.tally import Tally

Document = dict[str, Any]


def run_document(
    measures: Measures, tally: Tally, by_unit: NDArray[np.int64], seed: int, elapsed_s: dict[str, float]
) -> Document:
    """The result of one policy; `by_unit` holds the sums of rounds and kills, shape (2, units)."""
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
        _put(document, key, tally.statistics(column))
    for threat in raid.threats:
        _count(document["by_class"], threat.class_, "launched", 1)
        if asset := str(threat.info.get("asset", "")):
            _count(document["by_asset"], asset, "launched", 1)
    runs = max(1, tally.replications)
    for number, unit in enumerate(raid.units):
        rounds, kills = (float(total) / runs for total in by_unit[:, number])
        document["by_unit"][unit.id] = {"rounds": {"mean": rounds}, "kills": {"mean": kills}}
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
