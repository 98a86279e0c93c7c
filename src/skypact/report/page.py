"""Putting the page together and writing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from skypact.catalog.model import Catalog
from skypact.formatting import brief, fixed
from skypact.policy.situation import Situation
from skypact.reading.write import write_text
from skypact.report import aid, answer, charts, incident, ledger, maps, records, results
from skypact.report.material import Material
from skypact.report.quantities import Rests
from skypact.scenario.model import Scenario

Document = dict[str, Any]

LEFT_OUT = (
    ("Attacks on defenders and sensors", "Fire units and radars are never hit, moved or jammed."),
    ("Debris", "What falls after an intercept is not counted."),
    ("Damage", "A threat that arrives is an arrival: not a hit, not damage, not a casualty."),
    ("Adaptation by either side", "The raid is the same under every policy; an attacker would react."),
    ("Risk to aircrew", "Losses, friendly fire and mistaken identity are not modelled."),
    ("Escalation", "What the attacker would do about a policy is not estimated."),
    ("Legality", "Whether a policy is lawful is not judged."),
)


def render_report(
    scenario: Scenario,
    catalog: Catalog,
    comparison: Document,
    situations: Mapping[str, Situation],
    landscapes: Document | None = None,
    uncertain: Document | None = None,
    made: datetime | None = None,
    used: Rests | None = None,
) -> str:
    """Make the page.

    Parameters
    ----------
    scenario, catalog
        What was asked, and what systems are.
    comparison
        The document of ``skypact compare --json`` (design, section 8).
    situations
        The situation under each policy of the comparison: the maps are drawn from them.
    landscapes, uncertain
        The documents of ``skypact landscapes`` and ``--uncertain``; their sections are left out
        where these are None.
    made
        The moment to put on the page; now by default.
    used
        By policy the numbers and entries that it rests on (`CompiledPolicy.used`); None: every
        number that the scenario and the systems it names have is listed.

    Returns
    -------
    str
        HTML that needs nothing from elsewhere: style and drawings are in it, and it has no script.
    """
    material = Material(scenario, catalog, comparison, situations, landscapes, uncertain, used)
    section = incident.section(material)
    moment = (made or datetime.now(UTC)).astimezone(UTC)
    page = _environment().get_template("page.html.j2")
    return page.render(
        style=Markup(_text("style.css")),
        material=material,
        scenario=scenario,
        comparison=comparison,
        aid=aid.section(material),
        incident=section,
        time_line=ledger.time_line(material),
        question=section.question if section else answer.question(material),
        answer=section.answer if section else answer.answer(material),
        summary=results.summary(material),
        overview=None if section else maps.overview(material),
        policy_maps=[] if section else maps.permissions(material),
        distributions=charts.distributions(material),
        arrivals=results.arrivals(material),
        by_asset=results.by_asset(material),
        differences_chart=charts.differences(material),
        differences=results.differences(material),
        systems=results.spent_by_system(material),
        owners=results.by_owner(material),
        reported_chart=charts.reported(material),
        reported_keys=maps.REPORTED_KEYS,
        reported=results.reported(material),
        exposure=results.exposure(material),
        decisions=records.decisions(material),
        rules=records.standing_rules(material),
        statements=records.statements(material),
        doctrine=records.doctrine(material),
        ignorance=records.ignorance(material),
        strongest=records.strongest(material),
        landscapes=records.landscapes(material),
        kinds=records.kinds(material),
        quantities=records.quantities(material),
        chosen=records.chosen(material),
        sources=[(name, material.sources[name]) for name in records.sources_used(material)],
        left_out=LEFT_OUT,
        elapsed=_elapsed(material),
        made=moment.strftime("%Y-%m-%d %H:%M UTC"),
    )


def write_report(
    path: str | Path,
    scenario: Scenario,
    catalog: Catalog,
    comparison: Document,
    situations: Mapping[str, Situation],
    landscapes: Document | None = None,
    uncertain: Document | None = None,
    used: Rests | None = None,
) -> None:
    """Write the page (`render_report`) to a file; either the whole file is there or the old one.

    Raises
    ------
    BadInput
        If the place cannot be written to.
    """
    page = render_report(scenario, catalog, comparison, situations, landscapes, uncertain, used=used)
    write_text(path, page)


def _environment() -> Environment:
    """Everything that comes from a scenario is escaped; a name that is missing is a fault."""
    found = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    found.loader = FunctionLoader(_text)
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


def _text(name: str) -> str:
    return files("skypact.report").joinpath(name).read_text(encoding="utf-8")
