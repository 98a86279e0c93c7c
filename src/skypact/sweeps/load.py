"""Reading a sweep file, and everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from skypact.catalog.model import Catalog
from skypact.policy.families import family_of
from skypact.quantity import Quantity
from skypact.reading import (
    Document,
    Problem,
    Problems,
    Steps,
    read_text,
    scan_document,
    schema_problems,
    suggest,
)
from skypact.reading.nearby import file_near
from skypact.scenario.load import load_scenario
from skypact.study.setup import Study
from skypact.sweeps.design import count_of
from skypact.sweeps.model import MOST_POINTS, Sweep

MAX_BYTES = 1024 * 1024
WHAT_COMES = frozenset({"reliability", "flight"})
"""Families of numbers of what comes: they are drawn, and never an axis."""


@dataclass(frozen=True)
class Asked:
    """A sweep that can be played.

    Attributes
    ----------
    sweep
        The file.
    study
        The scenario and its policies.
    quantities
        Every number with a range that the policies ask for, by name.
    text
        The file as it was read.
    """

    sweep: Sweep
    study: Study
    quantities: dict[str, Quantity]
    text: str

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes by name: families, then numbers."""
        return (*self.sweep.vary.families, *self.sweep.vary.numbers)


def read_sweep(path: str | Path) -> Asked:
    """Read a sweep file.

    Raises
    ------
    Problems
        With everything that is wrong with it.
    """
    if not Path(path).exists():
        near = file_near(path)
        right = (
            f"did you mean {near}?" if near else "the path of a study file: 'skypact sweep --help' shows one"
        )
        raise Problems([Problem(str(path), 1, 1, "", "no such file", right)])
    text = read_text(path, MAX_BYTES)
    document = scan_document(text, str(path))
    try:
        sweep = Sweep.model_validate(document.data)
    except ValidationError as error:
        raise Problems([*document.problems, *schema_problems(Sweep, document, error)]) from None
    problems = [*document.problems]
    study = None
    try:
        scenario = load_scenario(_scenario(sweep.scenario, Path(path)))
        study = Study.of(scenario, _names(sweep.policies), baseline=sweep.baseline)
    except Problems as wrong:
        problems += [document.problem(("scenario",), str(one), "") for one in wrong.problems]
    quantities = {} if study is None else numbers_of(study)
    problems += _design(sweep, document)
    if study is not None:
        problems += _axes(sweep, document, quantities, study.catalog)
    if problems or study is None:
        raise Problems(problems)
    return Asked(sweep, study, quantities, text)


def numbers_of(study: Study) -> dict[str, Quantity]:
    """Every number with a range that the policies of a study ask for, by name."""
    found: dict[str, Quantity] = {}

    def note(name: str, quantity: Quantity) -> float:
        if quantity.low is not None and quantity.low != quantity.high:
            found.setdefault(name, quantity)
        return quantity.value

    for policy in study.policies:
        study.compile(policy, note)
    return dict(sorted(found.items()))


def is_of_what_comes(name: str, catalog: Catalog) -> bool:
    """Whether a number is one of the threats'.

    Those are not varied on an axis: no attack is invented or made heavier.
    """
    return name.startswith("threats.") or family_of(name, catalog) in WHAT_COMES


def _scenario(name: str, file: Path) -> str:
    """A path beside the file, where there is one; else what was written."""
    beside = file.parent / name
    return str(beside) if beside.is_file() else name


def _names(policies: list[str] | None) -> tuple[str, ...] | None:
    return None if policies is None else tuple(policies)


def _design(sweep: Sweep, document: Document) -> Iterator[Problem]:
    design, axes = sweep.design, len(sweep.vary.families) + len(sweep.vary.numbers)
    if not axes:
        right = "name families or numbers, as families: [reach, detection]"
        yield document.problem(("vary",), "nothing is varied", right)
    if design.kind == "sobol" and design.points & (design.points - 1):
        right = "a power of two, as 64, 128 or 256"
        yield document.problem(("design", "points"), f"{design.points} is no power of two", right)
    elif (count := count_of(design, axes) * max(1, sweep.sets)) > MOST_POINTS:
        right = f"at most {MOST_POINTS:,}: fewer points, axes or sets"
        yield document.problem(("design", "points"), f"these are {count:,} points", right)


def _axes(
    sweep: Sweep, document: Document, quantities: dict[str, Quantity], catalog: Catalog
) -> Iterator[Problem]:
    families = {family_of(name, catalog) for name in quantities}
    of = {"families": families - WHAT_COMES, "numbers": set(quantities)}
    for kind, asked in (("families", sweep.vary.families), ("numbers", sweep.vary.numbers)):
        for place, name in enumerate(asked):
            where: Steps = ("vary", kind, place)
            if asked.index(name) < place:
                yield document.problem(where, "named twice", "name it once")
            elif name in WHAT_COMES or (
                kind == "numbers" and name in quantities and is_of_what_comes(name, catalog)
            ):
                what = "this is of what comes, which a sweep does not vary"
                yield document.problem(where, what, "draw it with sets: 8 or more")
            elif name not in of[kind]:
                one = {"families": "family", "numbers": "number with a range"}[kind]
                what = f"no policy asks for such a {one}"
                yield document.problem(where, what, _nearest(name, of[kind]))


def _nearest(name: str, known: Iterable[str]) -> str:
    return suggest(name, sorted(known))
