"""Fingerprints of what a calibration rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from skypact.catalog import load_catalog
from skypact.study.calibration.nights import Night
from skypact.study.setup import Study


def fingerprints(study: Study, nights: Sequence[Night]) -> dict[str, str]:
    """Of the shipped catalogue, the scenario, and the nights with what was recorded."""
    of_nights = [
        [
            night.name,
            night.policy,
            night.study.scenario.model_dump_json(),
            [asdict(one) for one in night.outcomes],
        ]
        for night in nights
    ]
    return {
        "catalogue": _of(load_catalog().model_dump_json()),
        "scenario": scenario_fingerprint(study),
        "nights": _of(json.dumps(of_nights)),
    }


def scenario_fingerprint(study: Study) -> str:
    """Of the scenario of a study."""
    return _of(study.scenario.model_dump_json())


def _of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
