"""What a path that leads nowhere may have meant: a file of nearly that name in the same folder."""

from __future__ import annotations

from pathlib import Path

from skypact.reading.problem import nearest


def file_near(path: str | Path) -> str:
    """The file in the same folder whose name is nearest to that of a path, or the empty string.

    Names are compared without their endings: ``mine.yml`` means ``mine.yaml``.
    """
    target = Path(path)
    try:
        names = {one.stem: one.name for one in sorted(target.parent.iterdir()) if one.is_file()}
    except (OSError, ValueError):
        return ""
    found = nearest(target.stem, names)
    return str(target.with_name(names[found])) if found else ""
