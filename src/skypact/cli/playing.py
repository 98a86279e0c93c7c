"""What the commands share that play raids."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from skypact.cli.progress import telling


@contextmanager
def playing(replications: int | None, seed: int, threads: int | None, **how: Any) -> Iterator[dict[str, Any]]:
    """The options of a play as the library takes them, with progress shown; `how` are ``sets``, ``central``, ``cluster``.

    The kernels are compiled first if this is the first time; the cluster is open until the play is over.
    """
    from skypact.cli.terminal import tell
    from skypact.study.kernels import warm

    with telling() as progress, ExitStack() as open_until:
        warm(tell)
        if how.get("cluster") is not None:
            from skypact.study.cluster import opened

            progress("asking the cluster", 0.0)
            how["cluster"] = open_until.enter_context(opened(how["cluster"]))
            progress("asking the cluster", 1.0)
        yield {"replications": replications, "seed": seed, "threads": threads, "progress": progress, **how}
