"""A cluster only saves time: real workers in processes of their own, killed and mistaken, change no bit."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

import skypact
from skypact.engine import Workers
from skypact.reading import Problems
from skypact.study import RunSettings, alike, cluster
from skypact.study.calibration import calibrate
from skypact.study.jobs import done_by_all
from tests.campaigns.made import NIGHTS, data, text
from tests.study.calibration.made import QUICK, made, study

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("dask")
SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two workers; a piece of work that killed one is given to one more, where Dask would try three."""
    with dask.config.set({"distributed.scheduler.allowed-failures": 1}), cluster.opened("local:2") as found:
        yield found


def workers_of(client: Any) -> dict[str, int]:
    """The processes of the workers, by address."""
    return dict(client.run(os.getpid))


@dataclass
class Killer:
    """Progress that kills one of two workers, once, as soon as something holds of it."""

    holds: Callable[[str, float], bool]
    victim: int
    killed: list[float] = field(default_factory=list)

    @classmethod
    def of(cls, client: Any, holds: Callable[[str, float], bool]) -> Killer:
        client.wait_for_workers(2, timeout=30)
        return cls(holds, sorted(workers_of(client).values())[0])

    def __call__(self, what: str, share: float) -> None:
        if not self.killed and self.holds(what, share):
            self.killed.append(share)
            os.kill(self.victim, signal.SIGKILL)


@dataclass(frozen=True)
class Squares:
    """A task that workers can do; a number takes so many seconds, and one fails anywhere but here."""

    here: int
    seconds: float = 0.0
    fails_at: int | None = None
    kills_at: int | None = None

    def player(self) -> Callable[[int], tuple[int, int, int]]:
        def play(number: int) -> tuple[int, int, int]:
            if os.getpid() != self.here:
                if number == self.kills_at:
                    os.kill(os.getpid(), signal.SIGKILL)
                if number == self.fails_at:
                    raise ValueError(number)
                time.sleep(self.seconds)
            return number, number * number, os.getpid()

        return play

    def play(self, number: int, team: Workers) -> tuple[int, int, int]:
        return self.player()(number)


def done(client: Any, task: Squares, count: int = 12, progress: Any = None) -> dict[int, tuple[int, int]]:
    """What became of each number, and in which process."""
    settings = RunSettings(threads=1, cluster=client)
    if progress is not None:
        settings = replace(settings, progress=progress)
    found = done_by_all(task, task.play, count, settings, "squaring")
    assert len(found) == count
    return {number: (square, process) for number, square, process in found}


def squares(found: dict[int, tuple[int, int]]) -> dict[int, int]:
    return {number: square for number, (square, _) in found.items()}


def test_workers_do_all_but_the_first(client: Any) -> None:
    found = done(client, Squares(os.getpid()))
    assert squares(found) == {n: n * n for n in range(12)}
    assert found[0][1] == os.getpid()
    assert {process for number, (_, process) in found.items() if number} <= set(workers_of(client).values())


def test_what_fails_there_is_done_here(client: Any) -> None:
    found = done(client, Squares(os.getpid(), fails_at=5))
    assert squares(found) == {n: n * n for n in range(12)}
    assert found[5][1] == os.getpid()


def test_a_number_that_kills_every_worker_is_done_here(client: Any) -> None:
    found = done(client, Squares(os.getpid(), kills_at=3), count=6)
    assert squares(found) == {n: n * n for n in range(6)}
    assert found[3][1] == os.getpid()


def test_a_worker_that_is_killed_loses_nothing(client: Any) -> None:
    kill = Killer.of(client, lambda what, share: share > 0.3)
    found = done(client, Squares(os.getpid(), seconds=0.05), count=30, progress=kill)
    assert kill.killed
    assert squares(found) == {n: n * n for n in range(30)}


def test_when_all_workers_are_gone_for_long_the_rest_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LONELY_S", 0.6)
    with (
        distributed.LocalCluster(
            n_workers=0, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as empty,
        distributed.Client(empty) as client,
    ):
        found = done(client, Squares(os.getpid()))
    assert {process for _, process in found.values()} == {os.getpid()}
    assert squares(found) == {n: n * n for n in range(12)}


def test_leaving_early_cancels_what_is_left(client: Any) -> None:
    client.wait_for_workers(2, timeout=30)
    with cluster.played_there(client, Squares(os.getpid(), seconds=0.5), range(50), lambda found: None):
        time.sleep(0.2)
    limit = time.monotonic() + 10
    while client.processing() and any(client.processing().values()) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not any(client.processing().values())


def test_when_the_scheduler_goes_the_rest_is_done_here() -> None:
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as gone:
        client = distributed.Client(gone, timeout=5)
        stop = threading.Timer(0.4, gone.close)
        stop.start()
        found = done(client, Squares(os.getpid(), seconds=0.1), count=20)
        stop.join()
        client.close(timeout=1)
    assert squares(found) == {n: n * n for n in range(20)}
    assert found[19][1] == os.getpid()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("numpy", "numpy 1.0 (here"),
        ("arithmetic", "other arithmetic"),
        ("files of skypact", "other files of skypact"),
    ],
)
def test_other_versions_files_or_sums_are_refused(
    client: Any, monkeypatch: pytest.MonkeyPatch, name: str, told: str
) -> None:
    ours = {**alike.identity(), name: "2.0"}
    theirs = {**alike.identity(), name: "1.0"}
    assert told in alike.difference(ours, theirs)
    monkeypatch.setattr(cluster, "identity", lambda: ours)  # the workers have what is installed
    client.wait_for_workers(1, timeout=30)
    found = cluster.difference(ours, alike.identity())
    with pytest.raises(Problems) as refused:
        done(client, Squares(os.getpid()))  # a worker that came after the cluster was opened says so itself
    assert found in str(refused.value)
    assert "install there what is installed here" in str(refused.value)


def test_a_cluster_with_other_versions_is_refused_before_anything_is_played(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.wait_for_workers(2, timeout=30)
    real = alike.identity()
    monkeypatch.setattr(cluster, "identity", _elsewhere)
    monkeypatch.setattr(cluster, "difference", lambda ours, theirs: alike.difference(real, theirs))
    with pytest.raises(Problems) as refused:
        skypact.compare(SMALL, sets=2, replications=2, cluster=client)
    assert str(refused.value).count("numpy 0.1 (here") == 2


def _elsewhere() -> dict[str, str]:
    return {**alike.identity(), "numpy": "0.1"}


def without_times(document: Any) -> Any:
    if isinstance(document, dict):
        return {name: without_times(one) for name, one in document.items() if name != "elapsed_s"}
    return [without_times(one) for one in document] if isinstance(document, list) else document


def test_a_comparison_is_the_same_on_a_cluster_and_after_a_kill(client: Any) -> None:
    alone = skypact.compare(SMALL, sets=6, replications=10, seed=3, threads=1)
    client.wait_for_workers(2, timeout=30)
    there = skypact.compare(SMALL, sets=6, replications=10, seed=3, cluster=client)
    kill = Killer.of(client, lambda what, share: "sets" in what)
    after = skypact.compare(SMALL, sets=6, replications=10, seed=3, cluster=client, progress=kill)
    assert kill.killed
    for found in (there, after):
        assert without_times(found.to_dict()) == without_times(alone.to_dict())


def test_a_calibration_is_the_same_on_a_cluster_and_after_a_kill(client: Any, tmp_path: Path) -> None:
    _, nights = made(1)
    kill = Killer.of(client, lambda what, share: share > 0.2)
    ways = [QUICK, replace(QUICK, cluster=client), replace(QUICK, cluster=client, progress=kill)]
    files = [tmp_path / f"{number}.json" for number in range(len(ways))]
    for how, file in zip(ways, files, strict=True):
        found = calibrate(study(), nights, how, until="2024-08-26", store="made")
        skypact.write_calibration(file, found)
    assert kill.killed
    assert len({file.read_bytes() for file in files}) == 1


def test_a_campaign_is_the_same_on_a_cluster_and_after_a_kill(client: Any) -> None:
    small = text(data(20, nights=(NIGHTS[0], NIGHTS[1])))
    how: dict[str, Any] = {"sets": 6, "replications": 6}
    kill = Killer.of(client, lambda what, share: share > 0.3)
    ways: list[dict[str, Any]] = [{}, {"cluster": client}, {"cluster": client, "progress": kill}]
    alone, there, after = (
        json.dumps(skypact.campaign(small, **how, **way).to_dict(), sort_keys=True) for way in ways
    )
    assert kill.killed
    assert kill.killed[0] < 1
    assert alone == there == after


def test_places_are_the_same_on_a_cluster(client: Any) -> None:
    client.wait_for_workers(1, timeout=30)
    alone, there = (
        without_times(skypact.place(SMALL, "iris-t-slm", 2, sets=3, replications=6, cluster=one).to_dict())
        for one in (None, client)
    )
    assert there == alone


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("local:0", "this is no address of a cluster"),
        ("local:many", "this is no address of a cluster"),
        ("somewhere", "this is no address of a cluster"),
        ("ftp://somewhere", "no scheduler answers there"),
    ],
)
def test_a_wrong_address_is_one_line(where: str, told: str) -> None:
    with pytest.raises(Problems) as refused, cluster.opened(where):
        pass
    assert told in str(refused.value)
    assert str(refused.value).count("\n") == 0


def test_nobody_at_an_address_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_S", 0.5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        where = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(Problems) as refused, cluster.opened(where):
            pass
    assert "no scheduler answers there" in str(refused.value)
    assert "dask scheduler" in str(refused.value)
