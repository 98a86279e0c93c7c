"""The answer in one sentence, made by rule from the verdict on each difference, and what weakens it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skypact.formatting import at, between, class_name, decimals_for, fixed, listed
from skypact.report.answer_incident import verdicts
from skypact.report.material import Material, Record
from skypact.report.tables.calibration import rests_on
from skypact.report.tables.cells import in_results, interval
from skypact.report.verdict import FIRE, Sign, Verdict, either, otherwise, seldom, verdict

SAID = {
    Sign.UNKNOWN: "the model cannot tell whether fewer or more arrive under {}",
    Sign.NOISE: "no difference can be told from chance under {}",
    Sign.NONE: "nothing changes under {}",
}
"""What is said of policies of which no more may be said."""


MOST_NAMED = 3
"""Policies of which no more may be said are counted instead of named if there are more."""


DRAWS = "nine draws of ten"
"""Of what a range of differences is; the first time it is said of what the draws are."""


@dataclass(frozen=True)
class Headline:
    """What the reader takes away.

    Attributes
    ----------
    sentence
        The answer with its range.
    weakened
        What weakens it, a sentence each.
    """

    sentence: str
    weakened: tuple[str, ...] = ()


def headline(material: Material) -> Headline | None:
    """What arrives under the baseline, and of which policies more may be said; of a fire, how long it lasts."""
    if material.incident is not None and material.policies:
        return Headline(_fire(material))
    if not material.counts_arrivals:
        return None
    found = {
        name: verdict(one["leakers"], material.sets, replications=material.comparison.get("replications"))
        for name, one in material.differences.items()
    }
    parts = [_baseline(material), *_told(material, found)]
    sentence = "; ".join(parts).replace(DRAWS, f"{DRAWS} of the unknown numbers alone", 1)
    rests = "" if material.calibrated is None else f" {rests_on(material.calibrated)}"
    return Headline(f"{sentence}.{rests}", tuple(_weakened(material, found)))


def so_far(material: Material) -> str:
    """What is known before sets of numbers were drawn, without any range: one of chance alone would pass for more."""
    if material.incident is not None and material.policies:
        parts = [
            f"{fixed(minutes['mean'], 0)} minutes under “{material.title(name)}”"
            for name, one in material.policies.items()
            if (minutes := one["minutes_of_fire"])
        ]
        return f"With central values the fire lasts {listed(parts)} on average."
    if not material.counts_arrivals:
        return ""
    run = material.policies[material.baseline]
    parts = [
        f"{f'{_where(material)}, with' if material.scenario.transfers else 'With'} central values, {fixed(run['leakers']['mean'])} of {fixed(run['launched'], 0)}"
        f" {_what(material)} arrive on average"
        f" under “{material.title(material.baseline)}”"
    ]
    many = material.comparison["replications"]
    for name, record in material.differences.items():
        change, under = record["leakers"]["mean"], f"under “{material.title(name)}”"
        if change == 0 and record.get("fate_changed_share") == 0:
            parts.append(f"{under}, none of {fixed(many, 0)} replications changed: {seldom(many)} would")
        else:
            parts.append(f"{under}, {fixed(abs(change))} {'fewer' if change < 0 else 'more'}")
    return f"{'; '.join(parts)}."


def _fire(material: Material) -> str:
    parts = [
        f"{between(minutes['p05'], minutes['p95'], 0)} minutes under “{material.title(name)}”"
        for name, one in material.policies.items()
        if (minutes := one["minutes_of_fire"])
    ]
    return " ".join([f"The fire lasts {listed(parts)} ({in_results(material)}).", *_fire_told(material)])


def _fire_told(material: Material) -> Iterator[str]:
    """Which policies can be told apart from the baseline by how long the fire lasts."""
    found = verdicts(material)
    base = f"From “{material.title(material.baseline)}”"
    for name, one in found.items():
        if one.tells:
            yield f"{base} to “{material.title(name)}”: {one.said}."
    small = [name for name, one in found.items() if one.sign in (Sign.SMALL, Sign.NONE)]
    if small:
        yield f"{base} to {_titles(material, small, 'and')}: {FIRE.small}."
    names = [name for name, one in found.items() if not one.tells and name not in small]
    if names:
        every = len(names) == len(found) > 1
        under = f"any of the {len(names)} other policies" if every else _titles(material, names)
        yield (
            f"Whether {either(FIRE)} under {under} than under “{material.title(material.baseline)}”, the model cannot tell."
        )


def _where(material: Material) -> str:
    """Of a scenario about transfers that what is simulated is made up, to show what holdings do."""
    return (
        "In an invented example of what holdings do" if material.scenario.transfers else "In the simulation"
    )


def _what(material: Material) -> str:
    """What comes, where all of it is of one class."""
    classes = tuple(material.classes)
    return class_name(classes[0]) if len(classes) == 1 else "threats"


def _baseline(material: Material) -> str:
    run = material.policies[material.baseline]
    arriving, many = run["leakers"], fixed(run["launched"], 0)
    title = f"{_where(material)}, under “{material.title(material.baseline)}”"
    what = _what(material)
    low, high = arriving.get("p05"), arriving.get("p95")
    if low is None:
        return f"{title}, {fixed(arriving['mean'])} of {many} {what} arrive on average"
    return f"{title}, {between(low, high, 0)} of {many} {what} arrive ({in_results(material)})"


def _told(material: Material, found: dict[str, Verdict]) -> Iterator[str]:
    """What may be said of the other policies, those of which the same may be said together."""
    if len(found) == 1:
        ((name, one),) = found.items()
        yield f"under “{material.title(name)}”, {one.said}"
        return
    for sign, fewer in ((Sign.HOLDS, True), (Sign.HOLDS, False), (Sign.CHANCE, True), (Sign.CHANCE, False)):
        names = [
            name
            for name, one in found.items()
            if one.sign is sign and (material.differences[name]["leakers"]["mean"] < 0) == fewer
        ]
        if names:
            yield _changes(material, names, sign, "fewer" if fewer else "more")
    small = [name for name, one in found.items() if one.sign is Sign.SMALL]
    if small:
        ends = [interval(material.differences[name]["leakers"]) for name in small]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        span = between(low, high, decimals_for(high - low), sign=True)
        yield (
            f"{_titles(material, small, 'and')} {'change' if len(small) > 1 else 'changes'} less than one arrival in {DRAWS}"
            f" ({span}{'; which way the model cannot tell' if low < 0 < high else ''})"
        )
    for sign, said in SAID.items():
        names = [name for name, one in found.items() if one.sign is sign and not _few(material, name)]
        if names:
            every = f"any of the {len(names)} other policies" if len(names) == len(found) else ""
            many = f"{len(names)} others" if len(names) > MOST_NAMED else _titles(material, names)
            yield said.format(every or many)
    names = [name for name, one in found.items() if one.sign is Sign.UNKNOWN and _few(material, name)]
    if names:
        yield (
            f"of {_titles(material, names, 'and')} the model cannot tell from so few draws of the unknown numbers, though all draws point the same way"
        )


def _few(material: Material, name: str) -> bool:
    """Whether all sets agree on the sign of a difference."""
    change = material.differences[name]["leakers"]
    return bool(at(change, "same_sign", "share") == 1 and change["p05"] * change["p95"] > 0)


def _changes(material: Material, names: Sequence[str], sign: Sign, word: str) -> str:
    alone = ", simulation error alone" if sign is Sign.CHANCE else ""
    over = alone or f" in {DRAWS}"
    parts = [
        f"“{material.title(name)}” ({_range(material.differences[name]['leakers'])} {word}{'' if number else over})"
        for number, name in enumerate(names)
    ]
    if sign is Sign.CHANCE:
        return f"{word} arrive under {listed(parts)}"
    signs = [material.differences[name]["leakers"]["same_sign"] for name in names]
    shares = [sign["share"] for sign in signs]
    every = (
        f"in all {material.sets} of {material.sets}"
        if min(shares) == 1
        else f"in {round(min(shares) * (material.sets or 0))} of {material.sets} or more"
    )
    open_ = otherwise(min(sign["low"] for sign in signs))
    return f"{word} arrive under {listed(parts)}, {every} draws ({open_})"


def _range(change: Record) -> str:
    low, high = sorted(abs(end) for end in interval(change))
    return between(low, high, decimals_for(high - low))


def _titles(material: Material, names: Sequence[str], last: str = "or") -> str:
    return listed((f"“{material.title(name)}”" for name in names), last)


def _weakened(material: Material, found: dict[str, Verdict]) -> Iterator[str]:
    """Reservations about what is claimed; the same one of several policies is said once."""
    if material.sets is None and found:
        yield "What is not known about the numbers is left out: these are central values alone."
    for name in found:
        yield from _overruled(material, name)
    about: dict[str, list[str]] = {}
    for name, one in found.items():
        if one.tells:
            for said in one.reservations:
                about.setdefault(said, []).append(name)
    for said, names in about.items():
        yield said if len(names) == len(found) else f"{_titles(material, names, 'and')}: {said}"


def _overruled(material: Material, policy: str) -> Iterator[str]:
    """The decisions that a policy has beyond the baseline's and that another decision or rule forbids, as far as that is known."""
    policies = material.scenario.policies
    ours, theirs = policies[policy].decisions, policies[material.baseline].decisions
    for one in material.policies[policy].get("idle", ()):
        new = one["what"] == "decision" and one["name"] in ours and one["name"] not in theirs
        if new and one["why"] == "not_permitted":
            title = material.scenario.decisions[one["name"]].title
            yield f"“{title}” is overruled under “{material.title(policy)}”. {one['says']}"
