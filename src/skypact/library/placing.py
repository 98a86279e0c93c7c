"""Where one more unit would help: place by place, and several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from skypact.library.calls import Asked
from skypact.library.playing import SETS, Progress, settings_of
from skypact.library.scenarios import Scenario, load
from skypact.library.show import Frame, frame_of, notebook
from skypact.placing.answer import Answer, answer, document
from skypact.placing.question import ask
from skypact.report.table import Table
from skypact.report.tables import placing as tables
from skypact.study.draw import Sets
from skypact.study.results import Document

if TYPE_CHECKING:
    from distributed import Client

REPLICATIONS = 100
"""Of each set, at every place: places of one set meet the same luck, so that fewer tell as much as elsewhere."""


@dataclass(frozen=True, repr=False)
class PlaceResult:
    """What more units would change, place by place (`skypact.place`); a table of trade-offs, in which nothing is best.

    Attributes
    ----------
    document
        As ``skypact place --json`` writes it: ``places`` in order, ``before`` (in which share of the sets fewer arrive with
        a unit at one place than at another), ``allocations`` of several units, ``caution``.
    """

    document: Document = field(repr=False)
    found: Answer = field(repr=False, compare=False)

    @property
    def places(self) -> tuple[str, ...]:
        """The places, fewest arrivals first."""
        return tuple(one["place"] for one in self.document["places"])

    def to_dict(self) -> Document:
        """As ``skypact place --json`` writes it."""
        return self.document

    def to_frame(self) -> Frame:
        """A pandas frame: a row for each place and raid, and one for the mean of the raids."""
        rows = []
        for one in self.document["places"]:
            shares = {name: one[name]["share"] for name in ("first", "first_three")}
            parts = {"": (one["change"], one["tells"], shares)}
            parts |= {raid: (part["change"], part["tells"], {}) for raid, part in one["by_raid"].items()}
            for raid, (change, tells, more) in parts.items():
                numbers = {name: change[name] for name in ("mean", "se", "p05", "p50", "p95")}
                rows.append({"place": one["place"], "raid": raid or None, **numbers, "tells": tells, **more})
        return frame_of(rows)

    def tables(self) -> list[Table]:
        """Places, whom a unit there protects, allocations and what stands idle, as tables to be shown."""
        return tables.all_tables(self.document)

    def report(self, path: str | Path) -> None:
        """Write a page with the picture and the tables; needs the extra ``skypact[report]``."""
        from skypact.reading.write import expect_writable, write_text
        from skypact.report.extra import expect_extra

        expect_extra()
        expect_writable(path)
        from skypact.report.placing_page import render_places

        study = next(iter(self.found.asked.studies.values()))
        write_text(path, render_places(self.document, study))

    def __repr__(self) -> str:
        lines = [tables.title(self.document)]
        for one in self.document["places"]:
            change = one["change"]
            said = f"{change['mean']:+.3g} ({change['p05']:+.3g} to {change['p95']:+.3g})"
            first = f"first in {100 * one['first']['share']:.0f} % of the sets"
            lines.append(
                f"  {one['place']}: {'changes nothing' if one['tells'] == 'nothing' else said}, {first}"
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return notebook(self.tables())


def place(
    scenarios: Asked | Sequence[Asked],
    system: str | Sequence[str],
    count: int = 1,
    at: Sequence[str] | None = None,
    *,
    most: int = 1,
    policy: str | None = None,
    owner: str | None = None,
    ready: int | None = None,
    reserve: int | None = None,
    sets: int = SETS,
    replications: int | None = None,
    seed: int = 1,
    threads: int | None = None,
    cluster: Client | None = None,
    progress: Progress | None = None,
) -> PlaceResult:
    """What one more unit would change, at every place where it could stand, over drawn sets and recorded raids.

    Each place is played with the same luck as without the unit. Several units are shared out by an exact solver that adds up
    what places alone and pairs of them give; what they change together is then played.

    Parameters
    ----------
    scenarios
        One raid or more: shipped names, paths, YAML texts or loaded scenarios.
    system
        A system of the catalogue, or an entry of the scenario's laydown that is copied with its rounds; several are one unit.
    count
        How many there are.
    at
        Places or assets; None: wherever an asset of every raid is.
    most
        How many may stand at one place.
    policy
        What is in force; None: each scenario's baseline.
    owner
        Whose it becomes; None: the defended actor's.
    ready, reserve
        Rounds of a unit; None: as its entry or the catalogue says.
    sets, replications, seed, threads, cluster, progress
        As for `skypact.compare`; 100 replications of each set by default.

    Raises
    ------
    skypact.Problems
        With everything that is wrong with a scenario or the question.

    Examples
    --------
    >>> import skypact
    >>> found = skypact.place("ukraine-2024-08-11", "nasams", at=["kyiv", "kherson"], sets=2, replications=10)
    >>> sorted(found.places), found.to_dict()["places"][0]["tells"] in ("fewer", "more", "cannot-tell", "nothing")
    (['kherson', 'kyiv'], True)
    """
    several = [scenarios] if isinstance(scenarios, str | Path | Scenario) else list(scenarios)
    loaded = [load(one) for one in several]
    asked = ask(
        [(one.name, one.data) for one in loaded],
        [system] if isinstance(system, str) else list(system),
        count,
        [at] if isinstance(at, str) else at,
        most=most,
        policy=policy,
        owner=owner,
        ready=ready,
        reserve=reserve,
    )
    each = REPLICATIONS if replications is None else replications
    settings = settings_of(each, seed, threads, progress, sets, cluster)
    found = answer(asked, settings, Sets(sets, seed))
    return PlaceResult(document(found), found)
