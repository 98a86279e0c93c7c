"""All that is printed goes through here: words stay as they are, and every stream can take them.

Words of users are never taken for commands to the terminal: no markup, no emoji codes, no escape
sequences.  A document in JSON is UTF-8 whatever the code page; text has a question mark for what the
code page lacks.
"""

from __future__ import annotations

import errno
import io
import json
import math
import os
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH = 132
"""Columns of a table where no terminal says how wide it is; the variable COLUMNS overrides it."""

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class OutputError(Exception):
    """What was to be printed on stdout could not be written.

    Not an `OSError`, so that no library takes it for something of its own.
    """

    def __init__(self, error: OSError) -> None:
        super().__init__(error.strerror or str(error))
        self.reader_left = error.errno in (errno.EPIPE, errno.ESHUTDOWN)


class _Whole(io.FileIO):
    """A file under a buffer, whose failure is told apart from that of any other file."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise OutputError(error) from error


class _Patient(io.FileIO):
    """A file to which words are lost without a word: there is no other place to complain."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


def prepare() -> None:
    """Make stdout and stderr safe to print on.

    What the code page lacks becomes a question mark.  Stdout gets a buffer in any case: without one, as
    PYTHONUNBUFFERED asks for, Python writes a part of a long text and says nothing.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    elif sys.stderr is sys.__stderr__ and isinstance(sys.stderr, io.TextIOWrapper):
        patient = io.BufferedWriter(_Patient(sys.stderr.fileno(), "w", closefd=False))
        sys.stderr = io.TextIOWrapper(patient, sys.stderr.encoding, "replace", line_buffering=True)
    if sys.stdout is None:
        raise OutputError(OSError(errno.EBADF, "standard output is closed"))
    if sys.stdout is not sys.__stdout__ or not isinstance(sys.stdout, io.TextIOWrapper):
        return  # someone else's, as in a test
    prompt = sys.stdout.isatty() or isinstance(sys.stdout.buffer, io.RawIOBase)
    file = io.BufferedWriter(_Whole(sys.stdout.fileno(), "w", closefd=False))
    sys.stdout = io.TextIOWrapper(file, sys.stdout.encoding, "replace", line_buffering=prompt)


def finish() -> None:
    """Write what is still held back, while it can still be said that it failed."""
    sys.stdout.flush()


def give_up() -> None:
    """Throw away what is still held back for stdout, so that nothing fails once more at the very end."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
    except OSError:
        return


def printable(text: str) -> str:
    """The text with a sign in place of every character that would steer a terminal.

    >>> printable("a [bold] title" + chr(27) + "[2J")
    'a [bold] title\ufffd[2J'
    """
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def console(stderr: bool = False) -> Console:
    """The terminal for tables and styled text: every word is printed as it is.

    It has no colour and no bold where NO_COLOR is set or the terminal has none, and is `WIDTH` wide
    where the output is no terminal.
    """
    from rich.console import Console

    class Literal(Console):
        def render_str(self, text: str, **options: Any) -> Text:
            return super().render_str(printable(text), **options)

    settings: dict[str, Any] = {"markup": False, "emoji": False, "highlight": False, "stderr": stderr}
    if os.environ.get("NO_COLOR"):
        settings["color_system"] = None  # Rich alone would keep bold and dim
    found = Literal(**settings)
    if not found.is_terminal and "COLUMNS" not in os.environ:
        found = Literal(**settings, width=WIDTH)
    return found


def styled(*parts: str | tuple[str, str]) -> Text:
    """A text of parts; a part with a style is a pair of text and style.

    >>> styled(("Title", "bold"), ": all of [it]").plain
    'Title: all of [it]'
    """
    from rich.text import Text

    made = Text()
    for part in parts:
        text, style = (part, "") if isinstance(part, str) else part
        made.append(printable(text), style)
    return made


def say(text: str = "") -> None:
    """Print a line on stdout."""
    print(printable(text))


def tell(text: str) -> None:
    """Print a line on stderr, at once."""
    print(printable(text), file=sys.stderr, flush=True)


def print_json(document: Any) -> None:
    """Print one JSON document on stdout, as UTF-8 whatever the code page of the terminal."""
    try:
        text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(document), ensure_ascii=False, indent=1)
    print_utf8(text + "\n")


def print_utf8(text: str) -> None:
    """Print a text on stdout as UTF-8; what UTF-8 lacks (half a surrogate pair) as JSON escapes it."""
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    binary.write(text.encode("utf-8", "backslashreplace"))
    binary.flush()


def _finite(value: Any) -> Any:
    """The document with null for what JSON has no number for."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    return [_finite(one) for one in value] if isinstance(value, list | tuple) else value
