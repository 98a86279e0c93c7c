"""Numbers and names in words: one place that decides digits, units and class names."""

from __future__ import annotations

import math
from calendar import month_name
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

CLASS_NAMES = {
    "drone": "drones",
    "cruise": "cruise missiles",
    "fast-cruise": "fast cruise missiles",
    "ballistic-short": "short-range ballistic missiles",
    "ballistic-medium": "medium-range ballistic missiles",
    "aeroballistic": "aeroballistic missiles",
    "armour": "armoured vehicles",
    "artillery": "guns",
}

# Longest ending first, because ``_m_s`` also ends in ``_s``.
UNITS = {
    "_m_s": "m/s",
    "_m2": "m²",
    "_km": "km",
    "_usd": "USD",
    "_days": "days",
    "_per_min": "a minute",
    "_min": "min",
    "_per_month": "a month",
    "_m": "m",
    "_s": "s",
    "_h": "h",
}
PLAIN_UNITS = {
    "count": "units",
    "ready": "rounds",
    "magazine": "rounds",
    "reserve": "rounds",
    "channels": "engagements at once",
    "reliability": "probability",
    "p_kill": "probability",
    "p_detect": "probability",
    "p_acquire": "probability",
    "susceptible": "probability",
    "availability": "probability",
    "reload_at": "rounds",
    "hold": "rounds",
    "salvo": "rounds",
    "attempts": "engagements",
    "concurrency": "engagements at once",
    "concurrency_late": "engagements at once",
    "loft": "times least energy",
}


def class_name(threat_class: str) -> str:
    """A class of threat in the plural."""
    return CLASS_NAMES.get(threat_class, threat_class)


def class_names(classes: tuple[str, ...] | None) -> str:
    """Classes in words; None means all."""
    return "all classes" if classes is None else listed(map(class_name, classes))


def unit_of(field: str) -> str:
    """The unit that a field's name carries; of a number by class, the name before the class.

    >>> unit_of("speed_m_s"), unit_of("p_kill"), unit_of("p_detect.drone")
    ('m/s', 'probability', 'probability')
    """
    name = field.split(".")[-1]
    if name in PLAIN_UNITS:
        return PLAIN_UNITS[name]
    if name in CLASS_NAMES and "." in field:
        return unit_of(field.rpartition(".")[0])
    return next((unit for ending, unit in UNITS.items() if name.endswith(ending)), "")


def day_words(day: str) -> str:
    """A date as well as it is known, in words.

    >>> day_words("2025-03-06"), day_words("2024-05"), day_words("2021")
    ('6 March 2025', 'May 2024', '2021')
    """
    year, *rest = (int(part) for part in day.split("-"))
    month = [month_name[rest[0]]] if rest else []
    return " ".join([*map(str, rest[1:]), *month, str(year)])


def moment_words(moment: datetime) -> str:
    """A moment, with what its clock differs from UTC.

    >>> moment_words(datetime.fromisoformat("2024-08-26T03:00+03:00"))
    '26 August 2024, 03:00 (UTC+3)'
    """
    offset = moment.utcoffset()
    hours = 0.0 if offset is None else offset.total_seconds() / 3600
    zone = "UTC" if moment.tzinfo is UTC or not hours else f"UTC{hours:+g}"
    return f"{moment.day} {moment:%B %Y, %H:%M} ({zone})"


WITH_ARTICLE = frozenset(
    {
        *("United States", "United Kingdom", "Netherlands", "United Arab Emirates", "European Union"),
        *("West Bank and Gaza Strip", "Coalition of European air forces"),
    }
)
"""Names that have an article within a sentence."""


def within(name: str) -> str:
    """A name as it stands within a sentence.

    >>> within("United States"), within("Poland")
    ('the United States', 'Poland')
    """
    return f"the {name}" if name in WITH_ARTICLE else name


def capital(text: str) -> str:
    """A sentence with a capital at its beginning.

    >>> capital("the United States may fire")
    'The United States may fire'
    """
    return text[:1].upper() + text[1:]


def fixed(value: float | None, decimals: int = 1) -> str:
    """A number with a fixed number of decimals, a true minus sign and no minus zero.

    >>> fixed(-1234.56), fixed(-0.01), fixed(0.0), fixed(None)
    ('−1,234.6', '0.0', '0', '–')
    """
    if value is None or not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    text = f"{value:,.{decimals}f}"
    if not text.strip("-0.,"):
        text = text.lstrip("-")
    return text.replace("-", "−")


def brief(value: float | None) -> str:
    """A number to three significant digits, whole from 100 up.

    >>> brief(1234.5), brief(0.04567), brief(12.0)
    ('1,234', '0.0457', '12')
    """
    if value is None or not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    decimals = min(6, max(0, 2 - math.floor(math.log10(abs(value)))))
    text = fixed(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: float | None, decimals: int = 1) -> str:
    """A difference, with its sign.

    >>> signed(2.0), signed(-2.0), signed(0.0)
    ('+2.0', '−2.0', '0')
    """
    text = fixed(value, decimals)
    rounded_up = value is not None and value > 0 and text.strip("0.,") != ""
    return f"+{text}" if rounded_up and text != "–" else text


def decimals_for(width: float) -> int:
    """Decimals of a change and of its interval of this width, in sentences and in tables alike; at most two.

    >>> decimals_for(0.04), decimals_for(20), decimals_for(30)
    (2, 1, 0)
    """
    if width >= 30:
        return 0
    return 1 if width >= 0.2 else 2


def aligned(value: float, decimals: int, sign: bool = False) -> str:
    """A number that stands beside others of so many decimals: zero has them too.

    >>> aligned(0.0, 1), aligned(0.04, 1, sign=True), aligned(0.0, 0)
    ('0.0', '0.0', '0')
    """
    if value == 0:
        return f"{0:.{decimals}f}"
    return (signed if sign else fixed)(value, decimals)


def between(low: float | None, high: float | None, decimals: int = 1, sign: bool = False) -> str:
    """An interval.

    >>> between(-4.22, -4.18, 2)
    '−4.22 to −4.18'
    >>> between(-4.0, 0.0)
    '−4.0 to 0.0'
    """
    if low is None or high is None:
        return "–"
    return f"{aligned(low, decimals, sign)} to {aligned(high, decimals, sign)}"


def percent(share: float | None, decimals: int | None = None) -> str:
    """A share in per cent: whole, or with one decimal below ten; or with so many decimals as those beside it have.

    >>> percent(0.123), percent(0.0123), percent(None)
    ('12', '1.2', '–')
    >>> percent(0.0123, 0), percent(0.0, 1)
    ('1', '0.0')
    """
    if share is None:
        return "–"
    if decimals is not None:
        return aligned(100 * share, decimals)
    if 0 < share < 0.0005:
        return "under 0.1"
    return fixed(100 * share, 0 if abs(share) >= 0.0995 or share == 0 else 1)


def millions(usd: float | None) -> str:
    """An amount in millions.

    >>> millions(123_456_789), millions(1_260_000)
    ('123', '1.3')
    """
    if usd is None:
        return "–"
    return fixed(usd / 1e6, 0 if abs(usd) >= 99.5e6 else 1)


def listed(words: Iterable[str], last: str = "and") -> str:
    """Words as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, end = list(words) or [""]
    return f"{', '.join(most)} {last} {end}" if most else end


def mean(record: Any) -> float | None:
    """The mean of a record ``{"mean": ...}``, a bare number as it is, or None where there is none."""
    if record is None or isinstance(record, bool):
        return None
    if isinstance(record, int | float):
        return float(record)
    found = record.get("mean")
    return None if found is None else float(found)


def is_number(value: Any) -> bool:
    """Whether a value is a finite number.

    >>> is_number(3), is_number(None), is_number(float("inf"))
    (True, False, False)
    """
    return isinstance(value, int | float) and math.isfinite(value)


def at(record: Any, *keys: str) -> Any:
    """Look up nested keys; None where one is missing.

    >>> at({"a": {"b": 1}}, "a", "b"), at({}, "a", "b")
    (1, None)
    """
    for key in keys:
        if not isinstance(record, dict) or key not in record:
            return None
        record = record[key]
    return record


def ordered(names: Iterable[str], order: Sequence[str]) -> list[str]:
    """Names in a given order, unknown ones last by the alphabet.

    >>> ordered({"b", "a", "z"}, ["b", "a"])
    ['b', 'a', 'z']
    """
    rank = {name: index for index, name in enumerate(order)}
    return sorted(set(names), key=lambda name: (rank.get(name, len(rank)), name))
