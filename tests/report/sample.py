"""A comparison with made-up luck: numbers of the right shape and size, without playing any raid.

The report only shows numbers, so its tests need documents that are consistent in themselves
(launched = arrived + failed + killed, and so on), not true ones.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skypact.catalog import Catalog
from skypact.engine import REASONS
from skypact.policy import Situation, build_situation
from skypact.scenario.model import Scenario

Document = dict[str, Any]
RUNS, SETS = 2048, 64


def situations_of(scenario: Scenario, catalog: Catalog) -> dict[str, Situation]:
    """The situation under every policy."""
    return {policy: build_situation(scenario, catalog, policy) for policy in scenario.policies}


def comparison_of(scenario: Scenario, situations: dict[str, Situation], seed: int = 1) -> Document:
    """A comparison document for these situations; more units of allies let fewer arrive."""
    rng = np.random.default_rng(seed)
    luck = rng.uniform(size=RUNS)
    leakers = {name: _leakers(situation, luck, rng) for name, situation in situations.items()}
    base = leakers[scenario.baseline]
    return {
        "skypact": "0.1.0",
        "scenario": scenario.id,
        "baseline": scenario.baseline,
        "seed": seed,
        "sets": SETS,
        "correlation": 0.5,
        "central_replications": 10 * RUNS // SETS,
        "replications": RUNS // SETS,
        "policies": {name: _run(name, situations[name], leakers[name]) for name in situations},
        "differences": [
            {
                "policy": name,
                "baseline": scenario.baseline,
                "fate_changed_share": 0.071,
                "leakers": _paired(sum(leakers[name].values()) - sum(base.values())),
                "kills": _paired(sum(base.values()) - sum(leakers[name].values())),
                "rounds": _paired(rng.normal(12, 4, RUNS)),
                "cost_usd": _paired(rng.normal(3e7, 5e6, RUNS)),
                "by_class": {c: {"leakers": _paired(leakers[name][c] - base[c])} for c in base},
            }
            for name in situations
            if name != scenario.baseline
        ],
        "reported": [
            _reported(report.model_dump(mode="json"), base, _launched(situations[scenario.baseline]))
            for report in scenario.observed
        ],
        "exposure": {name: _exposure(scenario, situation) for name, situation in situations.items()},
    }


def landscapes_of(scenario: Scenario) -> Document:
    """Two landscapes side by side."""
    return {
        "scenarios": [scenario.id, "another"],
        "rows": [
            {"what": "Warning time of drones", "unit": "min", "values": [215.3, 540], "note": "median"},
            {
                "what": "Airspace owners who consented",
                "unit": "actors",
                "values": ["none", "Jordan"],
                "note": "",
            },
        ],
    }


def _launched(situation: Situation) -> Counter[str]:
    return Counter(situation.paths[threat.path].threat_class for threat in situation.incoming)


def _leakers(situation: Situation, luck: NDArray[np.float64], rng: np.random.Generator) -> dict[str, Any]:
    """Leakers by class, one number a replication; the shared luck makes policies go together."""
    launched = _launched(situation)
    defence = len(situation.units)
    found = {}
    for name, number in launched.items():
        share = 0.06 + 0.3 / (1 + 0.02 * defence) + 0.08 * (luck - 0.5)
        found[name] = rng.binomial(number, np.clip(share, 0.0, 1.0))
    return found


def _statistics(values: NDArray[Any], histogram: bool = False) -> Document:
    found = {
        "mean": float(values.mean()),
        "sd": float(values.std(ddof=1)),
        "se": float(values.std(ddof=1) / len(values) ** 0.5),
        **{f"p{p:02d}": float(np.percentile(values, p)) for p in (5, 50, 95)},
        "central": float(values.mean()),
        "variance": {"chance": float(values.var()), "ignorance": 0.5 * float(values.var())},
    }
    if histogram:
        counts = np.bincount(values.astype(int))
        first = int(np.flatnonzero(counts)[0])
        found["histogram"] = {"first": first, "counts": counts[first:].tolist()}
    return found


def _paired(values: NDArray[Any]) -> Document:
    """A paired difference over sets: each set is a run of the replications."""
    means = values.reshape(SETS, -1).mean(axis=1)
    mean = float(means.mean())
    share = float(np.mean(np.sign(means) == np.sign(mean)))
    return {
        "mean": mean,
        "se": float(means.std(ddof=1) / SETS**0.5),
        **{f"p{p:02d}": float(np.percentile(means, p)) for p in (5, 50, 95)},
        "central": mean,
        "variance": {"chance": float(values.var()), "ignorance": float(means.var())},
        "same_sign": {"share": share, "low": max(0.0, share - 0.06), "high": min(1.0, share + 0.06)},
    }


def _run(name: str, situation: Situation, leakers: dict[str, Any]) -> Document:
    launched = _launched(situation)
    assets = Counter(threat.asset for threat in situation.incoming)
    total = sum(leakers.values())
    by_class = {
        c: {
            "launched": launched[c],
            "leakers": _statistics(leakers[c]),
            "kills": {"mean": launched[c] - float(leakers[c].mean())},
            "failed": {"mean": 0.0},
            "soft_kills": {"mean": 0.0},
        }
        for c in launched
    }
    systems, owners = Counter(), Counter()
    stock: Counter[str] = Counter()
    for unit in situation.units:
        systems[unit.system] += 0.4 * unit.ready
        stock[unit.system] += unit.ready + unit.reserve
        owners[unit.owner] += 0.4 * unit.ready
    cost = {unit.system: unit.cost_usd for unit in situation.units}
    return {
        "policy": name,
        "launched": sum(launched.values()),
        "leakers": _statistics(total, histogram=True),
        "failed": {"mean": 0.0},
        "kills": {"mean": sum(launched.values()) - float(total.mean())},
        "soft_kills": {"mean": 0.0},
        "leakers_because": {
            "no_window": {"mean": 0.0},
            **{name: {"mean": float(total.mean()) / 5} for name in REASONS[3:]},
            "missed": {"mean": float(total.mean()) / 5},
        },
        "by_class": by_class,
        "by_asset": {
            a: {"launched": n, "leakers": {"mean": n * float(total.mean()) / sum(launched.values())}}
            for a, n in assets.items()
        },
        "by_owner": {
            o: {
                "kills": {"mean": rounds / 2},
                "rounds": {"mean": rounds},
                "engagements": {"mean": rounds / 1.5},
                "cost_usd": {"mean": 9e5 * rounds},
                "by_class": {c: {"kills": {"mean": rounds / 2 / len(launched)}} for c in launched},
            }
            for o, rounds in owners.items()
        },
        "by_system": {
            s: {"rounds": {"mean": r}, "kills": {"mean": r / 2}, "stock": stock[s], "cost_usd": r * cost[s]}
            for s, r in systems.items()
        },
        "no_window_why": {"out_of_reach": {"mean": 0.0}, "not_permitted": {"mean": 0.0}},
        "idle": _idle(situation),
        "stock_over_time": {
            "times_s": [3600.0 * hour for hour in range(12)],
            "replications": 128,
            "by_system": {
                s: {
                    "stock": float(stock[s]),
                    "p05": [1 - 0.07 * hour for hour in range(12)],
                    "p50": [1 - 0.05 * hour for hour in range(12)],
                    "p95": [1 - 0.02 * hour for hour in range(12)],
                }
                for s in systems
            },
        },
        "elapsed_s": {"compile": 0.21, "simulate": 0.64},
    }


def _idle(situation: Situation) -> list[Document]:
    """Of every owner that its shots come too late, and of one system that it has nothing to shoot at."""
    units = situation.units
    owners = dict.fromkeys(unit.owner for unit in units)
    found = [
        {
            "what": "owner",
            "name": owner,
            "why": "others_first",
            "says": f"{owner} is always late.",
            "numbers": {"windows": 12.0},
        }
        for owner in owners
    ]
    system = {
        "what": "system",
        "name": units[0].system,
        "owner": units[0].owner,
        "why": "nothing_to_shoot_at",
    }
    return [*found, {**system, "says": "Nothing comes.", "numbers": {}}]


def _reported(report: Document, leakers: dict[str, Any], launched: dict[str, int]) -> Document:
    classes = [c for c in report["classes"] or list(leakers) if c in leakers]
    arrived = np.zeros(RUNS) + sum(leakers[c] for c in classes)
    whole = sum(launched[c] for c in classes)
    values = {"launched": whole + 0 * arrived, "killed": whole - arrived, "leaked": arrived}
    simulated = _statistics(values.get(report["what"], 0 * arrived))
    low = report["value"] if report["low"] is None else report["low"]
    high = report["value"] if report["high"] is None else report["high"]
    outcome = report["what"] != "launched"
    place = {
        "low": float(low > simulated["p05"]) / 2,
        "middle": 0.5,
        "high": 0.5 + float(high < simulated["p95"]) / 2,
    }
    return {
        **report,
        "simulated": simulated,
        "place": place if outcome else None,
        "crps": 1.25 if outcome else None,
        "baseline": {"mean": 7.1, "p05": 2, "p50": 7, "p95": 8, "crps": 2.5, "place": place}
        if outcome
        else None,
    }


def _exposure(scenario: Scenario, situation: Situation) -> Document:
    home = {name for name, actor in scenario.actors.items() if actor.role == "defender"}
    attackers = [name for name in scenario.raid.attacker if len(name) == 3]
    allied = [unit for unit in situation.units if unit.owner not in home]
    fired = 0.3 * sum(unit.ready for unit in allied)
    air = sum(unit.basing == "air" for unit in allied)
    return {
        "allied_engagements": {"mean": fired / 1.5},
        "allied_engagements_abroad": {name: {"mean": fired / 2} for name in home} if allied else {},
        "allied_rounds": {"mean": fired},
        "allied_cost_usd": {"mean": 1.1e6 * fired},
        "aircraft_hours_abroad": 8.0 * air,
        "nearest_approach_km": {name: 212.4 if allied else None for name in attackers},
        "training_days": {},
    }
