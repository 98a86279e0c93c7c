"""Tables of what the scenario says: decisions, statements, doctrine, numbers, sources."""

from __future__ import annotations

from skypact.formatting import at, between, brief, class_names, fixed, listed, ordered, percent
from skypact.policy.describe import BASING, decision_words, rule_words
from skypact.reading import references
from skypact.report.material import Material, Record
from skypact.report.quantities import Used, readable
from skypact.report.table import Cell, Column, Table, numbers, row
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Doctrine


def decisions(material: Material) -> Table | None:
    """The decisions of the policies shown, with the policies under which each is in force."""
    scenario = material.scenario
    under: dict[str, list[str]] = {}
    for policy in material.policies:
        for name in scenario.policies[policy].decisions if policy in scenario.policies else ():
            under.setdefault(name, []).append(material.title(policy))
    if not under:
        return None
    columns = [
        Column("Decision"),
        Column("Actor"),
        Column("Date", whole=True),
        Column("What it changes"),
        Column("In force under"),
    ]
    rows = []
    for name in sorted(under, key=lambda name: (scenario.decisions[name].date, name)):
        decision = scenario.decisions[name]
        rows.append(
            row(
                Cell(decision.title, note=decision.note, mark=decision.status, sources=decision.sources),
                material.actor(decision.actor),
                decision.date,
                Cell("", items=decision_words(material.names, decision)),
                "; ".join(under[name]),
            )
        )
    note = (
        "SettledStep: an act that took place. Requested and proposed: asked for, or put forward, and not in force "
        "then. Hypothetical: ours, to answer a question."
    )
    return Table(
        "decisions", "Decisions, and the policies under which they are in force", columns, rows, note
    )


def standing_rules(material: Material) -> Table | None:
    """The rules that hold under every policy."""
    if not material.scenario.rules:
        return None
    rows = [
        row(Cell(rule_words(material.names, rule), note=rule.note, sources=rule.sources))
        for rule in material.scenario.rules
    ]
    return Table("rules", "Rules that hold under every policy", [Column("Rule")], rows)


def statements(material: Material) -> Table | None:
    """What was asked for, refused and said, by date, all with the same space."""
    if not material.scenario.statements:
        return None
    columns = [Column("Date", whole=True), Column("Who"), Column("Kind"), Column("What was said, and why")]
    rows = []
    for said in sorted(material.scenario.statements, key=lambda said: said.date):
        about = [
            material.scenario.decisions[name].title
            for name in said.about
            if name in material.scenario.decisions
        ]
        rows.append(
            row(
                said.date,
                Cell(material.actor(said.actor), note=f"to {material.actor(said.to)}" if said.to else ""),
                Cell("", mark=said.kind),
                Cell(said.text, note=f"About: {'; '.join(about)}" if about else "", sources=said.sources),
            )
        )
    return Table("statements", "Requests, refusals and other statements, by date", columns, rows)


def doctrine(material: Material) -> Table | None:
    """Doctrine of the scenario and of its decisions."""
    entries = [(entry, "every policy") for entry in material.scenario.doctrine]
    for decision in material.scenario.decisions.values():
        entries += [(entry, f"decision “{decision.title}”") for entry in decision.doctrine]
    if not entries:
        return None
    columns = [Column("Applies to"), Column("Against"), Column("What it says"), Column("Reason")]
    rows = [
        row(
            Cell(_to_whom(material, entry), note=f"under {where}" if where != "every policy" else ""),
            class_names(entry.classes).capitalize(),
            _orders(entry),
            Cell(entry.note, mark=entry.kind, sources=entry.sources),
        )
        for entry, where in entries
    ]
    note = "Later rows override earlier ones, field by field."
    return Table("doctrine", "Doctrine: how units use what they have", columns, rows, note)


def _to_whom(material: Material, entry: Doctrine) -> str:
    parts = []
    if entry.owners is not None:
        parts.append(material.actors(entry.owners))
    if entry.systems is not None:
        parts.append(listed(map(material.system, entry.systems)))
    if entry.basing is not None:
        parts.append(listed(BASING[basing] for basing in entry.basing))
    text = ": ".join(parts) or "all units"
    return text[:1].upper() + text[1:]


def _orders(entry: Doctrine) -> str:
    said = []
    if entry.engage is not None:
        said.append("engages" if entry.engage else "leaves them to others")
    if entry.from_range_km is not None:
        said.append(f"waits until the threat is within {brief(entry.from_range_km.value)} km")
    if entry.salvo is not None:
        said.append(f"fires {entry.salvo} at once")
    if entry.hold is not None:
        said.append(f"keeps {entry.hold} rounds back")
    if entry.rank is not None:
        said.append(f"preference {entry.rank:g} (lower goes first)")
    return "; ".join(said).capitalize()


def quantities(material: Material) -> dict[str, list[Table]]:
    """Every number used, by group, a table a section; the caption counts how many are notional."""
    sections: dict[tuple[str, str], list[Used]] = {}
    for used in material.quantities:
        sections.setdefault((used.group, used.section), []).append(used)
    groups: dict[str, list[Table]] = {}
    for number, ((group, name), part) in enumerate(sections.items(), 1):
        groups.setdefault(group, []).append(_section(number, name, part))
    return groups


def _section(number: int, name: str, part: list[Used]) -> Table:
    columns = [
        Column("Number"),
        Column("Kind"),
        numbers("Value", "in the unit beside it"),
        numbers("Range", "in the unit beside it"),
        Column("Unit"),
        Column("Source or reason"),
    ]
    rows = [
        row(
            used.name,
            Cell("", mark=used.kind),
            "" if used.value is None else brief(used.value),
            "" if used.low is None else f"{brief(used.low)} to {brief(used.high)}",
            used.unit,
            Cell(". ".join(filter(None, [used.text.rstrip("."), used.note])), sources=used.sources),
        )
        for used in part
    ]
    notional = sum(used.kind == "notional" for used in part)
    entries = "1 entry" if len(part) == 1 else f"{len(part)} entries"
    return Table(f"numbers-{number}", f"{name}: {entries}, {notional} notional", columns, rows)


def kinds(material: Material) -> str:
    """How many of the numbers used are reported, estimated and notional."""
    used = material.quantities
    counts = {kind: sum(one.kind == kind for one in used) for kind in ("reported", "estimated", "notional")}
    return (
        f"Of {len(used)} entries, {counts['reported']} are reported, {counts['estimated']} estimated by a "
        f"source and {counts['notional']} notional."
    )


def chosen(material: Material) -> Table | None:
    """Values chosen after seeing an outcome."""
    if not material.scenario.chosen:
        return None
    columns = [
        Column("Value"),
        Column("Before"),
        Column("After"),
        Column("Result before"),
        Column("Result after"),
        Column("Why"),
    ]
    rows = [
        row(one.field, one.before, one.after, one.result_before, one.result_after, one.why)
        for one in material.scenario.chosen
    ]
    return Table(
        "chosen", "Values chosen after seeing an outcome, with the result before and after", columns, rows
    )


def landscapes(material: Material) -> Table | None:
    """Two scenarios side by side."""
    if not material.landscapes:
        return None
    columns = [Column("What"), *(Column(name) for name in material.landscapes["scenarios"])]
    rows = [
        row(
            Cell(_with_unit(entry), note=entry.get("note") or ""),
            *(_plain(value) for value in entry["values"]),
        )
        for entry in material.landscapes["rows"]
    ]
    return Table("landscapes", "Two landscapes side by side", columns, rows)


def _with_unit(entry: Record) -> str:
    return f"{entry['what']} ({entry['unit']})" if entry.get("unit") else str(entry["what"])


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return brief(value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(map(_plain, value))
    return "–" if value is None else str(value)


def ignorance(material: Material) -> Table | None:
    """Chance and ignorance apart."""
    found: Record = at(material.uncertain, "policies") or {}
    if not found:
        return None
    columns = [
        Column("Policy"),
        numbers("Arrive, mean", "threats"),
        numbers("5th to 95th percentile", "threats"),
        numbers("Standard deviation from chance", "threats"),
        numbers("Standard deviation from ignorance", "threats"),
        numbers("Variance from ignorance", "%"),
        numbers("Difference from the baseline over the draws, 5th to 95th percentile", "threats"),
        numbers("Draws in which the difference has the sign of its mean", "%"),
    ]
    pairs = {record["policy"]: record["leakers"] for record in at(material.uncertain, "differences") or ()}
    rows = []
    for name in ordered(found, list(material.policies)):
        leakers = found[name]["leakers"]
        at(pairs, name, "over_draws")
        chance, unknown = leakers["variance"]["chance"], leakers["variance"]["ignorance"]
        rows.append(
            row(
                material.title(name),
                fixed(leakers["mean"]),
                f"{fixed(leakers['p05'], 0)} to {fixed(leakers['p95'], 0)}",
                fixed(max(0.0, chance) ** 0.5),
                fixed(max(0.0, unknown) ** 0.5),
                percent(unknown / (chance + unknown)) if chance + unknown else "–",
                between(
                    at(pairs, name, "over_draws", "p05"), at(pairs, name, "over_draws", "p95"), sign=True
                ),
                percent(at(pairs, name, "same_sign_share")),
            )
        )
    draws = at(material.uncertain, "draws")
    note = f"The uncertain numbers were drawn {fixed(draws, 0)} times from their ranges." if draws else ""
    return Table("ignorance", "Chance and ignorance apart", columns, rows, note)


def strongest(material: Material) -> Table | None:
    """The uncertain numbers that go most with the result."""
    found: list[Record] = at(material.uncertain, "strongest", material.baseline) or []
    if not found:
        return None
    parameters = {one["name"]: one for one in at(material.uncertain, "parameters") or []}
    columns = [
        Column("Number"),
        numbers("Value", "in its own unit"),
        numbers("Range", "in its own unit"),
        numbers("Correlation with arrivals", "−1 to 1"),
    ]
    rows = []
    for one in found:
        parameter = parameters.get(one["name"], {})
        low, high = parameter.get("low"), parameter.get("high")
        rows.append(
            row(
                Cell(_parameter(material, one["name"]), mark=parameter.get("kind", "")),
                brief(parameter.get("value")),
                "–" if low is None else f"{brief(low)} to {brief(high)}",
                fixed(one["correlation"], 2),
            )
        )
    return Table("strongest", "Uncertain numbers that go most with what arrives", columns, rows)


def _parameter(material: Material, name: str) -> str:
    """The name of a number in words: ``effectors.nasams.against.cruise.p_kill``."""
    part, *rest = name.split(".")
    if part in ("effectors", "threats", "sensors") and rest:
        rest[0] = material.system(rest[0])
    return ": ".join([rest[0], readable(" · ".join(rest[1:]))]) if rest[1:] else name


def sources_used(material: Material) -> list[str]:
    """Names of all sources of the scenario, then those of the catalogue that it or its numbers name."""
    named = [name for one in material.quantities for name in one.sources]
    said = references(Scenario, material.scenario.model_dump(mode="json", by_alias=True))
    named += [name for _, kind, name in said if kind == "source"]
    return list(dict.fromkeys([*material.scenario.sources, *(n for n in named if n in material.sources)]))


__all__ = [
    "chosen",
    "decisions",
    "doctrine",
    "ignorance",
    "kinds",
    "landscapes",
    "quantities",
    "sources_used",
    "standing_rules",
    "statements",
    "strongest",
]
