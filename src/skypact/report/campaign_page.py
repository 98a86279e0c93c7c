"""The page about a campaign: the answer, what runs out and when, what each decision changes, and how unsure that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skypact.campaigns.setup import CampaignStudy
from skypact.campaigns.tabled import tables as tabled_nights
from skypact.report import campaign_charts as charts
from skypact.report import told_campaign as told
from skypact.report import told_record
from skypact.report.page import single_page
from skypact.report.section import (
    Block,
    Bullets,
    Figure,
    Gallery,
    Heading,
    Paragraph,
    Shown,
    SourceList,
    blocks,
    figure,
)
from skypact.report.table import Table
from skypact.report.tables import campaign as tables
from skypact.report.tables import campaign_inputs as given
from skypact.report.tables.not_known import not_known

Found = Mapping[str, Any]
AT_A_GLANCE = 2
"""So many of what runs out most often stand beside the first chart."""


def render_campaign(document: Found, study: CampaignStudy, made: datetime | None = None) -> str:
    """Make the page of a document of ``skypact campaign --json`` and what was asked: HTML that needs nothing from elsewhere."""
    shown = _blocks(document, study)
    return single_page(document["title"], shown, document, document["campaign"], made, study.sources)


def _blocks(document: Found, study: CampaignStudy) -> tuple[Block, ...]:
    versions = given.versions(study)
    others = document["differences"]
    return blocks(
        Paragraph(study.campaign.question, "question"),
        Paragraph(f"{told.arriving(document)}.", "verdict"),
        *([Paragraph(f"{outside}.", "caution")] if (outside := told.months_outside(document)) else []),
        *(Paragraph(said, "caution") for said in told.narrowed(document)),
        _at_a_glance(document),
        Bullets([f"{one}." for one in (*told.shortages(document), *told.changes(document))], "answer"),
        Paragraph(told.unsure(document), "caution"),
        *_stock(document),
        Heading("Arrivals by month, beside the record"),
        figure(
            "Points are means, bars go over nine of ten results",
            charts.months(document),
            charts.keys(document, recorded=True),
        ),
        Shown(tables.months(document), "Arrivals by month, as numbers"),
        versions,
        *_besides(document),
        Heading("What is spent, and from whose shelves"),
        tables.outcome(document),
        Shown(tables.differences(document)) if others else None,
        Shown(tables.shelves(document), "From whose shelves, and how long that takes to make"),
        Shown(tables.stocks(document), "The ledger"),
        not_known() if "calibrated" in document else None,
        Heading("What this leaves out"),
        Bullets(told.LEAVES_OUT),
        *_given(study, versions),
    )


def _given(study: CampaignStudy, versions: Table | None) -> list[Block]:
    """What it rests on, with sources."""
    shown = given.inputs(study)
    used = given.sources_of([*([] if versions is None else [versions]), *shown])
    found: list[Block] = [
        Heading("What this rests on"),
        Paragraph(
            "What systems do, what allies have and may do, and how cities are defended is in the scenario"
            f" {study.campaign.base} and the catalogue, with sources there."
        ),
        *(
            [Paragraph(f"The nights: {told_record.SOURCE} {told_record.CAUTION}")]
            if study.campaign.nights.record not in tabled_nights()
            else []
        ),
        *(Shown(table, table.caption) for table in shown),
    ]
    return [*found, Heading("Sources"), SourceList(used)] if used else found


def _at_a_glance(document: Found) -> Gallery | None:
    """What each decision changes, and when what most often runs out does."""
    others = document["differences"]
    title = f"Arrivals against {told.title(document, document['baseline'])} (negative: fewer arrive)"
    names = [document["titles"][one["policy"]] for one in others]
    changes = charts.differences(document, others, names, title, small=True)
    found = [
        *([Figure("What each decision changes in arrivals", changes)] if changes is not None else []),
        *(
            Figure(f"{told.called(document, *one)} has run out by then", charts.run_out(document, *one))
            for one in _named(document, "empty")[:AT_A_GLANCE]
        ),
    ]
    return Gallery(found, charts.keys(document) if len(found) > len(others[:1]) else ()) if found else None


def _stock(document: Found) -> list[Block]:
    """What runs out and when: stocks over time, and the chance by day."""
    drawn = [
        Figure(told.called(document, *one), charts.stock(document, *one))
        for one in told.stocks_first(document)
    ]
    return [
        Heading("What runs out, and when"),
        Shown(tables.runs_out(document)),
        *_chances(document, "empty", "The chance that it has run out at some time by then"),
        *_chances(
            document, "short", "The chance that by then something in reach arrived with no round for it"
        ),
        Heading("Stocks over time"),
        Paragraph(
            "Rounds after each night: lines are medians, the band goes over nine of ten results of"
            f" {told.title(document, document['baseline'])}. A line that steps up is a delivery."
        ),
        Gallery(drawn, charts.keys(document)),
    ]


def _chances(document: Found, part: str, title: str) -> list[Block]:
    drawn = [
        Figure(told.called(document, *one), charts.run_out(document, *one, part))
        for one in _named(document, part)
    ]
    return [Heading(title, 4), Gallery(drawn, charts.keys(document))] if drawn else []


def _named(document: Found, part: str) -> list[tuple[str, str]]:
    """The stocks of which it is so in more than a few results of some policy; first what is most often so in the baseline."""

    def often(owner: str, munition: str) -> tuple[float, float]:
        shares = {
            name: float(one["stock"][owner][munition][part][-1]["share"])
            for name, one in document["policies"].items()
        }
        return shares[document["baseline"]], max(shares.values())

    found = [one for one in told.stocks_first(document) if often(*one)[1] >= tables.SELDOM]
    return sorted(found, key=lambda one: often(*one), reverse=True)


def _besides(document: Found) -> list[Block]:
    """What a delivery is worth, and how much of it is enough."""
    found: list[Block] = []
    for name in dict.fromkeys(one["delivery"] for one in document.get("worth", ())):
        rows = [one for one in document["worth"] if one["delivery"] == name]
        drawing = charts.differences(
            document, rows, [one["said"] for one in rows], "Arrivals (negative: fewer arrive)"
        )
        found.append(Heading(f"What the delivery {name} is worth"))
        if drawing is not None:
            found.append(Figure("The same delivery otherwise, with the same luck", drawing))
    if "worth" in document:
        found.append(Shown(tables.worth(document)))
    if "break_even" in document:
        found += [Heading("How much is enough"), Shown(tables.break_even(document))]
    return found
