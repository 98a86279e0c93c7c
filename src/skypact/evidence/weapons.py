"""From the names in the record to weapons, their classes and systems of the catalogue.

All names are data, in ``data/weapons.yaml``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from skypact.catalog.model import ThreatClass
from skypact.reading import Strict, read_document, validate

DATA = Path(__file__).parent / "data" / "weapons.yaml"
Strike = Literal["shahed", "cruise", "airguided", "ballistic", "s300", "kinzhal", "supersonic", "antirad"]
STRIKE_NAMES: Mapping[str, str] = {
    "shahed": "Shahed drones",
    "cruise": "cruise missiles",
    "airguided": "air-launched guided missiles",
    "ballistic": "ballistic missiles",
    "s300": "S-300 and S-400 fired at the ground",
    "kinzhal": "Kinzhal missiles",
    "supersonic": "fast cruise missiles",
    "antirad": "anti-radiation missiles",
}
"""The classes in which reports are forecast and scored, in the order in which they are shown, with their names."""

_JOIN = re.compile(r"\s+(?:and|та|і|й|и)\s+|\s*[,+&]\s*")
_ALIKE = str.maketrans("авекмнорстухі", "abekmhopctyxi")
"""Cyrillic letters that look like Latin ones: a name may have either."""
_IGNORED = re.compile(r"[\s\-‐‑–—'\"«»“”’]+")


class Weapon(Strict):
    """A weapon; what its fields mean stands in the file."""

    name: str
    kind: Literal["strike", "front", "bomb", "reconnaissance", "unknown"]
    strike: Strike | None = None
    threat_class: Annotated[ThreatClass | None, Field(alias="class")] = None
    catalogue: str | None = None
    aliases: tuple[str, ...] = ()


class Publisher(Strict):
    """Who publishes, and whether for the whole country."""

    level: Literal["national", "regional", "other"]
    name: str


class _Names(Strict):
    weapons: dict[str, Weapon]
    eligible: dict[Strike, tuple[str, ...]]
    publishers: dict[str, Publisher]


@dataclass(frozen=True)
class Named:
    """What a name in the record means.

    Attributes
    ----------
    weapons
        The weapons named, each once; empty if a part of the name is unknown.
    unknown
        The parts that are unknown.
    kind
        That of all weapons; ``several`` if they differ, ``unknown`` if a part is unknown.
    strike
        Their one class of forecasts; empty if they have none, or several.
    threat_class
        Their one class in the catalogue; empty likewise.
    systems
        Their systems in the catalogue.
    """

    weapons: tuple[str, ...]
    unknown: tuple[str, ...]
    kind: str
    strike: str
    threat_class: str
    systems: tuple[str, ...]


@cache
def names() -> _Names:
    """All names of weapons and publishers."""
    return validate(_Names, read_document(DATA))


def folded(name: str) -> str:
    """A name without what does not matter in it: capitals, blanks, hyphens, the script of alike letters.

    >>> folded("Х-101") == folded("X-101"), folded("Iskander-M") == folded("iskander m")
    (True, True)
    """
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_ALIKE)
    return _IGNORED.sub("", plain)


@cache
def understood(model: str) -> Named:
    """What weapons a report is about.

    Weapons joined by "and" are several; a slash joins nothing.

    >>> understood("X-101/X-555 and Kalibr").strike, understood("X-22 and X-31P").strike
    ('cruise', '')
    >>> understood("Iskander-M/KN-23").weapons
    ('iskander-m-or-kn-23',)
    """
    known = _known()
    whole = folded(model)
    parts = (model,) if whole in known else tuple(part for part in _JOIN.split(model.strip()) if part)
    found = [(part.strip(), known.get(folded(part))) for part in parts]
    unknown = tuple(dict.fromkeys(part for part, weapon in found if weapon is None))
    weapons = tuple(dict.fromkeys(weapon for _, weapon in found if weapon is not None))
    if unknown or not weapons:
        return Named((), unknown or (model,), "unknown", "", "", ())
    entries = [names().weapons[weapon] for weapon in weapons]
    return Named(
        weapons,
        (),
        _one([entry.kind for entry in entries], "several"),
        _one([entry.strike or "" for entry in entries], ""),
        _one([entry.threat_class or "" for entry in entries], ""),
        tuple(dict.fromkeys(entry.catalogue for entry in entries if entry.catalogue)),
    )


def eligible_class(model: str) -> str:
    """The class in which a report is scored, by the definition's own names; empty for none.

    >>> eligible_class("Kalibr"), eligible_class("Калібр")
    ('cruise', '')
    """
    parts = set(model.split(" and "))
    return next((name for name, models in names().eligible.items() if parts <= set(models)), "")


def publisher_of(source: str) -> tuple[str, str]:
    """Who wrote a bulletin, and the level; the name as it stands and ``unknown`` for others.

    >>> publisher_of("kpszsu/posts/1"), publisher_of("https://t.me/kpszsu/2")
    (('Air Force Command', 'national'), ('Air Force Command', 'national'))
    """
    name = re.sub(r"^https?://(?:www\.)?(?:t\.me/|facebook\.com/)?", "", source.strip()).split("/")[0]
    found = names().publishers.get(name)
    return (found.name, found.level) if found else (name, "unknown")


@cache
def _known() -> Mapping[str, str]:
    """From a folded name to the weapon.

    Raises
    ------
    ValueError
        If two weapons have a name in common.
    """
    found: dict[str, str] = {}
    for weapon, entry in names().weapons.items():
        for name in (entry.name, *entry.aliases):
            if found.setdefault(folded(name), weapon) != weapon:
                raise ValueError(f"{name} is a name of {weapon} and of {found[folded(name)]}")
    return found


def _one(values: list[str], otherwise: str) -> str:
    return values[0] if len(set(values)) == 1 else otherwise
