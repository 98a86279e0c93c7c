"""Install the wheel on every supported Python that this machine has, and try it away from the checkout.

The Python that runs this file is left out, for the whole test suite runs there; on it the wheel is tried with the
lowest versions of its dependencies that pyproject.toml allows.  The newest Python is tried with the newest ones; those
between are tried without the extras.  Needs the standard library alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("src", "pyproject.toml", "README.md", "LICENSE")
EXTRAS = "report", "formats", "app"
AT_ONCE = 2
LONGEST_S = 900

BARE = (
    "--version",
    "--version --json",
    "list",
    "catalog patriot-pac-3-mse",
    "export ukraine-2024-08-26 --output mine.yaml",
    "export hranitne-2021-10-26 --as geojson,kml,czml,geoparquet,csv,parquet,raid --into bare --central --replications 20",
    "check mine.yaml",
    "aid lethal-aid-2021-10 --date 2021-10-26",
    "compare hranitne-2021-10-26 --sets 4 --replications 20 --json",
    "evidence show ukraine-to-2025-06",
)
"""What the wheel does without its extras."""
WHOLE = {
    "report israel-2024-04-13 --sets 4 --replications 20 --output y.html": "report",
    "export israel-2024-04-13 --as gpkg,xlsx --into whole --central --replications 20": "formats",
}
"""What needs an extra, and which."""
SERVED = "serve --no-browser --port 0"
"""What needs the extra ``app``, and does not end by itself."""
SERVE = """
import threading, urllib.request
from pathlib import Path
from skypact.app.server import serving
found = serving(Path("."), None, "127.0.0.1", 0)
threading.Thread(target=found.run, daemon=True).start()
page = urllib.request.urlopen(found.address, timeout=30).read()
assert b"/static/main.js" in page
assert b"h1" in urllib.request.urlopen(found.address + "static/main.js", timeout=30).read()
assert b"ukraine" in urllib.request.urlopen(found.address + "api/scenarios", timeout=60).read()
"""
LIBRARY = """
import skypact as s
c = s.compare("ukraine-2024-08-26", ("status-quo", "sky-shield"), central=True, replications=20)
print(c)
assert len(c.to_frame()) > 0
c.report("x.html")
assert "site-packages" in s.__file__, s.__file__
"""


def main() -> int:
    """Try the wheel everywhere; 0 if all is well."""
    if "CI" not in os.environ:
        print("This installs Skypact several times into a temporary folder, about 600 MB each.", flush=True)
    with tempfile.TemporaryDirectory(prefix="skypact-smoke-") as folder:
        wheel = build(Path(folder))
        newer = list(others())
        tries = [
            (f"Python {name}", python, wheel, None, number == len(newer))
            for number, (name, python) in enumerate(newer, 1)
        ]
        ours = f"Python {version(sys.executable)}, lowest dependencies"
        tries.insert(0, (ours, sys.executable, wheel, lowest(), True))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            went_well = list(pool.map(lambda one: attempt(Path(folder), *one), tries))
    return 0 if all(went_well) else 1


def project() -> dict[str, Any]:
    """The table `project` of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def lowest() -> dict[str, str]:
    """The lowest allowed version of every dependency of the wheel with its extras."""
    given = project()
    extras = [line for one in EXTRAS for line in given["optional-dependencies"][one]]
    pairs = (line.split(">=") for line in [*given["dependencies"], *extras])
    return {name.strip(): bound.strip() for name, bound in pairs}


def supported() -> list[str]:
    """The versions of Python that pyproject.toml names, such as 3.12."""
    found = (
        re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", one) for one in project()["classifiers"]
    )
    return [one[1] for one in found if one]


def others() -> Iterator[tuple[str, str]]:
    """Every other supported Python of this machine: its version and its program."""
    for name in supported():
        if name == version(sys.executable):
            continue
        python = next((one for one in places(name) if version(one) == name), None)
        if python is None:
            print(f"Python {name}: not on this machine, not tried", flush=True)
        else:
            yield name, python


def places(name: str) -> Iterator[str]:
    """Where Python of this version may lie."""
    for folder in os.get_exec_path():
        if found := shutil.which(f"python{name}", path=folder):
            yield found
    for path in sorted(Path.home().glob(f".pyenv/versions/{name}.*/bin/python")):
        yield str(path)


def version(python: str) -> str | None:
    """Version of a Python that can set up environments; none if it cannot, or does not start."""
    ask = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def build(folder: Path) -> Path:
    """The wheel, built of a copy so that nothing left over in the checkout gets in."""
    copy = folder / "sources"
    copy.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, copy)
    tool = environment(folder / "build", sys.executable)
    run([tool, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, copy], folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def environment(folder: Path, python: str) -> str:
    """A fresh virtual environment; its Python."""
    run([python, "-m", "venv", folder], folder.parent)
    return str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")


def attempt(
    folder: Path, what: str, python: str, wheel: Path, lowest: dict[str, str] | None, extras: bool
) -> bool:
    """Try the wheel once and say in a line how it went."""
    began = time.monotonic()
    place = Path(tempfile.mkdtemp(dir=folder))
    try:
        try_wheel(place, python, wheel, lowest, extras)
    except subprocess.SubprocessError as fault:
        output = getattr(fault, "output", "") or ""
        print(f"{what}: failed: {fault}\n{output[-4000:]}", flush=True)
        return False
    finally:
        shutil.rmtree(place)
    print(f"{what}: passed in {time.monotonic() - began:.0f} s", flush=True)
    return True


def try_wheel(place: Path, python: str, wheel: Path, lowest: dict[str, str] | None, extras: bool) -> None:
    """Install, first without the extras, and use it; then with them, if that is asked.

    Raises
    ------
    subprocess.SubprocessError
        If something fails or takes too long.
    """
    tool = environment(place / "env", python)
    install: list[str | Path] = [tool, "-m", "pip", "install", "--quiet"]
    if lowest is not None:
        limits = place / "lowest.txt"
        limits.write_text("".join(f"{name}=={bound}\n" for name, bound in lowest.items()), encoding="utf-8")
        install += ["--constraint", limits]
    away = place / "away"
    away.mkdir()
    skypact = Path(tool).with_name("skypact")
    run([*install, wheel], away)
    for command in BARE:
        run([skypact, *command.split()], away)
    for command, extra in WHOLE.items():
        said = run([skypact, *command.split()], away, expect=2)
        expect_named(f"skypact[{extra}]", said)
    expect_named("skypact[app]", run([skypact, *SERVED.split()], away, expect=2))
    if not extras:
        return
    run([*install, f"{wheel}[{','.join(EXTRAS)}]"], away)
    for command in WHOLE:
        run([skypact, *command.split()], away)
    run([tool, "-c", LIBRARY], away)
    run([tool, "-c", SERVE], away)


def expect_named(extra: str, said: str) -> None:
    """The line about a missing extra names it.

    Raises
    ------
    subprocess.SubprocessError
        If it does not.
    """
    if extra not in said:
        raise subprocess.SubprocessError(f"the missing extra is not named: {said}")


def run(command: list[str | Path], folder: Path, expect: int = 0) -> str:
    """Run a command in a folder, away from the checkout's packages and from compiled code of others."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NUMBA"))}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**outside, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    if done.returncode != expect:
        raise subprocess.CalledProcessError(done.returncode, [str(one) for one in command], done.stdout)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
