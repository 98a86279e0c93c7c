"""Standard symbols for maps: identification codes of 20 digits (APP-6D, MIL-STD-2525D).

They say what a thing is and on whose side, and no more: no size, no status, no identity of a unit.
"""

from __future__ import annotations

from typing import Literal

Side = Literal["friend", "hostile"]
_SIDES: dict[Side, str] = {"friend": "3", "hostile": "6"}
# Symbol set and entity.
_UNITS = {
    "ground": ("10", "130100"),  # land unit: air defence
    "air": ("01", "110104"),  # fighter
    "ship": ("30", "120203"),  # destroyer
}
_JAMMER = ("10", "150500")  # land unit: electronic warfare
_SENSORS = {
    "ground": ("15", "220300"),  # land equipment: radar
    "air": ("01", "110116"),  # airborne early warning
    "ship": ("30", "120203"),
}
_DRONE = ("01", "110300")  # unmanned aircraft
_MISSILE = ("02", "110000")
_ON_THE_GROUND = {"armour": ("15", "120200"), "artillery": ("15", "110900")}  # tank, howitzer


def unit_symbol(basing: str, kind: str, side: Side = "friend") -> str:
    """The code of a fire unit by where it is based; `kind` is ``hard`` or ``soft``.

    >>> unit_symbol("ground", "hard"), unit_symbol("air", "hard")
    ('10031000001301000000', '10030100001101040000')
    """
    return _code(_JAMMER if kind == "soft" and basing == "ground" else _UNITS[basing], side)


def sensor_symbol(basing: str, side: Side = "friend") -> str:
    """The code of a sensor by where it is based.

    >>> sensor_symbol("ground")
    '10031500002203000000'
    """
    return _code(_SENSORS[basing], side)


def threat_symbol(threat_class: str, side: Side = "hostile") -> str:
    """The code of what comes, by its class.

    >>> threat_symbol("drone"), threat_symbol("cruise")
    ('10060100001103000000', '10060200001100000000')
    """
    other = _DRONE if threat_class == "drone" else _MISSILE
    return _code(_ON_THE_GROUND.get(threat_class, other), side)


def _code(what: tuple[str, str], side: Side) -> str:
    symbol_set, entity = what
    return f"100{_SIDES[side]}{symbol_set}0000{entity}0000"
