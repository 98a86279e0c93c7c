"""Why threats arrive: the reasons add up, and what ends by nature gets its reason like the rest."""

from __future__ import annotations

import numpy as np
import pytest

from skypact.engine import LEAKED, REASONS, prepare, replicate, trace
from skypact.engine.synthetic import synthetic_raid
from skypact.raid.incident import BURNT_OUT, FIRE
from skypact.study import RunSettings, Study
from skypact.study.by_nature import as_arrivals
from skypact.study.measures.raid import WHY
from skypact.study.simulate import simulate


def test_the_reasons_add_up_to_the_leakers() -> None:
    result = simulate(synthetic_raid(60, 12, 4, features="all"), RunSettings(200, threads=1)).to_dict()
    because = result["leakers_because"]
    assert list(because) == list(WHY)
    assert set(because) == set(REASONS) - {""}
    assert sum(part["mean"] for part in because.values()) == pytest.approx(result["leakers"]["mean"])
    assert sum(part["mean"] > 0 for part in because.values()) >= 5


@pytest.mark.parametrize("policy", ["as-happened", "demand-and-note-only"])
def test_a_fire_that_burns_out_has_a_reason(policy: str) -> None:
    study = Study.ask("hranitne-2021-10-26")
    raid = study.compile(policy).raid
    prepared = prepare(raid)
    (played,) = replicate(prepared, 200, seed=5)
    outcomes = as_arrivals(raid, played)
    fire = [threat.id for threat in raid.threats].index(FIRE)
    leaked = outcomes.fate[:, fire] == LEAKED
    assert leaked.any()
    assert ((outcomes.reason[:, fire] > 0) == leaked).all()
    hard = {unit.id for unit in raid.units if unit.kind == "hard"} - {BURNT_OUT}
    windows = [window for window in raid.windows if window.unit in hard and window.threat == FIRE]
    tracks = {track.id: row for row, track in enumerate(raid.tracks)}
    for run in np.flatnonzero(leaked)[:40].tolist():
        before = trace(prepared, run, seed=5).before.track_us
        fired = any(played.engagements[run, row] for row, unit in enumerate(raid.units) if unit.id in hard)
        seen = any(before[tracks[str(w.track)]] <= w.closes_s * 1e6 for w in windows)
        why = "no_window" if not windows else "missed" if fired else "blocked" if seen else "unseen"
        assert REASONS[outcomes.reason[run, fire]] == why
