"""Typed results: what one policy does, how policies differ, and a whole comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from skypact.study.estimates import Change, Estimate
from skypact.study.idle import Idle
from skypact.study.measures.base import Key, Shown
from skypact.study.over_sets import Gathered, GatheredPairs
from skypact.study.play import Paired, Played
from skypact.study.sets import Drawn
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.stock import StockOverTime
from skypact.study.tree import Branch
from skypact.version import __version__

if TYPE_CHECKING:
    from skypact.study.calibration.narrowed import Narrowed
    from skypact.study.full import Full

Document = dict[str, Any]
"""What JSON has."""


@dataclass(frozen=True, repr=False)
class PolicyResult:
    """What happens under one policy.

    Every measure is an attribute or, under a name, an entry: ``result.leakers``,
    ``result.by_class["drone"].kills``.

    Attributes
    ----------
    scenario, policy
        Their names; None for a raid file.
    seed, sets, replications
        How it was played: `replications` of each of the `sets`; with `sets` None with central values alone.
    measures
        The measures as a tree; leaves are `Estimate` or what holds in every replication.
    shown
        How each measure is shown, with its unit.
    elapsed_s
        Seconds by what was done.
    idle
        Owners, systems and decisions that change nothing, and why.
    stock_over_time
        Rounds left by system over the raid; None where nobody has any.
    """

    scenario: str | None
    policy: str | None
    seed: int
    sets: int | None
    replications: int
    measures: Branch
    shown: Mapping[Key, Shown] = field(repr=False, compare=False)
    elapsed_s: Mapping[str, float] = field(repr=False, compare=False)
    idle: tuple[Idle, ...] = field(default=(), repr=False)
    stock_over_time: StockOverTime | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls, played: Played | Gathered, scenario: Any, policy: Any, seed: int, compile_s: float
    ) -> PolicyResult:
        """Make it of what was played."""
        leaves: dict[Key, Any] = dict(played.facts)
        leaves |= {key: one for key, one in played.estimates().items() if not played.shown[key].hidden}
        elapsed = {"compile": round(compile_s, 4), "simulate": round(played.simulate_s, 4)}
        runs = played.replications
        return cls(scenario, policy, seed, played.sets, runs, Branch.grown(leaves), played.shown, elapsed)

    @property
    def leakers(self) -> Estimate:
        """Threats that arrive."""
        return self._estimate("leakers")

    @property
    def kills(self) -> Estimate:
        """Threats killed, those by jamming included."""
        return self._estimate("kills")

    @property
    def rounds(self) -> Estimate:
        """Rounds fired."""
        return self._estimate("rounds")

    @property
    def cost_usd(self) -> Estimate:
        """Cost of the rounds fired."""
        return self._estimate("cost_usd")

    def _estimate(self, name: str) -> Estimate:
        found: Estimate = self.measures[name]
        return found

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "measures":
            raise AttributeError(name)
        return getattr(self.measures, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.measures})

    def to_dict(self) -> Document:
        """The document that ``skypact run --json`` gives."""
        return {
            "skypact": __version__,
            "scenario": self.scenario,
            "policy": self.policy,
            "seed": self.seed,
            **({} if self.sets is None else {"sets": self.sets}),
            "replications": self.replications,
            **{name: {} for name in ("by_class", "by_asset", "by_owner", "by_system", "by_unit")},
            **self.measures.to_dict(),
            "idle": [one.to_dict() for one in self.idle],
            **({} if self.stock_over_time is None else {"stock_over_time": self.stock_over_time.to_dict()}),
            "elapsed_s": dict(self.elapsed_s),
        }

    def __repr__(self) -> str:
        said = [f"{self.shown[key].title.lower()} {leaf!r}" for key, leaf in self._first()]
        return f"<{self.policy or 'raid'}: {', '.join(said)}; {played(self.sets, self.replications)}>"

    def _first(self) -> Iterator[tuple[Key, Estimate]]:
        """The measures that say most: those with a histogram, or whose every value is kept."""
        for key, leaf in self.measures.leaves():
            if (
                len(key) == 1
                and isinstance(leaf, Estimate)
                and self.shown[key].spread in ("counts", "values")
            ):
                yield key, leaf

    def rows(self) -> Iterator[Document]:
        """One row for each measure, for a frame: what, of whom, unit and statistics."""
        for key, leaf in self.measures.leaves():
            if isinstance(leaf, Estimate):
                statistics = leaf.to_dict()
                statistics.pop("histogram", None)
                yield {"policy": self.policy, **_named(key, self.shown), **_flat(statistics)}


@dataclass(frozen=True, repr=False)
class Difference:
    """How a policy differs from the baseline, replication by replication with the same random numbers.

    Every measure is an attribute or an entry, as in `PolicyResult`; leaves are `Change`.

    Attributes
    ----------
    policy, baseline
        Their names.
    fate_changed_share
        Share of the threats, over all replications, with another fate.
    measures
        The measures as a tree.
    """

    policy: str
    baseline: str
    fate_changed_share: float
    measures: Branch
    shown: Mapping[Key, Shown] = field(repr=False, compare=False)

    @classmethod
    def of(
        cls, paired: Paired | GatheredPairs, policy: str, baseline: str, shown: Mapping[Key, Shown]
    ) -> Difference:
        """Make it of what was played."""
        return cls(policy, baseline, paired.fate_changed_share, Branch.grown(paired.changes()), shown)

    def resting_on(self, parts: Mapping[str, Any], key: Key) -> Difference:
        """The same, with what one measure rests on (`skypact.study.rests`)."""
        leaves = dict(self.measures.leaves())
        leaves[key] = replace(leaves[key], parts=parts)
        return replace(self, measures=Branch.grown(leaves))

    @property
    def leakers(self) -> Change:
        """Threats that arrive."""
        found: Change = self.measures["leakers"]
        return found

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "measures":
            raise AttributeError(name)
        return getattr(self.measures, name)

    def __repr__(self) -> str:
        return f"<{self.policy} less {self.baseline}: leakers {self.leakers!r}>"

    def to_dict(self) -> Document:
        """An entry of ``differences`` in ``skypact compare --json``."""
        head = {
            "policy": self.policy,
            "baseline": self.baseline,
            "fate_changed_share": self.fate_changed_share,
        }
        return {**head, **self.measures.to_dict()}

    def rows(self) -> Iterator[Document]:
        """One row for each measure, for a frame."""
        for key, change in self.measures.leaves():
            known = {name: value for name, value in change.to_dict().items() if name not in change.parts}
            yield {
                "policy": self.policy,
                "baseline": self.baseline,
                **_named(key, self.shown),
                **_flat(known),
            }


def played(sets: int | None, replications: int) -> str:
    """How something was played, in words.

    >>> played(64, 200), played(None, 10_000)
    ('64 sets of 200 replications', '10,000 replications with central values')
    """
    if sets is None:
        return f"{replications:,} replications with central values"
    return f"{sets:,} sets of {replications:,} replications"


def _flat(statistics: Document) -> Document:
    """Statistics as columns: ``variance_chance``, ``same_sign_low``, ``ci95_low``."""
    found: Document = {}
    for name, value in statistics.items():
        parts = dict(zip(("low", "high"), value, strict=True)) if isinstance(value, list) else value
        if isinstance(parts, dict):
            found |= {f"{name}_{part}": one for part, one in parts.items()}
        else:
            found[name] = value
    return found


def _named(key: Key, shown: Mapping[Key, Shown]) -> Document:
    """A measure's key as columns: ``("by_class", "drone", "kills")`` is kills by class of drone."""
    *above, last = key
    if len(above) == 1 and above[0] not in ("by_class", "by_asset", "by_owner", "by_system", "by_unit"):
        above, last = [above[0], last], above[0]  # harm_by_side, UKR
    by = "/".join(step.removeprefix("by_") for step in above[::2])
    of = "/".join(above[1::2])
    return {"measure": last, "by": by, "of": of, "unit": shown[key].unit if key in shown else ""}


@dataclass(frozen=True)
class Comparison:
    """Policies over the same raid with the same random numbers.

    Attributes
    ----------
    study
        What was asked.
    seed, replications
        How it was played; `replications` of each set, if sets were drawn.
    policies
        The result under each policy.
    differences
        The paired difference of each from the baseline.
    reported
        Reports of what happened, each with the simulated count beside it.
    exposure
        By policy, what allies do and spend, and how near they come.
    permissions
        By policy, who may intercept over whose territory, and by which rule (`skypact.study.permissions`).
    variations
        Of an incident: the answer with other numbers of its steps.
    drawn
        The sets of drawn numbers behind it; None with central values alone.
    compiled
        What was played, by policy.
    full
        What takes minutes to know (`skypact.study.full`); None where that was not asked for.
    narrowed
        The calibration that the sets are from, and the answer without it; None where there is none.
    """

    study: Study = field(repr=False, compare=False)
    seed: int
    replications: int
    policies: Mapping[str, PolicyResult]
    differences: tuple[Difference, ...]
    reported: tuple[Document, ...] = field(repr=False)
    exposure: Mapping[str, Document] = field(repr=False)
    permissions: Mapping[str, list[Document]] = field(default_factory=dict, repr=False)
    variations: Document | None = field(default=None, repr=False)
    drawn: Drawn | None = field(default=None, repr=False, compare=False)
    compiled: Mapping[str, CompiledPolicy] = field(default_factory=dict, repr=False, compare=False)
    full: Full | None = field(default=None, repr=False, compare=False)
    narrowed: Narrowed | None = field(default=None, repr=False, compare=False)

    @property
    def scenario(self) -> str:
        """The scenario's name."""
        return self.study.scenario.id

    @property
    def baseline(self) -> str:
        """The policy that the others are compared with."""
        return self.study.baseline

    def to_dict(self) -> Document:
        """The document that ``skypact compare --json`` gives."""
        document: Document = {
            "skypact": __version__,
            "scenario": self.scenario,
            "baseline": self.baseline,
            "seed": self.seed,
            **self._sets(),
            "replications": self.replications,
            "policies": {name: result.to_dict() for name, result in self.policies.items()},
            "differences": [difference.to_dict() for difference in self.differences],
            "reported": list(self.reported),
            "exposure": dict(self.exposure),
            "permissions": dict(self.permissions),
        }
        if self.variations is not None:
            document["incident"] = self.variations
        if self.full is not None:
            document["full"] = self.full.to_dict()
        if self.narrowed is not None:
            document["calibrated"] = self.narrowed.to_dict()
        return document

    def _sets(self) -> Document:
        if self.drawn is None:
            return {}
        sets = self.drawn.sets
        return {
            "sets": sets.count,
            "correlation": sets.correlation,
            "central_replications": self.drawn.central_replications,
        }

    def rows(self) -> Iterator[Document]:
        """One row for each policy and measure, then one for each difference and measure."""
        for result in self.policies.values():
            yield from result.rows()
        for difference in self.differences:
            yield from difference.rows()
