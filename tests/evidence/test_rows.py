"""What a row says: the traps of the record, each with a made row of the same kind."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from skypact.evidence.reports import UNREPORTED
from tests.evidence.made import NATIONAL, REGIONAL, a_report, refused, reports, understood


def test_a_plain_report() -> None:
    found = understood()
    assert (found.launched, found.destroyed, found.not_reached, found.still_attacking) == (
        10,
        7,
        2,
        UNREPORTED,
    )
    assert found.eligible
    assert found.doubts == ()


def test_a_regional_report_is_no_strike_report() -> None:
    found = understood(source=REGIONAL, launched="3.0", destroyed="3.0")
    assert (found.level, found.eligible) == ("regional", False)


def test_a_reconnaissance_aircraft_is_no_strike() -> None:
    found = understood(model="Orlan-10", launched="3.0", destroyed="3.0")
    assert (found.named.kind, found.eligible) == ("reconnaissance", False)


def test_more_stopped_than_launched_counts_as_launched() -> None:
    found = understood(launched="16.0", destroyed="15.0", not_reach_goal="11.0")
    assert found.doubts == ("more-than-launched",)
    assert found.eligible
    (stopped,) = reports([a_report(launched="16.0", destroyed="15.0", not_reach_goal="11.0")]).stopped
    assert stopped == 16


def test_a_missing_number_launched_is_not_zero() -> None:
    found = understood(launched="", destroyed="0.0")
    assert (found.launched, found.eligible, found.doubts) == (UNREPORTED, False, ("launched-missing",))


def test_a_missing_number_destroyed_is_not_zero() -> None:
    found = understood(destroyed="")
    assert (found.destroyed, found.eligible, found.doubts) == (UNREPORTED, False, ("destroyed-missing",))


@pytest.mark.parametrize("name", ["X-22 and X-31P", "C-400 and Iskander-M"])
def test_names_joined_across_classes_are_not_eligible(name: str) -> None:
    found = understood(model=name)
    assert (found.eligible, found.doubts) == (False, ("several-classes",))


def test_names_joined_within_a_class_are_eligible() -> None:
    found = understood(model="X-101/X-555 and Kalibr")
    assert (found.eligible, found.named.strike, found.doubts) == (True, "cruise", ())


def test_a_blank_not_reached_is_unreported_and_counts_as_none_stopped() -> None:
    found = reports([a_report(not_reach_goal=""), a_report(not_reach_goal="0.0", target="south")])
    assert sorted(found.not_reached.tolist()) == [UNREPORTED, 0]
    assert found.stopped.tolist() == [7, 7]


def test_still_attacking_is_kept_and_said() -> None:
    found = understood(still_attacking="1.0")
    assert (found.still_attacking, found.doubts) == (1, ("still-attacking",))


def test_an_hour_without_a_leading_zero() -> None:
    assert understood(time_start="2023-05-16 3:30", time_end="2023-05-16 07:00").starts == datetime(
        2023, 5, 16, 3, 30
    )


def test_a_start_without_an_hour_belongs_to_the_night_of_its_date() -> None:
    found = understood(time_start="2024-07-31", time_end="2024-07-31 08:00")
    assert (found.night, found.doubts) == (datetime(2024, 7, 31), ("start-without-hour",))


def test_a_night_has_the_date_of_its_morning() -> None:
    found = reports([a_report(time_start="2025-01-03 19:00"), a_report(time_start="2025-01-04 11:59")])
    assert found.night.tolist() == [datetime(2025, 1, 4).date()] * 2


def test_a_time_over_several_nights_is_said() -> None:
    found = understood(time_start="2025-04-10 09:00", time_end="2025-04-11 09:00")
    assert (found.night, found.doubts) == (datetime(2025, 4, 10), ("several-nights",))


def test_several_reports_of_a_night_stay_apart() -> None:
    found = reports([a_report(), a_report(time_start="2025-05-03 08:00", time_end="2025-05-03 18:00")])
    assert len(found) == 2
    assert found.night.tolist() == [datetime(2025, 5, 3).date()] * 2


def test_look_alikes_are_no_duplicates() -> None:
    alike = {"source": REGIONAL, "model": "Iskander-M", "launched": "1.0", "destroyed": "0.0"}
    assert (
        len(reports([a_report(**alike, target="Made oblast"), a_report(**alike, target="Other oblast")])) == 2
    )


def test_a_model_that_no_catalogue_lists_is_known_or_said() -> None:
    assert understood(model="Фенікс").doubts == ()
    assert understood(model="Zmiy").doubts == ("unknown-weapon",)


def test_an_end_before_the_start_is_said() -> None:
    assert (
        "ends-before-start" in understood(time_start="2025-05-03 08:00", time_end="2025-05-03 07:00").doubts
    )


def test_places_regions_and_borders() -> None:
    found = understood(
        **{
            "affected region": "['Made oblast', 'Other oblast']",
            "border_crossing": "{'belarus': 2.0, 'x': nan}",
        }
    )
    assert (found.regions, found.crossings) == (("Made oblast", "Other oblast"), {"belarus": 2})
    odd = understood(**{"affected region": "a [broken list", "border_crossing": "{'__import__(1)': open}"})
    assert (odd.regions, odd.crossings) == (("a [broken list",), {})
    named = understood(launch_place="Chauda, Crimea and Yeysk", target="A oblast and B oblast and A oblast")
    assert (named.launch_places, named.targets) == (("Chauda, Crimea", "Yeysk"), ("A oblast", "B oblast"))
    together = understood(
        model="X-101/X-555 and Kalibr", launched_details="{'X-101/X-555': 6, 'Kalibr': 4, 'x': nan}"
    )
    assert together.launched_by == {"X-101/X-555": 6, "Kalibr": 4}
    whole = reports(
        [a_report(**{"affected region": "['A', 'B']", "border_crossing": "{'belarus': 2.0, 'x': 1}"})]
    )
    assert (whole.regions.tolist(), whole.crossed.tolist()) == (["A, B"], [3])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"launched": "ten"}, "launched: no number: 'ten'"),
        ({"destroyed": "-3"}, "destroyed: negative: '-3'"),
        ({"destroyed": "11.0"}, "destroyed: 11 destroyed of 10 launched"),
        ({"launched": "10.5"}, "launched: not a whole number: '10.5'"),
        ({"launched": "inf"}, "launched: not a whole number: 'inf'"),
        ({"launched": "1e9"}, "launched: too large: '1e9'"),
        ({"not_reach_goal": "several"}, "not_reach_goal: no number: 'several'"),
        ({"time_start": "in the evening"}, "time_start: no time: 'in the evening'"),
        ({"time_start": "2025-02-30"}, "time_start: no time of the calendar: '2025-02-30'"),
        ({"time_end": ""}, "time_end: no time: ''"),
        ({"time_start": "0225-05-02 21:00"}, "time_start: not of this war: '0225-05-02 21:00'"),
        ({"model": " "}, "model: empty"),
    ],
)
def test_a_row_that_cannot_be_used(fields: dict[str, str], reason: str) -> None:
    assert refused(**fields) == reason


def test_only_the_air_force_is_eligible() -> None:
    assert understood(source=NATIONAL).eligible
    assert not understood(source="GeneralStaff.ua/posts/1").eligible
    assert not understood(source="https://t.me/kpszsu/1").eligible


def test_reports_come_by_night_and_row() -> None:
    found = reports(
        [
            a_report(time_start="2025-05-05"),
            a_report(time_start="2025-05-04"),
            a_report(time_start="2025-05-04", target="x"),
        ]
    )
    assert found.row.tolist() == [1, 2, 0]
    assert found.month.astype(str).tolist() == ["2025-05"] * 3
    assert np.array_equal(found.of_target("D"), found.stopped_by_fire)
    with pytest.raises(ValueError, match="different lengths"):
        type(found)(**{**found.__dict__, "row": found.row[:1]})
