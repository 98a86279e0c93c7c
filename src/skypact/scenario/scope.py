"""What rules and doctrine are asked about, and whether an entry that names some of it fits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from skypact.catalog.model import Basing, ThreatClass
from skypact.scenario.aid import Category, Channel

NAMED = {
    "classes": "threat_class",
    "systems": "system",
    "basing": "basing",
    "channels": "channel",
    "categories": "category",
    "items": "item",
    "donors": "donor",
    "owners": "holder",
}
"""The field of a rule or doctrine that narrows it, and what of the subject must be in it."""


@dataclass(frozen=True)
class Subject:
    """What a rule is asked about; what the question has nothing to do with is None.

    Attributes
    ----------
    holder
        Whose deed it is (for ``consent`` and ``re-export``: who must agree).
    others
        With or to whom; a rule that names others must name one of these.
    system, basing, threat_class
        What shoots, and at what.
    item, category, channel, donor
        What is handed over, how the holder classes it, by which channel and by whom.
    versions
        The accounts of contested facts that are followed.
    """

    holder: str
    others: frozenset[str] = frozenset()
    system: str | None = None
    basing: Basing | None = None
    threat_class: ThreatClass | None = None
    item: str | None = None
    category: Category | None = None
    channel: Channel | None = None
    donor: str | None = None
    versions: frozenset[str] = frozenset()


def fits(entry: BaseModel, subject: Subject) -> bool:
    """Whether each list that narrows an entry (a rule, doctrine) names what the subject has there."""
    for field, what in _narrowed_by(type(entry)):
        names = getattr(entry, field)
        if names is not None and getattr(subject, what) not in names:
            return False
    return True


@cache
def _narrowed_by(kind: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Those of `NAMED` that a kind of entry has: it is asked very often."""
    return tuple((field, what) for field, what in NAMED.items() if field in kind.model_fields)
