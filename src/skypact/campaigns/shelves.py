"""What a policy takes from whose shelves: by actor and munition what is given and fired, and how long it takes to make."""

from __future__ import annotations

from collections.abc import Mapping

from skypact.campaigns.model import Made
from skypact.quantity import Quantity
from skypact.study.estimates import Estimate
from skypact.study.measures.base import Key
from skypact.study.results import Document

PARTS = {"handed_over": "given", "rounds": "fired"}


def shelves(measures: Mapping[Key, Estimate], made: Mapping[str, Made]) -> Document:
    """By actor and munition: what is given to others, what is fired, and both in months of stated production.

    Parameters
    ----------
    measures
        Of a policy.
    made
        What is made of a munition in a month, where that is stated.
    """
    found: Document = {}
    for key, estimate in measures.items():
        if key[0] != "by_owner" or len(key) != 5 or key[4] not in PARTS:
            continue
        one = found.setdefault(key[1], {}).setdefault(key[3], {})
        one[PARTS[key[4]]] = estimate.to_dict()
    for munitions in found.values():
        for munition, one in munitions.items():
            if munition in made:
                taken = sum(one[part]["mean"] for part in PARTS.values() if part in one)
                one["months"] = months(taken, made[munition].per_month)
    return found


def months(rounds: float, per_month: Quantity) -> Document:
    """How many months of production some rounds are.

    >>> months(100, Quantity(value=50, low=25, high=100, kind="notional", note="an example"))
    {'mean': 2.0, 'p05': 1.0, 'p95': 4.0}
    """
    found = {"mean": rounds / per_month.value}
    if per_month.low and per_month.high:
        found |= {"p05": rounds / per_month.high, "p95": rounds / per_month.low}
    return found
