"""Files that can be made again at any time, kept because it takes long to make them.

Nothing ever depends on them: where no folder can be written they are not kept, and one that is damaged is
thrown away.  Each is written in one step, so that programs that start together do not disturb each other.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
CHOICE = "NUMBA_CACHE_DIR"
"""The variable with which a user chooses where to keep machine code; then nothing is looked for elsewhere."""
LIBRARIES = ("numpy", "numba", "shapely", "pyproj", "pydantic", "PyYAML")
MOST = 16
"""How many files of one kind are kept: versions of the program, processors, signatures."""


def read(kind: str, mark: str) -> bytes | None:
    """What was kept of a kind under a mark; None if nothing was, or if it was damaged since.

    Parameters
    ----------
    kind
        What it is, such as ``kernel.play``: the beginning of the file's name.
    mark
        What the content depends on, as a short word; another mark is another file.
    """
    for folder in folders():
        file = folder / _name(kind, mark)
        try:
            found = file.read_bytes()
        except OSError:
            continue
        digest, content = found[:32], found[32:]
        if hashlib.sha256(content).digest() == digest:
            return content
        forget(kind, mark)
    return None


def write(kind: str, mark: str, content: bytes) -> bool:
    """Keep it where that is possible; whether it was."""
    folder = writable()
    if folder is None:
        return False
    folders.cache_clear()  # it may be new
    try:
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(hashlib.sha256(content).digest() + content)
            os.chmod(temporary, 0o644)
            os.replace(temporary, folder / _name(kind, mark))
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _thin_out(folder, kind)
    except OSError:
        return False
    return True


def forget(kind: str, mark: str) -> None:
    """Throw it away wherever that is possible."""
    for folder in folders():
        with suppress(OSError):
            (folder / _name(kind, mark)).unlink()


def mark(*what: object) -> str:
    """A short word for all that a content depends on; the interpreter belongs to it."""
    return hashlib.sha256(repr((what, sys.version)).encode()).hexdigest()[:24]


def version(name: str) -> str:
    """The installed version of a library; empty where it has none."""
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def program() -> tuple[object, ...]:
    """Stands for the program and its data as they are: each file with size and time, and the libraries."""
    files = sorted(file for file in PACKAGE.rglob("*") if "__pycache__" not in file.parts)
    state = [(str(file), (found := file.stat()).st_size, found.st_mtime_ns) for file in files]
    return (*state, *(version(name) for name in LIBRARIES))


@cache
def folders() -> tuple[Path, ...]:
    """The folders to look in: what another user has kept beside the program can be read as well."""
    if os.environ.get(CHOICE) and (chosen := writable()) is not None:
        return (chosen,)
    return tuple(folder for folder in _places() if folder.is_dir() and _trusted(folder))


@cache
def writable() -> Path | None:
    """The first folder that can be written; None where there is none at all."""
    for folder in _places():
        try:
            folder.mkdir(mode=0o755 if folder == _beside() else 0o700, parents=True, exist_ok=True)
            if _trusted(folder):
                tempfile.TemporaryFile(dir=folder).close()
                return folder
        except OSError:
            continue
    return None


def _places() -> Iterator[Path]:
    """Where to keep files, the best place first."""
    yield from _chosen()
    home = _home()
    if home is not None:
        yield home / "skypact"
    with suppress(OSError):  # there may be no temporary folder either
        user = os.getuid() if hasattr(os, "getuid") else "user"
        yield Path(tempfile.gettempdir()) / f"skypact-{user}"


def _chosen() -> Iterator[Path]:
    """The places that the user or whoever installed the program chose."""
    if asked := os.environ.get(CHOICE):
        yield Path(asked) / "skypact"
    yield _beside()


def _beside() -> Path:
    return PACKAGE / "__pycache__" / "kept"


def _home() -> Path | None:
    """The user's folder for such files; None where the user has no home."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    system = {"win32": home / "AppData" / "Local", "darwin": home / "Library" / "Caches"}
    found = Path(os.environ.get("XDG_CACHE_HOME") or system.get(sys.platform) or home / ".cache")
    return found if found.is_absolute() else None


def _trusted(folder: Path) -> bool:
    """Whether nobody else can have put a file there: the files hold code."""
    if folder in _chosen() or not hasattr(os, "getuid"):
        return True
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022


def _name(kind: str, mark: str) -> str:
    return f"{kind}-{mark}.kept"


def _thin_out(folder: Path, kind: str) -> None:
    """Remove the oldest files of a kind."""
    files = [file for file in folder.glob(f"{kind}-*.kept") if len(file.stem) == len(kind) + 25]
    if len(files) > MOST:
        files.sort(key=lambda file: file.stat().st_mtime)
        for file in files[:-MOST]:
            with suppress(OSError):
                file.unlink()
