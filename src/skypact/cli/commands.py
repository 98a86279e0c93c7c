"""All commands, in the order in which a newcomer meets them."""

from __future__ import annotations

import click

from skypact.cli.aid import aid, ledger
from skypact.cli.ask import explain
from skypact.cli.look import check, export, list_scenarios
from skypact.cli.measure import bench
from skypact.cli.play import compare, compile_scenario, run, simulate
from skypact.cli.show import landscapes, report

COMMANDS: tuple[click.Command, ...] = (
    list_scenarios,
    check,
    run,
    compare,
    explain,
    aid,
    ledger,
    landscapes,
    report,
    compile_scenario,
    simulate,
    export,
    bench,
)
