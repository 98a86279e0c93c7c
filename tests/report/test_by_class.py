"""The line by class says no more than is known of each class."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from skypact.report.by_class import by_class
from skypact.report.material import Material
from tests.report.test_verdict import SETS, change

SURE = change(-14, -20, -8, SETS)
NONE = change(0, 0, 0, 0)


def told(sets: int | None = SETS, **classes: dict[str, Any]) -> str:
    record = {"by_class": {name: {"leakers": one} for name, one in classes.items()}}
    material = SimpleNamespace(
        counts_arrivals=True, sets=sets, differences={"other": record}, classes=tuple(classes)
    )
    return by_class(cast(Material, material))


def test_each_class_has_its_range_and_only_a_sure_sign_is_said() -> None:
    said = told(drone=SURE, cruise=change(-1, -3, 1, 40), aeroballistic=NONE)
    assert said == (
        "By class, nine draws of ten: drones −20.0 to −8.0 (14.0 fewer on average); cruise missiles −3.0 to +1.0"
        " (which way the model cannot tell); aeroballistic missiles do not change in any draw."
    )


def test_little_is_not_written_as_nothing_and_is_not_left_out() -> None:
    assert "cruise missiles less than 0.01 either way" in told(
        drone=SURE, cruise=change(-0.001, -0.004, 0, 5)
    )


def test_before_the_sets_and_of_one_class_nothing_is_said() -> None:
    assert told(None, drone=SURE, cruise=NONE) == told(drone=SURE) == told(drone=NONE, cruise=NONE) == ""
