"""Texts of drawings have room in any of the usual fonts, and none is cut."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace

import pytest

from skypact.report import charts, ledger, lettering
from skypact.report.drawing import NARROW, SLACK_PX, WIDE
from skypact.report.lettering import beyond, lines, room
from tests.report.conftest import Case

LONG = "The Ministry of Foreign Affairs of a Country with a Long Name"


def test_examples_hold() -> None:
    assert doctest.testmod(lettering).failed == 0


def test_long_words_are_left_whole() -> None:
    assert lines("a verylongword b", 30, 10) == ["a", "verylongword", "b"]


def test_a_text_beyond_the_frame_is_found() -> None:
    text = '<text text-anchor="{}" transform="translate({},5)" font-size="10px">wide</text>'
    ends = f'<svg><g transform="translate(3,0)">{text.format("end", 7)}{text.format("start", 90)}</g></svg>'
    left, right = beyond(ends, 100.0)
    assert (left, right) == pytest.approx((room("wide", 10) - 10, room("wide", 10) - 7))
    upright = (
        '<svg><g transform="translate(8,0) rotate(-90)"><text font-size="10px">very wide</text></g></svg>'
    )
    assert beyond(upright, 18.0) == (0.0, 0.0)


def test_no_text_reaches_beyond_its_drawing_in_the_widest_font(page: str) -> None:
    drawings = re.findall(r'<svg role="img".*?</svg>', page, re.S)
    assert len(drawings) > 8
    for drawing in drawings:
        west, _, width, _ = map(float, re.search(r'viewBox="([^"]+)"', drawing)[1].split())
        left, right = beyond(drawing, west + width)
        assert left <= -west + 0.01
        assert right <= 0.01
        assert width <= WIDE + SLACK_PX


def test_long_names_are_shown_whole_and_on_a_telephone_too(case: Case) -> None:
    scenario = case.scenario
    actors = {name: actor.model_copy(update={"name": LONG}) for name, actor in scenario.actors.items()}
    policies = {name: one.model_copy(update={"title": LONG}) for name, one in scenario.policies.items()}
    changed = replace(case, scenario=scenario.model_copy(update={"actors": actors, "policies": policies}))
    for drawn in (
        ledger.time_line(changed.material),
        charts.differences(changed.material),
        charts.distributions(changed.material),
    ):
        wide, narrow = re.findall(r"<svg .*?</svg>", str(drawn), re.S)
        for drawing, width in ((wide, WIDE), (narrow, NARROW)):
            assert float(re.search(r'width="([\d.]+)"', drawing)[1]) <= width + SLACK_PX
            words = " ".join(re.findall(r"<t(?:ext|span)[^>]*>([^<]+)", drawing))
            assert LONG in words
            assert "…" not in words
