"""Engine and oracle agree exactly on random raids, replication by replication."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from bench.raids import synthetic

from .agreement import differences
from .model import simulate
from .raids import raids
from .stock import next_night

SHARDS = 8
RAIDS_PER_SHARD = 300
CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))
SEEDS = st.sampled_from([0, 1, 2**32 - 1, 2**32, 2**64 - 1])
FIRSTS = st.sampled_from([0, 1, 1000, 2**31])


@pytest.mark.parametrize("shard", range(SHARDS))
def test_engine_on_random_raids(shard):
    seen = 0

    @seed(shard)
    @settings(
        max_examples=RAIDS_PER_SHARD,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(raid=raids(), seed=SEEDS, first=FIRSTS, night=st.integers(0, 3))
    def agree(raid, seed, first, night):
        nonlocal seen
        seen += 1
        stocks = None
        if night:  # with the stock that another raid left, and deliveries
            stocks = next_night(raid, [simulate(raid, first + r, seed) for r in range(3)], night)
        found = differences(raid, replications=3, seed=seed, first=first, stocks=stocks)
        assert not found, "\n".join(
            [*found, f"seed {seed}, first {first}, stocks {stocks}", json.dumps(raid)]
        )

    agree()
    assert seen >= RAIDS_PER_SHARD


@pytest.mark.parametrize("every_feature", [False, True])
@pytest.mark.parametrize(("size", "replications"), [((236, 60, 6), 10), ((1000, 200, 8), 1)])
def test_engine_on_benchmark_raids(size, replications, every_feature):
    """The sizes that speed is measured at: hours of raid, hundreds of threats, thousands of windows."""
    assert not differences(synthetic(*size, every_feature=every_feature), replications)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_engine_on_kept_cases(case):
    """Small raids on which an engine can go wrong, or once did."""
    kept = json.loads(case.read_text())
    assert not differences(kept["raid"], kept["replications"], kept["seed"], kept["first"])
