"""Two instructions of the processor that Numba has no name for."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic


@intrinsic
def _trailing_zeros(typingctx: Any, word: Any) -> Any:
    """Count the zero bits below the lowest set bit of a uint64."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), generate


@intrinsic
def _prefetch(typingctx: Any, table: Any, row: Any) -> Any:
    """Ask for the line of the cache in which a row of a table begins; the row may be out of range."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, args[0])
        byte = ir.IntType(8).as_pointer()
        at = builder.bitcast(builder.gep(array.data, [args[1]]), byte)
        word = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, word, word, word])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        builder.call(prefetch, [at, word(0), word(3), word(1)])  # to read, to keep, data
        return context.get_dummy_value()

    return types.void(table, row), generate


trailing_zeros: Any = _trailing_zeros
prefetch: Any = _prefetch
