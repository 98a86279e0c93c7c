"""Running the program as a user does, in places that are not as the developer's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import skypact

PACKAGE = Path(skypact.__file__).parent
SKYPACT = (sys.executable, "-c", "from skypact.cli import main; main()")
Run = Callable[..., subprocess.CompletedProcess[Any]]


def environment(**variables: str) -> dict[str, str]:
    """The variables of this process with others; one that is empty is taken away."""
    changed = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), **variables}
    return {name: value for name, value in changed.items() if value}


@pytest.fixture(scope="session")
def run() -> Run:
    """Run skypact with arguments; keywords in capitals are variables of the environment."""

    def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[Any]:
        variables = {name: str(options.pop(name)) for name in list(options) if name.isupper()}
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **options}
        return subprocess.run(
            [*SKYPACT, *map(str, arguments)], env=environment(**variables), check=False, **streams
        )

    return run


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package in which nothing is compiled and nothing can be kept; the folder it lies in.

    A file stands where the folder for what is kept would be: that stops an administrator as well.
    """
    folder = tmp_path_factory.mktemp("fresh")
    copy = folder / "skypact"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for inside in [copy, *copy.rglob("*")]:
        if inside.is_dir():
            (inside / "__pycache__").touch()
    return folder
