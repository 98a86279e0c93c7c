"""What arrives under each policy."""

from __future__ import annotations

from skypact.report import charts
from skypact.report.material import Material
from skypact.report.section import Section, Shown, blocks, figure
from skypact.report.tables import outcome
from skypact.study.results import played


def section(material: Material) -> Section | None:
    """For a raid."""
    table = outcome.arrivals(material)
    if table is None:
        return None
    caption = (
        f"How many threats arrive, over {played(material.sets, material.comparison['replications'])}. Upwards: per"
        " cent of the replications. The upright line is the mean; the thin outline repeats"
        f" “{material.title(material.baseline)}”."
    )
    assets = outcome.by_asset(material)
    return Section(
        "arrive",
        "What arrives",
        "What arrives",
        blocks(
            figure(caption, charts.distributions(material)),
            table,
            None if assets is None else Shown(assets, folded="By defended asset"),
        ),
    )
