"""How long the page waits for its answers: one client alone, then many at once, every answer compared with the library's.

    python -m bench.page_load [--clients 50] [--seconds 120]

It starts a server of its own on the loopback, asks it for a bounded time, and stops it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import skypact

SCENARIO = "ukraine-2024-08-26"
CHOICES = 24
"""Sets of decisions among which many clients switch."""
CENTRAL = 1_000
COURSE = 6
"""Into so many parts the time with many clients is cut, to see what memory does."""
PAUSE_S = 0.8
"""Between two questions of a lone client: what was begun for the one before has ended."""
AHEAD_S = 10.0
"""In which each other switch is answered ahead."""
SERVE = "import sys; from skypact.cli import main; main()"


@dataclass
class Seen:
    """Waits for the first answer, and what went wrong."""

    waits_s: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def said(self) -> str:
        """Median and 95th percentile."""
        waits = sorted(self.waits_s)
        if not waits:
            return "nothing measured"
        late = waits[int(0.95 * (len(waits) - 1))]
        return f"median {1000 * median(waits):.0f} ms, 95th percentile {1000 * late:.0f} ms, of {len(waits)}"


def main() -> int:
    """Measure, and print a line for each thing; 0 if no answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120.0)
    given = parser.parse_args()
    scenario = skypact.load(SCENARIO)
    with server() as (port, process):
        alone(port, scenario)
        before = resident_mb(process)
        with watched(process, given.seconds / COURSE) as course:
            seen = many(port, scenario, given.clients, given.seconds)
        print(f"{given.clients} clients switching decisions for {given.seconds:.0f} s: {seen.said()}")
        print(f"errors and wrong answers: {len(seen.wrong)} {seen.wrong[:3]}")
        print(f"memory: {before:.0f} MB before, then {', '.join(f'{mb:.0f}' for mb in course)} MB")
    return 1 if seen.wrong else 0


@contextmanager
def server() -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """A server on the loopback with a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", SERVE, "serve", "--no-browser", "--port", "0"]
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            assert process.stdout is not None
            port = 0
            while not port:
                line = process.stdout.readline()
                if not line:
                    raise RuntimeError("the server does not start")
                if "http://" in line:
                    port = int(line.rpartition(":")[2].strip().strip("/"))
            yield port, process
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def watched(process: subprocess.Popen[str], every_s: float) -> Iterator[list[float]]:
    """The server's memory, looked at again and again until the end."""
    seen, end = [], threading.Event()

    def look() -> None:
        while not end.wait(every_s):
            seen.append(resident_mb(process))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        end.set()
        thread.join()


def alone(port: int, scenario: skypact.Scenario) -> None:
    """The waits of a lone client."""
    names, usual = list(scenario.data.decisions), usual_of(scenario)
    ask(port, usual)
    luck = random.Random(1)
    rows = {
        "first use of a switch": [toggled(usual, name) for name in names],
        "a set of decisions already played": [usual] * 30,
        "an unseen combination of known parts": [luck.sample(names, 4) for _ in range(40)],
    }
    for what, asked in rows.items():
        seen = Seen()
        for decisions in asked:
            found = ask(port, decisions, leave=True)
            time.sleep(PAUSE_S)
            if found is not None:
                seen.waits_s.append(found[0])
        print(f"{what}: {seen.said()}")
    seen = Seen()
    switched = toggled(usual, names[0])
    ask(port, switched)
    for seed in range(2, 22):
        ask(port, usual, seed, leave=True)  # the baseline is played, as it is on the page
        time.sleep(PAUSE_S)
        found = ask(port, switched, seed, leave=True)
        time.sleep(PAUSE_S)
        if found is not None:
            seen.waits_s.append(found[0])
    print(f"compiled but not played: {seen.said()}")
    seen = Seen()
    for seed in range(100, 110):
        client = threading.Thread(target=ask, args=(port, luck.sample(names, 3), seed))
        client.start()
        while client.is_alive():
            seen.waits_s.append(another(port))
            time.sleep(0.02)
    print(f"another request while one client's question is answered: {seen.said()}")
    ask(port, usual)
    time.sleep(AHEAD_S)
    seen = Seen([found[0] for name in names if (found := ask(port, toggled(usual, name)))])
    print(f"a switch that was answered ahead: {seen.said()}")


def many(port: int, scenario: skypact.Scenario, clients: int, seconds: float) -> Seen:
    """Many clients that switch decisions, each with a pause between two."""
    luck = random.Random(2)
    names = list(scenario.data.decisions)
    choices = []
    while len(choices) < CHOICES:
        decisions = luck.sample(names, luck.randint(1, 4))
        try:
            found = skypact.whatif(scenario, decisions, central=True, replications=100)
        except skypact.Problems:
            continue
        choices.append((decisions, found.policies[found.differences[0].policy].leakers.mean))
    seen, lock, end = Seen(), threading.Lock(), time.monotonic() + seconds

    def client(number: int) -> None:
        own = random.Random(number)
        while time.monotonic() < end:
            decisions, mean = own.choice(choices)
            try:
                found = ask(port, decisions, leave=True)
                ours = (
                    None
                    if found is None
                    else found[1]["comparison"]["policies"]["what-if"]["leakers"]["mean"]
                )
                with lock:
                    if found is None or ours != mean:
                        seen.wrong.append(f"{decisions}: {ours} instead of {mean}")
                    else:
                        seen.waits_s.append(found[0])
            except (OSError, ValueError, http.client.HTTPException, KeyError) as error:
                with lock:
                    seen.wrong.append(repr(error))
            time.sleep(own.uniform(0.2, 2.0))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    others = Seen()
    while time.monotonic() < end:
        others.waits_s.append(another(port))
        time.sleep(0.2)
    for thread in threads:
        thread.join()
    print(f"another request meanwhile, {clients} clients: {others.said()}")
    return seen


def another(port: int) -> float:
    """Seconds that a request takes which has nothing to do with what is computed."""
    started = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/drafts", timeout=60) as answer:
        answer.read()
    return time.perf_counter() - started


def ask(port: int, decisions: list[str], seed: int = 1, leave: bool = False) -> tuple[float, Any] | None:
    """Seconds to the first answer, and that answer; None where the decisions contradict each other.

    Who leaves does not wait for better answers, as one who switches on.
    """
    body = {"scenario": SCENARIO, "decisions": decisions, "central": CENTRAL, "sets": 0, "seed": seed}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        started = time.perf_counter()
        connection.request("POST", "/api/whatif", json.dumps(body), {"content-type": "application/json"})
        answer = connection.getresponse()
        line = answer.readline()
        seconds = time.perf_counter() - started
        if answer.status != 200:
            return None
        if not leave:
            answer.read()
        return seconds, json.loads(line)
    finally:
        connection.close()


def usual_of(scenario: skypact.Scenario) -> list[str]:
    return list(scenario.data.policies[scenario.baseline].decisions)


def toggled(decisions: list[str], name: str) -> list[str]:
    return [one for one in decisions if one != name] if name in decisions else [*decisions, name]


def resident_mb(process: subprocess.Popen[str]) -> float:
    """Memory of the server; 0 where the system does not say."""
    try:
        text = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("VmRSS")), 0.0)


if __name__ == "__main__":
    sys.exit(main())
