"""Changing one value of a YAML text, and leaving all else in it as it was written: comments, order, line breaks."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import yaml

from skypact.reading.document import LOADER, parse_document
from skypact.reading.problem import Problem, Problems, Steps, dotted

NAME = "scenario"
"""What the text is called in problems."""
LINE = 90
"""What is no longer than so many characters stands in one line."""
_PLAIN = re.compile(r"[A-Za-z]([A-Za-z0-9 _./()’-]*[A-Za-z0-9.)])?")
_WORDS = frozenset({"null", "true", "false", "y", "n", "yes", "no", "on", "off", "nan", "infinity"})


def data_of(text: str) -> Any:
    """A text as plain data, as JSON can have it: a number without end is None.

    Raises
    ------
    Problems
        If it cannot be read.
    """
    return _finite(parse_document(text, NAME).data)


def put(text: str, path: Steps, value: Any) -> str:
    """The text with another value at a path; what is missing on the way is made.

    Parameters
    ----------
    text
        YAML as `skypact.reading.parse_document` takes it.
    path
        Keys, and places in lists; the place behind the last adds to a list.
    value
        Plain data.

    Raises
    ------
    Problems
        If the text cannot be read, or nothing can stand at the path.

    Examples
    --------
    >>> put("units:\\n  - {id: a, count: 3}  # three\\n", ("units", 0, "count"), 4)
    'units:\\n  - {id: a, count: 4}  # three\\n'
    """
    root = _composed(text)
    depth, node = _reached(root, path)
    if depth < len(path):
        for step in reversed(path[depth + 1 :]):
            if step in (0,) or isinstance(step, str):
                value = {step: value} if isinstance(step, str) else [value]
            else:
                raise _nothing(path)
        return _added(text, node, path[depth], value, path)
    if not path:
        raise _nothing(path)
    start, end = node.start_mark.index, _end(text, node)
    return text[:start] + " " * (start == end) + _line(value) + text[end:]


def take(text: str, path: Steps) -> str:
    """The text without what stands at a path; as it was where nothing stands there.

    Raises
    ------
    Problems
        If the text cannot be read.

    Examples
    --------
    >>> take("{a: 1, b: 2}", ("a",)), take("a: 1\\nb: 2  # two\\n", ("b",))
    ('{b: 2}', 'a: 1\\n')
    """
    root = _composed(text)
    if not path or _reached(root, path)[0] < len(path):
        return text
    parent = _reached(root, path[:-1])[1]
    names, nodes = _entries(parent)
    place = names.index(path[-1])
    following = nodes[place + 1][0].start_mark.index if place + 1 < len(nodes) else None
    if len(nodes) == 1:
        start, end = parent.start_mark.index, _end(text, parent)
        return text[:start] + ("[]" if isinstance(parent, yaml.SequenceNode) else "{}") + text[end:]
    start, end = nodes[place][0].start_mark.index, _end(text, nodes[place][-1])
    if _in_line(parent):
        return (
            text[:start] + text[following:]
            if following
            else text[: _end(text, nodes[place - 1][-1])] + text[end:]
        )
    line = text.rfind("\n", 0, start) + 1
    if following and isinstance(parent, yaml.MappingNode) and text[line:start].strip():
        return text[:start] + text[following:]  # the next key takes its place behind the dash of a list
    return text[:line] + text[_next_line(text, end) :]


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _finite(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _composed(text: str) -> yaml.Node:
    parse_document(text, NAME)  # refuses what is dangerous, and what is no YAML
    root = yaml.compose(text, Loader=LOADER)
    assert root is not None
    return root


def _in_line(node: yaml.Node) -> bool:
    """Whether a collection stands between brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _entries(node: yaml.Node) -> tuple[list[Any], list[tuple[yaml.Node, ...]]]:
    """Keys or places of a collection, and the nodes of each: key and value, or the value."""
    if isinstance(node, yaml.MappingNode):
        return [key.value for key, _ in node.value], list(node.value)
    if isinstance(node, yaml.SequenceNode):
        return list(range(len(node.value))), [(one,) for one in node.value]
    return [], []


def _reached(node: yaml.Node, path: Steps) -> tuple[int, yaml.Node]:
    """How many steps of a path there are, and the node to which they lead."""
    for depth, step in enumerate(path):
        names, nodes = _entries(node)
        if step not in names:
            return depth, node
        node = nodes[names.index(step)][-1]
    return len(path), node


def _added(text: str, node: yaml.Node, step: str | int, value: Any, path: Steps) -> str:
    """The text with something new at the end of a collection, or in place of nothing."""
    names, nodes = _entries(node)
    if not nodes:
        if isinstance(node, yaml.ScalarNode) and node.value not in ("", "null", "~"):
            raise _nothing(path)
        start, end = node.start_mark.index, _end(text, node)
        fresh = {step: value} if isinstance(step, str) else [value]
        return text[:start] + " " * (start == end) + _line(fresh) + text[end:]
    listed = isinstance(node, yaml.SequenceNode)
    if listed != isinstance(step, int) or (listed and step != len(names)):
        raise _nothing(path)
    end = _end(text, nodes[-1][-1])
    if _in_line(node):
        return f"{text[:end]}, {_line(value) if listed else _line({step: value})[1:-1]}{text[end:]}"
    at, column = _next_line(text, end), node.start_mark.column
    gap = "" if text[:at].endswith("\n") else "\n"
    lines = _lines([value] if listed else {step: value}, column)
    return text[:at] + gap + "".join(f"{' ' * column}{one}\n" for one in lines) + text[at:]


def _lines(value: Any, column: int) -> list[str]:
    """A mapping or list in lines of its own, not indented."""
    found = []
    for key, one in value.items() if isinstance(value, dict) else (("", one) for one in value):
        head = f"{_word(key)}:" if isinstance(value, dict) else "-"
        whole = _line(one)
        short = isinstance(value, dict) and len(whole) + column < LINE
        if short or not isinstance(one, dict | list) or not one:
            found.append(f"{head} {whole}")
        elif isinstance(value, dict):
            found += [head, *(f"  {line}" for line in _lines(one, column + 2))]
        else:
            first, *more = _lines(one, column + 2)
            found += [f"- {first}", *(f"  {line}" for line in more)]
    return found


def _line(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_word(key)}: {_line(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_line, value)) + "]"
    return _word(value) if isinstance(value, str) else json.dumps(value)


def _word(value: str) -> str:
    """A string: plain where nothing in it could be taken for something else."""
    plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
    return value if plain else json.dumps(value, ensure_ascii=False)


def _end(text: str, node: yaml.Node) -> int:
    """Behind the last character of a value; comments and blanks that follow do not belong to it."""
    nodes = _entries(node)[1]
    if nodes and not _in_line(node):
        return _end(text, nodes[-1][-1])
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(text[:end].rstrip())
    return end


def _next_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _nothing(path: Steps) -> Problems:
    what = "nothing can be put there"
    return Problems([Problem(NAME, 0, 0, dotted(path), what, "change the text itself")])
