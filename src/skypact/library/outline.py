"""Editing a scenario part by part: what stands in its text, and the text with one part changed."""

from __future__ import annotations

from typing import Any

from skypact.catalog import load_catalog
from skypact.reading import Steps
from skypact.reading.document import scan_document
from skypact.reading.edit import data_of, put, take
from skypact.scenario.check_names import known_names
from skypact.scenario.partial import PartialScenario


def outline(text: str) -> dict[str, Any]:
    """What stands in a scenario's text, sound or not, and which names of each kind may be used in it.

    Returns
    -------
    dict
        ``data``, as JSON can have it; ``names`` by kind, which ``x-names`` in the schema refers to (`skypact.library.about.schema`).

    Raises
    ------
    skypact.Problems
        If the text cannot be read at all.
    """
    catalog = load_catalog()
    partial = PartialScenario(scan_document(text, "scenario"), catalog, catalog)
    return {
        "data": data_of(text),
        "names": {kind: sorted(map(str, names)) for kind, names in known_names(partial).items()},
    }


def edited(text: str, path: Steps, value: Any) -> str:
    """The text with one value changed or added; comments, order and line breaks stay as they are.

    Parameters
    ----------
    text
        YAML of a scenario, sound or not.
    path
        Keys, and places in lists from 0: ``("laydown", 0, "count", "value")``; the place behind the last adds to a list.
    value
        Plain data; None takes the part out.

    Raises
    ------
    skypact.Problems
        If the text cannot be read, or nothing can stand at the path.

    Examples
    --------
    >>> edited("laydown:\\n  - id: a\\n    at: {lviv: 1}  # one\\n", ("laydown", 0, "at", "lviv"), 2)
    'laydown:\\n  - id: a\\n    at: {lviv: 2}  # one\\n'
    """
    return take(text, path) if value is None else put(text, path, value)
