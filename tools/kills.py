"""A sweep killed again and again, against the same one left alone: ``python -m tools.kills --into DIR``.

Both are the command that users type, in processes of their own. One is stopped with SIGKILL whenever another part of its pieces is written,
and goes on with ``--resume``. In the end every piece of both must be the same file to the byte, and no half-written one be left.
"""

from __future__ import annotations

import argparse
import filecmp
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

SWEEP = """
format: skypact-sweep/1
id: killed
title: Six families, to be killed
scenario: {scenario}
vary: {{families: [acquisition, availability, detection, reach, stock, tempo]}}
design: {{kind: sobol, points: {points}}}
replications: {replications}
"""
"""Six axes: eight pieces a point."""


def command(study: Path, into: Path) -> list[str]:
    """What a user types to begin it or to go on."""
    resume = ["--resume"] if into.exists() else []
    begin = "from skypact.cli import main; main()"
    return [sys.executable, "-c", begin, "sweep", str(study), "--into", str(into), *resume]


def written(into: Path) -> int:
    """How many pieces are there."""
    return len(list(into.glob("piece-*.parquet")))


def kill_at(study: Path, into: Path, pieces: int) -> int:
    """Begin it or go on, and kill it when so many pieces are there; how many are left after that."""
    going = subprocess.Popen(
        command(study, into), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while written(into) < pieces:
        if going.poll() is not None:
            raise SystemExit(
                f"the sweep ended by itself with {written(into)} pieces, status {going.returncode}"
            )
        time.sleep(0.01)
    os.killpg(going.pid, signal.SIGKILL)
    going.wait()
    return written(into)


def differing(first: Path, second: Path) -> list[str]:
    """Pieces that are not the same file to the byte, or in one folder only."""
    names = {one.name for folder in (first, second) for one in folder.glob("*piece-*")}
    _, unequal, missing = filecmp.cmpfiles(first, second, names, shallow=False)
    return sorted((*unequal, *missing))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--into", type=Path, required=True, help="a new folder")
    asked.add_argument("--scenario", default="ukraine-2024-08-26")
    asked.add_argument("--points", type=int, default=256, help="eight pieces each")
    asked.add_argument("--replications", type=int, default=20)
    asked.add_argument("--kills", type=int, default=10)
    given = asked.parse_args()
    given.into.mkdir(parents=True)
    study = given.into / "study.yaml"
    scenario = Path(given.scenario)
    study.write_text(
        SWEEP.format(
            scenario=scenario.resolve() if scenario.exists() else given.scenario,
            points=given.points,
            replications=given.replications,
        ),
        encoding="utf-8",
    )
    whole, killed = given.into / "whole", given.into / "killed"
    subprocess.run(command(study, whole), check=True)
    all_ = written(whole)
    for time_ in range(1, given.kills + 1):
        left = kill_at(study, killed, all_ * time_ // (given.kills + 1))
        print(f"kill {time_} of {given.kills}: {left} of {all_} pieces are there", flush=True)
    subprocess.run(command(study, killed), check=True)
    if wrong := differing(whole, killed):
        raise SystemExit(f"{len(wrong)} pieces are not the same: {', '.join(wrong[:8])}")
    print(f"After {given.kills} kills all {written(killed)} pieces are the same files, to the byte.")


if __name__ == "__main__":
    main()
