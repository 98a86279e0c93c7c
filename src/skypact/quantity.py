"""Numbers that say where they come from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from skypact.reading import Ref, Strict, in_full

Kind = Literal["reported", "estimated", "notional"]
SourceId = Annotated[str, Ref("source")]
Number = Annotated[float, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0)]


class Basis(Strict):
    """Where an entry's numbers come from.

    Attributes
    ----------
    kind
        ``reported`` (a source says so), ``estimated`` (a source's estimate) or ``notional`` (ours,
        with a reason in `note`).
    sources
        Names of sources; needed unless the kind is notional.
    note
        What a reader should know; needed where the kind is notional.
    said
        Statements of the scenario's ledger that the numbers rest on.
    """

    kind: Kind
    sources: tuple[SourceId, ...] = ()
    note: str = ""
    said: tuple[Annotated[str, Ref("statement")], ...] = ()

    @model_validator(mode="after")
    def _has_a_basis(self) -> Basis:
        if self.kind == "notional" and not self.note.strip():
            raise ValueError("a notional number without a reason | add note: why this value")
        if self.kind != "notional" and not self.sources:
            raise ValueError(
                f"{self.kind} without a source | add sources: [name], or call it notional with a note"
            )
        return self


class Quantity(Basis):
    """A number with its basis and, where the world is unsure, a range.

    Attributes
    ----------
    value
        The central value, used unless parameters are drawn.
    low, high
        The range; both or none, ``low <= value <= high``.
    distribution
        How the number is drawn from its range: ``triangular`` with its mode at `value`, or ``uniform``.

    Examples
    --------
    >>> Quantity(value=180, low=170, high=200, kind="notional", note="an example").value
    180.0
    """

    value: Number
    low: Number | None = None
    high: Number | None = None
    distribution: Literal["triangular", "uniform"] = "triangular"

    @model_validator(mode="after")
    def _is_ordered(self) -> Quantity:
        if (self.low is None) != (self.high is None):
            raise ValueError("a range needs both low and high | give both, or none")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            outside = f"value {in_full(self.value)} is outside its range {in_full(self.low)} to {in_full(self.high)}"
            raise ValueError(f"{outside} | low <= value <= high")
        return self


def _within(least: float, most: float) -> Callable[[Quantity], Quantity]:
    def check(quantity: Quantity) -> Quantity:
        for number in (quantity.value, quantity.low, quantity.high):
            if number is not None and not least <= number <= most:
                raise ValueError(
                    f"{in_full(number)} is impossible | must be between {in_full(least)} and {in_full(most)}"
                )
        return quantity

    return check


Probability = Annotated[Quantity, AfterValidator(_within(0, 1))]
Factor = Annotated[Quantity, AfterValidator(_within(0.01, 100))]
Kilometres = Annotated[Quantity, AfterValidator(_within(0, 20_000))]
Metres = Annotated[Quantity, AfterValidator(_within(0, 2_000_000))]
MetresPerSecond = Annotated[Quantity, AfterValidator(_within(1, 8_000))]
Seconds = Annotated[Quantity, AfterValidator(_within(0, 30 * 86_400))]
UnsureMinutes = Annotated[Quantity, AfterValidator(_within(0, 2_880))]
Days = Annotated[Quantity, AfterValidator(_within(0, 3_650))]
SquareMetres = Annotated[Quantity, AfterValidator(_within(1e-6, 10_000))]
Dollars = Annotated[Quantity, AfterValidator(_within(0, 1e11))]
Amount = Annotated[Quantity, AfterValidator(_within(0, 1e6))]
