"""The C++ stand-in of the benchmark plays the same reference model as the oracle, exactly."""

import pytest

from bench import raids, standin

from .model import simulate
from .raids import random_raid

pytestmark = pytest.mark.skipif(standin.compiler() is None, reason="no C++ compiler")

RAIDS = 200


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    return standin.build(tmp_path_factory.mktemp("standin"))


def test_random_raids(program):
    for number in range(RAIDS):
        raid, seed, first = random_raid(number), 2**40 + number, 1000 * number
        got = standin.results(program, raid, 3, seed, first)
        assert got == [simulate(raid, first + r, seed) for r in range(3)], f"raid {number}"


@pytest.mark.parametrize("every_feature", [False, True])
def test_benchmark_raid(program, every_feature):
    raid = raids.synthetic(236, 60, 6, every_feature=every_feature)
    assert standin.results(program, raid, 2) == [simulate(raid, r) for r in range(2)]
    assert standin.rates(program, raid, 5)["engagements"] > 1000
