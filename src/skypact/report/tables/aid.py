"""Who may hand over what, by which channel, and what is held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from skypact.formatting import fixed, listed
from skypact.policy.describe import rule_words
from skypact.report.material import Material, Record
from skypact.report.table import Column, Format, Table, Words, numbers, row
from skypact.scenario.dates import first_day
from skypact.study.aid import aid_table

ALLOWED = (
    "Allowed: no rule on record forbids it, not that it was offered. Contested: the accounts differ, and"
    " each is given. Held: in the recipient’s hands on that day, by this channel."
)


NOT_DECIDED = {
    "requested": ", as was asked for on {0} and is supposed here from {1}",
    "proposed": ", as was proposed on {0} and is supposed here from {1}",
    "hypothetical": ", as is supposed here (ours) from {1}",
}
"""What is said of a reason that rests on no act that took place."""


def by_policy(material: Material) -> Table | None:
    """A row for each donor, recipient, item and channel, a column for each policy."""
    scenario, day = material.scenario, first_day(material.scenario.date)
    if not (scenario.transfers or scenario.asked):
        return None
    found = {name: aid_table(scenario, name, day) for name in material.policies}
    base_rows = found[material.baseline]
    cells = {name: [_status(one) for one in rows_of] for name, rows_of in found.items()}
    shown = [name for name in found if name == material.baseline or cells[name] != cells[material.baseline]]
    columns = [Column("Item"), Column("From, to, by")]
    columns += [Column(material.title(name)) for name in shown]
    columns.append(Column(f"Why, under “{material.title(material.baseline)}”"))
    rows = []
    for number, base in enumerate(base_rows):
        rows.append(
            row(
                *_asked(material, base),
                *(cells[name][number] for name in shown),
                _because(material, base),
            )
        )
    caption = f"Who may hand over what on {scenario.date}, by policy"
    same = [f"“{material.title(name)}”" for name in found if name not in shown]
    note = (
        f" Under {listed(same)} every row is as under “{material.title(material.baseline)}”." if same else ""
    )
    return Table("aid", caption, tuple(columns), tuple(rows), ALLOWED + note)


def _status(found: Record) -> Words:
    return Words(status_words(found), note=f"{fixed(found['held'], 0)} held" if found["held"] else "")


def on_day(
    material: Material, policy: str, day: date, rows: Iterable[Record], usual: Iterable[Record] = ()
) -> Table:
    """The same for one policy and any day, with what is held and from when it can be used.

    `usual` is the same under the baseline: where a status differs, what it is there stands below it.
    """
    base = material.title(material.scenario.baseline)
    was = {_key(one): status_words(one) for one in usual}
    differ = 0
    columns = (
        Column("Item"),
        Column("From, to, by"),
        Column("Status"),
        numbers("Held", "items", Format.COUNT),
        Column("Usable from", whole=True),
        Column("Why"),
    )
    found = []
    for one in rows:
        status, before = status_words(one), was.get(_key(one))
        changed = before is not None and before != status
        differ += changed
        found.append(
            row(
                *_asked(material, one),
                Words(status, note=f"{before} under “{base}”" if changed else ""),
                one["held"],
                one["usable_from"] or "–",
                _because(material, one),
            )
        )
    title = material.title(policy)
    caption = f"Who may hand over what on {day} under “{title}”"
    if was:
        caption += f": {differ} of {len(found)} rows differ from “{base}”"
    return Table("aid", caption, columns, tuple(found), ALLOWED)


def _key(found: Record) -> tuple[str, ...]:
    return tuple(str(found[name]) for name in ("donor", "recipient", "system", "channel"))


def over_time(material: Material, policy: str, rows: Iterable[Record]) -> Table:
    """The days on which a row changes."""
    columns = (
        Column("Date", whole=True),
        Column("Item"),
        Column("From, to, by"),
        Column("Status"),
        numbers("Held", "items", Format.COUNT),
    )
    found = tuple(
        row(one["date"], *_asked(material, one), status_words(one), one["held"])
        for one in sorted(rows, key=lambda one: str(one["date"]))
    )
    title = material.title(policy)
    return Table("aid-changes", f"What changes under “{title}”, by date", columns, found)


def status_words(found: Record) -> str:
    """The status; of a contested one every version."""
    if "versions" not in found:
        return str(found["status"])
    return "contested: " + ", ".join(f"{status} ({name})" for name, status in found["versions"].items())


def _asked(material: Material, found: Record) -> tuple[Words, Words]:
    """The item, and who hands it to whom by which channel; the terminal shows what `explain` takes."""
    system, channel = str(found["system"]), str(found["channel"])
    item = material.scenario.items.get(system)
    category = found.get("category")
    return (
        Words(item.name if item else system, system, note=f"{category} to the donor" if category else ""),
        Words(
            f"{material.actor(found['donor'])} to {material.actor(found['recipient'])}, "
            + (channel if channel == "re-export" else channel.replace("-", " ")),
            f"{found['donor']} to {found['recipient']}, {channel}",
        ),
    )


def _because(material: Material, found: Record) -> Words:
    reasons = tuple(_why(material, why) for why in found["because"])
    names = tuple(dict.fromkeys(source for why in _sources(material, found) for source in why))
    return Words("" if reasons else "No rule is about it, so it is allowed.", items=reasons, sources=names)


def _sources(material: Material, found: Record) -> list[tuple[str, ...]]:
    rules = {rule.id: rule.sources for rule in material.scenario.rules}
    for decision in material.scenario.decisions.values():
        rules |= {rule.id: rule.sources for rule in decision.adds}
        rules |= {transfer.id: transfer.sources for transfer in decision.transfers}
    rules |= {transfer.id: transfer.sources for transfer in material.scenario.transfers}
    return [tuple(rules.get(why["rule"], ())) for why in found["because"]]


def _why(material: Material, why: Record) -> str:
    """A reason; of what was not decided it is said that it was only asked for, proposed or supposed."""
    version = material.scenario.versions.get(str(why.get("version")))
    by = f" [{version.title}]" if version is not None else ""
    standing = next((rule for rule in material.scenario.rules if rule.id == why["rule"]), None)
    if standing is not None and not why.get("condition"):
        return f"{rule_words(material.names, standing).rstrip('.')}{by}."
    when = f", since {why['since']}" if why["since"] else ""
    if why.get("act") in NOT_DECIDED:
        decided = str(why["decided"])
        when = NOT_DECIDED[why["act"]].format(decided, min(decided, material.scenario.date))
    said = why["condition"].rstrip(".") if why.get("condition") else material.names.rule(str(why["rule"]))
    return f"{material.actor(why['by'])}{when}: {said}{by}."
