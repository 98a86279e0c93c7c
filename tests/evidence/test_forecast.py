"""Forecasts: from what lay before alone, of every report that is scored, with room for all that is possible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import skypact
from skypact.evidence.forecast import Forecasts, forecast
from skypact.evidence.lost import Said
from skypact.evidence.reports import Reports
from skypact.evidence.settings import POOLS
from skypact.evidence.trials import trials
from skypact.evidence.weapons import STRIKE_NAMES
from tests.evidence.made import RECORD, Row, a_report, needs_record, reports, write

NAME = "ukraine-to-2025-06"


def night(month: int, day: int, launched: int, destroyed: int, **fields: object) -> Row:
    return a_report(
        time_start=f"2025-{month:02d}-{day:02d} 00:30",
        time_end=f"2025-{month:02d}-{day:02d} 08:00",
        source=f"kpszsu/posts/{month}-{day}-{fields.get('model', '')}",
        launched=str(launched),
        destroyed=str(destroyed),
        **fields,
    )


def made(change: Callable[[int, int], int] = lambda month, y: y, months: int = 4) -> list[Row]:
    """Shaheds every third night and ballistic missiles every sixth; `change` alters what was destroyed."""
    rows = []
    for month in range(1, months + 1):
        for day in range(1, 28, 3):
            rows.append(night(month, day, 12 + day, change(month, 8 + day // 2), not_reach_goal="2"))
            if day % 2:
                kyiv = "Kyiv oblast" if day % 3 else "Ukraine"
                fields = {"model": "Iskander-M", "target": kyiv, "not_reach_goal": ""}
                rows.append(night(month, day, 2 + day % 3, change(month, day % 2), **fields))
    return rows[::-1]


def of(found: Reports, first: str, last: str, target: str = "D", origin: str = "month") -> Forecasts:
    return forecast(found, np.datetime64(first, "M"), np.datetime64(last, "M"), target=target, origin=origin)


@pytest.mark.parametrize("target", ["D", "S"])
@pytest.mark.parametrize("origin", ["month", "day"])
def test_every_report_has_a_distribution(target: str, origin: str) -> None:
    found = reports(made())
    wanted = found.forecastable()
    wanted = wanted.take(wanted.month >= np.datetime64("2025-02", "M"))
    given = of(found, "2025-02", "2025-04", target, origin).each
    assert [one.row for one in given] == wanted.row.tolist()
    assert [one.strike for one in given] == wanted.strike.tolist()
    for one, n in zip(given, wanted.launched.tolist(), strict=True):
        assert len(one.pmf) == n + 1
        assert one.pmf.min() > 0
        assert one.pmf.sum() == pytest.approx(1, abs=1e-9)
        limit = one.night.replace(day=1) if origin == "month" else one.night
        assert one.trained_to < limit


@pytest.mark.parametrize("target", ["D", "S"])
@pytest.mark.parametrize("origin", ["month", "day"])
def test_nothing_after_the_origin_is_looked_at(target: str, origin: str) -> None:
    """What came of the forecast's month and later ones changes nothing in it; what came before does."""
    usual = of(reports(made()), "2025-03", "2025-03", target, origin).each
    later = of(
        reports(made(lambda month, y: y // 2 if month > 3 else y)), "2025-03", "2025-03", target, origin
    ).each
    assert all((a.pmf == b.pmf).all() for a, b in zip(usual, later, strict=True))
    same = of(
        reports(made(lambda month, y: y // 2 if month == 3 else y)), "2025-03", "2025-03", target, origin
    ).each
    alike = [bool((a.pmf == b.pmf).all()) for a, b in zip(usual, same, strict=True)]
    if origin == "month":
        assert all(alike)
    else:  # those of the first night
        assert alike.index(False) == sum(one.night == usual[0].night for one in usual)
    before = of(
        reports(made(lambda month, y: y // 2 if month == 2 else y)), "2025-03", "2025-03", target, origin
    ).each
    assert not any((a.pmf == b.pmf).all() for a, b in zip(usual, before, strict=True))


def test_a_record_that_grows_leaves_its_forecasts(tmp_path: Path) -> None:
    """New reports stand at the top of a newer file: rows change, distributions do not."""
    short, long = (of(reports(made(months=count)), "2025-02", "2025-03") for count in (3, 4))
    shift = {b.row - a.row for a, b in zip(short.each, long.each, strict=True)}
    assert len(shift) == 1
    assert shift != {0}
    assert all((a.pmf == b.pmf).all() for a, b in zip(short.each, long.each, strict=True))
    again = of(reports(made(months=4)), "2025-02", "2025-03")
    assert again.to_csv() == long.to_csv()


def test_the_first_report_of_all_is_forecast_from_what_is_believed_before() -> None:
    (first, *_) = of(reports(made()), "2025-01", "2025-01").each
    assert str(first.trained_to) == "2024-12-31"
    assert first.pmf.min() > 0


def test_a_report_set_aside_or_of_an_older_import_is_no_trial_or_trains_alone() -> None:
    found = reports(made())
    old = found.row.copy()
    old[found.month == np.datetime64("2025-02", "M")] = -1
    from dataclasses import replace

    absent = replace(found, row=old)
    assert len(trials(absent)) == len(trials(found))
    assert of(absent, "2025-02", "2025-02").each == ()
    usual, given = (of(one, "2025-03", "2025-03").each for one in (found, absent))
    assert all((a.pmf == b.pmf).all() for a, b in zip(usual, given, strict=True))


def test_every_class_has_a_pool() -> None:
    assert set(POOLS) == set(STRIKE_NAMES)
    assert all(strike in member.classes for strike, pool in POOLS.items() for member in pool)


def test_shares_of_known_truth_are_found_again() -> None:
    """Of 40 launched, two thirds destroyed and half of the others lost, a night as the other."""
    random = np.random.default_rng(11)
    rows = []
    for month in range(1, 7):
        for day in range(1, 28):
            destroyed = int(random.binomial(40, 2 / 3))
            lost = int(random.binomial(40 - destroyed, 0.5))
            rows.append(night(month, day, 40, destroyed, not_reach_goal=str(lost)))
    found = reports(rows[::-1])
    for target, share in (("D", 2 / 3), ("S", 5 / 6)):
        given = of(found, "2025-06", "2025-06", target).each
        deviation = np.sqrt(40 * share * (1 - share))
        for one in given:
            mean = float(one.pmf @ np.arange(41))
            spread = float(np.sqrt(one.pmf @ (np.arange(41) - mean) ** 2))
            assert mean == pytest.approx(40 * share, abs=1.2)
            assert deviation < spread < 1.6 * deviation


def test_the_library_gives_rows_and_a_file(tmp_path: Path) -> None:
    into = tmp_path / "record.duckdb"
    skypact.import_record(write(tmp_path / "made.csv", made()), into)
    found = skypact.forecast(into, since="2025-04", target="S", origin="day")
    assert (found.document["until"], len(found)) == ("2025-04", len(found.rows))
    for one in found:
        assert one["p05"] <= one["median"] <= one["p95"] <= one["launched"]
        assert one["p05"] - 1 <= one["mean"] <= one["launched"]
    text = found.write(tmp_path / "p.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == "row,target,origin,trained_to,pmf"
    assert len(text.splitlines()) == len(found) + 1
    pytest.importorskip("pandas", reason="scores need pandas, of the extra report")
    scored = skypact.score(into, tmp_path / "p.csv")
    assert scored.predictions == len(found)


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"since": "2025-13"}, "month"),
        ({"since": "2031-01"}, "no report"),
        ({"since": "2023-02", "until": "2023-01"}, "before"),
        ({"since": "2023-01", "target": "X"}, "target"),
        ({"since": "2023-01", "origin": "year"}, "origin"),
    ],
)
def test_what_cannot_be_forecast_is_said(asked: dict[str, str], word: str) -> None:
    with pytest.raises(skypact.Problems, match=word):
        skypact.forecast(NAME, **asked)  # type: ignore[arg-type]


@needs_record
@pytest.mark.parametrize(
    ("target", "origin", "most"),
    [
        ("D", "month", {"all": 2.28, "shahed": 3.66, "missiles": 0.89, "ballistic": 0.60}),
        ("S", "day", {"all": 1.83}),
    ],
)
def test_the_year_from_july_2024_is_forecast_as_the_docs_say(
    target: str, origin: str, most: dict[str, float], tmp_path: Path
) -> None:
    pytest.importorskip("pandas", reason="scores need pandas, of the extra report")
    into = tmp_path / "record.duckdb"
    skypact.import_record(RECORD, into)
    found = skypact.forecast(into, since="2024-07", until="2025-06", target=target, origin=origin)
    scored = skypact.score(into, found.write(tmp_path / "p.csv")).scores[f"{target} {origin}"]
    parts = {"all": scored["all"], "missiles": scored["missiles"], **scored["by_class"]}
    for part, limit in most.items():
        assert parts[part]["model"]["log_score"] <= limit, part
    for baseline in scored["all"]["baselines"].values():
        gain = baseline["model_minus_it"]["log_score"]
        assert gain["mean"] < -2 * gain["se"]
    model = scored["all"]["model"]
    assert 0.45 <= model["coverage50"] <= 0.56
    assert 0.87 <= model["coverage90"] <= 0.93


def test_reports_that_say_it_and_those_that_do_not_are_told_apart_by_size() -> None:
    """Small raids never say how many were lost, and large ones always do."""
    rows = []
    for month in range(1, 4):
        for day in range(1, 28):
            small = {"launched": 5, "destroyed": 3, "not_reach_goal": ""}
            large = {"launched": 80, "destroyed": 40, "not_reach_goal": "40"}
            given = small if day % 2 else large
            rows.append(night(month, day, **given))
    said = Said(2.0)
    for one in trials(reports(rows[::-1])):
        said.learn(one)
    assert said.begun
    assert said.chance(5) < 0.1
    assert said.chance(80) > 0.9
