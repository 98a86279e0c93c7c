"""Functions compiled by Numba, whose machine code is kept between runs wherever it can be.

Numba keeps machine code as well, but stops where it finds no folder to write to or a file that is damaged,
takes an old one where only a function called has changed, and mixes files up where two programs write at once.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, TypeVar, cast

import llvmlite  # type: ignore[import-untyped]
import numba
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

from skypact import kept

_rebuild: Any = CompileResult._rebuild
_dumps: Any = dumps
Function = TypeVar("Function", bound=Callable[..., Any])


def njit(**options: Any) -> Callable[[Function], Function]:
    """As ``numba.njit``, with the machine code kept in a file where there is a place for it."""

    def compiled(function: Function) -> Function:
        made: Any = numba.njit(**options)(function)
        if hasattr(made, "_cache"):  # a plain function, where Numba is told to compile nothing
            made._cache = _KeptCode(cast(FunctionType, function), options)
        return cast(Function, made)

    return compiled


class _KeptCode(NullCache):
    """What Numba asks for machine code before it compiles a function, and gives it to afterwards."""

    def __init__(self, function: FunctionType, options: dict[str, Any]) -> None:
        self._function = function
        self._options = sorted(options.items())
        self._kind = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        target_context.refresh()
        mark = self._mark(sig, target_context.codegen())
        found = kept.read(self._kind, mark)
        if found is None:
            return None
        try:
            return _rebuild(target_context, *pickle.loads(found))
        except Exception:  # whatever is wrong with it, it can be made again
            kept.forget(self._kind, mark)
            return None

    def save_overload(self, sig: Any, cres: Any) -> None:
        if cres.library.has_dynamic_globals or not all(lifted.can_cache for lifted in cres.lifted):
            return
        kept.write(self._kind, self._mark(sig, cres.codegen), _dumps(cres._reduce()))

    def _mark(self, sig: Any, codegen: Any) -> str:
        name = f"{self._function.__module__}.{self._function.__qualname__}"
        versions = (numba.__version__, llvmlite.__version__)
        made_of = (name, sources(self._function), self._options, repr(sig))
        return kept.mark(*made_of, codegen.magic_tuple(), versions)


@cache
def sources(function: FunctionType) -> str:
    """A digest of all that a compiled function is made of: its module, what it calls, the constants it uses."""
    digest = hashlib.sha256()
    seen: set[int] = set()
    waiting = [function]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        digest.update(_text(one.__module__) or one.__code__.co_code)
        for name in sorted(set(_names(one.__code__))):
            value: Any = one.__globals__.get(name)
            value = getattr(value, "py_func", value)
            if isinstance(value, FunctionType) and value.__module__.startswith("skypact."):
                waiting.append(value)
            elif isinstance(value, ModuleType):
                digest.update(_text(value.__name__) if value.__name__.startswith("skypact.") else b"")
            elif (module := getattr(value, "__module__", None)) and module.startswith("skypact."):
                digest.update(_text(module))
            else:
                digest.update(value.tobytes() if hasattr(value, "tobytes") else repr(value).encode())
    return digest.hexdigest()


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


@cache
def _text(module: str) -> bytes:
    """The source of a module; nothing where it has none that can be read."""
    file = getattr(sys.modules.get(module), "__file__", None)
    try:
        return Path(file).read_bytes() if file else b""
    except OSError:
        return b""
