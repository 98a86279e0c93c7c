"""The shape of the code: data flows one way, nothing goes round in a circle, modules are small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import skypact

PACKAGE = Path(skypact.__file__).parent
ROOMS = (
    ("version", "kept"),
    ("compiled",),
    ("reading", "formatting"),
    ("quantity",),
    ("world",),
    ("catalog",),
    ("scenario",),
    ("policy",),
    ("geometry",),
    ("raid",),
    ("engine",),
    ("study",),
    ("evidence",),
    ("campaigns",),
    ("sweeps",),
    ("placing",),
    ("report",),
    ("exports",),
    ("library",),
    ("app",),
    ("cli",),
)
"""From left to right: a room may import from itself and from those before it."""
MOST_LINES = 400


@cache
def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(("skypact", *(parts[:-1] if parts[-1] == "__init__" else parts)))
        found[name] = path
    return found


def imports(name: str) -> Iterator[str]:
    """The modules that a module imports anywhere in it, lazily too; not for annotations alone."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    for node in _run(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            assert node.level == 0, f"{name}: relative import"
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in modules() else base


def _run(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _run(child)


def place(name: str) -> int:
    """How far right the room of a module is; the package itself, which gives the library, is last."""
    parts = name.split(".")
    if len(parts) == 1:
        return len(ROOMS)
    return next(number for number, rooms in enumerate(ROOMS) if parts[1] in rooms)


def inside(name: str) -> bool:
    return name.split(".")[0] == "skypact"


def test_every_module_has_a_room() -> None:
    for name in modules():
        place(name)


@pytest.mark.parametrize("name", sorted(modules()))
def test_no_arrow_runs_back(name: str) -> None:
    if name == "skypact":
        return
    back = {other for other in imports(name) if inside(other) and place(other) > place(name)}
    assert not back, f"{name} imports from a room on its right: {sorted(back)}"


def test_the_page_is_made_of_what_anyone_can_call() -> None:
    """Nothing in the page or the API computes: what makes an answer, and makes it fast, is the library's."""
    allowed = ("skypact.app", "skypact.library", "skypact.reading", "skypact.version")
    for name in modules():
        if name.startswith("skypact.app"):
            other = {one for one in imports(name) if inside(one) and not one.startswith(allowed)}
            assert not other, f"{name} imports {sorted(other)}"


def test_no_circle() -> None:
    """Of modules that import each other, directly or by others."""
    arrows = {name: {other for other in imports(name) if other in modules()} - {name} for name in modules()}
    # A package stands for what is in it: a part may import the package that holds it only if it is not
    # imported by it.
    state: dict[str, int] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        if state.get(name) == 1:
            raise AssertionError(" -> ".join([*way[way.index(name) :], name]))
        if state.get(name) == 2:
            return
        state[name] = 1
        for other in sorted(arrows[name]):
            visit(other, (*way, name))
        state[name] = 2

    for name in sorted(arrows):
        visit(name, ())


@pytest.mark.parametrize("name", sorted(modules()))
def test_modules_are_small(name: str) -> None:
    lines = len(modules()[name].read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES


def test_public_names() -> None:
    """What people may rely on; a change of this list is a change of the library."""
    expected = {
        "About",
        "AidTable",
        "CampaignResult",
        "Change",
        "Comparison",
        "Difference",
        "Estimate",
        "Explanation",
        "FileComparison",
        "Forecasts",
        "Imported",
        "Landscapes",
        "Ledger",
        "PlaceResult",
        "PolicyResult",
        "Problem",
        "Problems",
        "Record",
        "RecordedNight",
        "Replay",
        "Rerun",
        "Scenario",
        "Scores",
        "Theatre",
        "__version__",
        "about",
        "aid",
        "campaign",
        "check",
        "compare",
        "compare_files",
        "explain",
        "export",
        "calibrate",
        "Calibration",
        "read_calibration",
        "write_calibration",
        "forecast",
        "import_record",
        "landscapes",
        "ledger",
        "load",
        "pick",
        "place",
        "record",
        "recorded_night",
        "replay",
        "rerun",
        "run",
        "score",
        "shipped",
        "simulate",
        "theatre",
        "sweep",
        "sweep_in",
        "SweepResult",
        "whatif",
    }
    assert set(skypact.__all__) == expected
    for name in expected:
        assert getattr(skypact, name) is not None
