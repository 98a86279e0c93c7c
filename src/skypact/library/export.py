"""Exporting: what other people's tools can open."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from skypact.catalog import Source
from skypact.exports import tabular
from skypact.exports.files import chosen, expect_room, write_files
from skypact.exports.formats import FORMATS, NOTE, Contents, plan, write_tables
from skypact.exports.package import Package
from skypact.exports.tables import forecasts as forecast_sheet
from skypact.library.calls import Asked
from skypact.library.forecasts import Forecasts
from skypact.library.playing import SETS, Progress, drawing
from skypact.library.scenarios import Scenario, load
from skypact.reading import Problem, Problems
from skypact.report.material import Material
from skypact.report.tables.quantities import sources_used
from skypact.scenario.find import shipped

AREAS = ("rules", "permission")
"""Layers that are cut out of the borders."""
BORDERS = Source(
    title="Borders",
    publisher="© OpenStreetMap contributors",
    date="2024",
    url="https://www.openstreetmap.org/copyright",
)
RECORD = Source(
    title="Nightly counts of attacks, from the bulletins of the Air Force Command of Ukraine",
    publisher="Petro Ivaniuk and the UA AirDefense Tracker",
    date="2025",
    url="https://ua-airdefense-tracker.org/",
)


def export(
    what: Asked | Forecasts,
    formats: str | Sequence[str],
    into: str | Path,
    policy: str | None = None,
    *,
    replication: int = 0,
    sets: int = SETS,
    replications: int | None = None,
    central: bool = False,
    seed: int = 1,
    threads: int | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write a scenario under a policy, or forecasts, as files for other people's tools.

    Parameters
    ----------
    what
        A shipped name, a path, YAML text, a loaded scenario, or forecasts (`skypact.forecast`).
    formats
        One or more of ``geojson``, ``kml``, ``gpkg``, ``geoparquet``, ``czml``, ``csv``, ``parquet``, ``xlsx`` and
        ``raid``; forecasts are tables. ``gpkg`` and ``xlsx`` need the extra ``skypact[formats]``.
    into
        A folder; it is made if it is not there.
    policy
        Its name; None: the scenario's baseline.
    replication
        Which one the moving picture, the engagements and the threats are of; with central values.
    replace
        Whether files that are there already may be replaced.

    Other parameters are as for `skypact.run`: they say which replications the table of replications has.

    Returns
    -------
    tuple of Path
        The files written; the last describes the others (a Data Package).

    Raises
    ------
    skypact.Problems
        If a format is unknown or its library not installed, or a file cannot be written or is there already.

    Examples
    --------
    >>> import skypact, tempfile
    >>> folder = tempfile.mkdtemp()
    >>> [file.name for file in skypact.export("ukraine-2024-08-11", "kml", folder)]
    ['map.kml', 'datapackage.json']
    """
    if isinstance(what, Forecasts):
        return _forecasts(what, formats, into, replace)
    names = chosen(formats, FORMATS)
    settings, drawn = drawing(sets, replications, central, seed, threads, progress)
    _expect_possible(names, replication, settings.replications * (1 if drawn is None else drawn.count))
    asked = load(what)
    study = asked.study(None if policy is None else (policy,), alone=True)
    expect_room(into, (file for name in names for file in FORMATS[name].files), replace)
    compiled = study.compile(study.policies[0])
    contents = Contents(study, compiled, settings, drawn, replication)
    files = [file for name in names for file in FORMATS[name].files]
    material = Material(study.scenario, study.catalog, used={compiled.policy: compiled.used})
    sources = [material.sources[name] for name in sources_used(material)]
    package = Package(
        f"{asked.id}-{compiled.policy}",
        contents.title,
        NOTE,
        [*sources, *([BORDERS] if _has_borders(files) else [])],
        _licences(asked, files),
        {
            "scenario": asked.id,
            "scenario_sha256": hashlib.sha256(asked.text.encode()).hexdigest(),
            "policy": compiled.policy,
            "seed": seed,
            "replication": replication,
            "sets": None if drawn is None else drawn.count,
            "replications": settings.replications,
        },
    )
    return write_files(into, plan(contents, names), package, replace)


def _expect_possible(names: Sequence[str], replication: int, rows: int) -> None:
    """Before long work is done for it."""
    wrong = []
    if not 0 <= replication < 2**32:
        what, right = "is not such a number", "a whole number from 0"
        wrong.append(Problem("replication", 0, 0, str(replication), what, right))
    if "xlsx" in names and rows > tabular.MOST_ROWS:
        what, right = f"no workbook holds {rows:,} rows", "fewer replications, or csv or parquet"
        wrong.append(Problem("as", 0, 0, "xlsx", what, right))
    if wrong:
        raise Problems(wrong)


def _licences(asked: Scenario, files: Sequence[str]) -> list[str]:
    """Of a scenario that comes with the program, its own; of areas, that of the borders."""
    own = asked.name in shipped()
    return [name for name, holds in (("MIT", own), ("ODbL-1.0", _has_borders(files))) if holds]


def _has_borders(files: Sequence[str]) -> bool:
    return any(file.split(".")[0] in ("map", *AREAS) for file in files)


def _forecasts(
    what: Forecasts, formats: str | Sequence[str], into: str | Path, replace: bool
) -> tuple[Path, ...]:
    sheet = forecast_sheet(what.rows)
    title = f"Forecasts of {what.document['store']}, {what.document['from']} to {what.document['until']}"
    told: dict[str, Any] = {
        name: what.document[name] for name in ("store", "from", "until", "target", "origin")
    }
    note = (
        "Each from the reports before it alone, given how many were launched. Counts are claims of one side."
    )
    sources, licences = ([RECORD], ["ODC-BY-1.0"]) if what.document["nightly"] else ([], [])
    package = Package("forecasts", title, note, sources, licences, told)
    return write_tables((sheet,), "forecasts", formats, into, package, replace)
