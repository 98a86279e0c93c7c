"""Files that come with the package, by name, and anyone's own, by path."""

from __future__ import annotations

from pathlib import Path

from skypact.reading.problem import Problem, Problems, suggest


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
    raise Problems([Problem(text, 1, 1, "", what, suggest(text, names, "skypact list"))])
