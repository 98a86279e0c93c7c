"""Machine code and other things that are kept: never needed, never wrong."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from skypact import compiled, kept
from skypact.world import earth


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for what is kept."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(kept, "_beside", lambda: tmp_path / "none" / "such")
    _look_again()
    yield tmp_path / "skypact"
    _look_again()


def _look_again() -> None:
    kept.folders.cache_clear()
    kept.writable.cache_clear()


def chord() -> Any:
    """A kernel as in a new process: not compiled yet."""
    kernel: Any = earth.chord_km
    return compiled.njit(nogil=True)(kernel.py_func)


def hits(kernel: Any) -> int:
    return sum(kernel.stats.cache_hits.values())


def test_machine_code_is_found_again(folder: Path) -> None:
    first, second = chord(), chord()
    assert first(100.0) == second(100.0)
    assert (hits(first), hits(second)) == (0, 1)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:10],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data[:500] + bytes([data[500] ^ 1]) + data[501:],
        lambda data: os.urandom(len(data)),
    ],
    ids=["empty", "cut in the head", "cut in half", "one byte short", "one bit", "garbage"],
)
def test_a_damaged_file_is_thrown_away_and_made_again(damage: Callable[[bytes], bytes], folder: Path) -> None:
    right = chord()(100.0)
    (file,) = folder.glob("earth.chord_km-*")
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    again = chord()
    assert again(100.0) == right
    assert hits(again) == 0
    assert len(file.read_bytes()) > 500
    third = chord()
    assert third(100.0) == right
    assert hits(third) == 1


def test_whole_files_that_are_no_machine_code_are_thrown_away(folder: Path) -> None:
    right = chord()(100.0)
    (file,) = folder.glob("earth.chord_km-*")
    kept.write("earth.chord_km", file.stem.rpartition("-")[2], b"something else")
    assert chord()(100.0) == right
    last = chord()
    assert last(100.0) == right
    assert hits(last) == 1


def test_other_constants_or_other_functions_called_are_another_kernel() -> None:
    """Numba's own cache sees neither."""

    def with_globals(**changed: Any) -> str:
        kernel: Any = earth.slant_km
        function = kernel.py_func
        other = FunctionType(function.__code__, {**function.__globals__, **changed}, function.__name__)
        return compiled.sources(other)

    names = compiled._names(earth.slant_km.py_func.__code__)  # type: ignore[attr-defined]
    constant = next(name for name in names if isinstance(getattr(earth, name, None), float))
    assert with_globals() == with_globals()
    assert with_globals(**{constant: 1.0}) != with_globals()


def test_programs_that_write_at_once_leave_whole_files() -> None:
    contents = [bytes([number]) * 200_000 for number in range(4)]
    seen: list[bytes | None] = []

    def work(content: bytes) -> None:
        for _ in range(20):
            kept.write("thing", "mark", content)
            seen.append(kept.read("thing", "mark"))

    workers = [threading.Thread(target=work, args=(content,)) for content in contents]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert set(seen) <= set(contents)


def test_old_files_do_not_pile_up(folder: Path) -> None:
    for number in range(kept.MOST + 5):
        kept.write("thing", kept.mark(number), b"content")
        kept.write("thing.other", kept.mark(number), b"content")
    assert len(list(folder.glob("thing-*"))) == len(list(folder.glob("thing.other-*"))) == kept.MOST
    assert kept.read("thing", kept.mark(kept.MOST + 4)) == b"content"


def test_what_someone_else_could_have_written_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such files hold code: one in a folder that all can write is not to be trusted."""
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setattr(kept, "_beside", lambda: blocked / "below")
    home = tmp_path / "home"
    monkeypatch.setattr(kept, "_home", lambda: home)
    _look_again()
    assert kept.write("thing", "mark", b"content")
    assert kept.read("thing", "mark") == b"content"
    (home / "skypact").chmod(0o777)
    _look_again()
    assert kept.read("thing", "mark") is None
    assert kept.writable() != home / "skypact"


def test_every_kernel_is_kept_this_way() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in kept.PACKAGE.rglob("*.py")}
    assert [path for path, text in sources.items() if "from numba import njit" in text] == []
