"""The small record in the package: figures, their source and licence, made by a script."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import skypact
from skypact.evidence.load import SHIPPED, load_reports, shipped
from skypact.evidence.reports import UNREPORTED
from tests.evidence.made import RECORD, ROOT, a_report, needs_record, reports

NAME = "ukraine-to-2025-06"
FILE = SHIPPED / f"{NAME}.csv"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = spec_from_file_location("nightly_counts", ROOT / "tools" / "nightly_counts.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_says_whose_it_is_and_what_it_is_not() -> None:
    head = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    for part in ("ODC-BY 1.0", "Petro Ivaniuk", "ua-airdefense-tracker.org", "not independently verified"):
        assert any(part in line for line in head)


def test_it_holds_figures_alone() -> None:
    lines = [line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines[0] == "night,weapons,source,reports,launched,destroyed,not_reached,still_attacking"
    assert "oblast" not in "".join(lines)
    assert "posts" not in "".join(lines)
    assert FILE.stat().st_size < 100_000


def test_it_ends_in_june_2025_and_is_a_record_like_any() -> None:
    assert shipped() == (NAME,)
    found = load_reports(NAME)
    assert (str(found.night.min()), str(found.night.max())) == ("2022-09-28", "2025-06-30")
    assert sorted(found.row.tolist()) == list(range(len(found)))
    scored = found.take(found.eligible)
    keys = list(zip(scored.night.tolist(), scored.strike.tolist(), strict=True))
    assert len(keys) == len(set(keys))
    assert (scored.stopped <= scored.launched).all()
    assert "<Record: 1,329 national reports" in repr(skypact.record(NAME))


def test_a_store_of_that_name_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(NAME).write_text("something else")
    with pytest.raises(skypact.Problems, match="not a store of evidence"):
        skypact.record(NAME)


def test_the_script_sums_by_night_and_class(tool: ModuleType) -> None:
    rows = [
        a_report(),
        a_report(target="x", not_reach_goal=""),
        a_report(target="y", launched=""),
        a_report(model="X-22 and X-31P", not_reach_goal=""),
        a_report(source="PvKPivden/posts/1"),
        a_report(model="Orlan-10"),
    ]
    usual = {"night": "2025-05-03", "still_attacking": "", "source": "kpszsu"}
    assert tool.counts(reports(rows)) == [
        {
            **usual,
            "weapons": "Shahed-136/131",
            "reports": 2,
            "launched": 20,
            "destroyed": 14,
            "not_reached": 2,
        },
        {
            **usual,
            "weapons": "X-22 and X-31P",
            "reports": 1,
            "launched": 10,
            "destroyed": 7,
            "not_reached": "",
        },
    ]


@needs_record
def test_the_script_makes_it_of_the_record(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "TARGET", tmp_path / "again.csv")
    monkeypatch.setattr("sys.argv", ["nightly_counts.py", str(RECORD)])
    tool.main()
    assert (tmp_path / "again.csv").read_bytes() == FILE.read_bytes()


def test_nights_are_summed_as_the_record_has_them() -> None:
    """Some figures that other sources have as well: the night of 26 August 2024, October 2024."""
    found = load_reports(NAME)
    night = found.take(found.night == np.datetime64("2024-08-26"))
    by_model = dict(
        zip(
            night.model.tolist(),
            zip(night.launched.tolist(), night.destroyed.tolist(), strict=True),
            strict=True,
        )
    )
    assert by_model["X-101/X-555 and Kalibr and X-59/X-69"] == (115, 99)
    assert by_model["Shahed-136/131"] == (109, 99)
    assert by_model["X-47 Kinzhal"] == (3, 1)
    october = found.take((found.month == np.datetime64("2024-10")) & (found.strike == "shahed"))
    given = october.not_reached[october.not_reached != UNREPORTED]
    assert (october.launched.sum(), october.destroyed.sum(), given.sum()) == (1912, 1098, 661)
