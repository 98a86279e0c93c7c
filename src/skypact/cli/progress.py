"""Progress on stderr for what takes over a second; silent where nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from skypact.cli.terminal import console, tell

WAIT_S = 0.5


@contextmanager
def telling() -> Iterator[Callable[[str, float], None]]:
    """Give a function that shows what is being done, and the share that is done (0 to 1).

    Nothing is shown in the first half second, or if stderr is no terminal (then one line a task).
    """
    if not sys.stderr.isatty():
        said: set[str] = set()

        def line(what: str, share: float) -> None:
            if what not in said and share < 1:
                said.add(what)
                tell(f"skypact: {what} ...")

        started = time.monotonic()
        yield lambda what, share: line(what, share) if time.monotonic() - started > WAIT_S else None
        return

    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description:<28}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    started = time.monotonic()
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        tasks: dict[str, int] = {}

        def show(what: str, share: float) -> None:
            if time.monotonic() - started < WAIT_S:
                return
            if what not in tasks:
                for task in tasks.values():
                    progress.remove_task(task)  # type: ignore[arg-type]
                tasks.clear()
                tasks[what] = progress.add_task(what, total=1.0)
            progress.update(tasks[what], completed=share)  # type: ignore[arg-type]

        yield show
