"""Break-even: how much of a delivery keeps a munition from running out, in nine of ten replications.

Found by sections with common luck: a few amounts are played at once, then a few between the two around the answer.  A
replication counts as kept if on no night after the delivery has come there is less than one salvo for each unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from skypact.campaigns.measures import Counted
from skypact.campaigns.model import Delivery
from skypact.campaigns.sets import in_sets, play_sets
from skypact.campaigns.setup import CampaignStudy
from skypact.campaigns.variants import delivery_of, of_rounds, with_policies
from skypact.reading import Problem, Problems, suggest
from skypact.study.draw import Sets
from skypact.study.play import RunSettings
from skypact.study.results import Document

WANTED = 0.9
SECTIONS = 7
"""The range is cut into so many parts, and the part with the answer again."""
TIMES = 4
"""The range goes from none to so many times the most that the delivery may have."""
LEAST_MOST = 100
REPLICATIONS = 50
"""Of each set at most: what is not known is in the sets."""
RESAMPLES = 2000
BAND = (0.05, 0.95)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class BreakEven:
    """How much of a delivery is enough.

    Attributes
    ----------
    delivery, owner, munition
        What is given, and whose stock of what is not to run out.
    wanted
        In which share of the replications.
    most
        The range goes from none to this.
    rounds
        The least that is enough; None: nothing in the range is.
    low, high
        Nine of ten resamples of the sets lie between these; None: beyond the range.
    tried
        By rounds, in which share of the replications it was kept from running out.
    """

    delivery: str
    owner: str
    munition: str
    wanted: float
    most: int
    rounds: int | None
    low: int | None
    high: int | None
    tried: Mapping[int, float]

    def to_dict(self) -> Document:
        """As JSON has it."""
        return {
            "delivery": self.delivery,
            "owner": self.owner,
            "munition": self.munition,
            "wanted": self.wanted,
            "range": [0, self.most],
            "rounds": self.rounds,
            "p05": self.low,
            "p95": self.high,
            "tried": [{"rounds": rounds, "kept": share} for rounds, share in sorted(self.tried.items())],
        }


def asked_of(study: CampaignStudy, asked: str) -> tuple[Delivery, int]:
    """The delivery and the page that are meant by DELIVERY or DELIVERY:MUNITION.

    Raises
    ------
    Problems
        If there is no such delivery or stock.
    """
    name, _, other = asked.partition(":")
    delivery = delivery_of(study, name, "break-even")
    munition = other or delivery.munition
    pages = [(one.owner, one.munition) for one in study.campaign.ledger.stocks]
    if (delivery.to, munition) not in pages:
        known = [one for owner, one in pages if owner == delivery.to]
        what = f"{delivery.to} has no stock of it"
        raise Problems([Problem("break-even", 0, 0, munition, what, suggest(munition, known))])
    return delivery, pages.index((delivery.to, munition))


def break_even(
    study: CampaignStudy,
    asked: str,
    settings: RunSettings,
    sets: Sets | None,
    resume: str | None,
    marked: str,
) -> BreakEven:
    """Find how much of a delivery is enough; `asked` is DELIVERY or DELIVERY:MUNITION.

    Raises
    ------
    Problems
        If there is no such delivery or stock.
    """
    delivery, page = asked_of(study, asked)
    name, munition = delivery.id, study.campaign.ledger.stocks[page].munition
    quantity = delivery.rounds
    most = max(LEAST_MOST, round(TIMES * (quantity.value if quantity.high is None else quantity.high)))
    few = replace(settings, replications=min(settings.replications, REPLICATIONS))
    kept: dict[int, Floats] = {}
    low, high = 0, most
    for turn in (1, 2):
        amounts = sorted({round(low + (high - low) * part / SECTIONS) for part in range(SECTIONS + 1)})
        amounts = [one for one in amounts if one not in kept]
        if amounts:
            folder = None if resume is None else f"{resume}/break-even-{name}-{munition}-{turn}"
            kept |= _kept(study, delivery, page, amounts, few, sets, folder, marked)
        enough = [rounds for rounds in sorted(kept) if kept[rounds].mean() >= WANTED]
        if not enough:
            break
        high = enough[0]
        low = max((rounds for rounds in kept if rounds < high), default=high)
    grid = np.array(sorted(kept))
    table = np.array([kept[rounds] for rounds in grid.tolist()])
    rounds = least(grid, table.mean(axis=1))
    return BreakEven(
        name,
        delivery.to,
        munition,
        WANTED,
        most,
        rounds,
        *interval(grid, table, settings.seed),
        {int(one): float(share) for one, share in zip(grid, table.mean(axis=1), strict=True)},
    )


def least(grid: NDArray[np.int64], shares: Floats) -> int | None:
    """The least of some amounts that is enough; None if none is.

    >>> least(np.array([0, 10, 20]), np.array([0.2, 0.9, 1.0]))
    10
    """
    enough = np.flatnonzero(shares >= WANTED - 1e-12)
    return int(grid[enough[0]]) if len(enough) else None


def interval(grid: NDArray[np.int64], table: Floats, seed: int) -> tuple[int | None, int | None]:
    """Nine of ten resamples of the sets give amounts between these; `table` has a row for each amount."""
    random = np.random.Generator(np.random.Philox(seed))
    size = table.shape[1]
    picked = random.integers(0, size, (RESAMPLES, size))
    shares = table[:, picked].mean(axis=2)
    beyond = int(grid[-1]) + 1
    found = [least(grid, column) for column in shares.T]
    low, high = np.quantile(
        [beyond if one is None else one for one in found], BAND, method="inverted_cdf"
    ).tolist()
    return (None if low == beyond else int(low)), (None if high == beyond else int(high))


def _kept(
    study: CampaignStudy,
    delivery: Delivery,
    page: int,
    amounts: Sequence[int],
    settings: RunSettings,
    sets: Sets | None,
    folder: str | None,
    marked: str,
) -> dict[int, Floats]:
    """By amount, for each set (with central values, each replication) the share that was kept from running out."""
    names = {f"{delivery.id}/{rounds}": rounds for rounds in amounts}
    campaign = study.campaign
    asked = with_policies(
        study, {name: of_rounds(campaign, delivery, rounds) for name, rounds in names.items()}, only=True
    )
    asked = replace(asked, baseline=next(iter(names)))
    found, _ = in_sets(play_sets(asked, settings, sets, folder, marked), sets is not None)
    arrives = date.fromisoformat(delivery.arrives)
    first = sum(night.day <= arrives for night in study.nights)

    def shares(one: Sequence[Counted]) -> Floats:
        held = [counted.last_empty[:, page] < first for counted in one]
        if sets is None:
            return np.concatenate(held).astype(np.float64)
        return np.array([part.mean() for part in held])

    return {rounds: shares([one[name] for one in found]) for name, rounds in names.items()}
