"""The command that writes a scenario for others' tools, or copies its file: export."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import say

EDITOR = "# yaml-language-server:"
FORMATS = "geojson, kml, gpkg, geoparquet, czml, csv, parquet, xlsx or raid"


@click.command("export")
@options.scenario
@click.option("--as", "formats", metavar="A,B,...", help=f"Formats: {FORMATS} (default: copy the YAML file).")
@click.option(
    "--into", metavar="DIR", type=click.Path(path_type=Path), help="With --as: the folder to write into."
)
@options.policy
@click.option(
    "--replication",
    type=click.IntRange(0, 2**32 - 1),
    default=0,
    show_default=True,
    metavar="N",
    help="The one that the moving picture, engagements and threats are of.",
)
@options.drawing
@click.option("--replace", is_flag=True, help="With --as: files that are there already may be replaced.")
@options.output("Without --as: where to write (default: NAME.yaml here).")
def command(
    scenario: str,
    formats: str | None,
    into: Path | None,
    policy: str | None,
    replication: int,
    sets: int,
    replications: int | None,
    central: bool,
    seed: int,
    threads: int | None,
    replace: bool,
    output: Path | None,
) -> None:
    """Write a scenario for other tools, or copy a shipped one to a file of your own.

    \b
    geojson, kml, gpkg, geoparquet   who stands where, routes, reach, areas of permission: for QGIS and others
    czml                             one replication as a moving picture: for Cesium
    csv, parquet, xlsx               replications, engagements, threats and statements as tables
    raid                             the raid file, for 'skypact simulate'

    Beside them stands datapackage.json: what each column means, its unit, the sources and the licence.

    \b
    Example:
      skypact export ukraine-2024-08-26 --output mine.yaml
      skypact export ukraine-winter-2024 --output campaign.yaml
      skypact export ukraine-2024-08-26 --as geojson,kml --into map --policy sky-shield
      skypact export ukraine-2024-08-26 --as csv --into tables --central --replications 1000
    """
    if formats is None:
        if into is not None or replace:
            raise click.UsageError("--into and --replace go with --as")
        _copy(scenario, output)
        return
    if into is None or output is not None:
        raise click.UsageError("--as goes with --into DIR, and not with --output")
    from skypact.library.export import export

    with playing(replications, seed, threads, sets=sets, central=central) as settings:
        written = export(
            scenario, formats, into, policy, replication=replication, replace=replace, **settings
        )
    for path in written:
        say(f"Written: {path}")


def _copy(scenario: str, output: Path | None) -> None:
    """Copy the YAML file, to edit."""
    from skypact.campaigns import find
    from skypact.reading import read_text
    from skypact.reading.write import write_text
    from skypact.scenario.find import find_scenario

    source = find.find_campaign(scenario) if scenario in find.shipped() else find_scenario(scenario)
    target = output or Path(source.name)
    # The first line may point an editor to the schema beside the shipped file, which is not beside the copy.
    lines = [line for line in read_text(source).splitlines(keepends=True) if not line.startswith(EDITOR)]
    write_text(target, "".join(lines), replace=False)
    say(f"Written: {target}. Edit it, then: skypact check {target}")
