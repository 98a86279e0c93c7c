"""`skypact catalog`: every number with its unit, kind, range and source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from skypact.catalog import load_catalog
from skypact.catalog.listing import entries
from skypact.cli.commands import skypact
from skypact.policy.used import numbers_in
from skypact.reading import Problems

OWN = Path(__file__).parents[1] / "scenario" / "own_systems.yaml"


def call(*arguments: str) -> str:
    result = CliRunner().invoke(skypact, ["catalog", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_list_names_every_system() -> None:
    catalog, text = load_catalog(), call()
    for part in (catalog.threats, catalog.effectors, catalog.sensors):
        for name, system in part.items():
            assert f"  {name} " in text, name
            assert " ".join(system.name.split()[:2]) in text, name
    assert all(len(line) <= 132 for line in text.splitlines())


def test_one_system_with_every_number_and_its_source() -> None:
    text = call("iris-t-slm")
    assert "sensor.range_km: 250 km, reported" in text
    assert "channels: 8 (4 to 24) engagements at once, notional" in text
    assert "salvo: 1" in text
    assert "[suv-iris-t-2023]" in text
    for entry in entries(load_catalog(), "iris-t-slm"):
        assert f"  {entry.number}: " in text
        assert entry.note[:40] in " ".join(text.split())


def test_rows_have_flat_keys_and_are_complete() -> None:
    rows = json.loads(call("--json"))
    assert {tuple(row) for row in rows} == {
        ("part", "system", "title", "number", "value", "low", "high", "unit", "kind", "sources", "note")
    }
    assert not any(isinstance(value, dict) for row in rows for value in row.values())
    plural = {"family": "families"}
    named = {
        f"{plural.get(row['part'], row['part'] + 's')}.{row['system']}.{row['number']}": row for row in rows
    }
    catalog = load_catalog()
    for part in ("threats", "effectors", "sensors", "families"):
        for path, number in numbers_in(getattr(catalog, part), part).items():
            row = named[path]
            assert (row["value"], row["low"], row["high"]) == (number.value, number.low, number.high)
            assert (row["kind"], row["sources"], row["note"]) == (
                number.kind,
                list(number.sources),
                number.note,
            )
    assert all(row["unit"] for row in rows if row["kind"])


def test_a_class_leaves_out_what_is_about_others() -> None:
    rows = json.loads(call("--class", "ballistic-medium", "--json"))
    assert {row["system"] for row in rows if row["part"] == "threat"} == {"emad", "ghadr", "kheibar-shekan"}
    assert "arrow-3" in {row["system"] for row in rows}
    assert "nasams" not in {row["system"] for row in rows}
    against = {row["number"].split(".")[1] for row in rows if row["number"].startswith("against.")}
    assert against == {"ballistic-medium"}
    chances = {
        row["number"] for row in rows if "p_detect." in row["number"] or "susceptible." in row["number"]
    }
    assert {number.rpartition(".")[2] for number in chances} == {"ballistic-medium"}
    assert "exo-atmospheric" in {row["system"] for row in rows if row["part"] == "family"}


def test_the_systems_of_a_scenario_are_listed_too() -> None:
    text = call("thaad", "--scenario", str(OWN))
    assert "against.ballistic-medium.p_kill: 0.6 (0.3 to 0.9) probability, notional" in text
    assert "The Newspaper" in text
    assert "fattah-1" in call("--scenario", str(OWN))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["patriot"], "did you mean patriot-pac-3-mse or patriot-pac-2-gem-t?"),
        (["zzzzz"], "skypact catalog"),
        (["--class", "ballistic"], "no such class of threats (did you mean"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(arguments: list[str], said: str) -> None:
    with pytest.raises(Problems) as caught:
        CliRunner().invoke(skypact, ["catalog", *arguments], catch_exceptions=False)
    (problem,) = caught.value.problems
    assert said in str(problem)
