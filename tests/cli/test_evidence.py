"""The commands about the public record, as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.forked import run
from tests.evidence.made import REGIONAL, a_report, some_reports, text_of, write

NAME = "ukraine-to-2025-06"


def test_import_and_show(tmp_path: Path) -> None:
    file = write(tmp_path / "made.csv", [*some_reports(), a_report(launched="ten")])
    done = run("evidence", "import", file, "--into", tmp_path / "record.duckdb")
    assert (done.returncode, "7 rows, 1 set aside" in done.stdout) == (0, True)
    (line,) = done.stderr.splitlines()
    assert line == f"{file}:8:1: warning: launched: no number: 'ten'; data row 6 is set aside"
    shown = run("evidence", "show", tmp_path / "record.duckdb")
    assert (shown.returncode, shown.stderr) == (0, "")
    for part in ("Claims, not truth", "Shahed drones", "2025-05", "#####", "2 reports of regional commands"):
        assert part in shown.stdout
    as_json = run("evidence", "show", tmp_path / "record.duckdb", "--json")
    assert json.loads(as_json.stdout)["counted"] == 4


def test_import_as_json_prints_one_document(tmp_path: Path) -> None:
    file = write(tmp_path / "made.csv", [*some_reports(), a_report(launched="ten")])
    done = run("evidence", "import", file, "--into", tmp_path / "record.duckdb", "--json")
    assert json.loads(done.stdout)["added"] == 6
    assert "set aside" in done.stderr


@pytest.mark.parametrize(
    "content",
    [b"", text_of(some_reports()).replace(",", ";").encode(), bytes(range(256)), b"a,b\n1,2\n"],
    ids=["empty", "delimiter", "binary", "another file"],
)
def test_a_file_that_is_not_the_record_is_refused(content: bytes, tmp_path: Path) -> None:
    store = tmp_path / "record.duckdb"
    run("evidence", "import", write(tmp_path / "made.csv", some_reports()), "--into", store)
    before = store.read_bytes()
    (tmp_path / "bad.csv").write_bytes(content)
    done = run("evidence", "import", tmp_path / "bad.csv", "--into", store)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert store.read_bytes() == before


def test_many_rows_set_aside_are_not_all_told(tmp_path: Path) -> None:
    bad = [a_report(launched="ten", target=str(number)) for number in range(30)]
    done = run(
        "evidence", "import", write(tmp_path / "m.csv", [*some_reports(), *bad]), "--into", tmp_path / "s"
    )
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 21
    assert "and 10 more" in done.stderr


def test_the_small_record_is_shown_without_a_download() -> None:
    done = run("evidence", "show", NAME, "--class", "all", "--from", "2024-08", "--until", "2024-09")
    assert done.returncode == 0
    assert "Claimed by month: ballistic missiles" in done.stdout
    assert "2024-10" not in done.stdout.split("The record changes its ways")[0]
    assert "the sum of a night and class" in done.stdout
    assert "Not counted" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "nowhere.duckdb"), "there is no such store"),
        (("show", "ukraine"), "there is no such record (did you mean ukraine-to-2025-06?)"),
        (("show", NAME, "--class", "x"), "none of shahed"),
        (("show", NAME, "--from", "May"), "'May' is no month"),
        (("show", NAME, "--output", "no/such/folder.html"), "no such folder"),
        (("import", "nowhere.csv", "--into", "x.duckdb"), "no such file"),
        (("import", "nowhere.csv"), "--into"),
        (("score", NAME, "nowhere.csv"), "no such file"),
        (("raid", NAME, "--night", "2024-07-09", "-o", "n.yaml"), "no strike is recorded for 2024-07-09"),
        (("shew", NAME), "No such command"),
    ],
)
def test_bad_input_is_said_in_words(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    done = run("evidence", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["import", "show", "score", "raid"])
def test_every_command_has_help_with_an_example(name: str) -> None:
    done = run("evidence", name, "--help")
    assert (done.returncode, f"skypact evidence {name}" in done.stdout) == (0, True)


def test_predictions_are_scored(tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="scores need pandas, of the extra report")
    from skypact.evidence.load import load_reports

    found = load_reports(NAME).forecastable()
    june = found.take(found.month.astype(str) == "2025-06")
    lines = []
    for row, launched in zip(june.row.tolist(), june.launched.tolist(), strict=True):
        chances = " ".join([repr(1 / (launched + 1))] * (launched + 1))
        lines.append(f"{row},D,month,2025-05-31,{chances}")

    def given(some: list[str]) -> Path:
        path = tmp_path / "p.csv"
        path.write_text("\n".join(["row,target,origin,trained_to,pmf", *some]) + "\n", encoding="utf-8")
        return path

    missing = run("evidence", "score", NAME, given(lines[1:]))
    assert (missing.returncode, "eligible rows are missing" in missing.stderr) == (2, True)
    done = run("evidence", "score", NAME, given(lines))
    assert done.returncode == 0, done.stderr
    assert "Beside the baselines: destroyed, made before the month" in done.stdout
    as_json = json.loads(run("evidence", "score", NAME, tmp_path / "p.csv", "--json").stdout)
    assert as_json["scores"]["D month"]["all"]["reports"] == len(lines)


def test_forecast_and_score(tmp_path: Path) -> None:
    store, file = tmp_path / "record.duckdb", tmp_path / "predictions.csv"
    run("evidence", "import", write(tmp_path / "made.csv", some_reports()), "--into", store)
    asked = ("evidence", "forecast", store, "--from", "2025-05", "--target", "S", "--origin", "day")
    done = run(*asked, "--output", file)
    assert (done.returncode, f"Written: {file}" in done.stdout) == (0, True)
    assert "destroyed or did not reach" in done.stdout
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "row,target,origin,trained_to,pmf"
    document = json.loads(run(*asked, "--json").stdout)
    assert [one["row"] for one in document["forecasts"]] == [int(line.split(",")[0]) for line in lines[1:]]
    assert run("evidence", "score", store, file).returncode == 0


def test_a_forecast_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    for asked in (("--from", "2031-01"), ("--from", "2023-13"), ("--from", "2023-01", "--output", tmp_path)):
        done = run("evidence", "forecast", NAME, *asked)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_a_recorded_night_becomes_a_scenario(tmp_path: Path) -> None:
    store, file = tmp_path / "record.duckdb", tmp_path / "night.yaml"
    rows = [*some_reports(), a_report(source=REGIONAL, model="Orlan-10")]
    run("evidence", "import", write(tmp_path / "made.csv", rows), "--into", store)
    done = run("evidence", "raid", store, "--night", "2025-05-03", "--output", file, "--json")
    assert done.returncode == 0, done.stderr
    assert "left out: 1 report of regional commands" in done.stderr
    document = json.loads(done.stdout)
    assert [one["launched"] for one in document["flights"]] == [10, 2]
    assert file.read_text(encoding="utf-8").startswith("# Ukraine, the night of 3 May 2025")
