"""Plain data as YAML in the manner of the shipped scenarios: short things on one line, the rest in blocks."""

from __future__ import annotations

from typing import Any

import yaml

WIDTH = 118
ONE_LINE = 96
"""A mapping or list of so many characters stands on one line."""
NAME = 40
"""A list of nothing longer stands between brackets, however long it is."""


class _Plain(yaml.representer.SafeRepresenter):
    """No anchors: a scenario may not have them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(data: Any) -> str:
    """The data as YAML, in the order in which it stands.

    >>> print(dumped({"a": {"value": 1.0, "kind": "notional"}}), end="")
    a: {value: 1.0, kind: notional}
    """
    node: Any = _Plain(default_flow_style=False, sort_keys=False).represent_data(data)
    _style(node)
    node.flow_style = False
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.serialize(node, Dumper=dumper, width=WIDTH, allow_unicode=True)
    return text


def _style(node: Any) -> int:
    """Choose a style for a node and all in it; its length on one line."""
    if isinstance(node, yaml.ScalarNode):
        return len(node.value) + 2
    children: list[Any] = []
    for one in node.value:
        children += one if isinstance(one, tuple) else [one]
    length = sum(_style(child) for child in children) + 2
    flat = not any(isinstance(child, yaml.CollectionNode) and not child.flow_style for child in children)
    names = isinstance(node, yaml.SequenceNode) and all(
        isinstance(child, yaml.ScalarNode) and len(child.value) <= NAME for child in children
    )
    node.flow_style = names or (flat and length <= ONE_LINE)
    return length
