"""Writing files whole or not at all, and to what is no file."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from skypact.reading import Problems
from skypact.reading.write import expect_writable, write_text


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write_text(pipe, "words")
    reader.join(10)
    assert read == ["words"]
    assert pipe.is_fifo()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
def test_a_device_is_never_replaced_and_a_full_one_is_bad_input() -> None:
    with pytest.raises(Problems, match="No space left"):
        write_text("/dev/full", "words")
    assert Path("/dev/full").is_char_device()


def test_a_link_stays_and_what_it_points_to_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_it_is_known_beforehand_what_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "none" / "file", tmp_path / "file" / "below", tmp_path / ("a" * 300)):
        with pytest.raises(Problems):
            expect_writable(path)
    expect_writable(tmp_path / "new")
    assert [file.name for file in tmp_path.iterdir()] == ["file"]
