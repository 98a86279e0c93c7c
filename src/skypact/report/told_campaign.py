"""A campaign in a few lines: what arrives, what runs out and when, what each decision changes, how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skypact.formatting import between, decimals_for, fixed, listed, percent
from skypact.report.tables.calibration import rests_on
from skypact.report.terminal import Line
from skypact.report.verdict import otherwise, out_of

Found = Mapping[str, Any]
SELDOM = 0.05
"""What runs out in fewer replications is not named."""
MOST_NAMED = 4
SURE = 0.9
"""A change is said as fewer or more if its sign holds in so many of the sets,"""
LIKELY = 0.5
"""and if so few sets leave it more likely than not."""
LEAVES_OUT = (
    "Opening stocks are not public; what is shown is over their ranges, and what was reported does not tell which of them is right.",
    "Rounds are spread over units by load, not by where the next raid goes; nobody moves them within a night.",
    "Arrivals, not damage; no escalation, no casualties, no legality. No policy is called best.",
    "Nights are those of the record: nobody answers a fuller or an emptier store with other attacks.",
)


def lines(document: Found) -> Iterator[Line]:
    """The answer for the terminal."""
    yield Line(arriving(document), style="bold")
    if outside := months_outside(document):
        yield Line(outside)
    yield from map(Line, narrowed(document))
    yield from map(Line, shortages(document))
    yield from map(Line, changes(document))
    yield Line(unsure(document))


def so_far(document: Found) -> str:
    """What central values say, without any range: what is not known has not been drawn yet."""
    base = document["policies"][document["baseline"]]
    said = (
        f"With central values, {fixed(base['leakers']['mean'], 0)} of {fixed(base['launched'], 0)} threats arrive on"
        f" {document['nights']} nights under {title(document, document['baseline'])}; {_claimed(through(document))}"
    )
    others = []
    for one in document["differences"]:
        mean = one["leakers"]["mean"]
        digits = decimals_for(abs(mean))
        less = fixed(abs(mean), digits)
        same = not less.strip("0.")
        what = "as many" if same else f"{less} {'fewer' if mean < 0 else 'more'}"
        others.append(f"{title(document, one['policy'])} {what}")
    return f"{said}. Under {', under '.join(others)}." if others else f"{said}."


def stocks_first(document: Found) -> list[tuple[str, str]]:
    """The stocks, those that run out most often first, then those of which least is left."""

    def least(owner: str, munition: str) -> tuple[float, float]:
        found = [one["stock"][owner][munition] for one in document["policies"].values()]
        empty = max(one["empty"][-1]["share"] for one in found)
        low = min(min(one["by_night"]["p05"], default=0) / max(1.0, one["opening"]["mean"]) for one in found)
        return -empty, low

    found = [(owner, munition) for owner, munition, _ in pages(document, document["baseline"])]
    return sorted(found, key=lambda one: least(*one))


def title(document: Found, policy: str) -> str:
    """A policy's title in quotation marks."""
    return f"“{document['titles'].get(policy, policy)}”"


def arriving(document: Found) -> str:
    """What arrives under the baseline, beside the record."""
    one = document["policies"][document["baseline"]]
    leakers, known = one["leakers"], through(document)
    of = f"of {fixed(one['launched'], 0)} threats arrive on {document['nights']} nights"
    if "sets" not in document:
        return (
            f"{title(document, document['baseline'])}: {fixed(leakers['mean'], 0)} {of} with central values; no range, for"
            f" what is not known was not drawn; {_claimed(known)}"
        )
    outside = known is not None and not leakers["p05"] <= known <= leakers["p95"]
    return (
        f"{title(document, document['baseline'])}: {between(leakers['p05'], leakers['p95'], 0)} {of} (nine of ten results,"
        f" chance and {document['sets']} draws of the unknown numbers); {_claimed(known)}"
        f"{', which lies outside this range' if outside else ''}"
    )


def months_outside(document: Found) -> str:
    """In which months what got through by the record lies outside the range; empty where none does, or without ranges."""
    if "sets" not in document:
        return ""
    found: dict[str, list[str]] = {"fewer": [], "more": []}
    for one in document["policies"][document["baseline"]]["by_month"]:
        known = through(document, one["month"])
        if known is not None and known < one["leakers"]["p05"]:
            found["fewer"].append(one["month"])
        elif known is not None and known > one["leakers"]["p95"]:
            found["more"].append(one["month"])
    said = [f"{word} got through in {listed(months)}" for word, months in found.items() if months]
    return f"By the record {' and '.join(said)} than the range has" if said else ""


def narrowed(document: Found) -> list[str]:
    """Where recorded nights narrowed the numbers: which, and what the ranges as they were had given."""
    if "calibrated" not in document:
        return []
    before = document["calibrated"]["before"]
    was = before["policies"][document["baseline"]]["leakers"]
    return [
        rests_on(document["calibrated"]),
        f"With the ranges as they were: {between(was['p05'], was['p95'], 0)} arrive under"
        f" {title(document, document['baseline'])}",
    ]


def through(document: Found, month: str | None = None) -> int | None:
    """How many got through as the record claims: launched less destroyed and not reached; None where that is contested."""
    mine = [one for one in document["recorded"] if month is None or one["month"] == month]
    if any(one.get("versions") and one["destroyed"] is None for one in mine):
        return None
    policy = document["policies"][document["baseline"]]
    claimed = sum((one["destroyed"] or 0) + (one["not_reached"] or 0) for one in mine)
    launched = sum(one["launched"] for one in policy["by_month"] if month is None or one["month"] == month)
    return int(max(0, launched - claimed))


def _claimed(known: int | None) -> str:
    if known is None:
        return "how many got through is contested, and every version stands in a table"
    return f"by the record {fixed(known, 0)} got through"


def shortages(document: Found) -> list[str]:
    """What runs out under the baseline and when; and for lack of what something that could be shot at arrives."""
    empty, short = (_by_when(document, document["baseline"], part) for part in ("empty", "short"))
    least = f"{percent(1 - SELDOM)} % of the results or more"
    if "sets" not in document:
        least = f"{least}, with central values alone"
    return [
        f"Runs out: {empty}" if empty else f"Runs out: nothing, in {least}",
        f"Something in reach arrives because no round is left or free for it: {short}"
        if short
        else f"No threat in reach arrives for lack of a round, in {least}",
    ]


def changes(document: Found) -> list[str]:
    """What each policy changes in arrivals and in what runs out, and how sure the order of the policies is."""
    said = []
    for one in document["differences"]:
        otherwise_out = runs_out_otherwise(document, one["policy"])
        said.append(f"{changed(document, one)}{f'. {otherwise_out}' if otherwise_out else ''}")
    return [*said, *([order(document)] if "order" in document else [])]


def runs_out_otherwise(document: Found, policy: str) -> str:
    """Which stocks run out more or less often than under the baseline; empty where none by much."""
    base = {(owner, munition): page for owner, munition, page in pages(document, document["baseline"])}
    said = []
    for owner, munition, page in pages(document, policy):
        was, now = (one["empty"][-1]["share"] for one in (base[owner, munition], page))
        if abs(now - was) >= SELDOM:
            name = called(document, owner, munition)
            said.append((abs(now - was), name, f"{percent(now)} %", f"{percent(was)} %"))
    said.sort(key=lambda one: -one[0])
    parts: list[str] = []
    for _, name, often, before in said[:MOST_NAMED]:
        runs, of = ("", "") if parts else (" runs out", " of the results")
        parts.append(f"{name}{runs} in {often}{of} instead of {before}")
    return ", ".join(parts)


def _by_when(document: Found, policy: str, part: str) -> str:
    """The stocks of which it has been so, each with its chance and with the day by which it has in half of these."""
    found = []
    for owner, munition, page in pages(document, policy):
        last = page[part][-1]["share"]
        if last >= SELDOM:
            first = next(one["by"] for one in page[part] if one["share"] >= last / 2)
            found.append((last, called(document, owner, munition), first))
    found.sort(key=lambda one: -one[0])
    said: list[str] = []
    for last, name, first in found[:MOST_NAMED]:
        of, half = ("", "") if said else (" of the results", "half of these ")
        said.append(f"{name} in {percent(last)} %{of} ({half}by {first})")
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return ", ".join(said) + more


def pages(document: Found, policy: str) -> Iterator[tuple[str, str, Found]]:
    """Owner, munition and page of each stock."""
    for owner, munitions in document["policies"][policy]["stock"].items():
        for munition, page in munitions.items():
            yield owner, munition, page


def called(document: Found, owner: str, munition: str) -> str:
    """What a stock is called; its owner is named if there are several."""
    name = str(document["munitions"].get(munition, munition))
    owners = document["policies"][document["baseline"]]["stock"]
    return name if len(owners) == 1 else f"{owner}: {name}"


def changed(document: Found, difference: Found) -> str:
    """What a policy changes in arrivals, with its range and how often its sign holds."""
    one = difference["leakers"]
    low, high = one.get("ci95") or (one["p05"], one["p95"])
    digits = decimals_for(high - low)
    name = title(document, difference["policy"])
    word = "fewer" if one["mean"] < 0 else "more"
    if one["mean"] == 0 == low == high:
        return f"{name}: the same arrive"
    if low == high:  # the spread over the sets is no more than the noise of their replications
        said = f"about {fixed(abs(low), decimals_for(abs(low)))} {word} arrive, with too few sets or replications for a range"
    elif low * high > 0:
        least, most = sorted((abs(low), abs(high)))
        said = f"{between(least, most, digits)} {'fewer' if high < 0 else 'more'} arrive"
    else:
        said = f"{between(low, high, digits, sign=True)} arrivals"
    if "same_sign" not in one:
        return f"{name}: {said} (interval of the mean with central values, simulation error alone)"
    sign = one["same_sign"]
    sure = f"{word} {_in_draws(document, sign)}"
    known = sign["share"] >= SURE and sign["low"] >= LIKELY
    return f"{name}: {said} ({sure if known else f'not sure which way: {sure}'})"


def order(document: Found) -> str:
    """How sure the order of the policies is."""
    one = document["order"]
    means = [document["policies"][name]["leakers"]["mean"] for name in one["policies"]]
    names = title(document, one["policies"][0])
    for name, before, mean in zip(one["policies"][1:], means[:-1], means[1:], strict=True):
        names += f" {'=' if before == mean else '<'} {title(document, name)}"
    return f"Fewest arrive first: {names}; so {_in_draws(document, one)}"


def _in_draws(document: Found, found: Found) -> str:
    """In how many draws something is so, and what so many leave open."""
    sets = document["sets"]
    holds = round(found["share"] * sets)
    return f"in {out_of(holds, sets)} draws of the unknown numbers; {otherwise(found['low'])}"


def unsure(document: Found) -> str:
    """What the numbers rest on that is not known."""
    rests = " ".join(document["notional"])
    return (
        f"Notional: {rests}"
        if rests
        else "The file names nothing as notional; look at the kinds of its numbers."
    )
