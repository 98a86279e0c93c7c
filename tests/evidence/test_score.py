"""Scores: by the definition as it was given, and bad predictions in plain words."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path

import pytest

pytest.importorskip("pandas", reason="scores need pandas, of the extra report")

import skypact
from skypact.evidence import score_forecasts
from skypact.evidence.load import load_reports
from skypact.evidence.reports import Reports
from skypact.evidence.score import COLUMNS
from skypact.evidence.weapons import STRIKE_NAMES, names
from tests.evidence.made import DEFINITION, Row, a_report, needs_definition, reports, write


def record() -> list[Row]:
    """Two months: Shaheds every other night, a few missiles, a report of a region, a row that is no good."""
    rows = [
        a_report(
            time_start=f"2025-{month:02d}-{day:02d} 21:00",
            time_end=f"2025-{month:02d}-{day + 1:02d} 08:00",
            source=f"kpszsu/posts/{month}-{day}",
            launched=str(10 + day),
            destroyed=str(5 + day // 3),
        )
        for month in (4, 5)
        for day in range(1, 28, 2)
    ]
    rows += [
        a_report(
            model="Iskander-M",
            time_start=f"2025-0{month}-10",
            source=f"kpszsu/posts/m{month}",
            launched="3",
            destroyed=str(month - 4),
            not_reach_goal="",
        )
        for month in (4, 5)
    ]
    bad = a_report(launched="ten", time_start="2025-05-20")
    return [a_report(source="PvKPivden/posts/1", launched="1", destroyed="1"), bad, *rows]


def uniform(found: Reports, month: str, target: str = "D", origin: str = "month") -> list[list[object]]:
    """A prediction of every report of a month that knows nothing."""
    wanted = found.forecastable()
    lines: list[list[object]] = []
    for at in range(len(wanted)):
        if str(wanted.month[at]) == month:
            last = wanted.month[at].astype("datetime64[D]") - 1 if origin == "month" else wanted.night[at] - 1
            n = int(wanted.launched[at])
            lines.append([wanted.row[at], target, origin, last, " ".join([repr(1 / (n + 1))] * (n + 1))])
    return lines


def predictions(path: Path, lines: Iterable[Iterable[object]], columns: Iterable[str] = COLUMNS) -> Path:
    text = "\n".join(",".join(map(str, line)) for line in [list(columns), *map(list, lines)])
    path.write_text(text + "\n", encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    into = tmp_path / "record.duckdb"
    done = skypact.import_record(write(tmp_path / "made.csv", record()), into)
    assert len(done.aside) == 1
    return into


@pytest.fixture
def known(store: Path) -> Reports:
    return skypact.record(store).reports


def test_the_scores_are_those_of_the_definition_over_the_file(
    store: Path, known: Reports, tmp_path: Path
) -> None:
    lines = [line for t in "DS" for o in ("month", "day") for line in uniform(known, "2025-05", t, o)]
    path = predictions(tmp_path / "p.csv", lines)
    found = skypact.score(store, path)
    # The row that is no good stops the definition, so it is blank in the file that the definition reads.
    rows = [{} if one["launched"] == "ten" else one for one in record()]
    alone = score_forecasts.evaluate(write(tmp_path / "clean.csv", rows), path, "2025-05", "2025-05")
    assert alone["problems"] == []
    assert found.scores == alone["scores"]
    assert (found.since, found.until, found.predictions, found.beside) == (
        "2025-05",
        "2025-05",
        len(lines),
        0,
    )
    model = found.scores["D month"]["by_class"]["ballistic"]["model"]
    assert model["log_score"] == pytest.approx(math.log(4))


def test_scores_are_shown_beside_the_six_baselines(store: Path, known: Reports, tmp_path: Path) -> None:
    found = skypact.score(store, predictions(tmp_path / "p.csv", uniform(known, "2025-05")))
    absolute, beside = found.tables()
    assert [column.head for column in beside.columns[1:]] == [
        "bin_all",
        "bb_all",
        "bin_90d",
        "bb_90d",
        "bin_1m",
        "bb_1m",
    ]
    assert [cells[0].text for cells in absolute.rows] == [
        "all",
        "missiles",
        "Shahed drones",
        "ballistic missiles",
    ]  # type: ignore[union-attr]
    frame = found.to_frame()
    assert len(frame) == 4 * 7
    assert json.loads(json.dumps(found.to_dict()))["from"] == "2025-05"
    assert "log score" in repr(found)
    assert "Beside the baselines" in found._repr_html_()


def test_predictions_of_other_rows_and_months_are_said(store: Path, known: Reports, tmp_path: Path) -> None:
    lines = uniform(known, "2025-05")
    regional = [[0, "D", "month", "2025-04-30", "0.5 0.5"]]
    found = skypact.score(store, predictions(tmp_path / "p.csv", lines + regional))
    assert (found.predictions, found.beside) == (len(lines), 1)


def test_a_report_that_is_missing_or_predicted_twice_or_known_too_late(
    store: Path, known: Reports, tmp_path: Path
) -> None:
    lines = uniform(known, "2025-05")
    with pytest.raises(skypact.Problems, match="eligible rows are missing"):
        skypact.score(store, predictions(tmp_path / "p.csv", lines[1:]))
    with pytest.raises(skypact.Problems, match="predicted twice"):
        skypact.score(store, predictions(tmp_path / "p.csv", [*lines, lines[0]]))
    lines[0][3] = "2025-05-01"
    with pytest.raises(skypact.Problems, match="trained to 2025-05-01"):
        skypact.score(store, predictions(tmp_path / "p.csv", lines))
    with pytest.raises(skypact.Problems, match="eligible rows are missing"):
        skypact.score(store, tmp_path / "p.csv", since="2025-04")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({0: "x"}, "row: 'x' is no row"),
        ({1: "Q"}, "target: 'Q' is no target"),
        ({2: "week"}, "origin: 'week' is no origin"),
        ({3: "soon"}, "trained_to: 'soon' is no day"),
        ({4: "0.5 half"}, "pmf: not all of it are numbers"),
        ({4: "nan nan"}, "pmf: not all of it are numbers"),
    ],
)
def test_a_line_that_is_no_prediction_is_named(
    change: dict[int, str], said: str, store: Path, known: Reports, tmp_path: Path
) -> None:
    lines = uniform(known, "2025-05")
    for at, text in change.items():
        lines[1][at] = text
    with pytest.raises(skypact.Problems) as raised:
        skypact.score(store, predictions(tmp_path / "p.csv", lines))
    (problem,) = raised.value.problems
    assert (problem.line, said in str(problem)) == (3, True)


def test_a_file_that_is_no_file_of_predictions(store: Path, tmp_path: Path) -> None:
    for columns, lines, said in (
        (("row", "target"), [[1, "D"]], "missing columns origin, trained_to, pmf"),
        (COLUMNS, [], "no predictions below the header"),
        (COLUMNS, [[0, "D", "month", "2025-04-30", "1"]], "none of its rows is a report that is scored"),
    ):
        with pytest.raises(skypact.Problems, match=said):
            skypact.score(store, predictions(tmp_path / "p.csv", lines, columns))
    with pytest.raises(skypact.Problems, match="no such file"):
        skypact.score(store, tmp_path / "nowhere.csv")


def test_many_bad_lines_are_counted_and_not_all_listed(store: Path, tmp_path: Path) -> None:
    lines = [["x", "D", "month", "2025-04-30", "1"]] * 50
    with pytest.raises(skypact.Problems) as raised:
        skypact.score(store, predictions(tmp_path / "p.csv", lines))
    assert len(raised.value.problems) == 21
    assert "and 30 more" in str(raised.value)


def test_the_names_that_are_eligible_are_those_of_the_definition() -> None:
    ours = {strike: set(models) for strike, models in names().eligible.items()}
    assert ours == score_forecasts.CLASSES
    assert tuple(STRIKE_NAMES) == tuple(score_forecasts.CLASSES)


def test_made_reports_are_eligible_as_by_the_definition(tmp_path: Path) -> None:
    rows = [one for one in record() if one["launched"] != "ten"]
    theirs = score_forecasts.record(write(tmp_path / "made.csv", rows))
    ours = reports(rows).forecastable()
    assert ours.row.tolist() == theirs.index.tolist()
    assert ours.strike.tolist() == theirs["class"].tolist()
    assert (ours.stopped_by_fire.tolist(), ours.stopped.tolist()) == (theirs.D.tolist(), theirs.S.tolist())


def test_rows_set_aside_that_the_definition_counts_are_to_be_predicted(tmp_path: Path) -> None:
    rows = [one for one in record() if one["launched"] != "ten"]
    rows[3] = {**rows[3], "destroyed": "99"}
    rows[4] = {**rows[4], "time_end": "later"}
    rows.append(rows[5])
    file = write(tmp_path / "made.csv", rows)
    done = skypact.import_record(file, tmp_path / "s.duckdb")
    assert {one.number for one in done.aside} == {3, 4, len(rows) - 1}
    theirs = score_forecasts.record(file)
    ours = load_reports(tmp_path / "s.duckdb").forecastable()
    assert ours.row.tolist() == theirs.index.tolist()
    assert ours.set_aside.sum() == 3
    assert (ours.stopped_by_fire.tolist(), ours.stopped.tolist()) == (theirs.D.tolist(), theirs.S.tolist())
    counted = skypact.record(tmp_path / "s.duckdb")
    assert sum(one["reports"] for one in counted.document["totals"]) == len(ours) - 3
    path = predictions(tmp_path / "p.csv", uniform(ours, "2025-05"))
    alone = score_forecasts.evaluate(file, path, "2025-05", "2025-05")
    assert skypact.score(tmp_path / "s.duckdb", path).scores == alone["scores"]


@needs_definition
def test_the_definition_is_carried_as_it_was_given() -> None:
    ours = Path(score_forecasts.__file__)
    assert ours.read_bytes() == DEFINITION.read_bytes()
