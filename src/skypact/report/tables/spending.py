"""What is fired and spent, by whom, and what allies expose."""

from __future__ import annotations

from skypact.formatting import at, class_name, fixed, is_number, mean, ordered, percent
from skypact.report.material import Material, Record
from skypact.report.table import Column, Format, Number, Table, Words, numbers, row
from skypact.report.tables.cells import COST, COST_NOTE, COST_UNIT, average, policy

APPROACH = (
    "Distance to a border: from where allied units stand or allied aircraft may fly, used or not, to internationally"
    " recognised territory"
)
AT_BORDER = "reaches"
LEAST_ROUNDS, LEAST_HOURS = 0.005, 0.05
"""What is less is shown as nothing."""
OCCUPIED = {"RUS": "Crimea", "ISR": "the Golan Heights"}
"""Areas that an actor holds and that are not its territory, by the actor's code: one for an example."""


def spent_by_system(material: Material) -> Table | None:
    """Interceptors spent by system, and the share of the stock in the scenario."""
    systems = ordered(
        {name for run in material.policies.values() for name in run.get("by_system", {})},
        list(material.catalog.effectors),
    )
    fired = [
        name
        for name in systems
        if any((mean(at(r, "by_system", name, "rounds")) or 0) > 0 for r in material.policies.values())
    ]
    if not fired:
        return None
    columns = (Column("System"), *(numbers(material.title(name), "rounds") for name in material.policies))
    rows = tuple(
        row(
            material.system(name),
            *(
                _spent(at(r, "by_system", name), counted=not material.is_soft(name))
                for r in material.policies.values()
            ),
        )
        for name in fired
    )
    note = (
        "Mean rounds fired; below it the share of the rounds that the fire units had, ready and in reserve. "
        "A dash: the system is not there under the policy. For guns a round is one burst, as the catalogue "
        "says; for jamming it is one attempt, and there is no stock."
    )
    return Table("systems", "Interceptors spent, by system and policy", columns, rows, note)


def _spent(record: Record | None, counted: bool) -> Number:
    if record is None:
        return Number()
    rounds, stock = mean(record.get("rounds")) or 0.0, record.get("stock")
    if not stock or not counted:
        return Number(rounds)
    share = rounds / stock
    return Number(rounds, note=f"{percent(share)} % of {fixed(stock, 0)}", bar=min(1.0, share))


def by_owner(material: Material) -> Table | None:
    """Kills, rounds and cost by owner and policy."""
    columns = (
        Column("Policy and owner"),
        numbers("Engagements", "engagements"),
        numbers("Rounds fired", "rounds"),
        numbers(COST, COST_UNIT, Format.MILLIONS),
        numbers("Kills", "threats"),
        *(numbers(f"Kills: {class_name(name)}", "threats") for name in material.classes),
    )
    rows = []
    for name, run in material.policies.items():
        owners: Record = run.get("by_owner", {})
        for owner in ordered(owners, list(material.scenario.actors)):
            record = owners[owner]
            if not any(mean(record.get(key)) for key in ("rounds", "kills", "engagements")):
                continue
            rows.append(
                row(
                    Words(material.actor(owner), note=material.title(name)),
                    *(average(record, key) for key in ("engagements", "rounds", "cost_usd", "kills")),
                    *(average(record, "by_class", one, "kills") for one in material.classes),
                )
            )
    if not rows:
        return None
    note = f"Means. An owner that fires nothing under a policy is left out.{COST_NOTE}"
    return Table("owners", "Who fires and what it costs, by policy and owner", columns, tuple(rows), note)


def exposure(material: Material) -> Table | None:
    """What each policy exposes and spends; None where allies do nothing under any, and nobody is trained."""
    records = {name: material.exposure[name] for name in material.policies if name in material.exposure}
    if not any(allies_act(one) or one.get("training_days") for one in records.values()):
        return None
    actors = list(material.scenario.actors)
    abroad = ordered(
        {a for record in records.values() for a in record.get("allied_engagements_abroad", {})}, actors
    )
    near = ordered(
        {
            a
            for record in records.values()
            if allies_act(record)
            for a, km in record.get("nearest_approach_km", {}).items()
            if is_number(km)
        },
        actors,
    )
    columns = (
        Column("Policy"),
        numbers("Allied engagements", "engagements"),
        *(numbers(f"Of these over {material.actor(name)}", "engagements") for name in abroad),
        numbers("Allied rounds", "rounds"),
        numbers("Allied rounds, at list or estimated price", COST_UNIT, Format.MILLIONS),
        numbers("Aircraft over another country", "hours", Format.COUNT),
        *(numbers(f"Distance to {material.actor(name)}’s border", "km", Format.COUNT) for name in near),
        numbers("Training before use", "days", Format.COUNT),
    )
    rows = tuple(
        row(
            policy(material, name),
            average(record, "allied_engagements"),
            *(Number(mean(at(record, "allied_engagements_abroad", one)) or 0.0) for one in abroad),
            average(record, "allied_rounds"),
            average(record, "allied_cost_usd"),
            record.get("aircraft_hours_abroad"),
            *(_distance(record, one) for one in near),
            _training(record.get("training_days", {})),
        )
        for name, record in records.items()
    )
    note = (
        "Means over the replications. Allied: owned by anyone but the defended country. A dash: allies do "
        f"nothing there, or no units change hands.{COST_NOTE}"
    )
    if near:
        note += f" {APPROACH}{_occupied(material, near)}."
    caption = "What each policy exposes and spends, for the raid as a whole"
    return Table("exposure", caption, columns, rows, note)


def allies_act(record: Record) -> bool:
    """Whether allies fire, or fly abroad: else how near they stand to a border says nothing of the policy."""
    rounds, hours = mean(record.get("allied_rounds")) or 0.0, record.get("aircraft_hours_abroad") or 0.0
    return rounds >= LEAST_ROUNDS or hours >= LEAST_HOURS


def _distance(record: Record, actor: str) -> Number:
    km = at(record, "nearest_approach_km", actor)
    if not allies_act(record) or not is_number(km):
        return Number()
    return Number(km, said="" if round(km) else f"{AT_BORDER} it")


def _occupied(material: Material, near: list[str]) -> str:
    """That occupied areas do not count as the occupier's, where an occupier is among those approached."""
    actors = {name: one for name, one in material.scenario.actors.items() if name in near}
    codes = {code: name for name, one in actors.items() for code in (one.territory or (name,))}
    held = [(material.actor(codes[code]), area) for code, area in OCCUPIED.items() if code in codes]
    return "".join(
        f"; areas that {who} occupies, {area} among them, do not count as its own" for who, area in held
    )


def _training(decisions: Record) -> Number:
    if not decisions:
        return Number()
    longest = max(decisions.values(), key=lambda record: record["value"])
    return Number(longest["value"], longest.get("low"), longest.get("high"))
