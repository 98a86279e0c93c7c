"""One export of the small scenario in every format; the tests open it with readers of others."""

from __future__ import annotations

from pathlib import Path

import pytest

import skypact
from skypact.exports.formats import FORMATS

SMALL = Path(__file__).parents[1] / "scenario" / "small.yaml"
POLICY = "helped"
REPLICATIONS = 30


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder."""
    folder = tmp_path_factory.mktemp("exported") / "all"
    skypact.export(SMALL, tuple(FORMATS), folder, POLICY, central=True, replications=REPLICATIONS)
    return folder
