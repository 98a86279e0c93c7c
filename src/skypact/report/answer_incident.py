"""The short answer about an incident: how long the fire lasts, what it does, which step ends it."""

from __future__ import annotations

from skypact.formatting import between, fixed, listed
from skypact.report.answer import Answer
from skypact.report.material import Material, Record
from skypact.report.tables.cells import in_results
from skypact.report.tables.incident import ended_by, step_title
from skypact.report.verdict import FIRE, Verdict, verdict

QUESTION = "How long would the fire have lasted under other responses, and what would it have done?"


def answered(material: Material) -> Answer | None:
    """For a scenario with an incident."""
    found = material.incident
    return None if found is None else Answer(QUESTION, (*sentences(material, found), str(found["caution"])))


def verdicts(material: Material) -> dict[str, Verdict]:
    """By policy what may be said of how much shorter or longer the fire is, by the rule that arrivals have as well."""
    return {
        name: verdict(one["minutes_of_fire"], material.sets, FIRE, material.comparison.get("replications"))
        for name, one in material.differences.items()
    }


def sentences(material: Material, found: Record) -> list[str]:
    """How long it lasts under each policy, how sure a difference is, and what rests on one side's account."""
    said = []
    for name, one in material.policies.items():
        minutes, harm = one["minutes_of_fire"], one["harm"]
        by = [
            f"{step_title(material, step)} in {fixed(100 * share, 0)} %"
            for step, share in ended_by(one).items()
            if share > 0.005
        ]
        said.append(
            f"Under “{material.title(name)}” the fire lasts {between(minutes['p05'], minutes['p95'], 0)} minutes"
            f" ({in_results(material)}), {fixed(minutes['mean'], 0)} on average; it is ended by"
            f" {listed(by)} of the replications. By the file's notional rule {between(harm['p05'], harm['p95'], 0)} persons"
            " are harmed, both sides together; that is no estimate of casualties."
        )
    said += [
        f"From “{material.title(material.baseline)}” to “{material.title(name)}”: {one.said}."
        for name, one in verdicts(material).items()
    ]
    for step, other in found["if_it_did_not_end_it"].items():
        means = [
            f"{fixed(means['minutes_of_fire'], 0)} minutes under “{material.title(name)}”"
            for name, means in other["policies"].items()
            if any(ended_by(material.policies[name]).get(one) for one in other["steps"])
        ]
        if means:
            said.append(
                f"That “{step_title(material, step)}” ended the fire is the account of {other['account_of']}. "
                f"If it did not, the fire lasts {listed(means)}."
            )
    return said
