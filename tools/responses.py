"""The table of docs/validation.md on what the arrival of drones over Ukraine responds to.

Plays ukraine-2024-08-26 as it was, with central numbers, one of them changed at a time.

Run: python tools/responses.py           (prints the table, from the stored figures)
     python tools/responses.py --again   (plays anew, a minute, and stores the figures)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skypact.raid import Raid

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from pages import put  # noqa: E402  the folder of the tools is no package

STORE = ROOT / "docs" / "figures" / "responses.json"
RAID = "ukraine-2024-08-26"
REPLICATIONS = 4000
CLASS = "drone"

Change = Callable[["Raid"], "Raid"]


def _windows(raid: Raid, **factors: float) -> Raid:
    from dataclasses import replace

    hard = {unit.id for unit in raid.units if unit.kind == "hard"}
    return replace(
        raid,
        windows=tuple(
            w._replace(**{name: factor * getattr(w, name) for name, factor in factors.items()})
            if w.unit in hard
            else w
            for w in raid.windows
        ),
    )


def _units(raid: Raid, change: Callable[[Any], Any]) -> Raid:
    from dataclasses import replace

    return replace(raid, units=tuple(change(unit) for unit in raid.units))


def _without(raid: Raid, system: str) -> Raid:
    return _units(raid, lambda u: u._replace(availability=0.0) if u.info["system"] == system else u)


def _rounds(unit: Any, share: float) -> Any:
    ready = max(1, round(share * unit.ready))
    reserve = round(share * unit.reserve)
    return unit._replace(ready=ready, magazine=max(ready, unit.reload_at + 1), reserve=reserve)


def _looks(raid: Raid, factor: float) -> Raid:
    from dataclasses import replace

    return replace(raid, looks=tuple(k._replace(p_detect=factor * k.p_detect) for k in raid.looks))


CHANGES: dict[str, Change] = {
    "as it is": lambda raid: raid,
    "kill probabilities × 0.6": lambda raid: _windows(raid, p_kill=0.6),
    "chances to acquire × 0.7": lambda raid: _windows(raid, p_acquire=0.7),
    "an eighth of the rounds": lambda raid: _units(raid, lambda unit: _rounds(unit, 1 / 8)),
    "chances of looks × 0.5": lambda raid: _looks(raid, 0.5),
    "no mobile fire groups": lambda raid: _without(raid, "mobile-fire-group"),
    "no jamming": lambda raid: _without(raid, "electronic-warfare"),
    "one channel for every unit": lambda raid: _units(
        raid, lambda u: u._replace(channels=1) if u.kind == "hard" else u
    ),
    "twice the channels": lambda raid: _units(raid, lambda u: u._replace(channels=2 * u.channels)),
}


def played() -> list[dict[str, Any]]:
    """By change: drones that arrive, and the paired difference from the raid as it is."""
    import numpy as np

    from skypact.engine import LEAKED, prepare, replicate
    from skypact.study.setup import Study

    study = Study.ask(RAID)
    raid = study.compile(study.baseline).raid
    drones = np.array([threat.class_ == CLASS for threat in raid.threats])
    found, first = [], None
    for name, change in CHANGES.items():
        runs = replicate(prepare(change(raid)), REPLICATIONS)
        arrived = np.concatenate([(one.fate[:, drones] == LEAKED).sum(axis=1) for one in runs])
        first = arrived if first is None else first
        difference = arrived - first
        found.append(
            {
                "change": name,
                "drones": int(drones.sum()),
                "arrive": float(arrived.mean()),
                "difference": float(difference.mean()),
                "error": float(difference.std(ddof=1) / REPLICATIONS**0.5),
            }
        )
    return found


def lines(figures: dict[str, Any]) -> list[str]:
    """The lines of the table."""
    return [
        f"| {RAID}, status quo | of {figures['responses'][0]['drones']} drones arrive | difference (standard error) |",
        "| --- | ---: | ---: |",
        *(
            f"| {one['change']} | {one['arrive']:.1f} | "
            + (f"{one['difference']:+.2f} ({one['error']:.2f})".replace("-", "−") if one["error"] else "")
            + " |"
            for one in figures["responses"]
        ),
    ]


def main() -> None:
    """Print the table; with ``--again`` after playing anew."""
    if "--again" in sys.argv:
        figures = {"made": date.today().isoformat(), "replications": REPLICATIONS, "responses": played()}
        STORE.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        put(ROOT / "docs" / "validation.md", {"responses": lines(figures)})
    print("\n".join(lines(json.loads(STORE.read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
