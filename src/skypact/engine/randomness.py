"""The generator of all chance: Philox4x32-10, a pure function of what a draw belongs to.

The key is the 64-bit seed.  The four counter words of a draw are the replication; the purpose in the
upper 8 bits and an ordinal in the lower 24; and the low and high half of a 64-bit hash of the ids to
which the draw belongs.  So a draw depends on nothing else: not on threads, on the order of events, or
on what other threats there are.

| purpose | belongs to | words 0 and 1 | words 2 and 3 |
| --- | --- | --- | --- |
| 1 | threat | does it work | its own offset |
| 2 | wave | the wave's offset | |
| 3 | look | does it find the threat | the delay |
| 4 | threat, unit; ordinal = earlier engagements of the one by the other | kill | |
| 5 | unit | is it available | |
| 6 | threat, family | is the threat susceptible | |
| 7 | threat, unit | does the unit acquire the threat | |
| 16 | number with a range | its value in a set of drawn numbers | |
| 17 | fire | rounds fired | harm to those under fire |
| 18 | fire, step | was the gun hit all the same | harm to the other side |
| 19 | fire, step | is another fire begun | how long it lasts |
| 20 | fire, unit | must the platform cross the line | |

Two words a and b make the 53-bit number ``k = (a >> 5) << 26 | b >> 6`` and the draw ``u = k / 2**53``;
an event of probability p happens if ``u < p``.

References
----------
J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw: Parallel random numbers: as easy as 1, 2, 3.
SC '11, 2011, doi:10.1145/2063384.2063405.
"""

from __future__ import annotations

import math
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

from skypact.compiled import njit

WORKS, WAVE, LOOK, KILL, AVAILABLE, SUSCEPTIBLE, ACQUIRES = 1, 2, 3, 4, 5, 6, 7

REMEMBERED = 2**16
"""Of so many hashes the last ones are remembered: whoever plays many raids of a scenario asks for the same again."""
_SEPARATOR = "\x1f"
_MASK = np.uint64(0xFFFFFFFF)
_5, _6, _26, _32 = np.uint64(5), np.uint64(6), np.uint64(26), np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)


@lru_cache(REMEMBERED)
def identity(*ids: str) -> int:
    """Return the 64-bit hash of the ids to which a draw belongs.

    BLAKE2b with a digest of 8 bytes, read little-endian, of the ids in UTF-8 joined by U+001F.

    Examples
    --------
    >>> hex(identity("t0", "u0"))
    '0x7136879abcaef2bd'
    """
    digest = blake2b(_SEPARATOR.join(ids).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def threshold(probability: float) -> int:
    """Return the whole number K for which ``k < K`` is the same as ``k / 2**53 < probability``.

    Both the product with a power of two and the rounding up are exact.

    Examples
    --------
    >>> threshold(0.0), threshold(0.5) == 2**52, threshold(1.0) == 2**53
    (0, True, True)
    """
    return math.ceil(probability * 2.0**53)


@njit(nogil=True, inline="always")
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Return the four output words of Philox4x32-10; all words are uint64 below 2**32."""
    for _ in range(10):
        a = _M0 * c0
        b = _M1 * c2
        c0 = (b >> _32) ^ c1 ^ k0
        c1 = b & _MASK
        c2 = (a >> _32) ^ c3 ^ k1
        c3 = a & _MASK
        k0 = (k0 + _W0) & _MASK
        k1 = (k1 + _W1) & _MASK
    return c0, c1, c2, c3


@njit(nogil=True, inline="always")
def draws(seed: Any, replication: Any, purpose: Any, ordinal: Any, identity: Any) -> Any:
    """Return the two 53-bit numbers (uint64) of one counter; see the table above."""
    w0, w1, w2, w3 = philox(
        np.uint64(replication) & _MASK,
        (np.uint64(purpose) << np.uint64(24)) | (np.uint64(ordinal) & np.uint64(0xFFFFFF)),
        np.uint64(identity) & _MASK,
        np.uint64(identity) >> _32,
        np.uint64(seed) & _MASK,
        np.uint64(seed) >> _32,
    )
    return ((w0 >> _5) << _26) | (w1 >> _6), ((w2 >> _5) << _26) | (w3 >> _6)


@njit(nogil=True)
def draw_all(seed: Any, replication: Any, purpose: Any, identities: Any, a: Any, b: Any) -> None:
    """Put the two numbers of `draws` with ordinal 0 into `a` and `b`, for each of the identities.

    The rounds stand in the loop, so that the compiler makes several draws at once.
    """
    for i in range(len(identities)):
        c0 = np.uint64(replication) & _MASK
        c1 = np.uint64(purpose) << np.uint64(24)
        c2 = identities[i] & _MASK
        c3 = identities[i] >> _32
        k0 = np.uint64(seed) & _MASK
        k1 = np.uint64(seed) >> _32
        for _ in range(10):
            p0 = _M0 * c0
            p1 = _M1 * c2
            c0 = (p1 >> _32) ^ c1 ^ k0
            c1 = p1 & _MASK
            c2 = (p0 >> _32) ^ c3 ^ k1
            c3 = p0 & _MASK
            k0 = (k0 + _W0) & _MASK
            k1 = (k1 + _W1) & _MASK
        a[i] = ((c0 >> _5) << _26) | (c1 >> _6)
        b[i] = ((c2 >> _5) << _26) | (c3 >> _6)


@njit(nogil=True)
def draw_first(seed: Any, replication: Any, purpose: Any, identities: Any, a: Any) -> None:
    """Put the first number of `draws` with ordinal 0 into `a`, for each of the identities."""
    for i in range(len(identities)):
        c0 = np.uint64(replication) & _MASK
        c1 = np.uint64(purpose) << np.uint64(24)
        c2 = identities[i] & _MASK
        c3 = identities[i] >> _32
        k0 = np.uint64(seed) & _MASK
        k1 = np.uint64(seed) >> _32
        for _ in range(10):
            p0 = _M0 * c0
            p1 = _M1 * c2
            c0 = (p1 >> _32) ^ c1 ^ k0
            c1 = p1 & _MASK
            c2 = (p0 >> _32) ^ c3 ^ k1
            c3 = p0 & _MASK
            k0 = (k0 + _W0) & _MASK
            k1 = (k1 + _W1) & _MASK
        a[i] = ((c0 >> _5) << _26) | (c1 >> _6)


def series(seed: int, first: int, count: int, purpose: int, identity: int) -> tuple[Any, Any]:
    """Return the two draws of one purpose and identity for `count` replications from `first` on.

    Examples
    --------
    >>> u, _ = series(1, 0, 3, WORKS, identity("t0"))
    >>> later, _ = series(1, 2, 1, WORKS, identity("t0"))
    >>> bool(u[2] == later[0])
    True
    """
    a, b = np.empty(count), np.empty(count)
    _fill(np.uint64(seed), np.int64(first), np.int64(purpose), np.uint64(identity), a, b)
    return a, b


@njit(nogil=True)
def _fill(seed: Any, first: Any, purpose: Any, identity: Any, a: Any, b: Any) -> None:
    for i in range(len(a)):
        k, k2 = draws(seed, first + i, purpose, 0, identity)
        a[i] = np.float64(k) * 2.0**-53
        b[i] = np.float64(k2) * 2.0**-53
