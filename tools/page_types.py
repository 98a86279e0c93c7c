"""Check the types of the page's own modules, which stand in their comments (JSDoc): ``python -m tools.page_types``.

Where there is no Node, or the compiler cannot be fetched, that is said and nothing fails: who changes the page has both,
and so has the server that checks every change.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

from tools.page_modules import FOLDER, NPM, ROOT

STATIC = ROOT / "src" / "skypact" / "app" / "static"
STAGE = ROOT / "build" / "page_types"
"""The modules beside what is known of the types of those that are bundled, so that the compiler does not read the bundles."""
LONGEST_S = 120
OPTIONS = {
    "noEmit": True,
    "allowJs": True,
    "checkJs": True,
    "skipLibCheck": True,
    "target": "es2023",
    "module": "esnext",
    "moduleResolution": "bundler",
    "lib": ["es2023", "dom", "dom.iterable", "dom.asynciterable"],
    "types": [],
    "strict": True,
    # What comes from the server is described by the API and not twice; a property that may be missing is looked at where it is used.
    "noImplicitAny": False,
    "strictNullChecks": False,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "noImplicitReturns": True,
}


def main() -> int:
    """Check; 1 if a type is wrong."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        print("page types: no Node here, so the types of the page's modules are not checked")
        return 0
    compiler = FOLDER / "node_modules" / ".bin" / "tsc"
    if not compiler.exists():
        try:
            subprocess.run(NPM, cwd=FOLDER, check=True, timeout=LONGEST_S, capture_output=True, text=True)
        except (subprocess.SubprocessError, OSError) as wrong:
            print(f"page types: the compiler could not be fetched, so nothing is checked ({_last(wrong)})")
            return 0
    stage()
    done = subprocess.run(
        [compiler, "-p", STAGE, "--pretty", "false"], capture_output=True, text=True, check=False
    )
    said = done.stdout.replace(f"{os.path.relpath(STAGE)}{os.sep}", f"{STATIC.relative_to(ROOT)}{os.sep}")
    print(said or "page types: no problem", end="" if said else "\n")
    return int(done.returncode != 0)


def stage() -> None:
    """Lay out the modules with the types of the bundles, and how they are checked."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(FOLDER / "types", STAGE)
    for module in STATIC.glob("*.js"):
        shutil.copy(module, STAGE)
    (STAGE / "node_modules").symlink_to(FOLDER / "node_modules", target_is_directory=True)
    settings = {"compilerOptions": OPTIONS, "include": ["*.js", "*.d.ts"]}
    (STAGE / "tsconfig.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")


def _last(wrong: BaseException) -> str:
    said = getattr(wrong, "stderr", None) or str(wrong)
    return (str(said).strip().splitlines() or ["no answer"])[-1][:200]


if __name__ == "__main__":
    sys.exit(main())
