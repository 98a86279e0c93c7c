"""A newer file into what is stored: only what differs changes, and what the file lacks stays.

A row's number is no key, for new reports stand at the top.  A report is found again by what it says; where
some of that was corrected, by the rest, as long as only one report on either side fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from skypact.evidence.columns import COUNTS, is_blank
from skypact.evidence.reports import NO_ROW

Fields = Mapping[str, str]
_WINDOW = ("time_start", "time_end")
KEYS: tuple[tuple[str, ...], ...] = (
    ("source", "model", *_WINDOW, "target", "launch_place", *COUNTS),
    ("source", "model", *_WINDOW, "target", "launch_place"),
    ("source", "model", *_WINDOW, "target"),
    ("source", "model", *_WINDOW),
    ("source", "model", "time_start"),
    ("source", *_WINDOW, "target", "launch_place", "launched"),
    ("model", *_WINDOW, "target", "launch_place"),
)
"""By what a report is found again where not all of it is the same, the surest first.

The last two allow another model, another bulletin.
"""
_SHORT_HOUR = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d):")


@dataclass(frozen=True)
class Kept:
    """A report in the store.

    Attributes
    ----------
    id
        Its number in the store, which never changes.
    row
        0-based data row in the file imported last; `NO_ROW` if that file lacks it.
    fields
        Every column as written, those that the program does not know as well.
    """

    id: int
    row: int
    fields: Fields


@dataclass(frozen=True)
class Merged:
    """What came of it.

    Attributes
    ----------
    kept
        All reports that the store has now.
    added, changed, absent
        Numbers in the store of those that are new, that say something else than before, and that the file
        lacks.
    unchanged
        How many of the file say what was stored.
    """

    kept: tuple[Kept, ...]
    added: tuple[int, ...]
    changed: tuple[int, ...]
    absent: tuple[int, ...]
    unchanged: int


def merge(stored: Sequence[Kept], rows: Sequence[tuple[int, Fields]]) -> Merged:
    """Bring the rows of a file into what is stored.

    Parameters
    ----------
    stored
        The reports of the store.
    rows
        Number and fields of every row of the file.
    """
    pairs = _pairs(stored, rows)
    kept: dict[int, Kept] = {}
    added, changed = [], []
    following = max((one.id for one in stored), default=-1) + 1
    for at, (number, fields) in enumerate(rows):
        old = pairs.get(at)
        if old is None:
            kept[following] = Kept(following, number, dict(fields))
            added.append(following)
            following += 1
            continue
        same = all(meaning(text) == meaning(old.fields.get(name, "")) for name, text in fields.items())
        # What was written stays where it means the same, so that a file that writes 5 for 5.0 changes nothing.
        kept[old.id] = Kept(old.id, number, old.fields if same else {**old.fields, **fields})
        if not same:
            changed.append(old.id)
    absent = [one for one in stored if one.id not in kept]
    kept |= {one.id: Kept(one.id, NO_ROW, one.fields) for one in absent}
    return Merged(
        tuple(kept[name] for name in sorted(kept)),
        tuple(added),
        tuple(changed),
        tuple(one.id for one in absent),
        len(rows) - len(added) - len(changed),
    )


def meaning(text: str) -> str:
    """A field without what does not matter: blanks at the ends, how a blank, a number or an hour is written.

    >>> meaning("5.0") == meaning("5"), meaning("nan") == meaning(""), meaning("2023-05-16 3:30")
    (True, True, '2023-05-16 03:30')
    """
    text = text.strip()
    if is_blank(text):
        return ""
    try:
        return repr(float(text))
    except ValueError:
        return _SHORT_HOUR.sub(r"\1 0\2:", text)


@dataclass
class _Side:
    """What is still to be found on one side, by key."""

    open: dict[int, Fields]
    by: dict[tuple[str, ...], list[int]] = field(default_factory=dict)

    def sort(self, key: Callable[[Fields], tuple[str, ...]]) -> None:
        self.by = {}
        for name, fields in self.open.items():
            self.by.setdefault(key(fields), []).append(name)


def _pairs(stored: Sequence[Kept], rows: Sequence[tuple[int, Fields]]) -> dict[int, Kept]:
    """From the place of a row in the file to the stored report that it is."""
    old = _Side({one.id: one.fields for one in stored})
    new = _Side({at: fields for at, (_, fields) in enumerate(rows)})
    by_id = {one.id: one for one in stored}
    found: dict[int, Kept] = {}
    everything = tuple(rows[0][1]) if rows else ()
    for number, columns in enumerate((everything, *KEYS)):
        if not old.open or not new.open:
            break

        def key(fields: Fields, columns: Iterable[str] = columns) -> tuple[str, ...]:
            return tuple(meaning(fields.get(name, "")) for name in columns)

        old.sort(key)
        new.sort(key)
        for name, mine in new.by.items():
            theirs = old.by.get(name, [])
            alone = len(mine) == len(theirs) == 1
            # By the first two they are alike in all that is claimed: which is which does not matter.
            if not theirs or not (alone or number < 2):
                continue
            for at, identity in zip(mine, theirs, strict=False):
                found[at] = by_id[identity]
                del new.open[at], old.open[identity]
    return found
