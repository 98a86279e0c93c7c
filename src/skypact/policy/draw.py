"""Settling numbers that have a range, and keeping which numbers were settled."""

from __future__ import annotations

from collections.abc import Callable

from skypact.quantity import Quantity

Draw = Callable[[str, Quantity], float]
"""Settles a number: from its name and its quantity to a value."""


def central(name: str, quantity: Quantity) -> float:
    """Take the central value."""
    return quantity.value


class Recorder:
    """Settles numbers as `draw` does, and keeps each of them by its name, in the order of first use.

    Examples
    --------
    >>> number = Quantity(value=2, kind="notional", note="an example")
    >>> recorder = Recorder(central)
    >>> recorder("effectors.hawk.channels", number), list(recorder.used)
    (2.0, ['effectors.hawk.channels'])
    """

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.used: dict[str, Quantity] = {}

    def __call__(self, name: str, quantity: Quantity) -> float:
        """Settle a number."""
        self.used.setdefault(name, quantity)
        return self.draw(name, quantity)
