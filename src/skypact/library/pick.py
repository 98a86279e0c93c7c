"""Finding a replication worth looking at, by what happens in it."""

from __future__ import annotations

from typing import Literal

import numpy as np

from skypact.engine import LEAKED, replicate
from skypact.library.calls import Asked
from skypact.library.playing import settings_of
from skypact.library.scenarios import load
from skypact.reading import Problem, Problems, suggest
from skypact.study.ready import ready

Wanted = Literal["typical", "bad", "leaks"]
AMONG = 1_000
BAD = 0.95
"""In one replication of twenty as many arrive as in a bad one, or more."""


def pick(
    scenario: Asked,
    policy: str | None = None,
    wanted: Wanted = "typical",
    threat: str | None = None,
    *,
    among: int = AMONG,
    seed: int = 1,
) -> int:
    """The number of a replication, for `skypact.replay`; with central numbers.

    Parameters
    ----------
    wanted
        ``typical``: the first in which as many arrive as in the middle one of all; ``bad``: the first in which as many arrive
        as only one in twenty exceeds; ``leaks``: the first in which a threat arrives.
    threat
        The threat that is to arrive.
    among
        How many replications are looked at.

    Raises
    ------
    skypact.Problems
        If the policy or the threat is unknown, or the threat arrives in none of these replications.

    Examples
    --------
    >>> import skypact
    >>> number = skypact.pick("ukraine-2024-08-11", among=100)
    >>> skypact.replay("ukraine-2024-08-11", replication=number).leakers >= 0
    True
    """
    asked = load(scenario)
    study = asked.study(None if policy is None else (policy,), alone=True)
    settings = settings_of(among, seed, None, None)
    made = ready(study, study.policies[0])
    raid, prepared = made.compiled.raid, made.player.prepared
    names = [one.id for one in raid.threats]
    if wanted == "leaks" and threat not in names:
        right = suggest(threat or "", names)
        raise Problems([Problem("threat", 0, 0, threat or "", "no such threat", right)])
    chunks = replicate(prepared, settings.replications, settings.seed)
    arrives = np.concatenate([chunk.fate == LEAKED for chunk in chunks])
    if wanted == "leaks":
        found = np.flatnonzero(arrives[:, names.index(str(threat))])
        if not len(found):
            what = f"it arrives in none of {among} replications"
            raise Problems([Problem("threat", 0, 0, str(threat), what, "ask for another threat")])
        return int(found[0])
    many = arrives.sum(axis=1)
    share = 0.5 if wanted == "typical" else BAD
    return int(np.flatnonzero(many == np.quantile(many, share, method="higher"))[0])
