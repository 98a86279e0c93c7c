"""More of what defends never lets more through on made raids that are defended sensibly, within a margin.

Family-wise error 1 %: of a hundred runs with other seeds one would have a bound that is too low somewhere.
"""

from dataclasses import replace

import pytest

from skypact.raid import Raid
from tests.sense.bounds import MARGIN, increase
from tests.sense.changes import CHANGES, channels_more
from tests.sense.made import made_raid

RAIDS = range(6)


@pytest.mark.parametrize("name", CHANGES)
def test_more_lets_no_more_through(name: str) -> None:
    before, after = CHANGES[name]
    for number in RAIDS:
        raid = made_raid(number)
        found = increase(before(raid, number), after(raid, number), len(RAIDS) * len(CHANGES), most=16_000)
        assert found.bound < MARGIN, f"raid {number}: {found}"


def test_the_margin_is_found_out_where_doctrine_wastes() -> None:
    """Six engagements of one threat at once from the start: channels then waste rounds, and that is seen."""
    raid = _wasteful(made_raid(1))
    found = increase(raid, channels_more(raid, 1), 1)
    assert found.mean - 4 * found.error > MARGIN


def _wasteful(raid: Raid) -> Raid:
    units = tuple(
        u._replace(reserve=0, ready=3, magazine=3, channels=1, reload_at=0, attempts=None) for u in raid.units
    )
    windows = tuple(w._replace(hold=0) for w in raid.windows)
    return replace(
        raid,
        units=units,
        windows=windows,
        concurrency={"drone": 6, "cruise": 6, "ballistic": 6},
        concurrency_late={},
    )
