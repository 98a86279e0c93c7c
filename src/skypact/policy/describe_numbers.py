"""Numbers in words: the name under which one is settled says whose it is, what it counts and against what."""

from __future__ import annotations

from dataclasses import dataclass

from skypact.formatting import CLASS_NAMES, capital, class_name, class_names
from skypact.policy.describe import Names, holders_words
from skypact.policy.describe_aid import item_name

QUANTITIES = {
    "altitude_m": "height of flight",
    "arrives_min": "time until it is in place",
    "assess_s": "time to see what a shot did",
    "attempts": "engagements of one threat by one unit at most",
    "availability": "availability",
    "chance": "chance to end the fire",
    "channels": "engagements at once",
    "coast_s": "time for which a track is kept",
    "concurrency": "engagements of one threat at once",
    "concurrency_late": "engagements of one threat at once where there is no time to look",
    "cost_usd": "price",
    "count": "number of units",
    "dash_m_s": "speed of a dash",
    "delay_min": "delay",
    "delay_s": "delay of a track",
    "depth_km": "depth behind the line",
    "from_range_km": "distance from which it fires",
    "gun": "place of the gun",
    "harm_if_hit": "persons harmed if a gun is hit",
    "harm_per_round": "persons harmed by a round",
    "height_m": "height of the radar",
    "hold": "rounds kept back",
    "interceptor_m_s": "speed of the interceptor",
    "km": "distance",
    "lasts_min": "how long it burns by itself",
    "lead_days": "days until delivery",
    "loft": "loft of the arc",
    "magazine": "rounds in a magazine",
    "max_altitude_m": "greatest height of an intercept",
    "max_range_km": "range",
    "min_altitude_m": "lowest height of an intercept",
    "min_range_km": "least range",
    "most": "units stationed at most",
    "p_acquire": "chance of acquisition",
    "p_detect": "chance that one look finds the threat",
    "p_kill": "kill probability of one round",
    "prolongs_min": "minutes by which it prolongs the fire",
    "quantity": "quantity",
    "radius_km": "radius of the patrol area",
    "raids_per_month": "raids a month",
    "range_km": "range of the radar",
    "rcs_m2": "radar cross-section",
    "reach_km": "reach",
    "reaction_s": "reaction time",
    "ready": "rounds ready",
    "recover_s": "time until the next engagement",
    "reference_rcs_m2": "radar cross-section at which the radar's range holds",
    "reliability": "chance to work",
    "reload_at": "rounds left when reloading begins",
    "reload_s": "time to reload",
    "renewed_min": "how long the next fire lasts",
    "renews": "chance that another fire follows",
    "reserve": "rounds in reserve",
    "rounds_per_min": "rate of fire",
    "salvo": "rounds fired at once",
    "scatter_km": "distance from the place defended",
    "seen": "chance to find the gun",
    "speed_m_s": "speed",
    "susceptible": "highest chance that many shots or looks together can reach",
    "training_days": "days of training",
    "uncertain_km": "radius within which the gun may be",
    "weapons_per_month": "weapons a month",
    "widens": "share by which it raises the rate of fire",
}
"""What a field counts, in words; its unit is in its name (`skypact.formatting.unit_of`)."""

_ENDS = {"low": "earliest", "high": "latest"}
"""A span is drawn end by end."""


@dataclass(frozen=True)
class NumberWords:
    """Whose number it is, and what it counts; the latter is empty for an entry as a whole."""

    of: str
    what: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.of, self.what)))


def number_words(names: Names, name: str) -> NumberWords:
    """What the name of a settled number says, for people.

    Parameters
    ----------
    names
        What things are called.
    name
        As the `Recorder` has it.

    Examples
    --------
    >>> from skypact.catalog import load_catalog
    >>> from skypact.policy.describe import Names
    >>> from skypact.scenario.load import load_scenario
    >>> names = Names(load_scenario("ukraine-2024-08-26"), load_catalog())
    >>> str(number_words(names, "effectors.s-300ps.against.cruise.p_kill"))
    'S-300PS and S-300PT: kill probability of one round against cruise missiles'
    >>> str(number_words(names, "laydown.ukr-iris-t.count"))
    'IRIS-T SLM of Ukraine: number of units'
    """
    part, owner, *path = name.split(".")
    if part == "incident":
        return _of_incident(names, [owner, *path])
    if part == "landscape":
        return NumberWords("", _quantity([owner, *path]))
    if part in ("laydown", "stationing"):
        return NumberWords(names.units(owner), _quantity(path))
    if part == "doctrine":
        return _of_doctrine(names, owner, path)
    if part == "waves":
        return NumberWords(_wave(names, owner), _quantity(path))
    if part == "rules":
        return NumberWords(capital(names.rule(owner)), _quantity(path))
    if part == "transfers":
        return NumberWords(_transfer(names, owner), _quantity(path))
    if part == "decisions":
        found = names.scenario.decisions.get(owner)
        return NumberWords(f"“{found.title}”" if found else owner, _quantity(path))
    return NumberWords(names.system(owner), _quantity(path))


def _quantity(path: list[str]) -> str:
    """The field in words, with the class that the number is about."""
    fields = [step for step in path if step in QUANTITIES]
    others = [step for step in path if not step.isdigit()]
    said = QUANTITIES[fields[-1]] if fields else " ".join(others[-1:]).replace("_", " ")
    if path and path[-1] in _ENDS:
        said = f"{said}, {_ENDS[path[-1]]}"
    about = [step for step in path if step in CLASS_NAMES]
    own = "own radar, " if "sensor" in path[:-1] and "radar" not in said else ""
    return f"{own}{said}" + (f" against {class_name(about[0])}" if about else "")


def _of_incident(names: Names, path: list[str]) -> NumberWords:
    """A step of the ladder, or the fire."""
    found = names.scenario.incident
    if path[0] == "ladder" and found is not None and path[1] in found.ladder:
        return NumberWords(found.ladder[path[1]].title, _quantity(path[2:]))
    return NumberWords("The fire", _quantity(path[1:]))


def _of_doctrine(names: Names, entry_id: str, path: list[str]) -> NumberWords:
    scenario = names.scenario
    entries = [*scenario.doctrine, *(one for d in scenario.decisions.values() for one in d.doctrine)]
    found = next((one for one in entries if one.id == entry_id), None)
    if found is None:
        return NumberWords(entry_id, _quantity(path))
    against = f" against {class_names(found.classes)}" if found.classes else ""
    return NumberWords(f"Doctrine of {holders_words(names, found)}{against}", _quantity(path))


def _wave(names: Names, wave_id: str) -> str:
    wave = next((one for one in names.scenario.raid.waves if one.id == wave_id), None)
    return names.system(wave.threat) if wave else wave_id


def _transfer(names: Names, transfer_id: str) -> str:
    scenario = names.scenario
    found = [*scenario.transfers, *(one for d in scenario.decisions.values() for one in d.transfers)]
    for one in found:
        if one.id == transfer_id:
            return (
                f"{item_name(names, one.item)} from {names.actor(one.donor)} to {names.actor(one.recipient)}"
            )
    return transfer_id
