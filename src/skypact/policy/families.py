"""Families of ignorance: which numbers are likely to be wrong together, and in which direction.

Whoever is wrong about one number of a family is likely wrong about its like, so that numbers of one family are
drawn together, and numbers of two families apart.  The names are those under which numbers are settled.
"""

from __future__ import annotations

from skypact.catalog.load import load_catalog
from skypact.catalog.model import Catalog

TITLES = {
    "detection": "Detection: what sensors see, how soon and for how long",
    "acquisition": "Acquisition: whether a unit gets the threat into its own sights",
    "susceptibility": "Susceptibility: what misses of one kind have in common",
    "availability": "Availability of units",
    "stock": "Stock: units and rounds",
    "reach": "Reach of interceptors and aircraft",
    "tempo": "Tempo: channels, attempts and times between shots",
    "reliability": "Reliability of what comes",
    "flight": "Flight of what comes: speed and height",
    "placement": "Placement: where units stand, and from when",
    "doctrine": "Doctrine",
    "cost": "Cost",
    "aid": "Aid: what is handed over, and how long that takes",
    "incident": "The incident and the responses to it",
}
"""The families but for those of kill probability, in words."""

KINDS = {
    "drone": ("drone", "drones"),
    "cruise": ("cruise", "cruise missiles"),
    "fast-cruise": ("ballistic", "ballistic and other fast missiles"),
    "ballistic-short": ("ballistic", "ballistic and other fast missiles"),
    "ballistic-medium": ("ballistic", "ballistic and other fast missiles"),
    "aeroballistic": ("ballistic", "ballistic and other fast missiles"),
    "armour": ("ground", "targets on the ground"),
    "artillery": ("ground", "targets on the ground"),
}
"""Classes of threats against which an interceptor is well or badly known alike: their name, and in words."""

_LAST = {
    "p_detect": "detection",
    "coast_s": "detection",
    "delay_s": "detection",
    "rcs_m2": "detection",
    "p_acquire": "acquisition",
    "susceptible": "susceptibility",
    "availability": "availability",
    "count": "stock",
    "ready": "stock",
    "magazine": "stock",
    "reserve": "stock",
    "reload_at": "tempo",
    "most": "stock",
    "min_range_km": "reach",
    "max_range_km": "reach",
    "min_altitude_m": "reach",
    "max_altitude_m": "reach",
    "interceptor_m_s": "reach",
    "reach_km": "reach",
    "dash_m_s": "reach",
    "channels": "tempo",
    "attempts": "tempo",
    "reaction_s": "tempo",
    "assess_s": "tempo",
    "recover_s": "tempo",
    "reload_s": "tempo",
    "reliability": "reliability",
    "speed_m_s": "flight",
    "altitude_m": "flight",
    "loft": "flight",
    "scatter_km": "placement",
    "radius_km": "placement",
    "arrives_min": "placement",
    "cost_usd": "cost",
}
_FIRST = {
    "doctrine": "doctrine",
    "rules": "doctrine",
    "transfers": "aid",
    "decisions": "aid",
    "incident": "incident",
    "ledger": "stock",
    "rationing": "doctrine",
}
_AGAINST = frozenset(
    {
        *("reference_rcs_m2", "delay_s", "min_range_km", "min_altitude_m"),
        *("reaction_s", "assess_s", "recover_s", "reload_s", "arrives_min"),
        *("lead_days", "training_days"),
    }
)


def family_of(name: str, catalog: Catalog | None = None) -> str:
    """The family of ignorance of a number.

    Parameters
    ----------
    name
        As the `Recorder` has it: ``effectors.nasams.against.drone.p_kill``.
    catalog
        As the scenario sees it; by default the one that is shipped.  It says of what kind an effector's
        interceptors are (`Effector.family`); without a kind they are ``other``.

    Examples
    --------
    >>> family_of("sensors.medium-radar.p_detect.drone"), family_of("effectors.nasams.sensor.range_km")
    ('detection', 'detection')
    >>> family_of("laydown.ukr-nasams.count"), family_of("doctrine.drones-late.from_range_km")
    ('stock', 'doctrine')
    """
    steps = name.split(".")
    last = steps[-1]
    if steps[0] in _FIRST:
        return _FIRST[steps[0]]
    if steps[0] == "families":
        return "susceptibility"
    if steps[0] == "sensors" or "sensor" in steps[2:]:
        return "placement" if last == "scatter_km" else "detection"
    if steps[0] == "effectors" and last == "p_kill":
        systems = (load_catalog() if catalog is None else catalog).effectors
        system = systems.get(steps[1])
        kind = (system.family if system is not None else None) or "other"
        return f"kill-{kind}-{KINDS[steps[3]][0]}"
    if steps[0] == "effectors" and steps[-2] == "flight":
        return "reach"
    return _LAST[last]


def family_words(family: str, catalog: Catalog | None = None) -> str:
    """A family's name, for people.

    Examples
    --------
    >>> family_words("availability")
    'Availability of units'
    >>> family_words("kill-other-ground")
    'Kill probability of other interceptors against targets on the ground'
    """
    if family in TITLES:
        return TITLES[family]
    kind, _, against = family.removeprefix("kill-").rpartition("-")
    families = (load_catalog() if catalog is None else catalog).families
    of = (
        families[kind].name[:1].lower() + families[kind].name[1:]
        if kind in families
        else "other interceptors"
    )
    words = next(words for short, words in KINDS.values() if short == against)
    return f"Kill probability of {of} against {words}"


def sign_of(name: str) -> int:
    """1 if more of the number is more of its family, -1 if it is less.

    A longer delay is less detection, a greater least range less reach, a longer reload less tempo: numbers of one
    family drawn together go each in its own direction.

    Examples
    --------
    >>> sign_of("sensors.medium-radar.radar.range_km"), sign_of("effectors.nasams.reload_s")
    (1, -1)
    """
    return -1 if name.rsplit(".", 1)[-1] in _AGAINST else 1
