"""Results as a tree: measures under the names of classes, owners, systems, with attribute access."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

Key = tuple[str, ...]


class _Growing(dict[str, Any]):
    """A branch in the making: no leaf is one."""


class Branch(Mapping[str, Any]):
    """A part of a result: a read-only mapping whose entries are attributes too.

    Examples
    --------
    >>> branch = Branch.grown({("by_class", "drone", "leakers"): 3, ("leakers",): 5})
    >>> branch.leakers, branch.by_class["drone"].leakers
    (5, 3)
    >>> list(branch.leaves())
    [(('by_class', 'drone', 'leakers'), 3), (('leakers',), 5)]
    """

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = MappingProxyType(dict(entries))

    @classmethod
    def grown(cls, leaves: Mapping[Key, Any]) -> Branch:
        """The tree of leaves that are given by their whole keys."""
        grown = _Growing()
        for key, leaf in leaves.items():
            at = grown
            for step in key[:-1]:
                at = at.setdefault(step, _Growing())
            at[key[-1]] = leaf
        return cls._of(grown)

    @classmethod
    def _of(cls, grown: _Growing) -> Branch:
        return cls({step: cls._of(one) if type(one) is _Growing else one for step, one in grown.items()})

    def __getitem__(self, name: str) -> Any:
        return self._entries[name]

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and name in self._entries:
            return self._entries[name]
        raise AttributeError(f"no {name!r} here; there is {', '.join(self._entries)}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(name for name in self._entries if name.isidentifier())]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Branch) and dict(self._entries) == dict(other._entries)

    def __hash__(self) -> int:
        return hash(tuple(self._entries))

    def __getstate__(self) -> dict[str, Any]:
        return dict(self._entries)

    def __setstate__(self, entries: dict[str, Any]) -> None:
        self._entries = MappingProxyType(entries)

    def leaves(self, above: Key = ()) -> Iterator[tuple[Key, Any]]:
        """Every leaf with its whole key."""
        for name, entry in self._entries.items():
            if isinstance(entry, Branch):
                yield from entry.leaves((*above, name))
            else:
                yield (*above, name), entry

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            name: entry.to_dict() if hasattr(entry, "to_dict") else entry
            for name, entry in self._entries.items()
        }

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}: {entry!r}" for name, entry in list(self._entries.items())[:4])
        return "{" + shown + (", ..." if len(self) > 4 else "") + "}"
