"""Finding and loading scenarios: those shipped with the package, and anyone's own."""

from __future__ import annotations

from pathlib import Path

from skypact.catalog import Catalog
from skypact.reading import BadInput, Problem, suggest
from skypact.scenario.check import examine
from skypact.scenario.model import Scenario

SHIPPED = Path(__file__).parent / "shipped"


def shipped() -> tuple[str, ...]:
    """The names of the scenarios that come with the package, sorted."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.yaml")))


def find_scenario(name_or_path: str | Path) -> Path:
    """The file of a shipped scenario or of a path.

    Raises
    ------
    BadInput
        If it is neither; with the nearest shipped name.
    """
    text = str(name_or_path)
    if text in shipped():
        return SHIPPED / f"{text}.yaml"
    path = Path(name_or_path)
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if exists:
        return path
    what = "neither a shipped scenario nor a file"
    raise BadInput([Problem(text, 1, 1, "", what, suggest(text, shipped(), "skypact list"))])


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
    BadInput
        With every error of the file (warnings do not stop it).
    """
    examined = examine(find_scenario(name_or_path), catalog)
    if examined.scenario is None or examined.errors:
        raise BadInput(examined.errors)
    return examined.scenario
