"""A campaign with all that it rests on: its base scenario, the catalogue and its nights."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from skypact.campaigns.model import Campaign, Decision
from skypact.campaigns.nights import Night
from skypact.campaigns.tabled import table, tables
from skypact.catalog import Catalog
from skypact.catalog.model import Source
from skypact.evidence.laydown import DatedEntry, Laydown, laydown
from skypact.policy.build import geography
from skypact.policy.situation import Geography
from skypact.scenario.dates import first_day, last_day
from skypact.scenario.forces import LaydownEntry, Place, SensorEntry
from skypact.scenario.model import Scenario

POLICY = "of-the-campaign"
"""What the policy of a night's scenario is called."""


@dataclass(frozen=True)
class State:
    """What differs between a policy's scenarios of two nights but for what flies; equal states give equal units."""

    decisions: tuple[str, ...]
    stands: tuple[tuple[str, str], ...]
    period: int


@dataclass(frozen=True)
class CampaignStudy:
    """What is asked of a campaign.

    Attributes
    ----------
    campaign, base, catalog
        The file, its base scenario, and what systems are.
    nights
        What is played, by date.
    policies, baseline
        Names.
    text
        The file's text, by which a run that goes on knows that it is the same.
    """

    campaign: Campaign
    base: Scenario
    catalog: Catalog
    nights: tuple[Night, ...]
    policies: tuple[str, ...]
    baseline: str
    text: str = field(repr=False)

    def bare(self) -> CampaignStudy:
        """The same without what it has computed, to be sent to another process."""
        return replace(self)

    @cached_property
    def geography(self) -> Geography:
        """The names of all places of all nights."""
        return geography(self.base.model_copy(update={"places": self.places}))

    @cached_property
    def places(self) -> dict[str, Place]:
        """Those of the base and of all nights: every night has the same map, to the last bit."""
        places = dict(self.base.places)
        for night in self.nights:
            places |= night.places
        return places

    @cached_property
    def sources(self) -> dict[str, Source]:
        """All sources that the campaign may name, by name: its own, of its nights, the laydown, the base and the catalogue."""
        record = self.campaign.nights.record
        nights = table(record).sources if record in tables() else {}
        return {
            **self.catalog.sources,
            **self.base.sources,
            **laydown().sources,
            **nights,
            **self.campaign.sources,
        }

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The months in which something is played."""
        return tuple(dict.fromkeys(night.month for night in self.nights))

    @cached_property
    def _changes(self) -> list[date]:
        """The days on which the laydown, or a rule of the base scenario with a date, changes."""
        days: set[date] = set()
        rules = [*self.base.rules, *(rule for one in self.base.decisions.values() for rule in one.adds)]
        for rule in rules:
            days |= {first_day(rule.since)} if rule.since else set()
            days |= {date.fromordinal(last_day(rule.until).toordinal() + 1)} if rule.until else set()
        if self.campaign.laydown is not None:
            dated = laydown()
            entries = (*dated.laydown, *dated.sensors)
            days |= {date.fromisoformat(count.since) for entry in entries for count in entry.counts}
        return sorted(days)

    def state(self, policy: str, day: date) -> State:
        """What is in force under a policy on a day."""
        enacted: list[str] = []
        stands: dict[str, str] = {}
        for name in self.campaign.policies[policy].decisions:
            decision = self.campaign.decisions[name]
            if not holds(decision, day):
                continue
            enacted += decision.enacts
            for other in decision.stands:
                if any(date.fromisoformat(count.since) <= day for count in other.counts):
                    stands[other.entry] = f"{name}:{_in_force(other.counts, day)}"
        return State(
            tuple(sorted(set(enacted))), tuple(sorted(stands.items())), bisect_right(self._changes, day)
        )

    def scenario(self, policy: str, night: Night) -> Scenario:
        """The scenario of a night under a policy: what is in force on its day, and what flew."""
        state = self.state(policy, night.day)
        laid, sensors = self._standing(state, night.day)
        about = self.base.policies[self.base.baseline]
        chosen = about.model_copy(update={"decisions": state.decisions})
        return self.base.model_copy(
            update={
                "id": f"{self.campaign.id}-{night.day}",
                "date": night.day.isoformat(),
                "places": self.places,
                "laydown": laid,
                "sensors": sensors,
                "raid": self.base.raid.model_copy(update={"waves": night.waves}),
                "policies": {POLICY: chosen},
                "baseline": POLICY,
                "reported_under": POLICY,
                "incident": None,
            }
        )

    def _standing(self, state: State, day: date) -> tuple[tuple[LaydownEntry, ...], tuple[SensorEntry, ...]]:
        """The units and sensors of a state: those of the dated laydown, and of everyone else as the base has them."""
        if self.campaign.laydown is None:
            return self.base.laydown, self.base.sensors
        key = (state.stands, state.period)
        if key not in self._laid:
            dated = self._with_others(laydown(), state, day)
            weights = {name: asset.weight for name, asset in self.base.assets.items()}
            standing = dated.on(day, weights)
            self._laid[key] = (
                (
                    *(LaydownEntry.model_validate(one) for one in standing.laydown),
                    *(one for one in self.base.laydown if one.owner != dated.of),
                ),
                (
                    *(SensorEntry.model_validate(one) for one in standing.sensors),
                    *(one for one in self.base.sensors if one.owner != dated.of),
                ),
            )
        return self._laid[key]

    @cached_property
    def _laid(self) -> dict[Any, tuple[tuple[LaydownEntry, ...], tuple[SensorEntry, ...]]]:
        return {}

    def _with_others(self, dated: Laydown, state: State, day: date) -> Laydown:
        """The dated laydown with what decisions say instead, on a day."""
        other: Mapping[str, Any] = {
            one.entry: one.counts
            for name in dict.fromkeys(said.partition(":")[0] for _, said in state.stands)
            for one in self.campaign.decisions[name].stands
        }

        def changed(entry: DatedEntry) -> DatedEntry:
            if entry.id not in dict(state.stands):
                return entry
            counts = [one for one in other[entry.id] if date.fromisoformat(one.since) <= day]
            return entry.model_copy(update={"counts": (counts[-1],), "same_as": None})

        return dated.model_copy(
            update={
                "laydown": tuple(changed(one) for one in dated.laydown),
                "sensors": tuple(changed(one) for one in dated.sensors),
            }
        )


def holds(decision: Decision, day: date) -> bool:
    """Whether a night of this date stands under a decision."""
    first, last = decision.since, decision.until
    return (first is None or date.fromisoformat(first) <= day) and (
        last is None or day <= date.fromisoformat(last)
    )


def _in_force(counts: tuple[Any, ...], day: date) -> str:
    return str([one.since for one in counts if date.fromisoformat(one.since) <= day][-1])
