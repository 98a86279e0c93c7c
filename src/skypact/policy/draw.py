"""Settling numbers that have a range."""

from __future__ import annotations

from collections.abc import Callable

from skypact.quantity import Quantity

Draw = Callable[[str, Quantity], float]
"""Settles a number: from its name and its quantity to a value."""


def central(name: str, quantity: Quantity) -> float:
    """Take the central value."""
    return quantity.value
