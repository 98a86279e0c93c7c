"""A raid as the text of a raid file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from skypact.raid.model import FORMAT, Look, Raid, Threat, Track, Unit, Window

_SCALARS = (str, int, float)
_ROWS: tuple[tuple[str, type[Threat] | type[Unit] | type[Look] | type[Track] | type[Window]], ...] = (
    ("threats", Threat),
    ("units", Unit),
    ("looks", Look),
    ("tracks", Track),
    ("windows", Window),
)


def dump_raid(raid: Raid) -> str:
    """Write a raid as JSON, one threat, unit, look, track or window a line.

    Reading it back gives an equal raid.  Fields that have their default are left out, but those whose
    default stands elsewhere (a window's salvo and rank, a unit's magazine) are written out.

    Examples
    --------
    >>> print(dump_raid(Raid(threats=(Threat("t0", "cruise", 3600.0),))), end="")
    {"format": "skypact-raid/2",
     "threats": [
      {"id": "t0", "class": "cruise", "impact_s": 3600.0}
     ],
     "units": [],
     "looks": [],
     "tracks": [],
     "windows": [],
     "concurrency": {}}
    """
    parts = [f'"format": {json.dumps(FORMAT)}']
    for name, kind in _ROWS:
        lines = [_text(_fields(kind, row)) for row in getattr(raid, name)]
        body = "[\n  " + ",\n  ".join(lines) + "\n ]" if lines else "[]"
        parts.append(f'"{name}": {body}')
    parts.append(f'"concurrency": {_text(_plain(raid.concurrency))}')
    if raid.concurrency_late:
        parts.append(f'"concurrency_late": {_text(_plain(raid.concurrency_late))}')
    if raid.info:
        parts.append(f'"info": {_text(_plain(raid.info))}')
    return "{" + ",\n ".join(parts) + "}\n"


def _fields(kind: Any, row: Any) -> dict[str, Any]:
    """The fields of a row that say more than their default."""
    defaults = kind._field_defaults
    return {
        name.rstrip("_"): value if isinstance(value, _SCALARS) else _plain(value)
        for name, value in zip(kind._fields, row, strict=True)
        if name not in defaults or value != defaults[name]
    }


def _plain(value: Any) -> Any:
    """Mappings and sequences as dictionaries and lists, all the way down."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
