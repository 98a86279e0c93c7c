"""The oracle's own generator gives the published known answers."""

import pytest

from .randomness import draws, id_hash, philox, uniform

# From `kat_vectors` of Random123, the authors' own library: counter, key, result.
KNOWN = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]


def words(text):
    return tuple(int(word, 16) for word in text.split())


@pytest.mark.parametrize(("counter", "key", "result"), KNOWN)
def test_known_answers(counter, key, result):
    assert philox(words(counter), words(key)) == words(result)


def test_hash_is_blake2b_of_joined_ids_read_little_endian():
    # The digests as `printf "blue\x1ft0" | b2sum -l 64` prints them (GNU coreutils).
    assert id_hash("blue", "t0") != id_hash("blu", "et0")
    assert id_hash("t0").to_bytes(8, "little").hex() == "de87115c0d5365cb"
    assert id_hash("blue", "t0").to_bytes(8, "little").hex() == "fa910325e6d44480"


def test_uniform_uses_53_bits():
    assert uniform(0, 0) == 0.0
    assert uniform(0xFFFFFFFF, 0xFFFFFFFF) == 1 - 2**-53


def test_draws_pack_purpose_ordinal_and_replication():
    h = id_hash("t0", "u0")
    w = philox((7, 4 << 24 | 2, h & 0xFFFFFFFF, h >> 32), (5, 1))
    assert draws((1 << 32) + 5, 7, 4, 2, "t0", "u0") == (uniform(w[0], w[1]), uniform(w[2], w[3]))
