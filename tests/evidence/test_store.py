"""The store survives whatever happens during an import."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

import skypact
from skypact.evidence import store as module
from skypact.evidence.rows import report_of
from skypact.evidence.store import read_store, write_store
from tests.evidence.made import a_report, some_reports, write

KILLED = """
import os, signal, sys
from skypact.evidence import store
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
{where} = die
import skypact
skypact.import_record(sys.argv[1], sys.argv[2])
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    into = tmp_path / "record.duckdb"
    skypact.import_record(write(tmp_path / "first.csv", some_reports()), into)
    return into


def newer(tmp_path: Path) -> Path:
    newest = a_report(time_start="2025-05-04 21:00", time_end="2025-05-05 08:00", source="kpszsu/posts/f")
    return write(tmp_path / "newer.csv", [newest, *some_reports()])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("where", ["store._table", "store._to_disk", "os.replace"])
def test_a_kill_in_the_middle_leaves_the_old_store(where: str, store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    code = KILLED.format(where=where)
    environment = {**os.environ, "PYTHONPATH": str(Path(skypact.__file__).parents[1])}
    arguments = [sys.executable, "-c", code, str(newer(tmp_path)), str(store)]
    done = subprocess.run(arguments, env=environment, check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert store.read_bytes() == before
    assert len(read_store(store).kept) == 6
    assert skypact.import_record(tmp_path / "newer.csv", store).reports == 7


def test_what_a_killed_import_left_is_removed_once_it_is_old(store: Path, tmp_path: Path) -> None:
    old, young = (tmp_path / f".record.duckdb.new-{name}" for name in ("old", "young"))
    for folder in (old, young):
        folder.mkdir()
        (folder / "store").write_text("half")
    past = time.time() - module.STALE_S - 60
    os.utime(old, (past, past))
    skypact.import_record(newer(tmp_path), store)
    assert (old.exists(), young.exists()) == (False, True)


def test_a_fault_while_writing_leaves_the_old_store(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_to_disk", full)
    with pytest.raises(skypact.Problems, match="cannot be written: No space left on device"):
        skypact.import_record(newer(tmp_path), store)
    assert store.read_bytes() == before
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_two_imports_at_once_do_not_lose_one_another(store: Path, tmp_path: Path) -> None:
    seen = read_store(store)
    skypact.import_record(newer(tmp_path), store)
    with pytest.raises(skypact.Problems, match="changed by another program meanwhile"):
        write_store(store, seen, [report_of(one.fields) for one in seen.kept])
    assert len(read_store(store).kept) == 7


def test_someone_may_read_while_it_is_replaced(store: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(store), read_only=True) as reader:
        skypact.import_record(newer(tmp_path), store)
        assert reader.execute("select count(*) from reports").fetchall() == [(6,)]
    assert len(read_store(store).kept) == 7


def test_someone_who_writes_keeps_imports_out(store: Path, tmp_path: Path) -> None:
    Path(f"{store}.wal").write_bytes(b"")
    with pytest.raises(skypact.Problems, match="another program is writing to it"):
        skypact.import_record(newer(tmp_path), store)


def test_a_link_to_a_store_stays_a_link(store: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.duckdb"
    link.symlink_to(store)
    skypact.import_record(newer(tmp_path), link)
    assert link.is_symlink()
    assert len(read_store(store).kept) == 7


def test_a_file_that_is_no_store_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("not a store " * 1000)
    with pytest.raises(skypact.Problems, match="not a store of evidence"):
        skypact.import_record(newer(tmp_path), notes)
    with pytest.raises(skypact.Problems, match="not a store of evidence"):
        skypact.record(notes)
    assert notes.read_text().startswith("not a store")


def test_another_database_is_no_store(tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("create table t (a integer)")
    with pytest.raises(skypact.Problems, match="the store cannot be read"):
        skypact.record(other)


def test_a_store_of_another_version_is_named(store: Path) -> None:
    with duckdb.connect(str(store)) as connection:
        connection.execute("update about set value = 'skypact-evidence/9' where key = 'format'")
    with pytest.raises(skypact.Problems, match="another version: skypact-evidence/9"):
        skypact.record(store)


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(skypact.Problems, match=r"no such store.*evidence import"):
        skypact.record(tmp_path / "nowhere.duckdb")
    with pytest.raises(skypact.Problems, match="no such folder"):
        skypact.import_record(newer(tmp_path), tmp_path / "no" / "record.duckdb")


def test_a_store_holds_what_was_put_in(store: Path, tmp_path: Path) -> None:
    held = read_store(store)
    again = tmp_path / "again.duckdb"
    write_store(again, replace(held, state=()), [report_of(one.fields) for one in held.kept])
    assert replace(read_store(again), state=()) == replace(held, state=())
