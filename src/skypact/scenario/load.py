"""Loading scenarios: those shipped with the package, and anyone's own."""

from __future__ import annotations

from pathlib import Path

from skypact.catalog import Catalog
from skypact.reading import Problems
from skypact.scenario.check import examine
from skypact.scenario.find import SHIPPED, find_scenario, shipped
from skypact.scenario.model import Scenario

__all__ = ["SHIPPED", "find_scenario", "load_scenario", "shipped"]


def load_scenario(name_or_path: str | Path, catalog: Catalog | None = None) -> Scenario:
    """Read and check a scenario.

    Parameters
    ----------
    name_or_path
        A shipped name or the path of a file.
    catalog
        The systems that it may name; by default the catalogue that is shipped.

    Raises
    ------
    Problems
        With every error of the file (warnings do not stop it).
    """
    examined = examine(find_scenario(name_or_path), catalog)
    if examined.scenario is None or examined.errors:
        raise Problems(examined.errors)
    return examined.scenario
