"""The command that plays a scenario under one policy: run."""

from __future__ import annotations

import click

from skypact.cli import options
from skypact.cli.playing import playing
from skypact.cli.terminal import console, print_json


@click.command("run")
@options.scenario
@options.policy
@options.drawing
@options.cluster
@options.calibrated
@options.long
@options.as_json
def command(
    scenario: str,
    policy: str | None,
    sets: int,
    replications: int | None,
    central: bool,
    seed: int,
    threads: int | None,
    cluster: str | None,
    calibrated: str | None,
    long: bool,
    as_json: bool,
) -> None:
    """Play a scenario under one policy.

    SCENARIO is a shipped name (see 'skypact list') or the path of a file.

    \b
    Example:
      skypact run ukraine-2024-08-26 --policy sky-shield
    """
    from skypact.library.calibration import calibration_of
    from skypact.library.calls import run
    from skypact.library.scenarios import load

    asked = load(scenario)
    of = calibration_of(calibrated, central)
    with playing(replications, seed, threads, sets=sets, central=central, cluster=cluster) as settings:
        result = run(asked, policy, calibrated=of, **settings)
    if as_json:
        print_json(result.to_dict())
        return
    from skypact.report import printed
    from skypact.report.material import Material

    assert result.comparison is not None
    printed.one_policy(console(), Material.of(result.comparison), asked.name, long)
