"""Writing exported files: whole or not at all, none replaced unasked, with their descriptor."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from skypact.exports.package import DESCRIPTOR, Package, Resource, descriptor
from skypact.reading import Problem, Problems

EXTRA = "pip install 'skypact[formats]'"


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Attributes
    ----------
    title
        What it is, in a line.
    files
        Every file that it may write.
    needs
        The module that it needs beyond the base installation, and what people call it.
    """

    title: str
    files: tuple[str, ...]
    needs: tuple[str, str] | None = None


@dataclass(frozen=True)
class Planned:
    """A file to be written, and who writes it to the place given."""

    resource: Resource
    write: Callable[[Path], None]


def chosen(asked: str | Sequence[str], known: dict[str, Format]) -> tuple[str, ...]:
    """The formats asked for, each once.

    Raises
    ------
    Problems
        For every format that is unknown, and every one whose library is not installed.
    """
    given = asked.split(",") if isinstance(asked, str) else list(asked)
    names = tuple(dict.fromkeys(name.strip().lower() for name in given if name.strip()))
    wrong = [
        Problem("as", 0, 0, name, "no such format", f"one of {', '.join(known)}")
        for name in names
        if name not in known
    ]
    for name in names:
        needs = known[name].needs if name in known else None
        if needs is not None and find_spec(needs[0]) is None:
            wrong.append(Problem("as", 0, 0, name, f"this format needs {needs[1]}", EXTRA))
    if not names:
        wrong.append(Problem("as", 0, 0, "", "no format is named", ", ".join(known)))
    if wrong:
        raise Problems(wrong)
    return names


def expect_room(into: str | Path, files: Iterable[str], replace: bool) -> None:
    """Make sure, before long work is done for it, that files can be written into a folder.

    Raises
    ------
    Problems
        With every file that is there already, or why the folder cannot be written to.
    """
    folder = Path(into)
    above = folder if folder.exists() else folder.parent
    if folder.exists() and not folder.is_dir():
        raise Problems([Problem(str(into), 0, 0, "", "this is no folder", "give the name of a folder")])
    if not above.is_dir():
        what, right = (
            "there is no folder in which it could be made",
            "make that first, or choose another place",
        )
        raise Problems([Problem(str(into), 0, 0, "", what, right)])
    if not replace:
        wrong = [
            Problem(
                str(folder / name), 0, 0, "", "there is such a file already", "another folder, or --replace"
            )
            for name in (*files, DESCRIPTOR)
            if (folder / name).exists()
        ]
        if wrong:
            raise Problems(wrong)
    try:
        tempfile.TemporaryFile(dir=above).close()  # the only sure way to know
    except OSError as error:
        raise _not_written(into, error) from None


def write_files(
    into: str | Path, planned: Iterable[Planned], package: Package, replace: bool
) -> tuple[Path, ...]:
    """Write files and their descriptor into a folder, which is made if it is not there.

    They are written beside their places first, and moved there when all of them are whole.

    Raises
    ------
    Problems
        If they cannot be written, or one is there already and may not be replaced.
    """
    folder = Path(into)
    made = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".skypact-") as name:
            workshop = Path(name)
            resources = []
            for one in planned:
                one.write(workshop / one.resource.file)
                resources.append(one.resource)
            text = descriptor(package, resources, workshop)
            (workshop / DESCRIPTOR).write_text(text, encoding="utf-8", newline="\n")
            files = [*(one.file for one in resources), DESCRIPTOR]
            expect_room(folder, files, replace)
            for file in files:
                os.replace(workshop / file, folder / file)
    except OSError as error:
        raise _not_written(into, error) from None
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()  # only where nothing came into it
    return tuple(folder / file for file in files)


def _not_written(into: str | Path, error: OSError) -> Problems:
    what = f"cannot be written: {error.strerror or error}"
    return Problems([Problem(str(into), 0, 0, "", what, "choose another place")])
