"""Progress on stderr for what takes over a second; silent where nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from skypact.cli.terminal import console, tell

WAIT_S = 0.5
AGAIN_S = 30.0
"""Where nobody watches a bar, a line says so often how far it is."""


@contextmanager
def telling() -> Iterator[Callable[[str, float], None]]:
    """Give a function that shows what is being done, and the share that is done (0 to 1).

    Nothing is shown in the first half second, or if stderr is no terminal (then one line a task, and
    another each half minute).
    """
    if not sys.stderr.isatty():
        yield _lines()
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


def _lines() -> Callable[[str, float], None]:
    """What is being done as lines for a file or a pipe."""
    started = time.monotonic()
    said: dict[str, float] = {}

    def line(what: str, share: float) -> None:
        now = time.monotonic()
        if now - started <= WAIT_S or share >= 1:
            return
        if what not in said:
            tell(f"skypact: {what} ...")
        elif now - said[what] >= AGAIN_S:
            tell(f"skypact: {what} ... {100 * share:.0f} %")
        else:
            return
        said[what] = now

    return line
