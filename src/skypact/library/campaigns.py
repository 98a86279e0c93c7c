"""Campaigns: nights in a row, stocks carried over, decisions with dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from skypact.campaigns.load import ask
from skypact.campaigns.results import CampaignResult as Played
from skypact.campaigns.results import play_campaign
from skypact.library.playing import Progress, drawing
from skypact.library.show import Frame, frame_of, notebook
from skypact.report.table import Table
from skypact.report.tables import campaign as tables
from skypact.study.results import Document

if TYPE_CHECKING:
    from distributed import Client

SETS = 16
"""Sets that are drawn where nothing else is asked for: a night's chance averages out over months, ignorance does not."""
CENTRAL_REPLICATIONS = 500


@dataclass(frozen=True, repr=False)
class CampaignResult(Played):
    """What becomes of a campaign (`skypact.campaign`); attributes as of `skypact.campaigns.results.CampaignResult`."""

    def tables(self) -> list[Table]:
        """Arrivals, differences, months and stocks as tables to be shown."""
        return tables.all_tables(self.to_dict())

    def to_frame(self) -> Frame:
        """A pandas frame: a row for each policy, month, class (or ``all``) and measure."""
        rows: list[Document] = []
        for name, policy in self.policies.items():
            for key, one in policy.measures.items():
                if key[0] != "by_month":
                    continue
                class_ = key[3] if len(key) > 3 else "all"
                found = one.to_dict()
                numbers = {part: found.get(part) for part in ("mean", "sd", "se", "p05", "p50", "p95")}
                rows.append({"policy": name, "month": key[1], "class": class_, "measure": key[-1], **numbers})
        return frame_of(rows)

    def __repr__(self) -> str:
        lines = [f"{self.study.campaign.title}: {len(self.study.nights)} nights"]
        lines += [f"  {name}: {one.leakers!r} arrive" for name, one in self.policies.items()]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return notebook(self.tables())


def campaign(
    campaign: str | Path,
    policies: Sequence[str] | None = None,
    baseline: str | None = None,
    *,
    sets: int = SETS,
    replications: int | None = None,
    central: bool = False,
    seed: int = 1,
    threads: int | None = None,
    cluster: Client | None = None,
    resume: str | Path | None = None,
    progress: Progress | None = None,
) -> CampaignResult:
    """Play recorded nights in a row under several policies: what arrives, what is fired, what runs out.

    Parameters
    ----------
    campaign
        A shipped name, the path of a file, or YAML text.
    policies, baseline
        Names; None: all of the file's, and its baseline.
    sets
        How many sets of numbers are drawn from their ranges, 2 or more.
    replications
        Of each set; None: 200, or 500 with central values alone.
    central
        Whether to play central values alone: no range then says what is not known.
    seed
        Same seed, same result, on every machine.
    threads
        None: all cores.
    cluster
        As for `skypact.compare`.
    resume
        A folder in which each set is kept as soon as it is played: a run that was killed goes on from there.
    progress
        Told what is being done, and which share of it is done (0 to 1).

    Raises
    ------
    skypact.Problems
        If the campaign has errors, a policy is unknown, or another question was asked in the folder.
    """
    if central and replications is None:
        replications = CENTRAL_REPLICATIONS
    settings, drawn = drawing(sets, replications, central, seed, threads, progress, cluster)
    names = (policies,) if isinstance(policies, str) else policies
    study = ask(campaign, None if names is None else tuple(names), baseline)
    found = play_campaign(study, settings, drawn, None if resume is None else str(resume))
    return CampaignResult(**{one.name: getattr(found, one.name) for one in fields(found)})
