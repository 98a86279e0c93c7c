"""What if these decisions were in force, and no other?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from skypact.library.calls import Asked, compare
from skypact.library.results import Comparison
from skypact.library.scenarios import load


def whatif(scenario: Asked, decisions: Iterable[str], baseline: str | None = None, **how: Any) -> Comparison:
    """Compare any set of decisions of a scenario with its baseline.

    Parameters
    ----------
    scenario
        As for `skypact.compare`.
    decisions
        The names of the decisions that are in force. Those of the baseline that are left out are lifted: what they
        brought or forbade is not there.
    baseline
        The policy that it is compared with; None: the scenario's.
    how
        ``sets``, ``replications``, ``central``, ``seed``, ``threads``, ``progress``, ``besides``, as for `skypact.compare`; with
        ``central`` nothing is asked besides unless told, so that the answer comes at once.

    Returns
    -------
    Comparison
        Of two policies: the baseline, and the one that the decisions make, called ``what-if``.

    Raises
    ------
    skypact.Problems
        If a decision is unknown, or if decisions contradict each other: which rules, and where they stand.

    Examples
    --------
    >>> import skypact
    >>> chosen = ["ukraine-consents", "nato-refuses", "give-instead-usa"]
    >>> found = skypact.whatif("ukraine-2024-08-26", chosen, central=True, replications=20)
    >>> found.differences[0].policy, found.differences[0].leakers.mean < 0
    ('what-if', True)
    """
    asked = load(scenario).with_decisions(decisions)
    name = tuple(asked.added)[-1]
    besides = how.pop("besides", not how.get("central", False))
    return compare(asked, (baseline or asked.baseline, name), baseline, besides=besides, **how)
