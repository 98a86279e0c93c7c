"""A run that was killed goes on where it was, with the same bits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import skypact
from tests.campaigns.made import NIGHTS, data, text

SMALL = {"sets": 3, "replications": 6, "threads": 1}


@pytest.fixture(scope="module")
def small() -> str:
    return text(data(20, nights=(NIGHTS[0], NIGHTS[1])))


@pytest.fixture(scope="module")
def whole(small: str) -> str:
    return json.dumps(skypact.campaign(small, **SMALL).to_dict(), sort_keys=True)


class Killed(Exception):
    pass


@pytest.mark.parametrize("after", [0.1, 0.3, 0.55, 0.8])
def test_killed_and_resumed_gives_the_same(small: str, whole: str, tmp_path: Path, after: float) -> None:
    def kill(what: str, share: float) -> None:
        if share >= after:
            raise Killed

    with pytest.raises(Killed):
        skypact.campaign(small, **SMALL, resume=tmp_path, progress=kill)
    found = skypact.campaign(small, **SMALL, resume=tmp_path)
    assert json.dumps(found.to_dict(), sort_keys=True) == whole


def test_a_damaged_file_is_played_again(small: str, whole: str, tmp_path: Path) -> None:
    skypact.campaign(small, **SMALL, resume=tmp_path)
    for number, file in enumerate(sorted(tmp_path.glob("set-*"))):
        content = file.read_bytes()
        file.write_bytes(content[: len(content) // 2] if number % 2 else b"")
    found = skypact.campaign(small, **SMALL, resume=tmp_path)
    assert json.dumps(found.to_dict(), sort_keys=True) == whole


def test_another_question_is_refused(small: str, tmp_path: Path) -> None:
    skypact.campaign(small, **SMALL, resume=tmp_path)
    with pytest.raises(
        skypact.Problems, match="another question was asked in this folder: it differs in seed"
    ):
        skypact.campaign(small, **SMALL, seed=2, resume=tmp_path)


def test_a_folder_with_something_else_is_left_alone(small: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(skypact.Problems, match="this folder holds something else"):
        skypact.campaign(small, **SMALL, resume=tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]
