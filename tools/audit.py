"""Ask whether a version that is installed has a known weakness: ``python -m tools.audit``.

One in what a user installs fails; one in what only the makers use is reported.  An audit that cannot be made, because
the register of weaknesses is not reached or takes too long, is reported and fails nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from tools.constraints import FILE, plain
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


def main() -> int:
    """Ask, say what was found; 1 where it concerns users."""
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


if __name__ == "__main__":
    sys.exit(main())
