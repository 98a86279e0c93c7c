"""What the commands share that play raids."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skypact.report.material import Material
    from skypact.study import CompiledPolicy, Progress, RunSettings, Study
    from skypact.study.results import Document


def how(replications: int, seed: int, threads: int | None, progress: Progress) -> RunSettings:
    """How to play, from the options; the kernels are compiled if this is the first time."""
    from skypact.cli.terminal import tell
    from skypact.study import RunSettings
    from skypact.study.kernels import warm

    warm(tell)
    return RunSettings(replications, seed, threads, progress=progress)


def studied(
    study: Study, playing: RunSettings, draws: int | None
) -> tuple[dict[str, CompiledPolicy], Document, Document | None]:
    """Compile and play every policy; with `draws` also with numbers drawn from their ranges."""
    from skypact.study import compare as compared

    result = compared(study, playing, draws)
    document = result.to_dict()
    document.pop("uncertain", None)
    return dict(result.compiled), document, result.uncertain


def material(study: Study, document: Document, doubt: Document | None) -> Material:
    """What was studied, for tables."""
    from skypact.report.material import Material

    return Material(study.scenario, study.catalog, document, uncertain=doubt)


def write(
    target: Path,
    study: Study,
    compiled: dict[str, CompiledPolicy],
    document: Document,
    doubt: Document | None,
    beside: Document | None,
    progress: Progress,
) -> None:
    """Write the report of what was studied."""
    from skypact.report import write_report

    progress("writing the report", 0.0)
    situations = {name: one.situation for name, one in compiled.items()}
    used = {name: one.used for name, one in compiled.items()}
    write_report(target, study.scenario, study.catalog, document, situations, beside, doubt, used)
    progress("writing the report", 1.0)
