"""Dated statements about stocks, and the probability that a campaign had given to each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from skypact.campaigns.measures import Counted
from skypact.campaigns.model import Day, Month
from skypact.campaigns.setup import CampaignStudy
from skypact.catalog.model import Source, ThreatClass
from skypact.quantity import Count, SourceId
from skypact.reading import Strict, read_document, validate
from skypact.scenario.forces import Plain

DATA = Path(__file__).parent / "statements.yaml"


class Stopped(Strict):
    """That of some classes at most a share is killed in a month."""

    classes: Annotated[tuple[ThreatClass, ...], Field(min_length=1)]
    month: Month
    at_most: Annotated[float, Field(strict=True, ge=0, le=1)]


class Statement(Strict):
    """Who said what when, and what it is taken to mean; the fields are explained in the file."""

    id: Plain
    date: Day
    speaker: str
    text: str
    came: Literal["so", "not-so", "unknown"]
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    note: str = ""
    campaign: str | None = None
    policy: str | None = None
    owner: str = "UKR"
    of: dict[str, Count] = {}
    how: Literal["any", "all"] = "all"
    by: Day | None = None
    on: Day | None = None
    denies: bool = False
    stopped: Stopped | None = None

    @model_validator(mode="after")
    def _means_one_thing(self) -> Statement:
        if self.campaign is None:
            return self
        if self.policy is None or (not self.of) == (self.stopped is None):
            raise ValueError("what it means must be said once | give policy, and of or stopped")
        if self.of and (self.by is None) == (self.on is None):
            raise ValueError("when must be said once | give by or on")
        return self


class Statements(Strict):
    """The whole file."""

    sources: dict[str, Source]
    statements: tuple[Statement, ...]


@cache
def statements() -> Statements:
    """The file, checked.

    Raises
    ------
    ValueError
        If a source is not there.

    Examples
    --------
    >>> len({one.id for one in statements().statements}) == len(statements().statements)
    True
    """
    found = validate(Statements, read_document(DATA))
    missing = {name for one in found.statements for name in one.sources} - found.sources.keys()
    if missing:
        raise ValueError(f"{DATA.name}: no such sources: {', '.join(sorted(missing))}")
    return found


def true_in(statement: Statement, study: CampaignStudy, counted: Counted) -> NDArray[np.bool_]:
    """In which replications a statement is true.

    Parameters
    ----------
    statement
        One that means something in this campaign.
    study
        The campaign.
    counted
        What became of the statement's policy; of stocks those replications that keep them by night.

    Raises
    ------
    ValueError
        If the ledger lacks one of its munitions, or no night lies before its day.
    """
    if statement.stopped is not None:
        found = _killed(statement.stopped, counted) <= statement.stopped.at_most
    else:
        last = date.fromisoformat(statement.on or statement.by or "")
        nights = [number for number, night in enumerate(study.nights) if night.day <= last]
        if not nights:
            raise ValueError(f"{statement.id}: no night of {study.campaign.id} lies before {last}")
        asked = nights[-1:] if statement.on else nights
        pages = {(one.owner, one.munition): row for row, one in enumerate(study.campaign.ledger.stocks)}
        missing = [name for name in statement.of if (statement.owner, name) not in pages]
        if missing:
            raise ValueError(f"{statement.id}: the ledger of {study.campaign.id} lacks {', '.join(missing)}")
        gone = [
            (counted.by_night[:, asked, pages[statement.owner, name]] <= most).any(axis=1)
            for name, most in statement.of.items()
        ]
        found = np.any(gone, axis=0) if statement.how == "any" else np.all(gone, axis=0)
    return ~found if statement.denies else found


def probability(statement: Statement, study: CampaignStudy, sets: Sequence[Counted]) -> float:
    """The probability that a campaign had given to a statement: its share of the replications of all sets."""
    return float(np.concatenate([true_in(statement, study, one) for one in sets]).mean())


def _killed(stopped: Stopped, counted: Counted) -> NDArray[np.float64]:
    """Which share of some classes is killed in a month, by replication."""
    place = {key: column for column, key in enumerate(counted.keys)}
    killed, launched = np.zeros(len(counted.values)), 0
    for name in stopped.classes:
        key = ("by_month", stopped.month, "by_class", name)
        launched += int(str(counted.facts.get((*key, "launched"), 0)))
        if (*key, "kills") in place:
            killed = killed + counted.values[:, place[(*key, "kills")]]
    share: NDArray[np.float64] = killed / max(1, launched)
    return share
