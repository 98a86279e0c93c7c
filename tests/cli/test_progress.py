"""Progress where no terminal shows a bar: few lines, and never silence for minutes."""

from __future__ import annotations

import pytest

from skypact.cli import progress


def test_a_long_task_says_each_half_minute_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 0.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: False, raising=False)
    with progress.telling() as tell:
        for second in range(101):
            now = float(second)
            tell("playing the nights", second / 100)
        now = 102.0
        tell("writing the report", 0.0)
    assert capsys.readouterr().err.splitlines() == [
        "skypact: playing the nights ...",
        "skypact: playing the nights ... 31 %",
        "skypact: playing the nights ... 61 %",
        "skypact: playing the nights ... 91 %",
        "skypact: writing the report ...",
    ]


def test_what_is_done_at_once_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.telling() as tell:
        tell("playing", 0.0)
        tell("playing", 1.0)
    assert capsys.readouterr().err == ""
