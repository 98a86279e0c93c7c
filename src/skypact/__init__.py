"""Skypact computes what decisions about air defence and military aid would change.

>>> import skypact
>>> scenario = skypact.load("ukraine-2024-08-26")
>>> result = skypact.compare(scenario, ["status-quo", "sky-shield"], sets=4, replications=50)
>>> result.policies["sky-shield"].leakers.mean < 236
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skypact.version import __version__

if TYPE_CHECKING:
    from skypact.library.about import About, about, shipped
    from skypact.library.calibration import calibrate
    from skypact.library.calls import (
        aid,
        compare,
        explain,
        landscapes,
        ledger,
        run,
        simulate,
    )
    from skypact.library.campaigns import CampaignResult, campaign
    from skypact.library.evidence import Imported, Record, Scores, import_record, record, score
    from skypact.library.export import export
    from skypact.library.forecasts import Forecasts, forecast
    from skypact.library.nights import RecordedNight, recorded_night
    from skypact.library.pick import pick
    from skypact.library.placing import PlaceResult, place
    from skypact.library.replay import Replay, replay
    from skypact.library.rerun import Rerun, rerun
    from skypact.library.results import (
        AidTable,
        Comparison,
        Explanation,
        FileComparison,
        Landscapes,
        Ledger,
        PolicyResult,
    )
    from skypact.library.scenarios import Scenario, check, load
    from skypact.library.sweeps import SweepResult, sweep, sweep_in
    from skypact.library.theatre import Theatre, theatre
    from skypact.library.two_files import compare_files
    from skypact.library.whatif import whatif
    from skypact.reading import Problem, Problems
    from skypact.study.calibration import Calibration, read_calibration, write_calibration
    from skypact.study.estimates import Change, Estimate
    from skypact.study.results import Difference

# What is public, and the module that has it: loaded when it is first asked for, so that importing costs nothing.
_HOME = {
    "About": "library.about",
    "AidTable": "library.results",
    "Calibration": "study.calibration",
    "CampaignResult": "library.campaigns",
    "Change": "study.estimates",
    "Comparison": "library.results",
    "Difference": "study.results",
    "Estimate": "study.estimates",
    "Explanation": "library.results",
    "FileComparison": "library.results",
    "Forecasts": "library.forecasts",
    "Imported": "library.evidence",
    "Landscapes": "library.results",
    "Ledger": "library.results",
    "PlaceResult": "library.placing",
    "PolicyResult": "library.results",
    "Problem": "reading",
    "Problems": "reading",
    "Record": "library.evidence",
    "RecordedNight": "library.nights",
    "Replay": "library.replay",
    "Rerun": "library.rerun",
    "Scenario": "library.scenarios",
    "Scores": "library.evidence",
    "SweepResult": "library.sweeps",
    "Theatre": "library.theatre",
    "about": "library.about",
    "aid": "library.calls",
    "calibrate": "library.calibration",
    "campaign": "library.campaigns",
    "check": "library.scenarios",
    "compare": "library.calls",
    "compare_files": "library.two_files",
    "explain": "library.calls",
    "export": "library.export",
    "forecast": "library.forecasts",
    "import_record": "library.evidence",
    "landscapes": "library.calls",
    "ledger": "library.calls",
    "load": "library.scenarios",
    "pick": "library.pick",
    "place": "library.placing",
    "read_calibration": "study.calibration",
    "record": "library.evidence",
    "recorded_night": "library.nights",
    "replay": "library.replay",
    "rerun": "library.rerun",
    "run": "library.calls",
    "score": "library.evidence",
    "shipped": "library.about",
    "simulate": "library.calls",
    "sweep": "library.sweeps",
    "sweep_in": "library.sweeps",
    "theatre": "library.theatre",
    "whatif": "library.whatif",
    "write_calibration": "study.calibration",
}

__all__ = [
    "About",
    "AidTable",
    "Calibration",
    "CampaignResult",
    "Change",
    "Comparison",
    "Difference",
    "Estimate",
    "Explanation",
    "FileComparison",
    "Forecasts",
    "Imported",
    "Landscapes",
    "Ledger",
    "PlaceResult",
    "PolicyResult",
    "Problem",
    "Problems",
    "Record",
    "RecordedNight",
    "Replay",
    "Rerun",
    "Scenario",
    "Scores",
    "SweepResult",
    "Theatre",
    "__version__",
    "about",
    "aid",
    "calibrate",
    "campaign",
    "check",
    "compare",
    "compare_files",
    "explain",
    "export",
    "forecast",
    "import_record",
    "landscapes",
    "ledger",
    "load",
    "pick",
    "place",
    "read_calibration",
    "record",
    "recorded_night",
    "replay",
    "rerun",
    "run",
    "score",
    "shipped",
    "simulate",
    "sweep",
    "sweep_in",
    "theatre",
    "whatif",
    "write_calibration",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'skypact' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"skypact.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
