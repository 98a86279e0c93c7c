"""The question, and the short answer: sentences made from the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from skypact.formatting import (
    at,
    between,
    class_name,
    decimals_for,
    fixed,
    is_number,
    listed,
    mean,
    millions,
    percent,
)
from skypact.report.material import Material, Record
from skypact.report.tables.calibration import rests_on
from skypact.report.tables.cells import in_results, interval, simulation_error
from skypact.report.tables.spending import AT_BORDER, LEAST_HOURS, LEAST_ROUNDS, allies_act
from skypact.report.verdict import notional_share, verdict

SHARE_WORTH_NAMING = 0.15
ALMOST_ALL = 0.9


@dataclass(frozen=True)
class Answer:
    """What was asked, in one sentence, and the answer in a few."""

    question: str
    sentences: tuple[str, ...]


def answered(material: Material) -> Answer | None:
    """For a raid: what other policies would change."""
    if not material.counts_arrivals:
        return None
    return Answer(question(material), tuple(answer(material)))


def question(material: Material) -> str:
    """What was asked, in one sentence."""
    others = [name for name in material.policies if name != material.baseline]
    title = material.title(material.baseline)
    if not others:
        return f"What happens in this raid under “{title}”?"
    number = "this other policy" if len(others) == 1 else f"each of these {len(others)} other policies"
    return f"What would change in this raid if {number} were in force instead of “{title}”?"


def answer(material: Material) -> list[str]:
    """The answer, a sentence or two for each policy; no policy is called best."""
    sentences = [_first(material)]
    sentences += [_difference(material, name) for name in material.differences]
    sentences.append(_ranges(material))
    if near := agreement(material):
        sentences.append(near)
    return sentences


def _baseline(material: Material) -> str:
    run = material.policies[material.baseline]
    leakers = run["leakers"]
    said = f"Under “{material.title(material.baseline)}”, "
    low, high = leakers.get("p05"), leakers.get("p95")
    many = f"of {fixed(run['launched'], 0)} threats"
    if low is None:
        return said + f"on average {fixed(leakers['mean'])} {many} arrive."
    said += (
        f"{between(low, high, 0)} {many} arrive ({in_results(material)}); {fixed(leakers['mean'])} on average"
    )
    variance = leakers.get("variance")
    if variance and (whole := sum(variance.values())):
        said += f". {percent(variance['ignorance'] / whole)} % of that variance comes from unknown numbers, the rest from chance"
    return said + "."


def headlines(material: Material) -> list[str]:
    """In one sentence each: what the baseline lets through, and what may be said of every other policy."""
    return [_first(material), *(_headline(material, name) for name in material.differences)]


def _first(material: Material) -> str:
    said = _baseline(material)
    return said if material.calibrated is None else f"{said} {rests_on(material.calibrated)}"


def _headline(material: Material, policy: str) -> str:
    record = material.differences[policy]
    change = record["leakers"]
    found = verdict(change, material.sets, replications=material.comparison.get("replications"))
    said = f"Under “{material.title(policy)}”, {found.said}"
    if found.tells and (named := _where(record, change["mean"], decimals_for(_width(change)))):
        said += f"; {named}"
    return " ".join([f"{said}.", *found.reservations])


def _difference(material: Material, policy: str) -> str:
    parts = (_headline(material, policy), _relief(material, policy), _price(material, policy))
    return " ".join(filter(None, parts))


def _width(change: Record) -> float:
    low, high = interval(change)
    return high - low


def _relief(material: Material, policy: str) -> str:
    """What the defenders' own units would fire and kill less, or more."""
    changes = {
        name: sum(
            (mean(at(material.differences[policy], "by_owner", owner, name)) or 0.0)
            for owner in material.defended
        )
        for name in ("rounds", "kills")
    }
    if abs(changes["rounds"]) < 0.5:
        return ""
    word = "fewer" if changes["rounds"] < 0 else "more"
    who = listed(map(material.actor, material.defended))
    said = f"{who}’s own units fire {_number(changes['rounds'], word, 'round')}"
    if abs(changes["kills"]) >= 0.5:
        kills = "fewer" if changes["kills"] < 0 else "more"
        said += f" and make {_number(changes['kills'], kills, 'kill')}"
    owners = material.differences[policy].get("by_owner", {})
    others = sum(
        mean(one.get("kills")) or 0.0 for name, one in owners.items() if name not in material.defended
    )
    if changes["kills"] <= -0.5 and others >= 0.5:
        said += f", as others are first: they make {_number(others, 'more', 'kill')}"
    return f"{said}."


def _number(change: float, word: str, what: str) -> str:
    """A change of a count: 1 more round, 2 fewer rounds."""
    shown = fixed(abs(change), 0)
    return f"{shown} {word} {what}{'' if shown == '1' else 's'}"


def _where(record: Record, change: float, decimals: int) -> str:
    """The classes that make up most of a difference."""
    by_class = {name: mean(at(part, "leakers")) or 0.0 for name, part in record.get("by_class", {}).items()}
    same_way = {name: part for name, part in by_class.items() if part / change >= SHARE_WORTH_NAMING}
    if not same_way or len(by_class) < 2:
        return ""
    parts = sorted(same_way.items(), key=lambda item: -abs(item[1]))
    if len(parts) == 1 and parts[0][1] / change > ALMOST_ALL:
        return f"nearly all of them {class_name(parts[0][0])}"
    return "of which " + listed(f"{fixed(abs(part), decimals)} {class_name(name)}" for name, part in parts)


def _price(material: Material, policy: str) -> str:
    """What allies would do and spend, and how near they would come."""
    record = material.exposure.get(policy)
    if record is None:
        return ""
    rounds = mean(record.get("allied_rounds")) or 0.0
    if rounds < LEAST_ROUNDS:
        said = ["Allies fire nothing"]
    elif rounds < 0.05:
        said = ["Allies fire fewer than 0.1 rounds on average"]
    else:
        cost = mean(record.get("allied_cost_usd"))
        engagements = mean(record.get("allied_engagements"))
        said = [f"Allies fire {fixed(rounds)} rounds in {fixed(engagements)} engagements"]
        if cost:
            said[0] += (
                f" (about {millions(cost)} million USD at list or estimated price, systems and crews not counted)"
            )
        abroad = {a: mean(part) or 0.0 for a, part in record.get("allied_engagements_abroad", {}).items()}
        over = [f"{fixed(part)} over {material.actor(a)}" for a, part in abroad.items() if part >= 0.05]
        if over:
            said.append(f"of the engagements {listed(over)}")
    hours = record.get("aircraft_hours_abroad") or 0.0
    if hours >= LEAST_HOURS:
        said.append(f"their aircraft spend {fixed(hours, 0)} hours over another country")
    near = {a: km for a, km in record.get("nearest_approach_km", {}).items() if is_number(km)}
    if near and allies_act(record):
        said.append(
            "the area where they stand or may fly "
            + listed(_border(material.actor(one), km) for one, km in near.items())
        )
    return "; ".join(said) + "."


def _border(actor: str, km: float) -> str:
    return (
        f"comes within {fixed(km, 0)} km of {actor}’s border"
        if round(km)
        else f"{AT_BORDER} {actor}’s border"
    )


def _ranges(material: Material) -> str:
    """What the ranges say, and how large simulation error is beside them."""
    comparison = material.comparison
    runs = fixed(comparison["replications"], 0)
    if material.sets is None:
        return (
            f"These are central values alone, in {runs} replications. Intervals are simulation error: they say how well the"
            " model’s own averages are pinned down, and nothing of how well the model knows the world."
        )
    errors = [simulation_error(material, one["leakers"]) for one in material.differences.values()]
    said = (
        f"The unknown numbers were drawn {material.sets} times from their ranges, each draw played {runs} times; numbers of"
        f" one family are drawn together, with correlation {comparison.get('correlation', 0):g}. How many arrive varies"
        " with chance and unknown numbers together; a change with unknown numbers alone, as both policies meet the same"
        " chance."
    )
    if known := [error for error in errors if error is not None]:
        said += f" Simulation error of the average differences is ±{fixed(2 * max(known), 2)} at most, and not in them."
    return said


def agreement(material: Material) -> str:
    """How near the model came to what was reported, beside the plain forecast."""
    found = [entry for entry in material.comparison.get("reported", []) if entry.get("crps") is not None]
    if not found:
        return ""
    under = material.title(material.scenario.reported_under)
    beside = [entry for entry in found if entry.get("baseline")]
    if not beside:
        return (
            f"{len(found)} reported counts, contradictory ones included, stand beside “{under}”; there is no public record"
            " of the time before to hold a plain forecast against."
        )
    nearer = sum(entry["crps"] < entry["baseline"]["crps"] for entry in beside)
    return (
        f"Of {len(beside)} reported counts, contradictory ones included, the model under “{under}” comes nearer than the plain"
        f" rates of the record before that day for {nearer}, and less near for {len(beside) - nearer}."
    )


def notional(material: Material) -> str:
    """How many of the numbers are notional."""
    used = material.quantities
    many = sum(one.kind == "notional" for one in used)
    return f"{many} of {len(used)} numbers or entries are notional: ours, with a reason and no source."


def rests_on_notional(material: Material) -> str:
    """How much of the answer rests on notional numbers."""
    said = notional(material)
    shares = [
        share
        for one in material.differences.values()
        if (share := notional_share(one["leakers"])) is not None
    ]
    if not shares:
        return said
    least, most = percent(min(shares)), percent(max(shares))
    span = most if least == most else f"{least} to {most}"
    return f"{said} {span} % of what is not known about the differences comes from them."
