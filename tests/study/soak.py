"""Hundreds of comparisons in one process, with a collection at every chance: a script that `test_soak` runs.

It ends with a traceback of every thread if a comparison takes longer than it may.
"""

from __future__ import annotations

import faulthandler
import gc
import sys
import threading
import time

from skypact.engine import prepare, replicate, workers
from skypact.scenario.load import shipped
from skypact.study import RunSettings, Study, play, player

STUCK_S = 60.0


def main(comparisons: int) -> None:
    studies = {name: Study.ask(name) for name in shipped()}
    players = {
        name: {policy: player(study, study.compile(policy)) for policy in study.policies}
        for name, study in studies.items()
    }
    alone = threading.active_count()
    gc.set_threshold(1)
    started, most = time.monotonic(), 0
    for number in range(comparisons):
        faulthandler.dump_traceback_later(STUCK_S, exit=True)
        name = list(players)[number % len(players)]
        many = 700 if number % 50 < len(players) else 1 + number % 7
        settings = RunSettings(many, seed=number + 1, threads=1 + number % 3)
        play(players[name], settings, studies[name].baseline)
        # A run that is forgotten half-way must not need its iterator to be closed.
        with workers(2) as team:
            forgotten = replicate(prepare(next(iter(players[name].values())).raid), 5000, workers=team)
            next(forgotten)
        most = max(most, threading.active_count())
    faulthandler.cancel_dump_traceback_later()
    assert most == alone, f"{most - alone} threads were left behind"
    print(f"{comparisons} comparisons in {time.monotonic() - started:.0f} s, no thread left behind")


if __name__ == "__main__":
    main(int(sys.argv[1]))
