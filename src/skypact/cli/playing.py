"""What the commands share that play raids."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from skypact.cli.progress import telling


@contextmanager
def playing(replications: int | None, seed: int, threads: int | None, **how: Any) -> Iterator[dict[str, Any]]:
    """The options of a play as the library takes them, with progress shown; `how` are ``sets`` and ``central``.

    The kernels are compiled first if this is the first time.
    """
    from skypact.cli.terminal import tell
    from skypact.study.kernels import warm

    with telling() as progress:
        warm(tell)
        yield {"replications": replications, "seed": seed, "threads": threads, "progress": progress, **how}
