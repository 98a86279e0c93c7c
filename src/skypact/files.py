"""Writing files whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from skypact.reading import BadInput, Problem


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
    BadInput
        If the file is there and may not be replaced, or the place cannot be written to.
    """
    target = Path(path)
    if target.is_dir():
        raise BadInput([Problem(str(path), 1, 1, "", "this is a directory", "give the name of a file in it")])
    if target.exists() and not replace:
        raise BadInput([Problem(str(path), 1, 1, "", "there is such a file already", "choose another name")])
    try:
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
        reason = error.strerror or str(error)
        raise BadInput(
            [Problem(str(path), 1, 1, "", f"cannot be written: {reason}", "choose another place")]
        ) from None
