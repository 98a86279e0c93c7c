"""Files that come with the package, by name, and anyone's own, by path."""

from __future__ import annotations

from pathlib import Path

from skypact.reading.nearby import file_near
from skypact.reading.problem import Problem, Problems, nearest, suggest


def names_in(folder: Path) -> tuple[str, ...]:
    """The names of the files in a folder of the package, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def find_in(folder: Path, kind: str, name_or_path: str | Path) -> Path:
    """The file of a shipped name, or of a path.

    Raises
    ------
    Problems
        If it is neither: it is no `kind`, such as "scenario"; with the nearest shipped name.
    """
    text, names = str(name_or_path), names_in(folder)
    if text in names:
        return folder / f"{text}.yaml"
    path = Path(name_or_path)
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if exists:
        return path
    what = f"neither a shipped {kind} nor a file"
    raise Problems([Problem(text, 1, 1, "", what, _right(text, names))])


def _right(text: str, names: tuple[str, ...]) -> str:
    """The shipped name, and the file, that may have been meant."""
    said, file = suggest(text, names, "skypact list"), file_near(text)
    if not file:
        return said
    shipped = nearest(text, names)
    return f"did you mean the file {file}{f', or the shipped {shipped}' if shipped else ''}?"
