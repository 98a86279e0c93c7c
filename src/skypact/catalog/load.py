"""Loading the catalogue that is shipped with the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from skypact.catalog.model import Catalog
from skypact.reading import Problem, Problems, parse_document, read_document, references, suggest, validate

DATA = Path(__file__).parent / "data"
PARTS = ("sources", "threats", "effectors", "sensors", "families")


@cache
def load_catalog(folder: Path = DATA) -> Catalog:
    """Read the catalogue: one YAML file each for sources, threats, effectors, sensors and families.

    Raises
    ------
    Problems
        With every problem of every file.
    """
    problems: list[Problem] = []
    parts: dict[str, dict[str, object]] = {}
    for part in PARTS:
        document = read_document(folder / f"{part}.yaml")
        parts[part] = document.data
        empty: dict[str, object] = {key: {} for key in PARTS}
        one = parse_document("{}", document.file)
        shifted = type(one)(
            document.file,
            {**empty, part: document.data},
            {(part, *path): mark for path, mark in document.marks.items()},
            {(part, *path): mark for path, mark in document.keys.items()},
        )
        try:
            validate(Catalog, shifted)
        except Problems as bad:
            problems += bad.problems
        known = parts["sources"]
        problems += [
            shifted.problem(path, f"unknown source {name!r}", suggest(name, known))
            for path, kind, name in references(Catalog, shifted.data)
            if kind == "source" and name not in known
        ]
    if problems:
        raise Problems(problems)
    return Catalog.model_validate(parts)
