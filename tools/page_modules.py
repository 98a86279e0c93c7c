"""Bundle what the page uses of others, from the versions of the lockfile, into the package.

Our own modules are served as they are written; only these are bundled, so that nobody who uses Skypact needs Node.
Needs npm and the npm registry.  ``--check`` bundles anew and says whether what is shipped is that.

    python tools/page_modules.py [--check]
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tools" / "page_modules"
TARGET = ROOT / "src" / "skypact" / "app" / "static" / "vendor"
ENTRIES = ("view", "geo", "editor", "symbols")
ESBUILD = (
    "--bundle",
    "--format=esm",
    "--minify",
    "--target=es2022",
    "--legal-comments=none",
    "--drop:console",
)
HASHES = "hashes.json"
NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
"""Fetches what the lockfile names, and runs nothing of it."""


def main() -> int:
    """Bundle, or check what is bundled; 0 if all is well."""
    subprocess.run(NPM, cwd=FOLDER, check=True)
    if "--check" not in sys.argv:
        bundle(TARGET)
        return 0
    with tempfile.TemporaryDirectory() as made:
        bundle(Path(made))
        wrong = [
            one.name for one in Path(made).iterdir() if (TARGET / one.name).read_bytes() != one.read_bytes()
        ]
    for name in wrong:
        print(f"{TARGET / name} is not what the lockfile gives")
    return 1 if wrong else 0


def bundle(target: Path) -> None:
    """Write the bundles, the licences of what is in them, and their hashes."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ENTRIES:
        command = [FOLDER / "node_modules" / ".bin" / "esbuild", f"{name}.js", *ESBUILD]
        subprocess.run(
            [*command, f"--outfile={target / name}.js", "--log-level=warning"], cwd=FOLDER, check=True
        )
    (target / "LICENSES.txt").write_text(licences(), encoding="utf-8")
    files = sorted(one for one in target.iterdir() if one.name != HASHES)
    found = {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in files}
    (target / HASHES).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def licences() -> str:
    """The licence of every package of the lockfile that may be in a bundle."""
    locked = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    parts = []
    for place, about in sorted(locked.items()):
        if not place or about.get("dev"):
            continue
        folder = FOLDER / place
        text = next((one for one in sorted(folder.glob("LICENSE*"))), None)
        said = (
            text.read_text(encoding="utf-8").strip()
            if text
            else f"Licence: {about.get('license', 'see its package')}"
        )
        parts.append(f"{place.removeprefix('node_modules/')} {about['version']}\n\n{said}\n")
    return ("\n" + "-" * 72 + "\n\n").join(parts)


if __name__ == "__main__":
    sys.exit(main())
