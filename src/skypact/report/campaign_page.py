"""The page about a campaign: the answer, what runs out and when, what each decision changes, and how unsure that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skypact.report import campaign_charts as charts
from skypact.report import told_campaign as told
from skypact.report.page import single_page
from skypact.report.section import Block, Bullets, Figure, Gallery, Heading, Paragraph, Shown, blocks, figure
from skypact.report.tables import campaign as tables
from skypact.report.tables.not_known import not_known

Found = Mapping[str, Any]


def render_campaign(document: Found, question: str, made: datetime | None = None) -> str:
    """Make the page of a document of ``skypact campaign --json``: HTML that needs nothing from elsewhere."""
    return single_page(document["title"], _blocks(document, question), document, document["campaign"], made)


def _blocks(document: Found, question: str) -> tuple[Block, ...]:
    changes = []
    for one in document["differences"]:
        changes += [told.changed(document, one), told.runs_out_otherwise(document, one["policy"])]
    changes = [said for said in changes if said]
    if "order" in document:
        changes.append(told.order(document))
    others = document["differences"]
    title = f"Arrivals against {told.title(document, document['baseline'])} (negative: fewer arrive)"
    names = [document["titles"][one["policy"]] for one in others]
    return blocks(
        Paragraph(question, "question"),
        Paragraph(f"{told.arriving(document)}.", "verdict"),
        *(Paragraph(said, "caution") for said in told.narrowed(document)),
        Bullets([f"{told.running_out(document)}.", *(f"{one}." for one in changes)], "answer"),
        figure("What each decision changes", charts.differences(document, others, names, title)),
        Paragraph(told.unsure(document), "caution"),
        *_stock(document),
        Heading("Arrivals by month, beside the record"),
        figure(
            "Points are means, bars go over nine of ten results",
            charts.months(document),
            charts.keys(document, recorded=True),
        ),
        Shown(tables.months(document), "Arrivals by month, as numbers"),
        *_besides(document),
        Heading("What is spent, and from whose shelves"),
        tables.outcome(document),
        Shown(tables.differences(document)) if others else None,
        Shown(tables.shelves(document), "From whose shelves, and how long that takes to make"),
        Shown(tables.stocks(document), "The ledger"),
        not_known() if "calibrated" in document else None,
        Heading("What this leaves out"),
        Bullets(told.LEAVES_OUT),
    )


def _stock(document: Found) -> list[Block]:
    """What runs out and when: stocks over time, and the chance by day."""
    order = told.stocks_first(document)
    drawn = [Figure(told.called(document, *one), charts.stock(document, *one)) for one in order]
    found: list[Block] = [
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
        Gallery([*drawn[:-1], Figure(drawn[-1].caption, drawn[-1].drawing, charts.keys(document))]),
    ]
    return found


def _chances(document: Found, part: str, title: str) -> list[Block]:
    shown = [
        (owner, munition)
        for owner, munition in told.stocks_first(document)
        if max(one["stock"][owner][munition][part][-1]["share"] for one in document["policies"].values())
        >= tables.SELDOM
    ]
    if not shown:
        return []
    drawn = [Figure(told.called(document, *one), charts.run_out(document, *one, part)) for one in shown]
    last = Figure(drawn[-1].caption, drawn[-1].drawing, charts.keys(document))
    return [Heading(title, 4), Gallery([*drawn[:-1], last])]


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
