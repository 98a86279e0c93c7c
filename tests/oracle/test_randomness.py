"""The oracle's own generator gives the published known answers."""

import pytest

from .randomness import (
    ACQUIRES,
    KILL,
    LOOK,
    SUSCEPTIBLE,
    THREAT,
    UNIT,
    WAVE,
    draws,
    id_hash,
    philox,
    uniform,
)

# From `kat_vectors` of Random123, the authors' own library: counter, key, result.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]

# The digests as `printf "t0\x1fradar" | b2sum -l 64` prints them (GNU coreutils).
DIGESTS = {
    ("t0",): "de87115c0d5365cb",
    ("u0",): "bfdbdecee14d1ae2",
    ("w1",): "f23c848a5e8c39b8",
    ("ukr/lviv/t0/1",): "2351be6d11c17088",
    ("t0", "u0"): "bdf2aebc9a873671",
    ("t0", "radar"): "fede55dd3f7a48f6",
}

# Both draws of each purpose in replication 7 under the seed 20240826: purpose, ordinal, ids, draws.
DRAWN = [
    (THREAT, 1, 0, ("t0",), "0x1.77f44e4b406ebp-1", "0x1.0e2999e2b8c78p-4"),
    (WAVE, 2, 0, ("w1",), "0x1.91ca5ffaa6fa0p-4", "0x1.4cfe4fab8b400p-7"),
    (LOOK, 3, 0, ("ukr/lviv/t0/1",), "0x1.47d1abb713b6cp-3", "0x1.e901edd1f831ap-2"),
    (KILL, 4, 0, ("t0", "u0"), "0x1.c9a1507762746p-1", "0x1.b4eb6711ad5b3p-1"),
    (KILL, 4, 3, ("t0", "u0"), "0x1.c42aaa08aebebp-1", "0x1.5393151c563b2p-1"),
    (UNIT, 5, 0, ("u0",), "0x1.dca97efb4646cp-1", "0x1.0acd65d5b5b24p-3"),
    (SUSCEPTIBLE, 6, 0, ("t0", "radar"), "0x1.1fadff71ddefcp-2", "0x1.66b772a3480cap-1"),
    (ACQUIRES, 7, 0, ("t0", "u0"), "0x1.3ed0948f60c03p-1", "0x1.1f7adec412c24p-1"),
]


def words(text):
    return tuple(int(word, 16) for word in text.split())


@pytest.mark.parametrize(("counter", "key", "result"), KNOWN)
def test_known_answers(counter, key, result):
    assert philox(words(counter), words(key)) == words(result)


@pytest.mark.parametrize(("ids", "digest"), DIGESTS.items())
def test_hash_is_blake2b_of_joined_ids_read_little_endian(ids, digest):
    assert id_hash(*ids).to_bytes(8, "little").hex() == digest


def test_ids_are_joined_by_a_separator():
    assert id_hash("t0", "u0") != id_hash("t", "0u0")


def test_uniform_uses_53_bits():
    assert uniform(0, 0) == 0.0
    assert uniform(0xFFFFFFFF, 0xFFFFFFFF) == 1 - 2**-53


def test_draws_pack_purpose_ordinal_and_replication():
    h = id_hash("t0", "u0")
    w = philox((7, 4 << 24 | 2, h & 0xFFFFFFFF, h >> 32), (5, 1))
    assert draws((1 << 32) + 5, 7, 4, 2, "t0", "u0") == (uniform(w[0], w[1]), uniform(w[2], w[3]))


@pytest.mark.parametrize(("purpose", "number", "ordinal", "ids", "first", "second"), DRAWN)
def test_known_draws(purpose, number, ordinal, ids, first, second):
    assert purpose == number
    drawn = draws(20240826, 7, purpose, ordinal, *ids)
    assert [u.hex() for u in drawn] == [first, second]
