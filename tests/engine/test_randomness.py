"""The generator: published vectors, the packing of counters, and draws that look independent."""

import numpy as np
import pytest
from scipy import stats

from skypact.engine import randomness

# Random123, tests/kat_vectors, "philox4x32 10": counter, key, output.
KNOWN_ANSWERS = [
    (
        "00000000 00000000 00000000 00000000",
        "00000000 00000000",
        "6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    ),
    (
        "ffffffff ffffffff ffffffff ffffffff",
        "ffffffff ffffffff",
        "408f276d 41c83b0e a20bc7c6 6d5451fd",
    ),
    (
        "243f6a88 85a308d3 13198a2e 03707344",
        "a4093822 299f31d0",
        "d16cfe09 94fdcceb 5001e420 24126ea1",
    ),
]


def words(text):
    return [np.uint64(int(word, 16)) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "output"), KNOWN_ANSWERS)
def test_the_generator_gives_the_published_vectors(counter, key, output):
    assert [int(w) for w in randomness.philox(*words(counter), *words(key))] == [
        int(w) for w in words(output)
    ]


@pytest.mark.parametrize(("counter", "key", "output"), KNOWN_ANSWERS)
def test_a_draw_packs_key_and_counter_as_documented(counter, key, output):
    c, k, w = ([int(word, 16) for word in text.split()] for text in (counter, key, output))
    a, b = randomness.draws(
        np.uint64(k[0] | k[1] << 32),
        c[0],
        c[1] >> 24,
        c[1] & 0xFFFFFF,
        np.uint64(c[2] | c[3] << 32),
    )
    assert (int(a), int(b)) == ((w[0] >> 5) << 26 | w[1] >> 6, (w[2] >> 5) << 26 | w[3] >> 6)


@pytest.mark.parametrize(
    ("ids", "value"),
    [
        (("t0",), 0xCB65530D5C1187DE),
        (("t0", "u0"), 0x7136879ABCAEF2BD),
        (("північ", "Х-101/7"), 0x219F98E7CD6E381B),
    ],
)
def test_known_hashes_of_ids(ids, value):
    assert randomness.identity(*ids) == value


# Purpose, ordinal, ids and both numbers; seed 2**63 + 7, replication 12345.
KNOWN_DRAWS = [
    ("WORKS", 0, ("t0",), 0x001E5D5ACEA0A2, 0x11117A5DA41802),
    ("WAVE", 0, ("w1",), 0x012077C13AA859, 0x1E54DCF1946157),
    ("LOOK", 0, ("ukr/lviv/t0/1",), 0x022250F34DC036, 0x0072CCF25D55E3),
    ("KILL", 0, ("t0", "u0"), 0x196DEFABBF2F2D, 0x14341E99F9057A),
    ("KILL", 2, ("t0", "u0"), 0x06CE3424695F41, 0x1BF63F6C642D83),
    ("AVAILABLE", 0, ("u0",), 0x07C7D6BAB5B156, 0x006AA05C9C0014),
    ("SUSCEPTIBLE", 0, ("t0", "semi-active"), 0x1D51E548D14DE8, 0x04119750659F89),
    ("ACQUIRES", 0, ("t0", "u0"), 0x03DC6B1E9718B6, 0x015CB31970F595),
]


@pytest.mark.parametrize(("purpose", "ordinal", "ids", "first", "second"), KNOWN_DRAWS)
def test_known_draws_of_every_purpose(purpose, ordinal, ids, first, second):
    # Worked out with an implementation of its own, from the table in the module's words.
    drawn = randomness.draws(
        np.uint64(2**63 + 7),
        12345,
        getattr(randomness, purpose),
        ordinal,
        np.uint64(randomness.identity(*ids)),
    )
    assert [int(k) for k in drawn] == [first, second]


def test_many_draws_at_once_are_the_same_draws():
    identities = np.array([randomness.identity(f"t{i}") for i in range(37)], np.uint64)
    a, b = np.zeros(37, np.uint64), np.zeros(37, np.uint64)
    randomness.draw_all(np.uint64(2**64 - 5), 2**32 - 1, randomness.LOOK, identities, a, b)
    one_by_one = [
        randomness.draws(np.uint64(2**64 - 5), 2**32 - 1, randomness.LOOK, 0, i) for i in identities
    ]
    assert list(zip(a.tolist(), b.tolist(), strict=True)) == [(int(x), int(y)) for x, y in one_by_one]
    randomness.draw_first(np.uint64(2**64 - 5), 2**32 - 1, randomness.LOOK, identities, b)
    assert b.tolist() == a.tolist()


def test_thresholds_decide_exactly_as_the_draw_below_the_probability():
    rng = np.random.default_rng(1)
    for p in [0.0, 1.0, 0.5, 1 / 3, 2.0**-53, 2.0**-60, 1 - 2.0**-53, *rng.random(200)]:
        bound = randomness.threshold(float(p))
        for k in {max(0, bound - 1), min(bound, 2**53 - 1)}:
            assert (k < bound) == (k / 2**53 < p)


def table(purpose, ordinal, replications, name):
    """Both draws of one counter over many replications, as reals."""
    identity = np.uint64(randomness.identity(name))
    drawn = [randomness.draws(np.uint64(7), r, purpose, ordinal, identity) for r in range(replications)]
    return np.array(drawn, np.float64).T / 2.0**53


def test_draws_are_uniform_and_those_of_different_purposes_independent():
    # 10 streams: 10 tests of uniformity and 45 of correlation, each at 1e-3 / 55, so that a sound
    # generator fails this test with a probability of at most 1e-3 (and the seed is fixed).
    n, level = 4000, 1e-3 / 55
    streams = [
        row
        for purpose, ordinal, name in [(1, 0, "t"), (2, 0, "t"), (3, 0, "t"), (4, 0, "t"), (4, 1, "t")]
        for row in table(purpose, ordinal, n, name)
    ]
    assert len(streams) == 10
    for i, one in enumerate(streams):
        assert stats.kstest(one, "uniform").pvalue > level
        for other in streams[:i]:
            assert stats.pearsonr(one, other).pvalue > level


def test_neighbouring_replications_and_names_are_independent():
    n, level = 4000, 1e-3 / 3
    a, b = table(4, 0, n, "t0")[0], table(4, 0, n, "t1")[0]
    assert stats.pearsonr(a, b).pvalue > level
    assert stats.pearsonr(a[:-1], a[1:]).pvalue > level
    # Pairs of events at probability 1/2 fall evenly into the four cells.
    cells = np.bincount(2 * (a < 0.5) + (b < 0.5), minlength=4)
    assert stats.chisquare(cells).pvalue > level
