"""Sweeps: points by design, shares of known functions, folders that survive being killed, files with everything wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import skypact
from skypact.reading import Problems
from skypact.report.table import Number, lines_of
from skypact.report.tables.sweep import FEWEST, shares, too_few
from skypact.study.pick_freeze import indices
from skypact.sweeps.design import count_of, points_of
from skypact.sweeps.load import read_sweep
from skypact.sweeps.model import Design
from skypact.sweeps.shares import outcomes

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
STUDY = f"""
format: skypact-sweep/1
id: small
title: A small sweep
scenario: {SMALL}
vary:
  families: [detection]
  numbers: [laydown.pol-patriot.count]
design: {{kind: sobol, points: 4}}
replications: 4
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "study.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def a_number() -> str:
    """A number with a range that the small scenario asks for, of nothing that comes."""
    from skypact.study import Study
    from skypact.sweeps.load import is_of_what_comes, numbers_of

    study = Study.ask(str(SMALL))
    return next(name for name in numbers_of(study) if not is_of_what_comes(name, study.catalog))


@pytest.fixture(scope="module")
def study(a_number: str) -> str:
    return STUDY.replace("laydown.pol-patriot.count", a_number)


@given(
    st.sampled_from(["sobol", "latin-hypercube", "grid"]),
    st.sampled_from([2, 4, 8]),
    st.integers(1, 3),
    st.integers(0, 2**40),
)
@settings(max_examples=60, deadline=None)
def test_points_are_as_many_as_said_within_their_axes_and_the_same_again(
    kind: Any, points: int, size: int, seed: int
) -> None:
    design, axes = Design(kind=kind, points=points), [f"axis-{one}" for one in range(size)]
    found = points_of(design, axes, seed)
    assert len(found) == count_of(design, size)
    assert found == points_of(design, axes, seed)
    assert all(0 < place < 1 for point in found for place in point.place)
    assert len({(point.block, point.row) for point in found}) == len(found)
    if kind == "sobol":
        of = {(point.block, point.row): point.place for point in found}
        for column, axis in enumerate(axes):
            for row in range(points):
                swapped = list(of["A", row])
                swapped[column] = of["B", row][column]
                assert of[axis, row] == tuple(swapped)


def made_table(design: Design, axes: list[str], function: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The table of a sweep whose outcome is a function of the place."""
    points = points_of(design, axes, seed=5)
    question = {
        "sweep": {"design": design.model_dump(), "seed": 5},
        "axes": axes,
        "policies": ["one"],
        "baseline": "one",
    }
    places = np.array([point.place for point in points])
    table = {
        "policy": np.array(["one"] * len(points)),
        "block": np.array([point.block for point in points]),
        "row": np.array([point.row for point in points]),
        **{f"place.{axis}": places[:, column] for column, axis in enumerate(axes)},
        "leakers": function(places.T),
    }
    return question, table


def test_sobol_shares_of_ishigami_are_those_of_theory() -> None:
    """First-order 0.314, 0.442, 0, total 0.558, 0.442, 0.244 (Ishigami and Homma 1990)."""

    def ishigami(place: Any) -> Any:
        x, y, z = np.pi * (2 * place - 1)
        return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    (found,) = outcomes(*made_table(Design(kind="sobol", points=4096), ["x", "y", "z"], ishigami))
    shares = {one.axis: one for one in found.shares}
    for axis, first, total in (("x", 0.3139, 0.5576), ("y", 0.4424, 0.4424), ("z", 0.0, 0.2437)):
        assert shares[axis].first[0] == pytest.approx(first, abs=0.02)
        assert shares[axis].total is not None
        assert shares[axis].total[0] == pytest.approx(total, abs=0.02)
        assert shares[axis].first[1] <= first <= shares[axis].first[2]


@pytest.mark.parametrize(("kind", "points"), [("latin-hypercube", 2000), ("grid", 12)])
def test_first_order_shares_of_a_sum_are_those_of_theory(kind: Any, points: int) -> None:
    """Of 3 x + y on even axes nine tenths and one tenth."""
    (found,) = outcomes(
        *made_table(Design(kind=kind, points=points), ["x", "y"], lambda place: 3 * place[0] + place[1])
    )
    shares = {one.axis: one for one in found.shares}
    assert shares["x"].first[0] == pytest.approx(0.9, abs=0.03)
    assert shares["y"].first[0] == pytest.approx(0.1, abs=0.03)
    assert shares["x"].total is None


def test_intervals_hold_the_truth_from_the_fewest_points_on_that_shares_are_shown_for() -> None:
    """Of a sum of four normal numbers, whose shares are known."""
    from scipy.special import ndtri
    from scipy.stats.qmc import Sobol

    weights = np.array([2.0, 1.4, 1.0, 0.7])
    theory = weights**2 / (weights**2).sum()

    def held(points: int, times: int = 15) -> float:
        inside = 0
        for seed in range(times):
            both = ndtri(Sobol(8, seed=seed).random(points))
            one, two = both[:, :4], both[:, 4:]
            swapped = {}
            for axis in range(4):
                other = one.copy()
                other[:, axis] = two[:, axis]
                swapped[str(axis)] = other @ weights
            for found in indices(one @ weights, two @ weights, swapped, seed):
                truth = theory[int(found.family)]
                inside += sum(low <= truth <= high for _, low, high in (found.first, found.total))
        return inside / (8 * times)

    assert held(4) < 0.85
    assert held(FEWEST) > 0.92


@pytest.mark.parametrize(
    ("points", "width", "said", "shown"),
    [
        (8, 0.1, "Too few points to say", ("too few points", "")),
        (64, 0.7, "Too few points for 1 of 1 shares", ("20 to 90", "too few points")),
        (64, 0.4, "", ("30", "20 to 60")),
    ],
)
def test_a_share_of_too_few_points_is_not_shown(
    points: int, width: float, said: str, shown: tuple[str, str]
) -> None:
    share = {"axis": "x", "first": {"value": 0.3, "low": 0.2, "high": 0.2 + width}}
    document = {
        "sweep": {"sets": 0, "design": {"kind": "sobol"}},
        "pieces": 3 * points,
        "axes": ["x"],
        "outcomes": [{"policy": "one", "measure": "leakers", "shares": [share]}],
    }
    assert too_few(document).startswith(said)
    table = shares(document)
    assert table is not None
    cell = table.rows[0][2]
    assert isinstance(cell, Number)
    assert lines_of(cell, table.columns[2]) == shown


def test_of_nothing_that_varies_no_share_is_told() -> None:
    (found,) = outcomes(
        *made_table(Design(kind="sobol", points=8), ["x"], lambda place: np.full(place.shape[1], 3.0))
    )
    assert found.shares == ()
    assert (found.mean, found.p05, found.p95) == (3.0, 3.0, 3.0)


class Killed(Exception):
    pass


def test_a_sweep_that_was_killed_ends_with_the_same_table(study: str, tmp_path: Path) -> None:
    file = written(tmp_path, study)
    whole = skypact.sweep(file, tmp_path / "whole", threads=1)
    assert (whole.pieces, whole.wanted) == (16, 16)
    for after in (0.1, 0.3, 0.6, 0.9):

        def kill(what: str, share: float, after: float = after) -> None:
            if share >= after:
                raise Killed

        with pytest.raises(Killed):
            skypact.sweep(file, tmp_path / "killed", resume=True, threads=1, progress=kill)
        (tmp_path / "killed" / f".piece-000015.parquet.{os.getpid()}").write_bytes(b"half")
    again = skypact.sweep(file, tmp_path / "killed", resume=True, threads=1)
    assert list(again.table) == list(whole.table)
    for name, column in whole.table.items():
        np.testing.assert_array_equal(again.table[name], column, err_msg=name)


def test_others_read_the_folder_as_one_table(study: str, tmp_path: Path) -> None:
    found = skypact.sweep(written(tmp_path, study), tmp_path / "into")
    frame = found.to_frame()
    read = pd.concat(
        duckdb.sql(f"select * from '{one}'").df()
        for one in sorted((tmp_path / "into").glob("piece-*.parquet"))
    )
    assert len(read) == len(frame) == 32
    assert set(read["policy"]) == {"alone", "helped"}
    assert read["program"].nunique() == read["scenario_fingerprint"].nunique() == 1
    assert read["leakers"].sum() == pytest.approx(frame["leakers"].sum())


def test_sets_draw_what_is_on_no_axis(study: str, tmp_path: Path) -> None:
    text = study.replace("kind: sobol, points: 4", "kind: grid, points: 2") + "sets: 3\n"
    found = skypact.sweep(written(tmp_path, text), tmp_path / "into")
    assert found.pieces == found.wanted == 12
    assert set(found.table["set"].tolist()) == {0, 1, 2}


def test_another_sweep_and_anything_else_in_the_folder_is_refused(study: str, tmp_path: Path) -> None:
    file = written(tmp_path, study)
    skypact.sweep(file, tmp_path / "into")
    with pytest.raises(Problems, match="has pieces of this sweep"):
        skypact.sweep(file, tmp_path / "into")
    other = written(tmp_path, study.replace("replications: 4", "replications: 5"))
    with pytest.raises(Problems, match="another sweep: it differs in sweep"):
        skypact.sweep(other, tmp_path / "into", resume=True)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Problems, match="holds something else"):
        skypact.sweep(other, tmp_path / "mine")
    with pytest.raises(Problems, match="no folder of a sweep"):
        skypact.sweep_in(tmp_path / "mine")


def test_a_wrong_file_says_all_at_once_and_what_comes_is_never_varied(tmp_path: Path) -> None:
    text = f"""
format: skypact-sweep/1
id: wrong
title: Wrong
scenario: {SMALL}
vary:
  families: [detektion, flight, reach, reach]
  numbers: [no.such.number]
design: {{kind: sobol, points: 6}}
"""
    with pytest.raises(Problems) as refused:
        read_sweep(written(tmp_path, text))
    said = str(refused.value)
    for part in (
        "did you mean detection",
        "this is of what comes, which a sweep does not vary",
        "named twice",
        "no policy asks for such a number with a range",
        "6 is no power of two",
    ):
        assert part in said, said
    assert len(refused.value.problems) == 5
    assert all(problem.line for problem in refused.value.problems)
