"""Builds and runs the C++ stand-in: a plain event simulation of the reference model."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.oracle.model import FAILED, KILLED, Result

from .export import export

SOURCE = Path(__file__).with_name("standin.cpp")
# Without -ffp-contract=off a compiler may fuse a product and a sum, which the model rules out.
FLAGS = ("-std=c++17", "-O3", "-ffp-contract=off")


def compiler():
    """The C++ compiler's path, or None where there is none."""
    return shutil.which("g++") or shutil.which("clang++") or shutil.which("c++")


def build(folder):
    """Compile the stand-in into a folder; the program's path."""
    program = Path(folder) / "standin"
    subprocess.run([compiler(), *FLAGS, str(SOURCE), "-o", str(program)], check=True)
    return program


def rates(program, raid, replications, seed=1, first=0):
    """Run without printing: replications and engagements, in all and a second, as a dictionary."""
    return json.loads(run(program, raid, replications, seed, first))


def results(program, raid, replications, seed=1, first=0):
    """Run and read every replication back, as the oracle's `Result`."""
    words = iter(run(program, raid, replications, seed, first, "--print").split())

    def numbers(count):
        return [int(next(words)) for _ in range(count)]

    found = []
    for _ in range(replications):
        threats = [numbers(5) for _ in raid["threats"]]
        stock = [numbers(2) for _ in raid["units"]]
        engagements = [numbers(7) for _ in range(*numbers(1))]
        found.append(
            Result(
                fate=tuple(t[0] for t in threats),
                killer=tuple(t[1] for t in threats),
                end_us=tuple(
                    None if fate == FAILED and entry.get("fails_s") is None else end
                    for (fate, _, end, *_), entry in zip(threats, raid["threats"], strict=True)
                ),
                kill_rounds=tuple(t[3] if t[0] == KILLED else 0 for t in threats),
                engagements=tuple((*e[:6], bool(e[6])) for e in engagements),
                reason=tuple(t[4] for t in threats),
                ready=tuple(ready for ready, _ in stock),
                reserve=tuple(reserve for _, reserve in stock),
            )
        )
    return found


def run(program, raid, replications, seed, first, *options):
    with tempfile.NamedTemporaryFile("w", suffix=".raid") as file:
        file.write(export(raid))
        file.flush()
        numbers = ("--replications", str(replications), "--seed", str(seed), "--first", str(first))
        done = subprocess.run(
            [str(program), file.name, *numbers, *options], check=True, capture_output=True, text=True
        )
    return done.stdout
