"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator."""

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


scenario = click.argument("scenario", metavar="SCENARIO")
policy = click.option(
    "--policy", metavar="NAME", help="The policy in force (default: the scenario's baseline)."
)
policies = click.option(
    "--policies",
    metavar="A,B,...",
    help="The policies to compare (default: all). The baseline is the file's, or the first where that is not named.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
long = click.option(
    "--long",
    is_flag=True,
    help="Show every table: where it comes from, what it rests on, what changes nothing.",
)
replications = click.option(
    "--replications",
    type=click.IntRange(1, 100_000_000),
    default=10_000,
    show_default=True,
    metavar="N",
    help="How often the raid is played with new chance.",
)
sets = together(
    click.option(
        "--sets",
        type=click.IntRange(2, 10_000),
        default=64,
        show_default=True,
        metavar="N",
        help="How many sets of numbers are drawn from their ranges.",
    ),
    click.option(
        "--replications",
        type=click.IntRange(1, 100_000_000),
        metavar="N",
        help="How often each set is played with new chance (default: 200; with --central 10,000).",
    ),
    click.option(
        "--central", is_flag=True, help="Play central values alone: no range says what is not known."
    ),
)
seed = click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 1),
    default=1,
    show_default=True,
    metavar="S",
    help="Same seed, same result, on every machine.",
)
threads = click.option(
    "--threads", type=click.IntRange(1, 1024), metavar="K", help="Threads (default: all cores)."
)
cluster = click.option(
    "--cluster",
    metavar="WHERE",
    help="Play sets on a Dask cluster: a scheduler as tcp://host:8786, or local:N processes here.",
)
calibrated = click.option(
    "--calibrated",
    metavar="FILE",
    help="Take the sets from a calibration (see 'skypact calibrate'); the answer without it stands beside.",
)


def output(what: str, required: bool = False) -> Callable[[Command], Command]:
    """The option of a file to write; `what` is its help."""
    return click.option(
        "--output", "-o", metavar="FILE", required=required, type=click.Path(path_type=Path), help=what
    )


playing = together(replications, seed, threads, as_json)
drawing = together(sets, seed, threads)


def day_of(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A day as an option gives it; a month or a year stands for its first day."""
    from skypact.scenario.dates import first_day

    if value is None:
        return None
    try:
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
            return first_day(value)
    except ValueError:
        pass
    raise click.BadParameter(f"{value!r} is no day; write it as 2021-10-26", ctx, param)


on_day = click.option(
    "--date", "day", callback=day_of, metavar="DATE", help="The day asked about (default: the scenario's)."
)


def names(listed: str | None) -> tuple[str, ...] | None:
    """The names in a list such as ``a,b``; None for none.

    >>> names("status-quo, sky-shield")
    ('status-quo', 'sky-shield')
    """
    found = tuple(name.strip() for name in (listed or "").split(",") if name.strip())
    return found or None


def shares(listed: str | None, option: str) -> dict[str, float]:
    """Shares by name in a list such as ``drone=0.3,cruise=0.2``.

    >>> shares("drone=0.3, cruise=0.2", "--overclaimed")
    {'drone': 0.3, 'cruise': 0.2}
    """
    found = {}
    for one in names(listed) or ():
        name, _, share = one.partition("=")
        try:
            found[name.strip()] = float(share)
        except ValueError:
            raise click.UsageError(f"{option}: {one!r} is no class with a share (as drone=0.3)") from None
    return found
