"""Every command takes what its options give it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import click
import pytest

from skypact.cli.commands import skypact


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from leaves(found, (*path, name))
        else:
            yield " ".join((*path, name)), found


@pytest.mark.parametrize(
    ("name", "command"), list(leaves(skypact)), ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_command_takes_what_its_options_give_it(name: str, command: Any) -> None:
    given = {one.name for one in command.params if one.expose_value}
    taken = set(inspect.signature(inspect.unwrap(command.callback)).parameters)
    assert given == taken - {"ctx"}, name
