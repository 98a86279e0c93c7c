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

SHARE_WORTH_NAMING = 0.15
SURE = 0.95
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
    sentences = [_baseline(material)]
    sentences += [_difference(material, name) for name in material.differences]
    if material.differences:
        sentences.append(_sampling(material))
    if agreement := _agreement(material):
        sentences.append(agreement)
    if ignorance := _ignorance(material):
        sentences.append(ignorance)
    return sentences


def _baseline(material: Material) -> str:
    run = material.policies[material.baseline]
    leakers = run["leakers"]
    said = f"Under “{material.title(material.baseline)}”, on average {fixed(leakers['mean'])} of "
    said += f"{fixed(run['launched'], 0)} threats arrive"
    low, high = leakers.get("p05"), leakers.get("p95")
    return said + (f"; in nine replications of ten, {between(low, high, 0)} do." if low is not None else ".")


def _difference(material: Material, policy: str) -> str:
    record = material.differences[policy]
    title = f"Under “{material.title(policy)}”,"
    change, (low, high) = record["leakers"]["mean"], record["leakers"]["ci95"]
    if low <= 0 <= high:
        interval = between(low, high, 2, sign=True)
        said = f"{title} the number that arrives cannot be told from that under "
        said += f"“{material.title(material.baseline)}” (difference, 95 % interval: {interval})"
    else:
        decimals = max(1, decimals_for(high - low))
        least, most = sorted((abs(low), abs(high)))
        word = "fewer" if change < 0 else "more"
        said = f"{title} {fixed(abs(change), decimals)} {word} arrive on average"
        said += f" (95 % interval {between(least, most, decimals)}"
        base = mean(at(material.policies[material.baseline], "leakers"))
        said += f"; {percent(abs(change) / base)} % of the baseline’s number)" if base else ")"
        if named := _where(record, change, decimals):
            said += f", {named}"
    return " ".join(filter(None, [f"{said}.", _relief(material, policy), _price(material, policy)]))


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
    if rounds < 0.005:
        said = ["Allies fire nothing"]
    elif rounds < 0.05:
        said = ["Allies fire fewer than 0.1 rounds on average"]
    else:
        cost = mean(record.get("allied_cost_usd"))
        engagements = mean(record.get("allied_engagements"))
        said = [f"Allies fire {fixed(rounds)} rounds in {fixed(engagements)} engagements"]
        if cost:
            said[0] += f" (about {millions(cost)} million USD)"
        abroad = {a: mean(part) or 0.0 for a, part in record.get("allied_engagements_abroad", {}).items()}
        over = [f"{fixed(part)} over {material.actor(a)}" for a, part in abroad.items() if part >= 0.05]
        if over:
            said.append(f"of the engagements {listed(over)}")
    hours = record.get("aircraft_hours_abroad") or 0.0
    if hours >= 0.05:
        said.append(f"their aircraft spend {fixed(hours, 0)} hours over another country")
    near = {a: km for a, km in record.get("nearest_approach_km", {}).items() if is_number(km)}
    if near and (rounds >= 0.005 or hours >= 0.05):
        said.append(
            "their nearest approach is "
            + listed(f"{fixed(km, 0)} km to {material.actor(actor)}" for actor, km in near.items())
        )
    return "; ".join(said) + "."


def _sampling(material: Material) -> str:
    runs = fixed(material.comparison["replications"], 0)
    return (
        f"These intervals say how well {runs} paired replications pin down the model’s own averages. "
        "They do not say how well the model knows the world."
    )


def _agreement(material: Material) -> str:
    outcomes = [
        entry
        for entry in material.comparison.get("reported", [])
        if entry["what"] != "launched" and not entry.get("input")
    ]
    if not outcomes:
        return ""
    agree = sum(bool(entry["agrees"]) for entry in outcomes)
    under = material.title(material.scenario.reported_under)
    return (
        f"Of {len(outcomes)} reported counts of what became of the threats, contradictory ones included, the "
        f"simulated range under “{under}” covers {agree} and misses {len(outcomes) - agree}."
    )


def _ignorance(material: Material) -> str:
    record = at(material.uncertain, "policies", material.baseline, "leakers")
    variance = at(record, "variance")
    if not variance:
        return ""
    total = variance["chance"] + variance["ignorance"]
    share = percent(variance["ignorance"] / total) if total else "0"
    return (
        f"Drawing the uncertain numbers from their ranges as well, between {fixed(record['p05'], 0)} and "
        f"{fixed(record['p95'], 0)} arrive under “{material.title(material.baseline)}” in nine replications of ten; "
        f"{share} % of that variance comes from what is not known rather than from chance. "
        + _signs(material)
    ).strip()


def _signs(material: Material) -> str:
    """How many differences keep their sign when the uncertain numbers are drawn."""
    shares = [
        share
        for record in at(material.uncertain, "differences") or ()
        if (share := at(record, "leakers", "same_sign_share")) is not None
    ]
    if not shares:
        return ""
    kept = sum(share >= SURE for share in shares)
    return (
        f"For {kept} of the {len(shares)} other policies the difference from the baseline has the same sign "
        f"in at least {percent(SURE)} % of the draws."
    )
