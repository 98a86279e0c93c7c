"""Write the versions with which the tests passed: ``python -m tools.constraints`` in the environment that ran them.

``make demo`` and ``make test`` install these versions, so that what worked here works there.  Whoever wants the newest
ones says ``make test CONSTRAINTS=``, and writes them down when all is well.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "constraints.txt"
NOT_PINNED = {"skypact", "pip"}
HEAD = """\
# Versions with which the tests passed, on Python {python}. Written by: python -m tools.constraints
# make demo and make test install these; make test CONSTRAINTS= takes the newest allowed by pyproject.toml.
"""


def main() -> None:
    """Write the file from what is installed beside this Python."""
    lines = "".join(f"{name}=={version}\n" for name, version in sorted(installed().items()))
    head = HEAD.format(python=f"{sys.version_info[0]}.{sys.version_info[1]}")
    FILE.write_text(head + lines, encoding="utf-8")
    print(f"Written: {FILE}")


def installed() -> dict[str, str]:
    """Every package here by its normal name, but those that come with the environment, and this one."""
    found = {plain(name_of(one)): one.version for one in distributions()}
    return {name: version for name, version in found.items() if name not in NOT_PINNED}


def pinned() -> dict[str, str]:
    """What the file says."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def name_of(one: Distribution) -> str:
    return str(one.metadata["Name"])


def plain(name: str) -> str:
    """A package's name as registries compare it.

    >>> plain("Jinja2"), plain("typing_extensions")
    ('jinja2', 'typing-extensions')
    """
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
