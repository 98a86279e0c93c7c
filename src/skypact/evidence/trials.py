"""What forecasts use of the reports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skypact.evidence.reports import Reports
from skypact.evidence.settings import CAPITAL


@dataclass(frozen=True)
class Trial:
    """What forecasts use of one report.

    Attributes
    ----------
    row
        Its row in the file that was imported last.
    day
        Days since 1970-01-01 of its night.
    strike
        Its class.
    n
        Weapons launched.
    destroyed
        Of them, at most `n`.
    not_reached
        Of those not destroyed; None where the report does not say.
    aimed
        Whether it names the capital or its region as target.
    """

    row: int
    day: int
    strike: str
    n: int
    destroyed: int
    not_reached: int | None
    aimed: bool

    @property
    def stopped(self) -> int:
        """Destroyed or not reached; what is not said counts as none."""
        return self.destroyed + (self.not_reached or 0)


def trials(reports: Reports) -> tuple[Trial, ...]:
    """The reports that forecasts are made for and from, by night and row."""
    found = reports.take(reports.eligible)
    destroyed = found.stopped_by_fire
    rest = np.where(found.not_reached < 0, -1, np.minimum(found.not_reached, found.launched - destroyed))
    aimed = np.char.find(found.target, CAPITAL) >= 0 if len(found) else np.zeros(0, bool)
    days = found.night.astype("datetime64[D]").astype(np.int64)
    made = (
        Trial(row, day, strike, n, d, None if r < 0 else r, a)
        for row, day, strike, n, d, r, a in zip(
            found.row.tolist(),
            days.tolist(),
            found.strike.tolist(),
            found.launched.tolist(),
            destroyed.tolist(),
            rest.tolist(),
            aimed.tolist(),
            strict=True,
        )
    )
    return tuple(sorted(made, key=lambda one: (one.day, one.row)))
