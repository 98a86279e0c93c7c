"""What systems are, for one scenario: the catalogue, the scenario's own systems, its own numbers."""

from __future__ import annotations

from skypact.catalog import Catalog, load_catalog
from skypact.catalog.change import with_numbers, with_systems
from skypact.scenario.model import Scenario


def catalog_of(scenario: Scenario, catalog: Catalog | None = None) -> Catalog:
    """The catalogue as a scenario sees it.

    Parameters
    ----------
    scenario
        A scenario without errors.
    catalog
        What it builds on; by default the catalogue that is shipped.

    Examples
    --------
    >>> from skypact.scenario.load import load_scenario
    >>> "nasams" in catalog_of(load_scenario("ukraine-2024-08-26")).effectors
    True
    """
    own = scenario.catalog
    found = load_catalog() if catalog is None else catalog
    if own is not None:
        found = with_systems(found, own.threats, own.effectors, own.sensors, own.families)
    return with_numbers(found, scenario.numbers)
