"""Hand-worked raids are played by the oracle and by the engine: select one with `-k oracle`, `-k engine`."""

import pytest

from . import hand


@pytest.fixture(params=[hand.oracle, hand.engine], ids=["by-oracle", "by-engine"])
def play(request):
    return request.param


@pytest.fixture(params=[hand.oracle_all, hand.engine_all], ids=["by-oracle", "by-engine"])
def play_all(request):
    return request.param
