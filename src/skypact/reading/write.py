"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from skypact.reading import Problem, Problems


def expect_writable(path: str | Path, replace: bool = True) -> None:
    """Make sure, before long work is done for it, that a file can be written.

    Raises
    ------
    Problems
        If it is a directory, its folder does not exist or cannot be written to, or the file is there
        and may not be replaced.
    """
    target = Path(path)

    def bad(what: str, right: str = "choose another place") -> Problems:
        return Problems([Problem(str(path), 0, 0, "", what, right)])

    try:
        if target.is_dir():
            raise bad("this is a directory", "give the name of a file in it")
        if _is_device(target):
            if not os.access(target, os.W_OK):
                raise bad("it cannot be written to")
            return
        if not target.parent.is_dir():
            raise bad("there is no such folder", "make the folder first, or choose another place")
        if target.exists() and not replace:
            raise bad("there is such a file already", "choose another name, or remove that file first")
        tempfile.TemporaryFile(dir=target.parent).close()  # the only sure way to know
    except OSError as error:
        raise bad(f"cannot be written: {error.strerror or error}") from None


def write_text(path: str | Path, text: str, replace: bool = True) -> None:
    """Write a text file in one step, so that nobody ever meets half of it.

    Parameters
    ----------
    path
        Where to write; the folder must exist.
    text
        What to write, as UTF-8.
    replace
        Whether a file that is there already may be replaced.

    Raises
    ------
    Problems
        If the file is there and may not be replaced, or the place cannot be written to.
    """
    expect_writable(path, replace)
    target = Path(os.path.realpath(path))  # a link stays, and what it points to is written
    try:
        if _is_device(target):
            with open(target, "w", encoding="utf-8") as stream:
                stream.write(text)
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", text=True)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(temporary, 0o666 & ~umask)
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise Problems([Problem(str(path), 0, 0, "", what, "choose another place")]) from None


def _is_device(target: Path) -> bool:
    """Whether it is there and no file that could be replaced: a pipe, a terminal, /dev/stdout."""
    return target.exists() and not target.is_file() and not target.is_dir()
