"""The scenarios that can be asked about: those shipped, those of the working folder, and texts not saved yet."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from skypact.app.endpoint import Refused
from skypact.app.folder import Folder
from skypact.app.models import MOST_BYTES, Decided, OfScenario
from skypact.library.about import shipped
from skypact.library.scenarios import Scenario, load
from skypact.reading import Problems, read_text

CHOSEN = "your choice of decisions"
"""What decisions are called together that are no policy of the scenario."""
KEPT = 24
"""Loaded scenarios, sets of decisions and what was found of them that are remembered."""
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Asked:
    """A scenario under a policy, and by what both are known."""

    scenario: Scenario
    policy: str
    mark: str


class Shelf:
    """Scenarios by name or text; what was loaded is kept as long as its text is the same."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._kept: OrderedDict[str, object] = OrderedDict()
        self._lock = threading.Lock()
        self._shipped = {str(row["scenario"]): row for row in shipped()}

    def rows(self) -> list[dict[str, Any]]:
        """What can be asked about; a file with errors is listed with what is wrong.

        A file is known by its name, whatever it calls itself, and by its whole name where a shipped scenario has the same.
        """
        rows: list[dict[str, Any]] = [
            {"id": name, "title": row["title"], "date": row["date"], "file": "", "problems": 0}
            for name, row in self._shipped.items()
        ]
        for file in self.folder.scenarios():
            name = self.name_of(file)
            row: dict[str, Any] = {"id": name, "title": name, "date": "", "file": file.name, "problems": 0}
            try:
                found = self.load(name)
                row |= {"title": found.title, "date": found.data.date}
            except Problems as wrong:
                row["problems"] = len(wrong.problems)
            rows.append(row)
        return rows

    def name_of(self, file: Path) -> str:
        """The name by which a file of the working folder is asked about."""
        return file.name if file.stem in self._shipped else file.stem

    def text(self, name: str) -> str:
        """The text of a scenario.

        Raises
        ------
        Refused
            If there is none of that name.
        """
        if name in self._shipped:
            return self.load(name).text
        file = self.folder.find(name)
        if file is None:
            raise Refused(404, "no such scenario", "see /api/scenarios", "scenario")
        return read_text(file, MOST_BYTES)

    def load(self, name: str) -> Scenario:
        """A scenario by name.

        Raises
        ------
        Refused
            If there is none of that name.
        skypact.Problems
            If it has errors.
        """
        if name in self._shipped:
            return self.keep(name, lambda: load(name))
        file = self.folder.find(name)
        if file is None:
            raise Refused(404, "no such scenario", "see /api/scenarios", "scenario")
        mark = hashlib.sha256(read_text(file, MOST_BYTES).encode()).hexdigest()
        return self.keep(f"{name} {mark}", lambda: load(file))

    def of(self, request: OfScenario) -> Scenario:
        """The scenario that a request is about."""
        if request.text is None:
            return self.load(str(request.scenario))
        text = request.text if "\n" in request.text else f"{request.text}\n"
        return self.keep(hashlib.sha256(text.encode()).hexdigest(), lambda: load(text))

    def under(self, request: Decided) -> Asked:
        """The scenario and the policy that a request is about; decisions make a policy of their own.

        Raises
        ------
        skypact.Problems
            If a decision is unknown, or decisions contradict each other.
        """
        scenario = self.of(request)
        if request.decisions is None:
            policy = request.policy or scenario.baseline
            scenario.study((policy,))
            return Asked(scenario, policy, f"{_mark(scenario)} {policy}")
        return self.decided(scenario, request.decisions)

    def decided(self, scenario: Scenario, decisions: list[str]) -> Asked:
        """The scenario with one more policy, made of these decisions."""
        order = {name: number for number, name in enumerate(scenario.data.decisions)}
        chosen = sorted(decisions, key=lambda name: order.get(name, -1))
        mark = f"{_mark(scenario)} {','.join(chosen)}"
        found = self.keep(mark, lambda: scenario.with_decisions(chosen, title=CHOSEN))
        return Asked(found, tuple(found.added)[-1], mark)

    def keep(self, key: str, make: Callable[[], Kept]) -> Kept:
        """What was made under a key, or made now; the key says all that it was made from."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("Kept", self._kept[key])
        made = make()
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made


def _mark(scenario: Scenario) -> str:
    return hashlib.sha256(scenario.text.encode()).hexdigest()[:24]
