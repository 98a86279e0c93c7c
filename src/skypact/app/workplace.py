"""What the server has to work with."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from skypact.app.ahead import Ahead
from skypact.app.asking import Asking
from skypact.app.folder import Folder
from skypact.app.nights import Nights
from skypact.app.shelf import Shelf
from skypact.app.turns import Turns


@dataclass
class Workplace:
    """The working folder, the scenarios, and who computes.

    `first` is the scenario that the page opens with: its id, or a file of the folder; None: the page chooses.
    """

    folder: Folder
    first: str | Path | None = None
    turns: Turns = field(default_factory=Turns)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.folder)
        self.asking = Asking(self.shelf, self.turns)
        self.nights = Nights(self.turns)
        self.ahead = Ahead(self.shelf, self.asking)

    @property
    def opens(self) -> str | None:
        """The id of the scenario that the page opens with."""
        return self.shelf.name_of(self.first) if isinstance(self.first, Path) else self.first

    @classmethod
    def at(cls, path: Path, first: str | Path | None = None) -> Workplace:
        """A workplace in a folder."""
        return cls(Folder(path), first)
