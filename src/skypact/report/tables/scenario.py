"""What a scenario says: decisions, rules, doctrine, statements, values chosen after the fact."""

from __future__ import annotations

from skypact.formatting import brief, capital, class_names, day_words
from skypact.policy.describe import decision_words, holders_words, rule_words
from skypact.report.later import is_later
from skypact.report.material import Material
from skypact.report.table import Column, Table, Words, row
from skypact.scenario.rules import Doctrine

DECISIONS = (
    Column("Decision"),
    Column("Actor"),
    Column("Date", whole=True),
    Column("What it changes"),
    Column("In force under"),
)
"""The columns of a table of decisions, of a scenario or of a campaign."""


def decisions(material: Material) -> Table | None:
    """The decisions of the policies shown, with the policies under which each is in force."""
    scenario = material.scenario
    under: dict[str, list[str]] = {}
    for policy in material.policies:
        for name in scenario.policies[policy].decisions if policy in scenario.policies else ():
            under.setdefault(name, []).append(material.title(policy))
    if not under:
        return None
    rows = []
    for name in sorted(under, key=lambda name: (scenario.decisions[name].date, name)):
        decision = scenario.decisions[name]
        rows.append(
            row(
                Words(
                    decision.title, note=decision.note, mark=decision.status, sources=tuple(decision.sources)
                ),
                material.actor(decision.actor),
                Words(decision.date, note=_after(material, decision.date)),
                Words(items=tuple(decision_words(material.names, decision))),
                "; ".join(under[name]),
            )
        )
    note = (
        "Taken: an act that took place. Requested and proposed: asked for, or put forward, and not in force "
        "then. Hypothetical: ours, to answer a question."
    )
    caption = "Decisions, and the policies under which they are in force"
    return Table("decisions", caption, DECISIONS, tuple(rows), note)


def _after(material: Material, date: str) -> str:
    """That something came later than what the scenario asks about."""
    return f"after {day_words(material.scenario.date)}" if is_later(material, date) else ""


def standing_rules(material: Material) -> Table | None:
    """The rules that hold under every policy."""
    if not material.scenario.rules:
        return None
    rows = tuple(
        row(Words(rule_words(material.names, rule), note=rule.note, sources=tuple(rule.sources)))
        for rule in material.scenario.rules
    )
    return Table("rules", "Rules that hold under every policy", (Column("Rule"),), rows)


def statements(material: Material) -> Table | None:
    """What was asked for, refused and said, by date, all with the same space."""
    scenario = material.scenario
    if not scenario.statements:
        return None
    columns = (Column("Date", whole=True), Column("Who"), Column("Kind"), Column("What was said, and why"))
    rows = []
    for said in sorted(scenario.statements, key=lambda said: (said.date, said.id or "")):
        about = [
            scenario.decisions[name].title if name in scenario.decisions else name for name in said.about
        ]
        rows.append(
            row(
                said.date,
                Words(material.actor(said.actor), note=f"to {material.actor(said.to)}" if said.to else ""),
                Words(mark=said.kind, note=_after(material, said.date)),
                Words(
                    " ".join(said.text.split()),
                    note=f"About: {'; '.join(about)}" if about else "",
                    sources=tuple(said.sources),
                ),
            )
        )
    return Table("statements", "Requests, refusals and other statements, by date", columns, tuple(rows))


def doctrine(material: Material) -> Table | None:
    """Doctrine of the scenario and of its decisions."""
    entries = [(entry, "every policy") for entry in material.scenario.doctrine]
    for decision in material.scenario.decisions.values():
        entries += [(entry, f"decision “{decision.title}”") for entry in decision.doctrine]
    if not entries:
        return None
    columns = (Column("Applies to"), Column("Against"), Column("What it says"), Column("Reason"))
    rows = tuple(
        row(
            Words(
                capital(holders_words(material.names, entry)),
                note=f"under {where}" if where != "every policy" else "",
            ),
            class_names(entry.classes).capitalize(),
            _orders(entry),
            Words(entry.note, mark=entry.kind, sources=tuple(entry.sources)),
        )
        for entry, where in entries
    )
    note = "Later rows override earlier ones, field by field."
    return Table("doctrine", "Doctrine: how units use what they have", columns, rows, note)


def _orders(entry: Doctrine) -> str:
    said = []
    if entry.engage is not None:
        said.append("engages" if entry.engage else "leaves them to others")
    if entry.from_range_km is not None:
        said.append(f"waits until the threat is within {brief(entry.from_range_km.value)} km")
    if entry.salvo is not None:
        said.append(f"fires {entry.salvo.value:g} at once")
    if entry.hold is not None:
        said.append(f"keeps {entry.hold.value:g} rounds back")
    if entry.group is not None:
        said.append(f"coordinates among its own ({entry.group})")
    if entry.concurrency is not None:
        said.append(f"{entry.concurrency.value:g} at one threat at once")
    if entry.concurrency_late is not None:
        said.append(f"{entry.concurrency_late.value:g} where there is no time to look")
    if entry.rank is not None:
        said.append(f"preference {entry.rank:g} (lower goes first)")
    return "; ".join(said).capitalize()


def chosen(material: Material) -> Table | None:
    """Values chosen after seeing an outcome."""
    if not material.scenario.chosen:
        return None
    heads = ("Value", "Before", "After", "Result before", "Result after", "Why")
    rows = tuple(
        row(one.field, one.before, one.after, one.result_before, one.result_after, one.why)
        for one in material.scenario.chosen
    )
    caption = "Values chosen after seeing an outcome, with the result before and after"
    return Table("chosen", caption, tuple(map(Column, heads)), rows)
