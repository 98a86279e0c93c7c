"""Asking of a comparison what takes minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skypact.library.results import Comparison
from skypact.study.full import in_full as asked_in_full
from skypact.study.play import Progress, RunSettings, silent

if TYPE_CHECKING:
    from distributed import Client


def in_full(
    comparison: Comparison,
    threads: int | None = None,
    progress: Progress | None = None,
    cluster: Client | None = None,
) -> Comparison:
    """The same comparison with what takes minutes to know: Sobol indices, other correlations, other placements.

    Parameters
    ----------
    comparison
        Of several policies, with drawn sets; any other comes back as it is.
    threads, progress, cluster
        As for `skypact.compare`.
    """
    settings = RunSettings(
        comparison.replications,
        comparison.seed,
        threads,
        progress=silent if progress is None else progress,
        cluster=cluster,
    )
    return replace(comparison, full=asked_in_full(comparison, settings))
