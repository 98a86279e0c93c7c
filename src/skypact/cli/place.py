"""The command that asks where one more unit would help: place."""

from __future__ import annotations

from pathlib import Path

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import console, print_json, say


@click.command("place")
@click.argument("scenarios", metavar="SCENARIO...", nargs=-1, required=True)
@click.option(
    "--system",
    metavar="A,B,...",
    required=True,
    help="A system of the catalogue, or an entry of the laydown to be copied; several are one unit.",
)
@click.option(
    "--count",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    metavar="N",
    help="How many there are.",
)
@click.option("--at", metavar="A,B,...", help="Places or assets (default: all assets that every raid has).")
@click.option(
    "--most",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    metavar="N",
    help="How many may stand at one place.",
)
@options.policy
@click.option("--owner", metavar="ACTOR", help="Whose it becomes (default: the defended actor's).")
@click.option(
    "--ready",
    type=click.IntRange(0, 1_000_000),
    metavar="N",
    help="Rounds ready in a unit (default: as the catalogue says).",
)
@click.option(
    "--reserve",
    type=click.IntRange(0, 1_000_000),
    metavar="N",
    help="Rounds in its reserve (default: the same).",
)
@click.option(
    "--sets",
    type=click.IntRange(2, 10_000),
    default=64,
    show_default=True,
    metavar="N",
    help="How many sets of numbers are drawn from their ranges.",
)
@click.option(
    "--replications",
    type=click.IntRange(1, 100_000_000),
    default=100,
    show_default=True,
    metavar="N",
    help="How often each set is played at each place with new chance.",
)
@options.seed
@options.threads
@options.cluster
@options.output("Write a page (HTML) with the picture as well.")
@options.as_json
def command(
    scenarios: tuple[str, ...],
    system: str,
    count: int,
    at: str | None,
    most: int,
    policy: str | None,
    owner: str | None,
    ready: int | None,
    reserve: int | None,
    sets: int,
    replications: int,
    seed: int,
    threads: int | None,
    cluster: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Ask where one more unit would change what arrives, place by place, over recorded raids.

    Each place is played with the same luck as without the unit. With --count the units are shared out by an
    exact solver, and what they change together is played. It is a table of trade-offs; nothing is called best, and
    no attack is varied.

    \b
    Example:
      skypact place ukraine-2024-08-26 ukraine-2024-08-11 --system nasams
      skypact place ukraine-2024-08-26 --system iris-t-slm --count 3 --at kyiv,odesa,kharkiv,lviv --sets 16
      skypact place night.yaml --system patriot-pac-2-gem-t,patriot-pac-3-mse --output places.html
    """
    from skypact.library.placing import place

    if output is not None:
        from skypact.reading.write import expect_writable
        from skypact.report.extra import expect_extra

        expect_extra()
        expect_writable(output)
    with playing(replications, seed, threads, sets=sets, cluster=cluster) as settings:
        found = place(
            scenarios,
            options.names(system) or (),
            count,
            options.names(at),
            most=most,
            policy=policy,
            owner=owner,
            ready=ready,
            reserve=reserve,
            **settings,
        )
    if output is not None:
        found.report(output)
    if as_json:
        print_json(found.to_dict())
        return
    from skypact.report.tables.placing import told
    from skypact.report.terminal import Line, print_lines, print_table

    screen = console()
    print_lines(screen, [Line(text) for text in told(found.to_dict())])
    for table in found.tables():
        print_table(screen, table)
    if output is not None:
        say(f"Written: {output}")
