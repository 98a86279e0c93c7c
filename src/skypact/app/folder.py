"""The working folder: the only place of which the page and the API read and write files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from skypact.app.endpoint import Refused
from skypact.app.models import MOST_BYTES, NAME
from skypact.reading import read_text
from skypact.reading.write import write_text

DRAFTS = ".skypact-drafts"
MOST_DRAFTS = 200
SUFFIXES = (".yaml", ".yml")
MARK = re.compile(r"^format:\s*['\"]?skypact-scenario/", re.MULTILINE)
_NAME = re.compile(NAME)


class Folder:
    """Scenario files and drafts of one folder, by name; no name leads out of it."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()

    def scenarios(self) -> Iterator[Path]:
        """The files that say that they are scenarios."""
        for file in sorted(self.path.iterdir()):
            if file.suffix in SUFFIXES and _NAME.match(file.stem) and self._mine(file):
                try:
                    with file.open(encoding="utf-8") as stream:
                        if MARK.search(stream.read(65_536)):
                            yield file
                except (OSError, UnicodeDecodeError):
                    continue

    def find(self, name: str) -> Path | None:
        """The file of a scenario, by its name with or without what it ends in; None if there is none of that name."""
        if not _NAME.match(name):
            return None
        whole = [self.path / name] if name.endswith(SUFFIXES) else []
        files = (*whole, *(self.path / f"{name}{suffix}" for suffix in SUFFIXES))
        return next((file for file in files if file.is_file() and self._mine(file)), None)

    def save(self, name: str, text: str) -> Path:
        """Write a new scenario file, whole or not at all.

        Raises
        ------
        skypact.Problems
            If there is such a file already, or the folder cannot be written to.
        """
        target = self.path / f"{_checked(name)}.yaml"
        write_text(target, text, replace=False)
        return target

    def drafts(self) -> list[str]:
        """The names of the drafts."""
        place = self.path / DRAFTS
        return sorted(file.stem for file in place.glob("*.yaml")) if place.is_dir() else []

    def draft(self, name: str) -> str | None:
        """The text of a draft; None if there is none of that name."""
        file = self._draft(name)
        return read_text(file, MOST_BYTES) if file.is_file() else None

    def keep_draft(self, name: str, text: str) -> None:
        """Write a draft, whole or not at all.

        Raises
        ------
        Refused
            If there are too many.
        """
        file = self._draft(name)
        file.parent.mkdir(mode=0o700, exist_ok=True)
        if not file.exists() and len(self.drafts()) >= MOST_DRAFTS:
            raise Refused(507, f"there are {MOST_DRAFTS} drafts already", "throw some away")
        write_text(file, text)

    def forget_draft(self, name: str) -> None:
        """Throw a draft away; nothing happens where there is none."""
        self._draft(name).unlink(missing_ok=True)

    def _draft(self, name: str) -> Path:
        place = self.path / DRAFTS
        file = place / f"{_checked(name)}.yaml"
        if place.is_symlink() or file.is_symlink():
            raise Refused(403, "the folder of drafts leads elsewhere")
        return file

    def _mine(self, file: Path) -> bool:
        """Whether a file is in this folder itself, links followed."""
        return file.resolve().parent == self.path


def may_open(file: Path) -> bool:
    """Whether a file has a name by which the page can ask about it."""
    return file.suffix in SUFFIXES and _NAME.match(file.name) is not None


def etag(text: str) -> str:
    """What tells one version of a text from another."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


def _checked(name: str) -> str:
    if not _NAME.match(name):
        raise Refused(400, "no such name may be given to a file", "letters, digits, dots and hyphens", "name")
    return name
