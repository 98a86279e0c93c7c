"""The command that shows what systems are: catalog."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import click

from skypact.cli import options
from skypact.cli.terminal import print_json, say

if TYPE_CHECKING:
    from skypact.catalog import Catalog, Source
    from skypact.catalog.listing import Entry


PLACES = {"threat": "threats", "effector": "effectors", "sensor": "sensors", "family": "families"}
TITLES = {
    "threat": "Threats",
    "effector": "Effectors",
    "sensor": "Sensors",
    "family": "Families of sensors and interceptors that miss alike",
}


@click.command("catalog")
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--class", "threat_class", metavar="C", help="Only what is about this class of threats.")
@click.option(
    "--scenario",
    metavar="SCENARIO",
    help="With the systems that a scenario brings and the numbers that it replaces.",
)
@options.as_json
def command(name: str | None, threat_class: str | None, scenario: str | None, as_json: bool) -> None:
    """List threats, effectors, sensors and families; with NAME every number of one, and where it is from.

    With --json a list of rows, one a number: value, range, unit, kind (reported, estimated or
    notional), sources and reason.

    \b
    Example:
      skypact catalog
      skypact catalog nasams
      skypact catalog --class ballistic-medium
    """
    from skypact.catalog import load_catalog
    from skypact.catalog.listing import entries, systems

    catalog, sources = load_catalog(), {}
    if scenario is not None:
        from skypact.scenario.load import load_scenario
        from skypact.scenario.systems import catalog_of

        loaded = load_scenario(scenario)
        catalog, sources = catalog_of(loaded), loaded.sources
    found = systems(catalog, name, threat_class)
    if as_json:
        print_json([entry.to_dict() for entry in entries(catalog, name, threat_class)])
    elif name is None:
        _print(_overview(catalog, found))
    else:
        shown = entries(catalog, name, threat_class)
        _print(_numbers(catalog, name, shown, {**catalog.sources, **sources}))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _overview(catalog: Catalog, found: Iterable[tuple[str, str]]) -> Iterable[str]:
    """One line a system: its name in files and its name for people, by part."""
    which = list(found)
    width = max((len(name) for _, name in which), default=0)
    for part, title in TITLES.items():
        names = [name for kind, name in which if kind == part]
        if names:
            yield title
        for name in names:
            about = getattr(catalog, PLACES[part])[name]
            yield from _wrapped(f"{name:<{width}}  {about.name}{_what(about)}", "  ", width + 4)
        if names:
            yield ""
    yield "Every number of one: skypact catalog NAME. As rows: skypact catalog --json"


def _what(system: object) -> str:
    """What it is, in a word or two: the class of a threat, what an effector or a sensor is for."""
    if hasattr(system, "threat_class"):
        return f" ({system.threat_class})"
    classes: Iterable[str] = next(
        getattr(system, field) for field in ("against", "p_detect", "susceptible") if hasattr(system, field)
    )
    basing = getattr(system, "basing", "")
    return f" ({basing}{'; ' if basing else ''}{', '.join(classes)})"


def _numbers(
    catalog: Catalog, name: str, entries: Iterable[Entry], sources: Mapping[str, Source]
) -> Iterable[str]:
    """Every number of one system: its value on one line, below it the reason and the sources."""
    entries = list(entries)
    system = next(system for place in PLACES.values() if (system := getattr(catalog, place).get(name)))
    yield f"{name}: {system.name}{_what(system)}"
    for text in (getattr(system, "unit", ""), system.description):
        yield from _wrapped(" ".join(text.split()), "  ", 2) if text else ()
    for entry in entries:
        between = "" if entry.low is None else f" ({entry.low:,g} to {entry.high:,g})"
        unit = f" {entry.unit}" if entry.unit else ""
        kind = f", {entry.kind}" if entry.kind else ""
        yield ""
        yield f"  {entry.number}: {entry.value:,g}{between}{unit}{kind}"
        if entry.note:
            yield from _wrapped(" ".join(entry.note.split()), "    ", 4)
        for source in entry.sources:
            said = sources[source]
            yield from _wrapped(f"Source: {said.publisher}, {said.date}: {said.title} [{source}]", "    ", 6)


def _wrapped(text: str, first: str, further: int) -> list[str]:
    width = max(40, min(shutil.get_terminal_size((132, 24)).columns, 132))
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=" " * further, break_on_hyphens=False
    )
