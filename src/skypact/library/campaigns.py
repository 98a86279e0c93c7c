"""Campaigns: nights in a row, stocks carried over, decisions with dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from skypact.campaigns.answer import Besides, play_campaign
from skypact.campaigns.load import ask
from skypact.campaigns.results import CampaignResult as Played
from skypact.library.calibration import Calibrated, calibration_of
from skypact.library.playing import Progress, drawing
from skypact.library.record import fingerprint_of
from skypact.library.show import Frame, frame_of, notebook
from skypact.report import told_campaign
from skypact.report.as_json import table_document
from skypact.report.table import Table
from skypact.report.tables import campaign as tables
from skypact.report.tables import campaign_inputs
from skypact.report.terminal import Line
from skypact.study.calibration import Calibration
from skypact.study.draw import Sets
from skypact.study.results import Document

if TYPE_CHECKING:
    from distributed import Client

SETS = 16
"""Sets that are drawn where nothing else is asked for: a night's chance averages out over months, ignorance does not."""
CENTRAL_REPLICATIONS = 500


@dataclass(frozen=True, repr=False)
class CampaignResult(Played):
    """What becomes of a campaign (`skypact.campaign`); attributes as of `skypact.campaigns.results.CampaignResult`."""

    def tables(self, long: bool = False) -> list[Table]:
        """What matters first as tables to be shown; `long` with months, shelves, the whole ledger and what it rests on."""
        versions = campaign_inputs.versions(self.study)
        return [
            *tables.all_tables(self.to_dict(), long),
            *([] if versions is None else [versions]),
            *(campaign_inputs.inputs(self.study) if long else []),
        ]

    def lines(self) -> list[Line]:
        """The answer in a few lines: what arrives, what runs out and when, what each decision changes, how sure."""
        return list(told_campaign.lines(self.to_dict()))

    def told(self) -> Document:
        """What the report says of it, piece by piece: what arrives, what runs out, what each policy changes, how sure that is.

        ``so_far`` is what central values alone say, without any range; "" where sets were drawn.
        """
        document = self.to_dict()
        by_month = document["policies"][self.study.baseline]["by_month"]
        return {
            "so_far": told_campaign.so_far(document) if self.sets is None else "",
            "arriving": told_campaign.arriving(document),
            "outside": told_campaign.months_outside(document),
            "shortages": told_campaign.shortages(document),
            "changes": told_campaign.changes(document),
            "changed": {
                one["policy"]: told_campaign.changed(document, one) for one in document["differences"]
            },
            "unsure": told_campaign.unsure(document),
            "leaves_out": list(told_campaign.LEAVES_OUT),
            "stocks": [
                {
                    "owner": owner,
                    "munition": munition,
                    "called": told_campaign.called(document, owner, munition),
                }
                for owner, munition in told_campaign.stocks_first(document)
            ],
            "through": {one["month"]: told_campaign.through(document, one["month"]) for one in by_month},
        }

    def table_documents(self, long: bool = False) -> list[Document]:
        """The tables as JSON, with the text of every cell."""
        return [table_document(table, self.study.sources) for table in self.tables(long)]

    def report(self, path: str | Path) -> Path:
        """Write a page with pictures; needs the extra ``skypact[report]``.

        Raises
        ------
        skypact.Problems
            If the place cannot be written to, or the extra is not installed.
        """
        from skypact.reading.write import write_text
        from skypact.report.extra import expect_extra

        expect_extra()
        from skypact.report.campaign_page import render_campaign

        write_text(path, render_campaign(self.to_dict(), self.study))
        return Path(path)

    def rows(self) -> Iterator[Document]:
        """A row for each policy, month, class (or ``all``) and measure."""
        for name, policy in self.policies.items():
            for key, one in policy.measures.items():
                if key[0] != "by_month":
                    continue
                class_ = key[3] if len(key) > 3 else "all"
                found = one.to_dict()
                numbers = {part: found.get(part) for part in ("mean", "sd", "se", "p05", "p50", "p95")}
                yield {"policy": name, "month": key[1], "class": class_, "measure": key[-1], **numbers}

    def to_frame(self) -> Frame:
        """The rows as a pandas frame."""
        return frame_of(self.rows())

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
    worth: str | Sequence[str] = (),
    break_even: str | Sequence[str] = (),
    calibrated: Calibrated | None = None,
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
    worth
        Deliveries of the baseline of which it is asked what they are worth: three months earlier and later, not at all,
        with 100 rounds more, with a month's production more.
    break_even
        Deliveries of which it is asked how much keeps their munition from running out in nine of ten replications; of
        another munition as ``"DELIVERY:MUNITION"``.
    calibrated
        A calibration (`skypact.calibrate`) or its file: sets are taken from it; the answer without it stands beside.
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
    of = calibration_of(calibrated, central)
    besides = Besides(_names(worth), _names(break_even))
    folder = None if resume is None else str(resume)
    marked, before = "", None
    if of is not None:
        marked, drawn = fingerprint_of(of), of.sets(sets, seed)
    found = play_campaign(study, settings, drawn, folder, besides, marked)
    if of is not None:
        aside = None if folder is None else f"{folder}/before"
        before = play_campaign(study, settings, Sets(sets, seed), aside)
        found = replace(found, calibrated=_calibrated(of, before))
    return CampaignResult(**{one.name: getattr(found, one.name) for one in fields(found)})


def _names(asked: str | Sequence[str]) -> tuple[str, ...]:
    return (asked,) if isinstance(asked, str) else tuple(asked)


def _calibrated(of: Calibration, before: Played) -> Document:
    """What stands beside an answer with narrowed numbers: what narrowed them, and the answer with the ranges as they were."""
    return {
        **of.to_dict(),
        "before": {
            "policies": {name: {"leakers": one.leakers.to_dict()} for name, one in before.policies.items()},
            "differences": {one.policy: {"leakers": one.leakers.to_dict()} for one in before.differences},
        },
    }
