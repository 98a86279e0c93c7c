"""Ask whether a version that is installed, or bundled for the page, has a known weakness: ``python -m tools.audit``.

One in what a user installs or the page is sent fails; one in what only the makers use is reported.  An audit that cannot be
made, because the register of weaknesses is not reached or takes too long, is reported and fails nothing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tools.constraints import FILE, plain
from tools.page_modules import FOLDER
from tools.users import of_users

LONGEST_S = 25
ASK = (
    "-m",
    "pip_audit",
    "--requirement",
    str(FILE),
    "--no-deps",
    "--disable-pip",
    "--progress-spinner",
    "off",
)
ASK_NPM = (
    "npm",
    "audit",
    "--package-lock-only",
    "--json",
    "--fetch-retries=0",
    "--fetch-timeout=8000",
)
"""Needs the lockfile alone: nothing is installed."""


def main() -> int:
    """Ask, say what was found; 1 where it concerns users."""
    return max(of_python(), of_page())


def of_python() -> int:
    """Of what is installed."""
    try:
        done = subprocess.run(
            [sys.executable, *ASK, "--format", "json", "--timeout", "5"],
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        found = json.loads(done.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        print(f"audit: not finished in {LONGEST_S} s; nothing is known of the dependencies' weaknesses")
        return 0
    except (ValueError, KeyError):
        why = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"audit: the register of weaknesses was not reached ({why[:200]}); nothing is known")
        return 0
    users = of_users()
    for line in said(found, users):
        print(line)
    return int(any(one.get("vulns") and plain(one["name"]) in users for one in found))


def said(found: list[dict[str, Any]], users: set[str]) -> Iterator[str]:
    """A line for each weakness, and one that sums up."""
    asked = [one for one in found if "vulns" in one]
    for one in asked:
        for weakness in one["vulns"]:
            whom = "in what users install" if plain(one["name"]) in users else "in what the makers use"
            better = ", ".join(weakness.get("fix_versions", ())) or "none yet"
            yield f"audit: {one['name']} {one['version']} ({whom}): {weakness['id']}; better: {better}"
    if not asked:
        yield f"audit: the register was not reached, or knows none of {len(found)} packages; nothing is known"
    else:
        yield f"audit: {len(asked)} packages asked about, {len(found) - len(asked)} not found in the register"


def of_page() -> int:
    """Of what is bundled for the page, by its lockfile."""
    if shutil.which("npm") is None:
        print("audit: no npm here; nothing is known of the weaknesses of the page's modules")
        return 0
    try:
        done = subprocess.run(
            ASK_NPM, cwd=FOLDER, capture_output=True, text=True, timeout=LONGEST_S, check=False
        )
        found = json.loads(done.stdout)["vulnerabilities"]
    except subprocess.TimeoutExpired:
        print(
            f"audit: not finished in {LONGEST_S} s; nothing is known of the weaknesses of the page's modules"
        )
        return 0
    except (ValueError, KeyError):
        print("audit: the register of npm was not reached; nothing is known of the page's modules")
        return 0
    modules = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    sent = {name for name, one in modules.items() if name and not one.get("dev")}
    for line in said_of_page(found, sent, len(modules) - 1):
        print(line)
    return int(any(sent.intersection(one["nodes"]) for one in found.values()))


def said_of_page(found: dict[str, Any], sent: set[str], count: int) -> Iterator[str]:
    """A line for each weak module, and one that sums up."""
    for name, one in found.items():
        whom = "in what the page is sent" if sent.intersection(one["nodes"]) else "in what the makers use"
        why = [via["title"] if isinstance(via, dict) else f"by {via}" for via in one["via"]]
        yield f"audit: {name} {one['range']} ({whom}): {one['severity']}, {'; '.join(why)}"
    yield f"audit: {count} modules of the page and its tools asked about"


if __name__ == "__main__":
    sys.exit(main())
