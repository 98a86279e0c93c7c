"""Putting the page together and writing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from skypact.catalog.model import Source
from skypact.formatting import brief, fixed
from skypact.report.front import front
from skypact.report.html import html_of
from skypact.report.material import Material
from skypact.report.section import Block
from skypact.report.sections import sections

Document = dict[str, Any]


def render_report(material: Material, record: str = "", made: datetime | None = None) -> str:
    """Make the page.

    Parameters
    ----------
    material
        What it shows.
    record
        JSON that the page carries and does not show, so that the report can be made again; it holds no
        ``<``.  "" for none.
    made
        The moment to put on the page; now by default.

    Returns
    -------
    str
        HTML that needs nothing from elsewhere: style and drawings are in it, and it runs no script.
    """
    moment = (made or datetime.now(UTC)).astimezone(UTC)
    page = environment().get_template("page.html.j2")
    return page.render(
        style=Markup(text_of("colours.css") + text_of("style.css")),
        scenario=material.scenario,
        comparison=material.comparison,
        front=front(material),
        sections=sections(material),
        sources=material.sources,
        table=lambda shown: Markup(html_of(shown.table, material.sources, shown.kind_of_source)),
        elapsed=_elapsed(material),
        made=moment.strftime("%Y-%m-%d %H:%M UTC"),
        record=Markup(record),
    )


def single_page(
    title: str,
    shown: Sequence[Block],
    document: Mapping[str, Any],
    made_from: str,
    made: datetime | None,
    sources: Mapping[str, Source] | None = None,
) -> str:
    """Make a page of blocks alone, without a scenario: HTML that needs nothing from elsewhere.

    Parameters
    ----------
    title
        Its heading.
    shown
        What stands on it.
    document
        What it is made from, with the program's version.
    made_from
        What stands in its last line.
    made
        The moment to put on the page; None: now.
    sources
        Sources by name, into whose list cells of tables point; None: cells name none.
    """
    moment = (made or datetime.now(UTC)).astimezone(UTC)
    page = environment().get_template("single.html.j2")
    return page.render(
        title=title,
        style=Markup(text_of("colours.css") + text_of("style.css")),
        blocks=shown,
        table=lambda one: Markup(html_of(one.table, sources)),
        sources=sources or {},
        skypact=document["skypact"],
        made_from=made_from,
        made=moment.strftime("%Y-%m-%d %H:%M UTC"),
    )


def environment() -> Environment:
    """Everything that comes from a scenario is escaped; a name that is missing is a fault."""
    found = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.loader = FunctionLoader(text_of)
    found.filters |= {"fixed": fixed, "brief": brief}
    found.tests["link"] = is_link
    return found


def is_link(url: str) -> bool:
    """Whether a source's address may become a link: a plain web address, nothing else."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _elapsed(material: Material) -> dict[str, float]:
    """Seconds over all policies, by what was done."""
    total: dict[str, float] = {}
    for run in material.policies.values():
        for what, seconds in run.get("elapsed_s", {}).items():
            total[what] = total.get(what, 0.0) + seconds
    return total or dict(material.comparison.get("elapsed_s", {}))


def text_of(name: str) -> str:
    return files("skypact.report").joinpath(name).read_text(encoding="utf-8")
