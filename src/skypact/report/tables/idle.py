"""Who and what changes nothing, and why."""

from __future__ import annotations

from collections.abc import Iterator

from skypact.report.material import Material, Record
from skypact.report.table import Column, Row, Table, Words, row
from skypact.study.idle import REPLICATIONS, SELDOM, WHY

KINDS = {"decision": "decision", "owner": "owner", "system": "system"}
"""What may be idle, in the order in which people ask."""


def idle(material: Material) -> Table | None:
    """A row for each that changes nothing for one reason, with the policies under which that is so."""
    rows = tuple(_rows(material))
    if not rows:
        return None
    columns = [Column("Who or what"), Column("Why"), Column("In numbers")]
    if len(material.policies) > 1:
        columns.append(Column("Under"))
    seldom = round(1 / SELDOM)
    note = (
        f"An owner or a system is listed if it fires in fewer than one replication of {seldom}, a decision if lifting"
        f" it alone changes for fewer than one threat in {seldom} replications whether it arrives. Counted with central"
        f" numbers in {REPLICATIONS} replications with the same luck; the numbers are those of the first policy named."
    )
    caption = "What changes nothing about what arrives, and why"
    return Table("idle", caption, tuple(columns), rows, note)


def _rows(material: Material) -> Iterator[Row]:
    found: dict[tuple[str, ...], list[tuple[str, Record]]] = {}
    for policy, run in material.policies.items():
        for one in run.get("idle", ()):
            # Who forbids it differs from policy to policy, and stands in the words.
            whose = one["says"] if one["why"] == "not_permitted" else ""
            key = (one["what"], one["name"], one.get("owner", ""), one["why"], whose)
            found.setdefault(key, []).append((policy, one))
    for kind in KINDS:
        for (what, name, owner, why, _), under in found.items():
            if what != kind:
                continue
            cells = [
                Words(*_called(material, what, name, owner), mark=KINDS[what]),
                WHY[why],
                under[0][1]["says"],
            ]
            if len(material.policies) > 1:
                policies = tuple(material.title(policy) for policy, _ in under)
                cells.append(
                    Words("every policy")
                    if len(policies) == len(material.policies)
                    else Words(items=policies)
                )
            yield row(*cells)


def _called(material: Material, what: str, name: str, owner: str) -> tuple[str, str]:
    """What it is called, and its name in the scenario for the terminal."""
    if what == "decision":
        decision = material.scenario.decisions.get(name)
        return (decision.title if decision else name), name
    if what == "owner":
        return material.actor(name), ""
    return f"{material.system(name)} of {material.actors((owner,))}", ""
