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

    `first` is the id of the scenario that the page opens with; None: it asks.
    """

    folder: Folder
    first: str | None = None
    turns: Turns = field(default_factory=Turns)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.shelf = Shelf(self.folder)
        self.asking = Asking(self.shelf, self.turns)
        self.nights = Nights(self.turns)
        self.ahead = Ahead(self.shelf, self.asking)

    @classmethod
    def at(cls, path: Path, first: str | None = None) -> Workplace:
        """A workplace in a folder."""
        return cls(Folder(path), first)
