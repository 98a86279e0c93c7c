"""The command that measures speed: bench."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import click

from skypact.cli import options
from skypact.cli.progress import telling


@click.command("bench")
@options.as_json
@click.option("--quick", is_flag=True, help="A minute instead of several; the numbers are rough.")
def command(as_json: bool, quick: bool) -> None:
    """Measure the program's speed on this machine, against others.

    It compares with programs that are in the repository only: an independent implementation in Python,
    a plain C++ event simulation, a geometry loop. Run it on an otherwise idle machine.

    \b
    Example:
      skypact bench --quick
    """
    import time

    from skypact.cli.terminal import print_json, tell
    from skypact.study.kernels import warm

    table = _table()
    warm(tell)
    machine, started = table.machine(), time.perf_counter()
    with telling() as progress:
        rows = list(table.rows(table.QUICK if quick else table.FULL, progress))
    took = round(time.perf_counter() - started, 1)
    if as_json:
        print_json(
            {"rows": [row.document() for row in rows], "machine": machine, "quick": quick, "seconds": took}
        )
    else:
        _print(rows, machine, took, quick)


def _table() -> Any:
    """The module `bench.table` of the checkout that this package runs from."""
    from skypact.reading import Problem, Problems

    root = Path(__file__).parents[3]
    if not (root / "bench" / "table.py").is_file():
        what = "compares with programs that are in the repository only"
        raise Problems([Problem("skypact bench", 0, 0, "", what, "run it in a checkout: make bench")])
    sys.path.insert(0, str(root))
    try:
        return importlib.import_module("bench.table")
    except ModuleNotFoundError as missing:
        what = f"the independent implementation needs {missing.name}"
        raise Problems([Problem("skypact bench", 0, 0, "", what, "pip install -e '.[dev]'")]) from None


def _print(rows: list[Any], machine: dict[str, Any], took: float, quick: bool) -> None:
    from skypact.cli.terminal import console
    from skypact.report.table import Column, Table, Words, row
    from skypact.report.terminal import print_table

    columns = tuple(map(Column, ("What", "Measured", "Asked", "Holds")))
    shown = tuple(
        row(
            Words(one.what, note=one.note),
            "-" if one.measured is None else f"{_number(one.measured)} {one.unit}",
            "-" if one.asked is None else f"{one.bound} {_number(one.asked)}",
            {True: "yes", False: "no", None: "-"}[one.holds],
        )
        for one in rows
    )
    out = console()
    print_table(out, Table("bench", "What was measured, side by side", columns, shown))
    out.print(
        f"{machine['processor']}, {machine['cores']} cores, load {machine['load_before']} before the start;"
        f" Python {machine['python']}, NumPy {machine['numpy']}, Numba {machine['numba']};"
        f" {machine['compiler'] or 'no C++ compiler'}. It took {took:.0f} s."
    )
    if quick:
        out.print("Measured quickly: the numbers are rough, and the bounds are meant for a full run.")


def _number(value: float) -> str:
    """Three digits, thousands with commas.

    >>> _number(0.1234), _number(12.34), _number(1234567)
    ('0.12', '12.3', '1,234,567')
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
