"""The backtest of docs/validation.md: calibrated on ten recorded nights, held against ten others.

Run: python tools/backtest.py                   (prints the tables, from the stored figures)
     python tools/backtest.py --learn STORE     (calibrates on nights A, stores what it says and the sample)
     python tools/backtest.py --foretell STORE  (plays nights B with that sample, stores the scores, puts them into the page)

STORE is a store that `skypact evidence import` made.  The sample itself, some megabytes, lies in build/backtest.json.
The two steps are apart so that the first is committed before the second is run.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from pages import put  # noqa: E402  the folder of the tools is no package

STORE = ROOT / "docs" / "figures" / "backtest.json"
SAMPLE = ROOT / "build" / "backtest.json"
PAGE = ROOT / "docs" / "validation.md"
SCENARIO = "ukraine-2024-08-26"
A = (
    *("2023-05-09", "2023-05-28", "2023-07-19", "2024-01-13", "2024-03-22"),
    *("2024-07-08", "2024-11-28", "2025-01-15", "2025-04-24", "2025-06-09"),
)
B = (
    *("2023-09-21", "2023-12-14", "2024-01-23", "2024-02-07", "2024-04-11"),
    *("2024-09-02", "2024-12-25", "2025-03-07", "2025-05-24", "2025-06-17"),
)
SETS, REPLICATIONS = 64, 200
RIVALS = {
    "calibrated": "calibrated",
    "prior": "before it",
    "beta": "past of the class",
    "forecast": "forecast",
}

Figures = dict[str, Any]


def learn(store: str) -> Figures:
    """Calibrate on nights A."""
    import skypact
    from skypact.library.record import fingerprint_of

    found = skypact.calibrate(SCENARIO, store, A, until=max(A), long=True)
    SAMPLE.parent.mkdir(exist_ok=True)
    skypact.write_calibration(SAMPLE, found)
    return {
        "made": date.today().isoformat(),
        "skypact": skypact.__version__,
        "fingerprint": fingerprint_of(found),
        "calibration": found.to_dict(),
    }


def foretell(store: str, figures: Figures) -> Figures:
    """Play nights B and score what was said of them."""
    import skypact
    from skypact.library.calibration import nights_of
    from skypact.library.nights import recorded_nights
    from skypact.library.record import fingerprint_of
    from skypact.study.calibration import CalibrationSettings
    from skypact.study.calibration import foretell as foretold

    found = skypact.read_calibration(SAMPLE)
    if fingerprint_of(found) != figures["fingerprint"]:
        raise SystemExit(f"{SAMPLE} is not the sample that {STORE} tells of: run --learn")
    recorded = list(map(recorded_nights(store), B))
    nights = nights_of(recorded)
    settings = CalibrationSettings(replications=REPLICATIONS)
    said = {
        "calibrated": foretold(nights, found.sample, SETS, settings),
        "prior": foretold(nights, None, SETS, settings),
    }
    known = rivals(store)
    rows = []
    for place, one in enumerate(said["calibrated"]):
        (night,) = (night for night in recorded if night.night == one.night)
        flights = [flight for flight in night.flights if flight.threat_class in one.outcome.classes]
        through = one.outcome.through
        row: Figures = {
            "night": one.night,
            "kind": one.outcome.kind,
            "launched": one.outcome.launched,
            "through": through,
            "rivals": {},
        }
        pmfs = {name: foretellings[place].pmf for name, foretellings in said.items()}
        pmfs["model alone"] = one.model
        if all(flight.eligible for flight in flights):
            pmfs |= known(night.night, dict.fromkeys(flight.row for flight in flights), one.outcome.launched)
        for name, pmf in pmfs.items():
            row["rivals"][name] = score(pmf, through)
        rows.append(row)
    return {
        **figures,
        "foretold": date.today().isoformat(),
        "sets": SETS,
        "replications": REPLICATIONS,
        "rows": rows,
    }


def rivals(store: str) -> Any:
    """What the record alone says of reports: a beta-binomial over the class's past, and the forecast made the day before."""
    from skypact.evidence import score_forecasts as definition
    from skypact.evidence.forecast import forecast
    from skypact.evidence.load import load_reports
    from skypact.evidence.score import as_file

    reports = load_reports(store)
    record = definition.record(as_file(reports))
    months = (np.datetime64(min(B)[:7]), np.datetime64(max(B)[:7]))
    made = {one.row: one.pmf for one in forecast(reports, *months, target="S", origin="day").each}

    def known(night: str, rows: Any, launched: int) -> dict[str, Any]:
        both = {"beta": np.ones(1), "forecast": np.ones(1)}
        for row in rows:
            report = record.loc[row]
            past = record[(record["class"] == report["class"]) & (record.night < night)]
            if report["class"] == "shahed" and (past.night >= "2024-07-01").any():
                past = past[past.night >= "2024-07-01"]
            mu, phi = definition.fit_bb(past.S.to_numpy(), past.n.to_numpy()) if len(past) else (0.5, 2.0)
            numbers = np.arange(report.n + 1)
            stopped = np.exp(definition.log_bb(numbers, report.n, mu, phi))
            # The scores are of those stopped; here of those through.
            both["beta"] = np.convolve(both["beta"], stopped[::-1])
            both["forecast"] = np.convolve(both["forecast"], np.asarray(made[row])[::-1])
        return {name: pmf for name, pmf in both.items() if len(pmf) == launched + 1}

    return known


def score(pmf: Any, through: int) -> Figures:
    """The scores of one distribution, its mean and its middle nine in ten."""
    from skypact.evidence import score_forecasts as definition

    found = definition.scores(np.asarray(pmf), through)
    whole = np.cumsum(pmf / pmf.sum())
    low, high = np.searchsorted(whole, (0.05, 0.95))
    mean = float(np.arange(len(pmf)) @ pmf / pmf.sum())
    place = float((whole[through] + (whole[through - 1] if through else 0)) / 2)
    return {**found, "mean": mean, "low": int(low), "high": int(high), "place": place}


def tables(figures: Figures) -> dict[str, list[str]]:
    """The parts of the page, by name."""
    rows = figures["rows"]
    both = [row for row in rows if "forecast" in row["rivals"]]
    kinds = dict.fromkeys(row["kind"] for row in both)
    return {
        "backtest how": [
            f"Calibrated and played on {figures['foretold']} with version {figures['skypact']}: sample"
            f" {figures['fingerprint']}, {figures['sets']} sets of {figures['replications']} replications, seed 1."
        ],
        "backtest scores": [
            "| of | outcomes | " + " | ".join(f"{shown}: log, CRPS" for shown in RIVALS.values()) + " |",
            "| --- | --- |" + " --- |" * len(RIVALS),
            _line("all", both),
            *(_line(kind, [row for row in both if row["kind"] == kind]) for kind in kinds),
        ],
        "backtest coverage": [
            "| | in the middle half | in the middle nine in ten |",
            "| --- | --- | --- |",
            *(
                f"| {shown} | {_mean(both, name, 'coverage50'):.2f} | {_mean(both, name, 'coverage90'):.2f} |"
                for name, shown in {**RIVALS, "model alone": "calibrated, without discrepancy"}.items()
            ),
        ],
        "backtest nights": [
            "| night | of | launched | through | calibrated: mean, nine in ten | place | before it | forecast | log, calibrated less forecast |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
            *map(_night, rows),
        ],
    }


def lines(figures: Figures) -> list[str]:
    """All lines of the tables."""
    return [line for table in tables(figures).values() for line in table]


def _mean(rows: list[Figures], name: str, what: str) -> float:
    return float(np.mean([row["rivals"][name][what] for row in rows]))


def _line(of: str, rows: list[Figures]) -> str:
    cells = [f"{_mean(rows, name, 'log_score'):.2f}, {_mean(rows, name, 'crps'):.2f}" for name in RIVALS]
    return f"| {of} | {len(rows)} | " + " | ".join(cells) + " |"


def _night(row: Figures) -> str:
    said = row["rivals"]
    cells = [
        f"{said[name]['mean']:.1f} ({said[name]['low']}–{said[name]['high']})" if name in said else "–"
        for name in ("calibrated", "prior", "forecast")
    ]
    less = (
        f"{said['calibrated']['log_score'] - said['forecast']['log_score']:+.2f}"
        if "forecast" in said
        else "–"
    )
    return (
        f"| {row['night']} | {row['kind']} | {row['launched']} | {row['through']} | {cells[0]}"
        f" | {said['calibrated']['place']:.2f} | {cells[1]} | {cells[2]} | {less} |"
    )


def main() -> None:
    """See the top of the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--learn", metavar="STORE")
    parser.add_argument("--foretell", metavar="STORE")
    asked = parser.parse_args()
    if asked.learn:
        STORE.write_text(json.dumps(learn(asked.learn), indent=1) + "\n", encoding="utf-8")
        return
    figures = json.loads(STORE.read_text(encoding="utf-8"))
    if asked.foretell:
        figures = foretell(asked.foretell, figures)
        STORE.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        put(PAGE, tables(figures))
    for table in tables(figures).values():
        print("\n".join(table), end="\n\n")


if __name__ == "__main__":
    main()
