"""Build what is released, so that anyone gets the same bytes: ``python -m tools.release``.

Into ``dist`` go the wheel, the source archive, a list of all parts that a user installs (SBOM, CycloneDX) and the hashes.
Times in them are that of the last commit, or SOURCE_DATE_EPOCH.  ``--check`` builds both twice, in other folders and as
another user would, and compares.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from tools.constraints import plain
from tools.users import asked, of_users

ROOT = Path(__file__).resolve().parents[1]
SOURCES = (
    "src",
    "pyproject.toml",
    "MANIFEST.in",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "CITATION.cff",
    "constraints.txt",
)
BACKEND = "from setuptools import build_meta as b; b.build_sdist('out'); b.build_wheel('out')"
LONGEST_AGO = 315532800
"""1980: archives know no earlier time."""


def main() -> int:
    """Build, or build twice and compare; 0 if all is well."""
    given = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    given.add_argument("--check", action="store_true", help="build twice and compare, keep nothing")
    given.add_argument("--into", default="dist", type=Path, help="where to put what is built")
    options = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="skypact-release-") as folder:
        first = build(Path(folder) / "first")
        if options.check:
            os.umask(0o077)
            return compared(first, build(Path(folder) / "another" / "place"))
        options.into.mkdir(exist_ok=True)
        for file in first:
            shutil.copy(file, options.into)
    stem = f"skypact-{version()}"
    (options.into / f"{stem}.cdx.json").write_text(bill(), encoding="utf-8")
    names = sorted(path.name for path in options.into.glob(f"{stem}*"))
    lines = "".join(f"{digest(options.into / name)}  {name}\n" for name in names)
    (options.into / "SHA256SUMS").write_text(lines, encoding="utf-8")
    print(lines, end="")
    return 0


def compared(first: list[Path], second: list[Path]) -> int:
    """Say whether two builds are the same."""
    differ = [one.name for one, other in zip(first, second, strict=True) if digest(one) != digest(other)]
    for one in first:
        print(f"{'DIFFERS' if one.name in differ else 'the same twice'}: {one.name} {digest(one)}")
    return int(bool(differ))


def version() -> str:
    """The version that is built."""
    text = (ROOT / "src" / "skypact" / "version.py").read_text(encoding="utf-8")
    return text.split('__version__ = "')[1].split('"')[0]


def build(folder: Path) -> list[Path]:
    """The source archive and the wheel, built of a copy so that nothing left over in the checkout gets in."""
    copy = folder / "sources"
    copy.mkdir(parents=True)
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, copy)
    for path in copy.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    when = epoch()
    (copy / "out").mkdir()
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(
        [sys.executable, "-c", BACKEND],
        cwd=copy,
        env={**outside, "SOURCE_DATE_EPOCH": str(when), "PYTHONHASHSEED": "0"},
        check=True,
        capture_output=True,
        umask=0o022,
    )
    for archive in (copy / "out").glob("*.tar.gz"):
        archive.write_bytes(repacked(archive.read_bytes(), when))
    return sorted((copy / "out").iterdir())


def epoch() -> int:
    """The time of the last commit, seconds since 1970; SOURCE_DATE_EPOCH overrides it."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return max(int(given), LONGEST_AGO)
    ask = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        said = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return LONGEST_AGO
    return max(int(said), LONGEST_AGO)


def repacked(archive: bytes, when: int) -> bytes:
    """A source archive with everything in order of names, of nobody and of one time."""
    packed = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(archive)) as old,
        gzip.GzipFile("", "wb", 9, packed, mtime=when) as zipped,
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as new,
    ):
        for part in sorted(old.getmembers(), key=lambda one: one.name):
            plain_part = tarfile.TarInfo(part.name)
            plain_part.type, plain_part.size, plain_part.mtime = part.type, part.size, when
            plain_part.mode = 0o755 if part.isdir() else 0o644
            new.addfile(plain_part, old.extractfile(part) if part.isfile() else None)
    return packed.getvalue()


def bill() -> str:
    """What a user installs with every extra, as it is installed here: CycloneDX, JSON."""
    ask = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--sv", "1.6"]
    ask += ["--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "library", sys.executable]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch())}
    said = subprocess.run(ask, capture_output=True, text=True, check=True, env=env).stdout
    return json.dumps(narrowed(json.loads(said), of_users()), indent=1, ensure_ascii=False) + "\n"


def narrowed(document: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """A bill of materials without the tools of the makers."""
    parts = [one for one in document.get("components", ()) if plain(one["name"]) in names]
    root = document["metadata"]["component"]
    root["version"] = version()
    known = {one["bom-ref"] for one in parts} | {root["bom-ref"]}
    wanted = {plain(one.name) for one in asked()}
    direct_refs = sorted(one["bom-ref"] for one in parts if plain(one["name"]) in wanted)
    links = [
        {**one, "dependsOn": [ref for ref in one.get("dependsOn", ()) if ref in known]}
        for one in document.get("dependencies", ())
        if one["ref"] in known and one["ref"] != root["bom-ref"]
    ]
    links.append({"ref": root["bom-ref"], "dependsOn": direct_refs})
    return {**document, "components": parts, "dependencies": links}


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
