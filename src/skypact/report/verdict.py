"""What may be said of a difference: one sentence by rule, never stronger than the result.

A sign that holds is said with the interval of the share of sets in which it does; a sign that does not is said to be
what the model cannot tell.  What weakens an answer is said with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from skypact.formatting import between, decimals_for, fixed, percent, signed

ENOUGH = 0.9433
"""A sign holds if the interval of its share begins here or above: it does if it holds in all of 64 sets."""
SMALL = 1.0
"""A difference below this in nine sets of ten is said by its size: of less than one threat the sign is of little use."""
RULE_OF_THREE = 3.0
"""What never happened in n tries happens in less than 3 of n, with 95 % confidence (Hanley and Lippman-Hand, JAMA 249, 1983)."""
NOTIONAL = 0.5
"""From this share of the variance on, a result is said to rest on numbers that nobody reported."""


class Sign(Enum):
    """What is known of the sign of a difference."""

    NONE = "nothing changes"
    HOLDS = "the sign holds"
    SMALL = "less than one changes, whichever way"
    UNKNOWN = "the model cannot tell"
    CHANCE = "with central values, told apart from chance"
    NOISE = "with central values, not told apart from chance"


@dataclass(frozen=True)
class Counted:
    """What a difference is of, in words.

    Attributes
    ----------
    fewer, more
        Its two ways.
    so
        What is so, with a place for the way: "{} arrive".
    same
        That nothing changes.
    small
        That less than `SMALL` changes.
    how
        What cannot be told from chance.
    unit
        Beside a size, where one is needed.
    """

    fewer: str
    more: str
    so: str
    same: str
    small: str
    how: str
    unit: str = ""


ARRIVALS = Counted(
    "fewer",
    "more",
    "{} arrive",
    "as many arrive",
    "less than one of those that arrive changes",
    "how many arrive",
)
FIRE = Counted(
    "shorter",
    "longer",
    "the fire is {}",
    "the fire lasts as long",
    "less than one minute of fire changes",
    "how long the fire lasts",
    " minutes",
)


@dataclass(frozen=True)
class Verdict:
    """What may be said of a difference.

    Attributes
    ----------
    sign
        What is known of its sign.
    said
        The sentence's core, without its full stop: what changes, and how sure that is.
    reservations
        What weakens it, a sentence each.
    """

    sign: Sign
    said: str
    reservations: tuple[str, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether fewer or more may be claimed."""
        return self.sign in (Sign.HOLDS, Sign.CHANCE)


def verdict(
    change: Mapping[str, Any],
    sets: int | None,
    counted: Counted = ARRIVALS,
    replications: int | None = None,
) -> Verdict:
    """Judge a difference.

    Parameters
    ----------
    change
        As JSON has it: over sets ``mean``, ``p05``, ``p95``, ``central``, ``same_sign``, and where that was
        computed ``rests_on`` and ``by_number``; with central values ``mean`` and ``ci95``.
    sets
        How many sets; None: central values alone.
    counted
        What it is a difference of.
    replications
        How often it was played with central values; then no change at all is not said to be certain.

    Examples
    --------
    >>> sign = {"share": 1.0, "low": 0.9434, "high": 1.0}
    >>> change = {"mean": -4.2, "p05": -7.9, "p95": -1.1, "central": -3.8, "same_sign": sign}
    >>> verdict(change, 64).said
    'fewer arrive in all 64 of 64 draws of the unknown numbers (up to 6 % of draws might still say otherwise): 4.2 fewer on average, 1.1 to 7.9 fewer in nine draws of ten'
    """
    if sets is None or "same_sign" not in change:
        return _central(change, counted, replications)
    reservations = tuple(_reservations(change))
    sign, mean = change["same_sign"], change["mean"]
    low, high = change["p05"], change["p95"]
    if mean == low == high == 0 and sign["share"] == 0:
        still = f"up to {math.ceil(100 * sign['high'] - 1e-9)} % of draws might still change something"
        said = f"{counted.same}: nothing changes in any of {sets} draws of the unknown numbers ({still})"
        return Verdict(Sign.NONE, said, reservations)
    word = counted.fewer if mean < 0 else counted.more
    so, unit = counted.so.format(word), counted.unit
    holds = round(sign["share"] * sets)
    decimals = decimals_for(high - low)
    amount = f"{_size(mean, decimals)}{unit} {word} on average"
    if sign["low"] >= ENOUGH and low * high > 0:
        least, most = sorted((abs(low), abs(high)))
        return Verdict(
            Sign.HOLDS,
            f"{so} in {out_of(holds, sets)} draws of the unknown numbers ({otherwise(sign['low'])}): {amount},"
            f" {between(least, most, decimals)}{unit} {word} in nine draws of ten",
            reservations,
        )
    span = between(low, high, decimals, sign=True) + unit
    if max(abs(low), abs(high)) < SMALL:
        return Verdict(
            Sign.SMALL,
            f"{counted.small}: {span} in nine draws of ten ({amount}; {word} in {out_of(holds, sets)} draws"
            f" of the unknown numbers, {otherwise(sign['low'])})",
            reservations,
        )
    if holds == sets and low * high > 0:
        return Verdict(
            Sign.UNKNOWN,
            f"the model cannot tell from so few draws of the unknown numbers: {so} in all {sets}, but"
            f" {otherwise(sign['low'])} ({amount}; {span} in nine draws of ten)",
            reservations,
        )
    return Verdict(
        Sign.UNKNOWN,
        f"the model cannot tell whether {either(counted)}: {word} in {holds} of {sets} draws of the unknown"
        f" numbers ({amount}; {span} in nine draws of ten)",
        reservations,
    )


def out_of(holds: int, sets: int) -> str:
    """In how many of the sets something is so.

    >>> out_of(62, 64), out_of(64, 64)
    ('62 of 64', 'all 64 of 64')
    """
    return f"{'all ' if holds == sets else ''}{holds} of {sets}"


def either(counted: Counted) -> str:
    """Both ways of a difference.

    >>> either(ARRIVALS), either(FIRE)
    ('fewer or more arrive', 'the fire is shorter or longer')
    """
    return counted.so.format(f"{counted.fewer} or {counted.more}")


def _size(mean: float, decimals: int) -> str:
    """How large a difference is; one that rounds to nothing is not nothing."""
    found = fixed(abs(mean), decimals)
    return found if found.strip("0.") else f"under {10.0**-decimals:.{decimals}f}"


def otherwise(low: float) -> str:
    """What so many draws leave open, rounded up: a share of 94.3 % at least leaves 6 % at most."""
    return f"up to {math.ceil(100 * (1 - low) - 1e-9)} % of draws might still say otherwise"


def seldom(replications: int) -> str:
    """In how many replications may happen what happened in none of so many.

    >>> seldom(100), seldom(10_000)
    ('at most 3 %', 'under 0.1 %')
    """
    share = percent(min(1.0, RULE_OF_THREE / replications)).removesuffix(".0")
    return f"{share} %" if share.startswith("under") else f"at most {share} %"


def _central(change: Mapping[str, Any], counted: Counted, replications: int | None) -> Verdict:
    mean, (low, high) = change["mean"], change["ci95"]
    if mean == low == high == 0 and replications:
        said = f"{counted.same} in each of {fixed(replications, 0)} replications; {seldom(replications)} would differ"
        return Verdict(Sign.NOISE, said)
    decimals = decimals_for(high - low)
    if low <= 0 <= high:
        interval = between(low, high, max(2, decimals), sign=True)
        said = (
            f"no difference in {counted.how} can be told from chance (simulation error alone:"
            f" {interval}{counted.unit})"
        )
        return Verdict(Sign.NOISE, said)
    word = counted.fewer if mean < 0 else counted.more
    least, most = sorted((abs(low), abs(high)))
    said = counted.so.format(f"{_size(mean, decimals)}{counted.unit} {word}")
    error = f"simulation error alone: {between(least, most, decimals)}{counted.unit}"
    return Verdict(Sign.CHANCE, f"{said} on average with central values ({error})")


def _reservations(change: Mapping[str, Any]) -> Iterator[str]:
    """What weakens an answer over sets."""
    central, low, high = change.get("central"), change["p05"], change["p95"]
    if central is not None and not low <= central <= high:
        digits = decimals_for(high - low)
        yield (
            f"Central values alone give {signed(central, digits)}, which is outside the range of nine draws"
            " of ten."
        )
    numbers: Sequence[Mapping[str, Any]] = change.get("by_number", ())
    for one in numbers:
        ends = one.get("at_low"), one.get("at_high")
        if None not in ends and _value(ends[0]) * _value(ends[1]) < 0:
            yield f"The sign turns within the range of {_called(one)}."
    for one in numbers:
        value, least, most = one.get("value"), one.get("low"), one.get("high")
        if None not in (value, least, most) and least != most and value in (least, most):
            yield f"The central value of {_called(one)} is at the edge of its range."
    notional = notional_share(change)
    if notional is not None and notional > NOTIONAL:
        yield f"{percent(notional)} % of what is not known about it comes from notional numbers."


def notional_share(change: Mapping[str, Any]) -> float | None:
    """Share of the variance of a difference that comes from notional numbers; None if nobody computed it.

    Each family's share counts as far as its numbers are notional.
    """
    families = [one for one in change.get("rests_on", ()) if "notional" in one]
    if not families:
        return None
    return float(min(1.0, max(0.0, sum(one["share"] * one["notional"] for one in families))))


def _value(end: Any) -> float:
    """What a difference is at an end of a number's range: a number, or an estimate."""
    return float(end["mean"] if isinstance(end, Mapping) else end)


def _called(number: Mapping[str, Any]) -> str:
    return str(number.get("title") or number.get("number") or number.get("name"))
