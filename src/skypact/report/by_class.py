"""What changes by class of threat, a line below the headline: drones and missiles are not the same."""

from __future__ import annotations

from skypact.formatting import at, between, class_name, decimals_for, fixed, listed
from skypact.report.material import Material, Record
from skypact.report.tables.cells import interval
from skypact.report.verdict import Sign, verdict

LEAST = 0.01
"""What is less would be written as nothing."""


def by_class(material: Material) -> str:
    """One policy's differences by class with their ranges; "" before sets were drawn, and where nothing is to tell apart."""
    if not material.counts_arrivals or material.sets is None or len(material.differences) != 1:
        return ""
    (record,) = material.differences.values()
    changes = {name: at(record, "by_class", name, "leakers") for name in material.classes}
    told = {name: said for name, one in changes.items() if one and (said := _change(one, material.sets))}
    if not told or len(changes) < 2:
        return ""
    parts = [f"{class_name(name)} {said}" for name, said in told.items()]
    same = [class_name(name) for name in changes if name not in told]
    rest = f"; {listed(same)} do not change in any draw" if same else ""
    return f"By class, nine draws of ten: {'; '.join(parts)}{rest}."


def _change(change: Record, sets: int) -> str:
    """The range of a difference, and its mean where the sign holds; "" of what does not change at all."""
    found = verdict(change, sets)
    low, high = interval(change)
    if found.sign is Sign.NONE:
        return ""
    if max(abs(low), abs(high)) < LEAST:
        return f"less than {LEAST} either way"
    decimals = decimals_for(high - low)
    span = between(low, high, decimals, sign=True)
    if found.sign is Sign.HOLDS:
        return f"{span} ({fixed(abs(change['mean']), decimals)} {'fewer' if change['mean'] < 0 else 'more'} on average)"
    return f"{span} (which way the model cannot tell)" if low < 0 < high else span
