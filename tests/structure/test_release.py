"""What is released: the same bytes for everyone, with the versions that were tested, and what is said of them."""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import tarfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from tools import audit, constraints, page_types, release, users

import skypact
from skypact.cli.commands import skypact as command

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_dependency_has_a_tested_version_within_its_bounds() -> None:
    """Of users and makers."""
    pinned = constraints.pinned()
    extras = PROJECT["optional-dependencies"].values()
    asked = [Requirement(line) for part in (PROJECT["dependencies"], *extras) for line in part]
    for one in asked:
        name = constraints.plain(one.name)
        if name != "skypact":
            assert one.specifier.contains(pinned[name]), f"{one}: {pinned[name]}"


def test_the_demonstration_and_the_tests_install_these() -> None:
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "CONSTRAINTS ?= constraints.txt" in made
    assert not re.findall(r"pip install (?!.*(--constraint|--upgrade pip)).*", made)


def test_the_changes_are_told_by_version() -> None:
    """The first heading is of this version; every other one has a day or is an earlier one."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\S+)", text, re.MULTILINE)
    assert headings[0] == skypact.__version__
    assert headings == sorted(headings, reverse=True)


def test_types_are_published() -> None:
    """A checker of types looks for this file in the package."""
    assert (Path(skypact.__file__).parent / "py.typed").exists()
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert "py.typed" in settings["package-data"]["skypact"]


def archive(names: tuple[str, ...], when: int, owner: str) -> bytes:
    """A source archive as somebody's machine makes it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name in names:
            part = tarfile.TarInfo(f"skypact/{name}")
            part.size, part.mtime, part.uname, part.mode = 1, when, owner, 0o600
            tar.addfile(part, io.BytesIO(b"x"))
    return packed.getvalue()


def test_a_source_archive_does_not_tell_who_made_it_when() -> None:
    one = release.repacked(archive(("a", "b"), 1_700_000_000, "me"), 1_600_000_000)
    other = release.repacked(archive(("b", "a"), 1_800_000_000, "you"), 1_600_000_000)
    assert one == other
    assert gzip.decompress(one)
    with tarfile.open(fileobj=io.BytesIO(one)) as tar:
        assert [(part.name, part.mtime, part.mode, part.uname) for part in tar] == [
            (f"skypact/{name}", 1_600_000_000, 0o644, "") for name in "ab"
        ]


def test_the_list_of_parts_has_what_users_install() -> None:
    """And no tool of the makers."""
    names = users.of_users()
    assert {"numpy", "llvmlite", "pydantic-core", "xlsxwriter"} <= names
    assert not {"pytest", "ruff", "mypy", "geopandas"} & names
    ref = {name: f"{name}-ref" for name in ("numpy", "pytest")}
    made: dict[str, Any] = {
        "metadata": {"component": {"name": "skypact", "bom-ref": "root"}},
        "components": [{"name": name, "bom-ref": one} for name, one in ref.items()],
        "dependencies": [
            {"ref": "root", "dependsOn": list(ref.values())},
            {"ref": ref["pytest"], "dependsOn": [ref["numpy"]]},
            {"ref": ref["numpy"]},
        ],
    }
    found = release.narrowed(made, names)
    assert [one["name"] for one in found["components"]] == ["numpy"]
    assert {one["ref"]: one["dependsOn"] for one in found["dependencies"]} == {
        ref["numpy"]: [],
        "root": [ref["numpy"]],
    }


def test_a_weakness_fails_where_users_have_it() -> None:
    weak = {"version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}
    found = [
        {"name": "numpy", **weak},
        {"name": "pytest", **weak},
        {"name": "rich", "skip_reason": "unknown"},
    ]
    lines = list(audit.said(found, {"numpy"}))
    assert lines[0] == "audit: numpy 1 (in what users install): X-1; better: 2"
    assert "the makers use" in lines[1]
    assert lines[2] == "audit: 2 packages asked about, 1 not found in the register"


@pytest.mark.parametrize(
    ("said", "status", "line"),
    [
        ("", 0, "was not reached (no network)"),
        ('{"dependencies": [{"name": "numpy", "version": "1", "skip_reason": ""}]}', 0, "nothing is known"),
        (
            '{"dependencies": [{"name": "numpy", "version": "1", "vulns": [{"id": "X"}]}]}',
            1,
            "better: none yet",
        ),
        (None, 0, "not finished"),
    ],
)
def test_an_audit_that_cannot_be_made_fails_nothing(
    said: str | None,
    status: int,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def answer(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        if said is None:
            raise subprocess.TimeoutExpired("audit", 1)
        return subprocess.CompletedProcess([], 1, said, "no network")

    monkeypatch.setattr(audit.subprocess, "run", answer)
    assert audit.of_python() == status
    assert line in capsys.readouterr().out


WEAK_MODULE = {"severity": "high", "range": "<2", "via": [{"title": "it runs what it reads"}]}


@pytest.mark.parametrize(
    ("said", "status", "line"),
    [
        ({"message": "connect ECONNREFUSED", "error": {}}, 0, "register of npm was not reached"),
        ({"vulnerabilities": {}}, 0, "modules of the page and its tools asked about"),
        (
            {"vulnerabilities": {"preact": {**WEAK_MODULE, "nodes": ["node_modules/preact"]}}},
            1,
            "the page is sent",
        ),
        (
            {"vulnerabilities": {"esbuild": {**WEAK_MODULE, "nodes": ["node_modules/esbuild"]}}},
            0,
            "the makers use",
        ),
        (None, 0, "not finished"),
    ],
)
def test_modules_of_the_page_are_asked_about_too(
    said: dict[str, Any] | None,
    status: int,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def answer(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        if said is None:
            raise subprocess.TimeoutExpired("audit", 1)
        return subprocess.CompletedProcess([], 1, json.dumps(said), "")

    monkeypatch.setattr(audit.shutil, "which", lambda name: name)
    monkeypatch.setattr(audit.subprocess, "run", answer)
    assert audit.of_page() == status
    assert line in capsys.readouterr().out


def test_without_node_types_are_not_checked_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(page_types.shutil, "which", lambda name: None)
    assert page_types.main() == 0
    assert "are not checked" in capsys.readouterr().out


def test_the_version_says_what_a_report_of_a_fault_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions and machine; nothing of who it is or where the program lies."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(Path.home() / "kept"))
    monkeypatch.setenv("NUMBA_NUM_THREADS", "2")
    done = CliRunner().invoke(command, ["--version", "--json"])
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["skypact"] == skypact.__version__
    assert found["packages"]["numpy"]
    assert found["packages"]["llvmlite"]
    assert str(Path.home() / "kept") not in done.stdout
    assert found["variables"]["NUMBA_NUM_THREADS"] == "2"
    assert CliRunner().invoke(command, ["--version"]).stdout == f"skypact, version {skypact.__version__}\n"
    assert CliRunner().invoke(command, ["--json"]).exit_code == 2
