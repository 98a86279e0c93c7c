"""The kernel's arithmetic is that of the model: no fused operations, on no processor; exact rounding."""

import re

import llvmlite.binding as llvm
import numpy as np
import pytest
from numba import njit

from skypact.engine import kernel, prepare, replicate, trace
from skypact.engine.prepare import microseconds, miss_all
from skypact.engine.synthetic import synthetic_raid
from skypact.raid import Look, Raid, Threat, Track, Unit, Window

FUSED = {"x86": r"\bvfn?m(add|sub)", "aarch64": r"\bfn?m(add|sub|la|ls)\b"}


@pytest.fixture(scope="module")
def compiled():
    """The kernel compiled anew, because what comes from the cache cannot be looked at."""
    list(replicate(prepare(synthetic_raid(5, 2, 2)), 1))
    (signature,) = kernel.play.signatures
    fresh = njit(nogil=True, error_model="numpy")(kernel.play.py_func)
    fresh.compile(signature)
    return fresh.overloads[signature].library


def test_the_compiled_kernel_fuses_nothing_on_this_machine(compiled):
    assembly = compiled.get_asm_str()
    assert len(assembly) > 100_000
    assert not any(re.search(pattern, assembly) for pattern in FUSED.values())


@pytest.mark.parametrize(
    ("triple", "processor"),
    [("aarch64-unknown-linux-gnu", "neoverse-n1"), ("x86_64-unknown-linux-gnu", "skylake-avx512")],
)
@pytest.mark.parametrize(("flags", "fuses"), [("", False), ("contract", True)])
def test_the_compiler_fuses_only_where_a_flag_allows_it(triple, processor, flags, fuses):
    # With the next test, this says what the kernel does on processors that are not at hand.
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    text = f"""
    target triple = "{triple}"
    define double @flight(double %low, double %span, double %share) {{
      %product = fmul {flags} double %span, %share
      %sum = fadd {flags} double %low, %product
      ret double %sum
    }}"""
    machine = llvm.Target.from_triple(triple).create_target_machine(cpu=processor, opt=3)
    assembly = machine.emit_assembly(llvm.parse_assembly(text))
    assert any(re.search(pattern, assembly) for pattern in FUSED.values()) == fuses


def test_no_instruction_of_the_kernel_may_be_fused(compiled):
    text = compiled.get_llvm_str()
    operations = re.findall(r"= f(?:mul|add|sub|div|neg)\b([^%\n]*)", text)
    assert len(operations) > 5
    assert not [flags for flags in operations if re.search(r"\b(fast|contract|reassoc|arcp)\b", flags)]
    assert "llvm.fma" not in text
    assert "llvm.fmuladd" not in text


def test_seconds_become_the_nearest_whole_microseconds_half_to_even():
    given = [0.0000005, 0.0000015, 0.0000025, -0.0000005, -0.0000015, 1234.5678905]
    assert microseconds(given).tolist() == [0, 2, 2, 0, -2, round(1234.5678905 * 1e6)]


@pytest.mark.parametrize("p", [0.0, 0.1, 0.5, 0.7, 1.0, 1e-17, 1 - 2.0**-53])
@pytest.mark.parametrize("n", [1, 2, 3, 50, 2000])
def test_the_chance_of_a_salvo_is_by_repeated_multiplication(p, n):
    product = 1.0
    for _ in range(n):
        product *= 1.0 - p
    assert 1.0 - miss_all(1.0 - p, n) == 1.0 - product


def test_flight_times_are_interpolated_and_rounded_half_to_even():
    # At the opening of 3 us the flight is 0 us, at 7 us it is 2 us: halves at 4 us and 6 us.
    threat = Threat("t", "drone", 1.0)
    found = []
    for launch in range(3, 8):
        unit = Unit("u", "X", "g", channels=1, ready=1)
        look, track = Look("l", "t", launch * 1e-6), Track("k", "t", ("l",))
        window = Window("t", "u", 3e-6, 7e-6, 0.0, 2e-6, 0.0, track="k")
        raid = Raid((threat,), (unit,), (look,), (track,), (window,))
        (one,) = trace(prepare(raid), 0).engagements
        assert one.launch_us == launch
        found.append(one.intercept_us - launch)
    assert found == [0, 0, 1, 2, 2]


def test_memory_of_a_chunk_is_bounded():
    raid = synthetic_raid(4000, 400, 8)
    chunk = next(iter(replicate(prepare(raid), 10_000)))
    tables = [table for table in vars(chunk).values() if isinstance(table, np.ndarray)]
    size = sum(table.nbytes for table in tables)
    assert len(tables) == 7
    assert size <= 8 * 2**20
    assert np.isin(chunk.fate, (0, 1, 2)).all()
