"""Tables, as pandas, PyArrow, openpyxl and Frictionless read them."""

from __future__ import annotations

import json
from pathlib import Path

import frictionless
import openpyxl
import pandas
import pyarrow.parquet
import pytest

import skypact
from skypact.exports.formats import TABLES
from skypact.exports.sheet import Column, Sheet
from skypact.exports.tabular import write_csv, write_parquet, write_xlsx
from tests.exports.conftest import POLICY, REPLICATIONS, SMALL

KINDS = {"int64": "integer", "double": "number", "bool": "boolean", "string": "string"}


def test_replications_are_those_of_a_run(exported: Path) -> None:
    """Their mean is what `run` gives, and in each of them every threat ends."""
    table = pandas.read_csv(exported / "replications.csv")
    found = skypact.run(SMALL, POLICY, central=True, replications=REPLICATIONS)
    assert len(table) == REPLICATIONS
    for name in ("leakers", "kills", "rounds", "cost_usd"):
        assert table[name].mean() == pytest.approx(getattr(found, name).mean)
    assert table["leakers_drone"].mean() == pytest.approx(found.by_class["drone"].leakers.mean)
    assert (table.launched == table.leakers + table.kills + table.failed).all()


def test_sets_are_those_of_a_run(tmp_path: Path) -> None:
    """Each set of drawn numbers has its own replications."""
    skypact.export(SMALL, "csv", tmp_path, POLICY, sets=3, replications=4)
    table = pandas.read_csv(tmp_path / "replications.csv")
    found = skypact.run(SMALL, POLICY, sets=3, replications=4)
    assert table.groupby("set").size().to_dict() == {0: 4, 1: 4, 2: 4}
    assert table.replication.tolist() == list(range(12))
    assert table.leakers.mean() == pytest.approx(found.leakers.mean)


def test_engagements_and_threats_are_those_of_a_replay(exported: Path) -> None:
    """The same replication, told as tables."""
    told = skypact.replay(SMALL, POLICY)
    shots = pandas.read_csv(exported / "engagements.csv")
    fates = pandas.read_csv(exported / "threats.csv").set_index("threat")
    assert fates.fate.to_dict() == told.fates
    kinds = pandas.Series([event.kind for event in told.events]).value_counts()
    assert len(shots) == kinds["launch"]
    assert shots.killed.sum() == kinds["kill"] == (fates.fate == "killed").sum()
    assert (shots.launch_s <= shots.intercept_s).all()


def test_statements_are_those_of_the_ledger(tmp_path: Path) -> None:
    skypact.export("hranitne-2021-10-26", "csv", tmp_path, central=True, replications=5)
    read = pandas.read_csv(tmp_path / "statements.csv")
    assert read.text.tolist() == [row["text"] for row in skypact.ledger("hranitne-2021-10-26")]


@pytest.mark.parametrize("name", [name for name in TABLES if name != "statements"])
def test_parquet_and_workbook_have_what_csv_has(exported: Path, name: str) -> None:
    csv = pandas.read_csv(exported / f"{name}.csv", keep_default_na=False, dtype=str)
    table = pyarrow.parquet.read_table(exported / f"{name}.parquet")
    assert table.column_names == list(csv.columns)
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = [one for one in package["resources"] if one["path"] == f"{name}.parquet"]
    assert [KINDS[str(one.type)] for one in table.schema] == [
        one["type"] for one in resource["schema"]["fields"]
    ]
    page = openpyxl.load_workbook(exported / "tables.xlsx", read_only=True)[name]
    head, *rows = page.iter_rows(values_only=True)
    assert list(head) == list(csv.columns)
    assert len(rows) == len(csv) == table.num_rows
    for ours, line, other in zip(csv.to_numpy().tolist(), rows, table.to_pylist(), strict=True):
        for text, cell, value in zip(ours, line, other.values(), strict=True):
            assert cell == value
            assert text == ("" if value is None else str(value).lower() if isinstance(value, bool) else text)
            if isinstance(value, int | float) and not isinstance(value, bool):
                assert float(text) == value


def test_the_descriptor_holds(exported: Path) -> None:
    """Frictionless reads the package; tables are what their schemas say."""
    package = frictionless.Package(str(exported / "datapackage.json"))
    assert len(package.resources) > 20
    for resource in package.resources:
        if resource.path.endswith(".csv"):
            report = frictionless.validate(resource)
            assert report.valid, report.flatten(["note", "message"])
    document = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in document["licenses"]] == ["ODbL-1.0"]  # the scenario is somebody's own
    assert {"A proposal that a newspaper reported"} <= {
        one["title"].split(", ")[-1] for one in document["sources"]
    }
    units = {
        field["name"]: field.get("unit")
        for one in document["resources"]
        if one["path"] == "replications.csv"
        for field in one["schema"]["fields"]
    }
    assert (units["leakers"], units["rounds"], units["cost_usd"]) == ("threats", "rounds", "USD")


def test_forecasts(tmp_path: Path) -> None:
    """A row each, with the chances of every number."""
    found = skypact.forecast("ukraine-to-2025-06", since="2022-10", until="2022-10")
    skypact.export(found, ("csv", "parquet", "xlsx"), tmp_path)
    read = pandas.read_parquet(tmp_path / "forecasts.parquet")
    assert read["row"].tolist() == [row["row"] for row in found]
    assert all(abs(sum(map(float, text.split("; "))) - 1) < 1e-4 for text in read.pmf)
    document = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert document["licenses"][0]["name"] == "ODC-BY-1.0"
    assert frictionless.validate("forecasts.csv", basepath=str(tmp_path)).valid


def test_words_of_users_stay_words(tmp_path: Path) -> None:
    """A name that looks like a formula, a number, a link or a column separator."""
    words = ["=1+1", "007", "https://example.org", 'a,"b"\nc', "", None]
    sheet = Sheet("words", "", (Column("word", "string", ""), Column("n", "integer", "")), [])
    sheet = Sheet(sheet.name, "", sheet.columns, [{"word": word, "n": 1} for word in words])
    for name, write in (("w.csv", write_csv), ("w.parquet", write_parquet)):
        write(tmp_path / name, sheet)
    write_xlsx(tmp_path / "w.xlsx", [sheet])
    kept = ["=1+1", "007", "https://example.org", 'a,"b"\nc', None, None]
    assert pyarrow.parquet.read_table(tmp_path / "w.parquet")["word"].to_pylist() == kept
    page = openpyxl.load_workbook(tmp_path / "w.xlsx")["words"]
    assert [cell.value for cell in page["A"]][1:] == kept
    assert page["A2"].data_type == "s"
    read = pandas.read_csv(tmp_path / "w.csv", dtype=str)["word"]
    assert [word if isinstance(word, str) else None for word in read] == kept
