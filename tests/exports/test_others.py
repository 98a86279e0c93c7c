"""The moving picture, the raid file, and what may go wrong on the way."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from czml3 import CZML_VERSION, Document

import skypact
from skypact.cli.export import command
from skypact.exports import files
from skypact.exports.formats import FORMATS
from skypact.raid import dump_raid, read_raid
from skypact.study import Study
from tests.exports.conftest import POLICY, SMALL


def test_a_czml_reader_takes_every_packet(exported: Path) -> None:
    """As czml3 reads them; what flies is there from launch to its end."""
    packets = json.loads((exported / "replication.czml").read_text(encoding="utf-8"))
    read = Document.load(exported / "replication.czml")
    assert read.packets[0].id == "document"
    assert read.packets[0].version == CZML_VERSION == "1.0"
    told = skypact.replay(SMALL, POLICY)
    flying = {one["id"].removeprefix("threat/"): one for one in packets if one["id"].startswith("threat/")}
    ends = {e.threat: e.at_s for e in told.events if e.kind in ("kill", "failure", "impact")}
    assert flying.keys() == ends.keys()
    for name, packet in flying.items():
        assert packet["properties"]["fate"] == told.fates[name]
        samples = packet["position"]["cartographicDegrees"]
        assert len(samples) % 4 == 0
        seconds = samples[::4]
        assert seconds == sorted(set(seconds))
        begin, end = (datetime.fromisoformat(one) for one in packet["availability"].split("/"))
        assert (end - begin).total_seconds() == pytest.approx(seconds[-1] - seconds[0], abs=0.15)
        assert seconds[-1] == pytest.approx(ends[name], abs=0.1)
    shots = [one for one in packets if one["id"].startswith("engagement/")]
    assert len(shots) == sum(event.kind == "launch" for event in told.events)


def test_the_raid_file_and_back(exported: Path) -> None:
    """It is what compiling gives, and plays as the scenario does."""
    study = Study.ask(str(SMALL))
    raid = study.compile(POLICY).raid
    assert dump_raid(read_raid(exported / "raid.json")) == dump_raid(raid)
    played = skypact.simulate(exported / "raid.json", replications=30)
    assert played.leakers == skypact.run(SMALL, POLICY, central=True, replications=30).leakers


@pytest.mark.parametrize("name", ["israel-2024-04-13", "lethal-aid-2021-10", "hranitne-2021-10-26"])
def test_every_shipped_scenario_can_be_exported(tmp_path: Path, name: str) -> None:
    """Also one in which nothing flies."""
    written = skypact.export(name, "geojson,kml,geoparquet,czml", tmp_path / "new")
    assert written[-1].name == "datapackage.json"
    listed = json.loads(written[-1].read_text(encoding="utf-8"))
    assert {one["path"] for one in listed["resources"]} == {path.name for path in written[:-1]}
    assert {one["name"] for one in listed["licenses"]} == {"MIT", "ODbL-1.0"}
    assert {path.name for path in (tmp_path / "new").iterdir()} == {path.name for path in written}


def test_the_command_writes_and_says_what_goes_together(tmp_path: Path) -> None:
    """Without --as it copies the file, as ever; what does not go together is said before any work."""
    ask = CliRunner().invoke
    done = ask(command, [str(SMALL), "--as", "kml", "--into", str(tmp_path / "map"), "--policy", POLICY])
    assert done.exit_code == 0, done.output
    assert done.output.count("Written: ") == 2
    copy = ask(command, [str(SMALL), "--output", str(tmp_path / "mine.yaml")])
    assert copy.exit_code == 0
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8").startswith("# A small scenario")
    for wrong in (
        ["--as", "kml"],
        ["--into", "x"],
        ["--as", "kml", "--into", "x", "--output", "y"],
        ["--replace"],
    ):
        assert ask(command, [str(SMALL), *wrong]).exit_code == 2


def test_the_same_bytes_again(tmp_path: Path) -> None:
    """Whoever exports again gets the same files."""
    for name in ("a", "b"):
        formats = [one for one in FORMATS if one != "gpkg"]  # GDAL writes when it was made
        skypact.export(SMALL, formats, tmp_path / name, central=True, replications=5)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    """Every file that is in the way is said at once, and nothing is written."""
    skypact.export(SMALL, "geojson", tmp_path)
    (tmp_path / "map.kml").write_text("mine")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(skypact.Problems) as caught:
        skypact.export(SMALL, "geojson,kml", tmp_path)
    assert len(caught.value.problems) == len(before)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    skypact.export(SMALL, "geojson,kml", tmp_path, replace=True)
    assert (tmp_path / "map.kml").read_bytes() != b"mine"


def test_half_an_export_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails, neither a file nor a new folder is left."""

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "descriptor", full)
    with pytest.raises(skypact.Problems, match="No space left"):
        skypact.export(SMALL, "geojson", tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_problems_are_said_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown format with all that there are, and the extra that another needs."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(skypact.Problems) as caught:
        skypact.export(SMALL, "geojsn,xlsx", tmp_path)
    first, second = map(str, caught.value.problems)
    assert "no such format" in first
    assert all(name in first for name in ("geojson", "gpkg", "raid"))
    assert "skypact[formats]" in second
    monkeypatch.undo()
    with pytest.raises(skypact.Problems) as caught:
        skypact.export(SMALL, "xlsx", tmp_path, replication=-1, replications=10**6, sets=2)
    assert len(caught.value.problems) == 2
    with pytest.raises(skypact.Problems, match="no folder"):
        skypact.export(SMALL, "kml", tmp_path / "a" / "b")
