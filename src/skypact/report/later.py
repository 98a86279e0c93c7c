"""What came later than the day that is asked about: policies, and what was said."""

from __future__ import annotations

from skypact.formatting import day_words, listed
from skypact.report.material import Material
from skypact.scenario.dates import first_day, last_day

STATUS = {"hypothetical": "ours, dated"}
"""How a decision of each status came up, where its name does not say it."""


def is_later(material: Material, day: str) -> bool:
    """Whether a date, as well as it is known, lies after the day that the scenario asks about."""
    return first_day(day) > last_day(material.scenario.date)


def later_policies(material: Material) -> dict[str, str]:
    """By policy how and when it came up, where it has decisions later than the day asked about.

    What somebody asked for, proposed or did goes before what is ours.
    """
    scenario, found = material.scenario, {}
    usual = scenario.policies[material.baseline].decisions if material.baseline in scenario.policies else ()
    for name in material.policies:
        names = scenario.policies[name].decisions if name in scenario.policies else ()
        late = [
            one
            for one in (scenario.decisions[decision] for decision in names if decision not in usual)
            if is_later(material, one.date)
        ]
        if late:
            first = min(late, key=lambda one: (one.status == "hypothetical", one.date))
            found[name] = f"{STATUS.get(first.status, first.status)} {day_words(first.date)}"
    return found


def later_words(material: Material) -> str:
    """Which policies came up later, in a sentence; "" for none."""
    parts = [f"“{material.title(name)}” ({how})" for name, how in later_policies(material).items()]
    if not parts:
        return ""
    return f"Later than {day_words(material.scenario.date)}, and asked as if in force then: {listed(parts)}."
