"""Other machines that play sets: the workers of a Dask cluster, in place of other processes on this one.

A worker is given the task once and then one number after the other, and what becomes of it is small.  The cluster
plays a number again whose worker died.  What fails there all the same is played by whoever asked; so a cluster can
only save time, and no result depends on it.  Workers that would compute something else are refused.
"""

from __future__ import annotations

import hashlib
import logging
import pickle
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from skypact.reading import Problem, Problems
from skypact.study.alike import difference, identity

if TYPE_CHECKING:
    from distributed import Client

PATIENCE_S = 10.0
"""How long a scheduler may take to answer."""
LONELY_S = 60.0
"""How long a cluster may be without any worker before its numbers are played by whoever asked."""
WATCHES = 6
"""How often it is looked for one in that time."""
NEEDS = Problem("cluster", 0, 0, "", "a cluster needs Dask", "pip install 'skypact[cluster]'")
_own = threading.local()


@dataclass(frozen=True)
class Unlike:
    """A worker that would compute something else, and in what it differs."""

    worker: str
    what: str

    def problem(self) -> Problems:
        """As it is told."""
        right = "install there what is installed here"
        return Problems([Problem("cluster", 0, 0, self.worker, f"this worker has {self.what}", right)])


@contextmanager
def opened(where: str) -> Iterator[Client]:
    """A cluster by its address, for a while.

    Parameters
    ----------
    where
        ``local:N``, N worker processes on this machine; or the address of a scheduler, as ``tcp://host:8786``.

    Raises
    ------
    Problems
        If it is no such address, nobody answers there, or Dask is missing.
    """
    try:
        import dask.config
        from distributed import Client, LocalCluster
    except ImportError:
        raise Problems([NEEDS]) from None
    kind, _, rest = where.partition(":")
    if kind == "local" and rest.isascii() and rest.isdigit() and 1 <= int(rest) <= 1024:
        with (
            dask.config.set(
                {"distributed.deploy.lost-worker-timeout": "1 hour"}
            ),  # its process is started again
            LocalCluster(
                n_workers=int(rest),
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    if "://" not in where or not rest.strip("/"):
        right = "local:2 for two processes here, or a scheduler as tcp://host:8786"
        raise Problems([Problem("cluster", 0, 0, where, "this is no address of a cluster", right)])
    try:
        client = Client(where, timeout=PATIENCE_S)
    except (OSError, ValueError) as wrong:
        what = f"no scheduler answers there ({wrong or type(wrong).__name__})"
        right = "start one with: dask scheduler"
        raise Problems([Problem("cluster", 0, 0, where, what, right)]) from None
    with client:
        yield client


def expect_alike(client: Client) -> None:
    """Refuse a cluster whose workers would compute something else.

    Raises
    ------
    Problems
        With a line for each such worker.
    """
    ours = identity()
    try:
        found = client.run(identity, on_error="return")
    except (OSError, ValueError, RuntimeError) as wrong:
        what = f"the cluster does not answer ({wrong or type(wrong).__name__})"
        raise Problems([Problem("cluster", 0, 0, "", what, "start it anew")]) from None
    problems = [
        problem
        for worker, theirs in sorted(found.items())
        for what in [_lacks(theirs) or difference(ours, theirs)]
        if what
        for problem in Unlike(worker, what).problem().problems
    ]
    if problems:
        raise Problems(problems)


def _lacks(theirs: Any) -> str:
    """What is wrong with a worker that could not say what it is."""
    return f"no such skypact ({theirs})" if isinstance(theirs, BaseException) else ""


@contextmanager
def played_there(
    client: Client, task: Any, numbers: Sequence[int], found: Callable[[Any], None]
) -> Iterator[None]:
    """Have a cluster play numbers of a task for a while; what is left is cancelled when the block is left.

    Parameters
    ----------
    client
        Of the cluster.
    task
        Has ``player()``, which gives a function from a number to what became of it; it can be pickled.
    numbers
        What is to be played.
    found
        Told from another thread what became of a number; the number itself, where it came to nothing; or `Unlike`.
    """
    from distributed import as_completed

    text = pickle.dumps(task)
    name = hashlib.sha256(text).hexdigest()
    given = client.submit(bytes, text, key=f"skypact-task-{name[:16]}-{uuid4().hex[:8]}")
    play = partial(play_one, name, dict(identity()))
    futures = client.map(play, list(numbers), task=given, key=f"skypact-{uuid4().hex}", pure=False)
    asked = dict(zip((one.key for one in futures), numbers, strict=True))
    left = threading.Event()

    def listen() -> None:
        for future, result in as_completed(futures, with_results=True, raise_errors=False):
            if left.is_set():
                return
            done = future.status == "finished" and result is not None
            found(_opened(result) if done else _missing(result) or asked[future.key])
            future.release()

    def watch() -> None:
        alone = 0
        while alone < WATCHES:
            if left.wait(LONELY_S / WATCHES):
                return
            alone = 0 if client.scheduler_info()["workers"] else alone + 1
        client.cancel(futures, force=True)  # they come back through `listen`, as what came to nothing

    threads = [threading.Thread(target=one, daemon=True) for one in (listen, watch)]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        left.set()
        with suppress(Exception):  # there may be no cluster any more
            client.cancel([*futures, given], force=True)
        for one in threads:
            one.join(PATIENCE_S)


def _opened(result: bytes | Unlike) -> Any:
    """What became of a number."""
    return result if isinstance(result, Unlike) else pickle.loads(zlib.decompress(result))


def _missing(result: Any) -> Unlike | None:
    """Where a worker could not even read what it was to do."""
    error = result[1] if isinstance(result, tuple) and len(result) > 1 else result
    return Unlike("", f"no such skypact ({error})") if isinstance(error, ImportError) else None


def play_one(name: str, asked: Mapping[str, str], number: int, task: bytes) -> Any:
    """Play a number on a worker; None if that fails, `Unlike` if whoever asked has other versions."""
    what = difference(asked, identity())
    if what:
        from distributed import get_worker

        return Unlike(get_worker().address, what)
    try:
        # Most of what is counted is zeros: an answer is a sixth as large, in three thousandths of a second.
        return zlib.compress(pickle.dumps(_player(name, task)(number)), 1)
    except Exception:  # whoever asked plays it again, and says what is wrong
        return None


def _player(name: str, task: bytes) -> Callable[[int], Any]:
    """The player of a task, made once in each thread of a worker: a study remembers what it has computed."""
    if getattr(_own, "name", None) != name:
        _own.player, _own.name = pickle.loads(task).player(), name
    player: Callable[[int], Any] = _own.player
    return player
