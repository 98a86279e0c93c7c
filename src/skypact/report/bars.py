"""Bars on the terminal, of signs that every terminal has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skypact.report.material import Record
from skypact.report.terminal import Line

SIGNS = (("destroyed", "#"), ("not_reached", "="), ("through", "."))
LEAST_WIDTH = 20


def monthly(title: str, counts: Sequence[Record], width: int) -> Iterator[Line]:
    """A bar for each month, as long as what was launched; its parts are what became of it.

    Parameters
    ----------
    title
        What is shown.
    counts
        Rows of the document of ``skypact evidence show --json``, of one class.
    width
        Columns of the terminal.
    """
    if not counts:
        return
    most = max(one["launched"] for one in counts)
    digits = max(len(f"{most:,}"), len("launched"))
    room = max(LEAST_WIDTH, width - len("2025-06") - digits - 5)
    yield Line("")
    yield Line(title, style="bold")
    yield Line(f"{'':7}  {'launched':>{digits}}  # destroyed   = did not reach   . through")
    for one in counts:
        yield Line(f"{one['month']:7}  {one['launched']:>{digits},}  {bar(one, most, room)}")


def bar(count: Record, most: int, room: int) -> str:
    """A bar; its parts add up to its length.

    >>> bar({"destroyed": 5, "not_reached": None, "through": 5}, 10, 10)
    '#####.....'
    """
    ends, total = [0], 0
    for name, _ in SIGNS:
        total += count[name] or 0
        ends.append(round(room * total / most) if most else 0)
    return "".join(
        sign * (end - start) for (_, sign), start, end in zip(SIGNS, ends[:-1], ends[1:], strict=True)
    )
