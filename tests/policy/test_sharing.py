"""Who sees whose tracks and who fights in one picture."""

from __future__ import annotations

from typing import Any

import pytest

from skypact.policy import in_force
from skypact.policy.permission import Assets
from skypact.policy.sharing import picture, seen_by

from .test_rules import scenario_of

DAY = "2024-05-11"


def share(name: str, who: str, to: list[str], may: bool = True, **more: Any) -> dict[str, Any]:
    return {"id": name, "who": who, "may": may, "action": "share-picture", "to": to, **more}


def tracks(name: str, who: str, to: list[str], may: bool = True) -> dict[str, Any]:
    return {"id": name, "who": who, "may": may, "action": "share-track", "to": to}


def pictures(*decisions: dict[str, Any], basing: str = "ground") -> dict[str, str]:
    force = in_force(scenario_of({"decisions": decisions}), "asked")
    return {
        owner: picture(force, Assets(owner, "patriot-pac-2-gem-t", basing))  # type: ignore[arg-type]
        for owner in ("UKR", "POL", "ROU", "RUS")
    }


def test_one_joins_the_picture_of_the_other() -> None:
    assert pictures({DAY: [share("a", "POL", ["UKR"])]}) == {
        "UKR": "ukr",
        "POL": "ukr",
        "ROU": "rou",
        "RUS": "rus",
    }


@pytest.mark.parametrize("to", [["UKR", "ROU"], ["ROU", "UKR"]])
def test_all_that_are_named_fight_in_one_picture(to: list[str]) -> None:
    found = pictures({DAY: [share("a", "POL", to)]})
    assert found["POL"] == found["UKR"] == found["ROU"] == "rou+ukr"
    assert found["RUS"] == "rus"


def test_a_picture_of_several_is_for_the_assets_that_the_rule_names() -> None:
    rule = share("a", "POL", ["UKR", "ROU"], basing=["air"])
    assert pictures({DAY: [rule]})["POL"] == "pol"
    assert pictures({DAY: [rule]}, basing="air")["POL"] == "rou+ukr"
    assert pictures({DAY: [rule]})["UKR"] == pictures({DAY: [rule]})["ROU"] == "rou+ukr"


def test_who_does_not_want_to_stays_outside() -> None:
    found = pictures(
        {"2024-05-01": [share("no", "ROU", ["POL"], may=False)], "actor": "ROU"},
        {DAY: [share("a", "POL", ["UKR", "ROU"])]},
    )
    assert found == {"UKR": "rou+ukr", "POL": "rou+ukr", "ROU": "rou", "RUS": "rus"}


def test_another_actors_prohibition_stands_until_it_is_taken_back() -> None:
    forbids = {"2024-05-01": [share("no", "POL", ["UKR"], may=False)], "actor": "ROU"}
    allows = {DAY: [share("yes", "POL", ["UKR"])], "actor": "POL"}
    relents = {"2024-06-01": [share("after-all", "POL", ["UKR"])], "actor": "ROU"}
    assert pictures(forbids, allows)["POL"] == "pol"
    assert pictures(forbids, allows, relents)["POL"] == "ukr"


def test_the_last_picture_that_was_allowed_counts() -> None:
    first, second = {DAY: [share("a", "POL", ["UKR"])]}, {"2024-06-01": [share("b", "POL", ["ROU"])]}
    left = {"2024-07-01": [share("c", "POL", ["ROU"], may=False)]}
    assert pictures(first, second)["POL"] == "rou"
    assert pictures(second, first)["POL"] == "rou"
    assert pictures(first, second, left)["POL"] == "ukr"


def test_tracks_follow_the_same_order() -> None:
    forbids = {"2024-05": [tracks("no", "POL", ["UKR"], may=False)], "actor": "POL"}
    allows = {DAY: [tracks("yes", "POL", ["UKR"])], "actor": "POL"}
    other = {"2024-07": [tracks("theirs", "POL", ["UKR"])], "actor": "UKR"}
    later = {"2024-06": [tracks("later", "POL", ["UKR"])], "actor": "POL"}

    def seen(*decisions: dict[str, Any]) -> tuple[str, ...]:
        force = in_force(scenario_of({"decisions": decisions}), "asked")
        return seen_by(force, frozenset({"UKR"}), ("POL", "UKR", "ROU"))

    assert seen(allows) == ("POL", "UKR")
    assert seen(forbids, allows) == ("UKR",)
    assert seen(forbids, allows, other) == ("UKR",)
    assert seen(forbids, allows, later) == ("POL", "UKR")
