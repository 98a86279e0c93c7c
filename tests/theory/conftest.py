"""Closed forms of what comes before the first shot are held against the engine and the oracle."""

import pytest

from .tools import OraclePlay, Play


@pytest.fixture(params=[Play, OraclePlay], ids=["by-engine", "by-oracle"])
def play(request):
    return request.param
