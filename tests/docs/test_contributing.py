"""What CONTRIBUTING.md says how to add is added to a copy of the program, as the page has it, and works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import skypact

ROOT = Path(__file__).parents[2]
PACKAGE = Path(skypact.__file__).parent
SMALL = ROOT / "tests" / "scenario" / "small.yaml"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

LOOK = """
import json, sys
import skypact
from skypact.catalog import load_catalog
from skypact.report.material import Material
from skypact.report.printed import comparison_tables
from skypact.report.sections import SECTIONS
from skypact.scenario.find import shipped

own, relaying = sys.argv[1:]
found = skypact.compare(own, central=True, replications=20)
material = Material.of(found)
further = [table for table in comparison_tables(material) if table is not None and table.id == "further"]
frame = found.to_frame()
scenario = skypact.load(relaying)
seen = {
    name: policy.situation.tracks for name, policy in skypact.compare(relaying, central=True, replications=1).compiled.items()
}
made = [made for section in SECTIONS if section.__module__.endswith(".actors") and (made := section(material))]
print(json.dumps({
    "package": skypact.__file__,
    "problems": [str(problem) for name in (own, relaying) for problem in skypact.check(name)],
    "shipped": [str(name) for name in shipped()],
    "systems": [*found.study.catalog.sensors],
    "catalogue": [*load_catalog().sensors],
    "document": found.to_dict()["policies"]["alone"]["rounds_per_kill"],
    "difference": found.to_dict()["differences"][0]["rounds_per_kill"]["mean"],
    "units": sorted(set(frame[frame.measure == "rounds_per_kill"].unit)),
    "columns": [column.head for table in further for column in table.columns],
    "seen": seen,
    "section": [made[0].title, len(made[0].blocks[0].table.rows)],
}, default=list))
"""

RELAY = """
  - {id: given, holder: [UKR], effect: may, action: share-track, to: [USA], sources: [proposal]}
  - {id: to-poland, holder: [USA], effect: may, action: share-track, to: [POL], sources: [proposal]}
  - {id: handed-on, holder: [USA], effect: EFFECT, action: relay-track, to: [POL], sources: [proposal]}
"""


def parts() -> dict[str, list[tuple[str, str]]]:
    """The blocks of each section of the page: language and text."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = {}
    for part in page.split("\n## ")[1:]:
        title, _, text = part.partition("\n")
        found[title.strip()] = BLOCK.findall(text)
    return found


def changed(blocks: list[tuple[str, str]]) -> list[str]:
    """The files that a section's blocks make or change."""
    return [
        text.split("\n", 1)[0].removeprefix("# ").removeprefix("--- ")
        for language, text in blocks
        if language in ("python", "diff")
    ]


def replaced(text: str, diff: str) -> str:
    """A text with the hunks of a block applied; each must stand in it once."""
    for hunk in diff.split("\n@@\n"):
        lines = hunk.rstrip("\n").split("\n")
        old = "".join(f"{line[1:]}\n" for line in lines if line[:1] in (" ", "-"))
        new = "".join(f"{line[1:]}\n" for line in lines if line[:1] in (" ", "+"))
        assert text.count(old) == 1, f"stands {text.count(old)} times in the file:\n{old}"
        text = text.replace(old, new)
    return text


def apply(blocks: list[tuple[str, str]], root: Path) -> None:
    for language, block in blocks:
        first, _, rest = block.partition("\n")
        if language == "python":
            (root / first.removeprefix("# ")).write_text(rest, encoding="utf-8")
        elif language == "diff":
            file = root / first.removeprefix("--- ")
            text = (file if file.exists() else SMALL).read_text(encoding="utf-8")
            file.write_text(replaced(text, rest), encoding="utf-8")


def own_system() -> str:
    ((_, block),) = [found for found in parts()["A system"] if found[0] == "yaml"]
    return block.partition("\n")[2]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the copy of the program says with everything added."""
    root = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, root / "src" / "skypact")
    for blocks in parts().values():
        apply(blocks, root)
    small = SMALL.read_text(encoding="utf-8").replace("id: small", "id: mine")
    own, relaying = root / "own.yaml", root / "relaying.yaml"
    own.write_text(
        small.replace("system: long-range-radar", "system: mountain-radar") + own_system(), encoding="utf-8"
    )
    actors = "  USA: {name: United States, role: ally}\n  RUS:"
    relaying.write_text(
        small.replace("  RUS:", actors, 1).replace(
            "\ndecisions:", RELAY.replace("EFFECT", "may") + "\ndecisions:"
        ),
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(own), str(relaying)],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["package"].startswith(str(root)), "the copy was asked, and not the program itself"
    return found


def test_each_costs_two_files_at_most() -> None:
    counted = Counter({title: len(set(changed(blocks))) for title, blocks in parts().items()})
    assert set(counted) == {"A system", "A scenario", "A measure", "An action", "A section of the report"}
    assert max(counted.values()) == 2


def test_nothing_is_wrong_with_a_scenario_that_uses_them(seen: dict[str, Any]) -> None:
    assert seen["problems"] == []


def test_a_system(seen: dict[str, Any]) -> None:
    assert "mountain-radar" in seen["systems"]
    assert "mountain-radar" not in seen["catalogue"]


def test_a_scenario(seen: dict[str, Any]) -> None:
    assert any("border-2024" in name for name in seen["shipped"])


def test_a_measure(seen: dict[str, Any]) -> None:
    assert seen["document"]["p05"] <= seen["document"]["mean"]
    assert seen["difference"] != 0
    assert seen["units"] == ["rounds"]
    assert seen["columns"] == ["Policy", "Rounds per kill"]


def test_an_action(seen: dict[str, Any]) -> None:
    (tracks,) = [seen["seen"]["alone"][name] for name in seen["seen"]["alone"] if name.startswith("pol")]
    assert sorted(tracks) == ["POL", "UKR", "USA"], "Poland sees Ukraine's tracks through the United States"


def test_a_section(seen: dict[str, Any]) -> None:
    assert seen["section"] == ["Who is in it", 3]
