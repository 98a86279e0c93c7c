"""What a policy does otherwise than another: the acts in which they differ, each to be told apart from the rest.

An *act* puts decisions in force, lifts some that the other policy has, or both at once where they contradict each
other: a prohibition is dropped and a permission comes in its place.  Any set of acts makes a policy that does not
contradict itself, which is needed to ask what each of them changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from skypact.scenario.model import Scenario
from skypact.scenario.rules import Decision, Rule


@dataclass(frozen=True)
class Act:
    """Decisions that a policy adds to another and lifts from it, together.

    Examples
    --------
    >>> Act(("zone",), ("refusal",)).name, Act((), ("refusal",)).name
    ('zone for refusal', 'without refusal')
    """

    adds: tuple[str, ...]
    lifts: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called; of one decision that is added, its name."""
        added, lifted = " + ".join(self.adds), " + ".join(self.lifts)
        if not lifted:
            return added
        return f"{added} for {lifted}" if added else f"without {lifted}"


def acts_between(scenario: Scenario, policy: str, baseline: str) -> tuple[Act, ...]:
    """The acts that lead from the baseline to a policy, in the order of the scenario's decisions."""
    ours, theirs = (set(scenario.policies[name].decisions) for name in (policy, baseline))
    changed = [name for name in scenario.decisions if (name in ours) != (name in theirs)]
    groups = {name: {name} for name in changed}
    for one in changed:
        for other in changed:
            apart = groups[one] is not groups[other]
            if apart and one in ours and other in theirs and opposed(scenario, one, other):
                joined = groups[one] | groups[other]
                groups |= dict.fromkeys(joined, joined)
    found = {min(map(changed.index, group)): group for group in groups.values()}
    return tuple(
        Act(
            tuple(name for name in changed if name in group and name in ours),
            tuple(name for name in changed if name in group and name in theirs),
        )
        for _, group in sorted(found.items())
    )


def after(scenario: Scenario, baseline: str, acts: Iterable[Act]) -> tuple[str, ...]:
    """The decisions in force after some acts, in the order of the scenario."""
    acts = tuple(acts)
    added = {name for act in acts for name in act.adds}
    lifted = {name for act in acts for name in act.lifts}
    held = set(scenario.policies[baseline].decisions)
    return tuple(name for name in scenario.decisions if name in (held - lifted) | added)


def opposed(scenario: Scenario, one: str, other: str) -> bool:
    """Whether two decisions contradict each other, so that one takes the place of the other.

    They do if one forbids what the other permits to somebody, wherever that is; if one lifts what the other adds;
    if one cancels, gives away or withdraws what the other brings, moves or uses; or if both station the same items.
    """
    first, second = scenario.decisions[one], scenario.decisions[other]
    return (
        any(_opposed_rules(here, there) for here in first.adds for there in second.adds)
        or _undoes(first, second)
        or _undoes(second, first)
        or not {(s.holder, s.item) for s in first.stationing}.isdisjoint(
            (s.holder, s.item) for s in second.stationing
        )
    )


def _undoes(one: Decision, other: Decision) -> bool:
    """Whether a decision takes away what the other one brings or uses."""
    given = {entry for gift in one.gives for entry in gift.entries}
    brought = {entry.id for entry in other.laydown} | {
        entry for gift in other.gives for entry in gift.entries
    }
    return (
        not {*one.withdraws, *given}.isdisjoint(brought)
        or not given.isdisjoint(other.withdraws)
        or not set(one.lifts).isdisjoint(rule.id for rule in other.adds)
        or not set(one.cancels).isdisjoint(transfer.id for transfer in other.transfers)
    )


def _opposed_rules(one: Rule, other: Rule) -> bool:
    """Whether one rule forbids what the other permits; where it holds on the map is not looked at."""
    if one.effect == other.effect or one.action != other.action:
        return False
    narrowing: Sequence[tuple[Collection[str] | None, Collection[str] | None]] = (
        (one.classes, other.classes),
        (one.systems, other.systems),
        (one.basing, other.basing),
        (one.channels, other.channels),
        (one.categories, other.categories),
        (one.items, other.items),
        (one.donors, other.donors),
        (one.to or None, other.to or None),
    )
    return not set(one.holder).isdisjoint(other.holder) and all(
        here is None or there is None or not set(here).isdisjoint(there) for here, there in narrowing
    )
