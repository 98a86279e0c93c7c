"""From a file to plain data with the place of every field."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from skypact.reading.nearby import file_near
from skypact.reading.problem import Level, Mark, Problem, Problems, Steps, dotted

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 60


@dataclass(frozen=True)
class Document:
    """A file as plain data, with the place of every field.

    Attributes
    ----------
    file
        The name to show in messages.
    data
        Dictionaries, lists, strings, numbers, booleans and None.
    marks
        From the path of a value to its line and column, both counted from 1.
    keys
        The same for the key under which the value stands.
    problems
        What is wrong with the writing although the data could be read (keys given twice).
    """

    file: str
    data: Any
    marks: Mapping[Steps, Mark] = field(repr=False, default_factory=dict)
    keys: Mapping[Steps, Mark] = field(repr=False, default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def mark(self, path: Steps, key: bool = False) -> Mark:
        """Line and column of the value (or its key) at `path`, or of its nearest ancestor."""
        if key and path in self.keys:
            return self.keys[path]
        while path not in self.marks and path:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def problem(
        self, path: Steps, what: str, right: str = "", *, key: bool = False, level: Level = "error"
    ) -> Problem:
        """Make a problem that stands at `path`."""
        line, column = self.mark(path, key)
        return Problem(self.file, line, column, dotted(path), what, right, level)


def read_text(path: str | Path, max_bytes: int = MAX_BYTES) -> str:
    """Read a text file; a directory, a binary or an oversized file is bad input."""
    file = str(path)

    def bad(what: str, right: str) -> Problems:
        return Problems([Problem(file, 1, 1, "", what, right)])

    target = Path(path)
    try:
        if target.is_dir():
            raise bad("this is a directory", "give a file")
        if not target.exists():
            near = file_near(target)
            raise bad("no such file", f"did you mean {near}?" if near else "check the path")
        if not target.is_file():
            raise bad("this is not a regular file", "give a text file")
        if target.stat().st_size > max_bytes:
            raise bad("the file is too large", f"at most {max_bytes // 2**20} MiB")
        raw = target.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise bad(f"cannot be read: {reason}", "a readable text file") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Problems(
            [Problem(file, line, 1, "", "not text in UTF-8", "save the file as UTF-8 text")]
        ) from None
    if "\0" in text:
        raise bad("not a text file: it holds zero bytes", "a text file in UTF-8")
    return text


def read_document(path: str | Path) -> Document:
    """Read a YAML or JSON file with the place of every field."""
    return parse_document(read_text(path), str(path))


def parse_document(text: str, file: str) -> Document:
    """Parse YAML or JSON text; anything wrong with the writing is bad input.

    Aliases, tags, duplicate keys and very deep nesting are refused, so that a small file cannot
    grow into a large one.  Scalars follow the core schema of YAML 1.2: ``no`` is a word, not False.

    Examples
    --------
    >>> parse_document("country: no\\nkm: 70", "x.yaml").data
    {'country': 'no', 'km': 70}
    """
    document = scan_document(text, file)
    if document.problems:
        raise Problems(document.problems)
    return document


def scan_document(text: str, file: str) -> Document:
    """Parse as `parse_document` does, but keep reading after a key that is given twice."""
    try:
        _refuse_dangerous(text, file)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise Problems([_not_yaml(error, text, file)]) from None
    if root is None:
        raise Problems([Problem(file, 1, 1, "", "the file is empty", "fields as name: value")])
    problems: list[Problem] = []
    marks: dict[Steps, Mark] = {}
    keys: dict[Steps, Mark] = {}

    def build(node: yaml.Node, path: Steps) -> Any:
        marks[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.SequenceNode):
            return [build(child, (*path, index)) for index, child in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            return _scalar(node)
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            if not isinstance(key_node, yaml.ScalarNode):
                what = "a key must be a plain word"
                problems.append(Problem(file, line, column, dotted(path), what, "name: value"))
                continue
            key = key_node.value
            here = (*path, key)
            if key in result:
                what, right = f"{key!r} is given twice", f"keep one; the first is in line {keys[here][0]}"
                problems.append(Problem(file, line, column, dotted(here), what, right))
                continue
            keys[here] = (line, column)
            result[key] = build(value_node, here)
        return result

    return Document(file, build(root, ()), marks, keys, tuple(problems))


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_CONTROL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # what YAML does not allow
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN", "NaN"), math.nan),
    **dict.fromkeys((".inf", "+.inf", ".Inf", ".INF", "Infinity"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF", "-Infinity"), -math.inf),
}


def _scalar(node: yaml.Node) -> Any:
    text: str = node.value
    if getattr(node, "style", None) in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text) and len(text) < 300:
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


def _refuse_dangerous(text: str, file: str) -> None:
    """Look at the events before anything is built: no aliases, no tags, one document, not deep."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=LOADER):
        start = event.start_mark
        line, column = (start.line + 1, start.column + 1) if start else (1, 1)

        def refuse(what: str, right: str, line: int = line, column: int = column) -> Problems:
            return Problems([Problem(file, line, column, "", what, right)])

        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise refuse("anchors and aliases are not allowed", "write the value out")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise refuse(f"the tag {tag} is not allowed", "plain values only")
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise refuse("a second document begins", "one a file")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise refuse(f"nested more than {MAX_DEPTH} deep", "a flatter file")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _not_yaml(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """What the YAML reader found, in plain words and where a person would look for it."""
    if isinstance(error, yaml.MarkedYAMLError):
        what = error.problem or error.context or "not understood"
        mark = error.problem_mark or error.context_mark
        if "end of stream" in what:  # an open quote: its beginning says more than the file's end
            mark = error.context_mark or mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        lines = text.splitlines() or [""]
        if line > len(lines):  # what is missing is missing at the end
            line, column = len(lines), len(lines[-1]) + 1
        right = "check the indentation, colons and quotes"
        if mark and text[mark.index : mark.index + 1] == "\t":
            right = "indent with spaces, not with tabs"
        elif opened := _long_quote(text):
            right = f"is a quote missing? One was opened in line {opened}"
        return Problem(file, line, column, "", f"not valid YAML: {what}", right)
    found = _CONTROL.search(text)
    before = text[: found.start()] if found else ""
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    what = "a control character, which a text file cannot hold"
    return Problem(file, line, column, "", what, "delete it, or write it as an escape in double quotes")


def _long_quote(text: str) -> int | None:
    """The line of the last quote before an error that closes in another line: perhaps by accident."""
    opened = None
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"'):
                start, end = event.start_mark, event.end_mark
                opened = start.line + 1 if start and end and end.line > start.line else None
    except yaml.YAMLError:
        pass
    return opened
