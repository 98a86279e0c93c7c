"""The generator of the reference model in plain Python: Philox4x32-10 over hashed ids.

Written from the specification alone; shares no code with the engine.

| purpose | belongs to | words 0 and 1 | words 2 and 3 |
| --- | --- | --- | --- |
| 1 | threat | does it work | its own offset |
| 2 | wave | the wave's offset | |
| 3 | look | does it find the threat | its delay |
| 4 | threat, unit; ordinal = earlier engagements of the one by the other | kill | |
| 5 | unit | is it available | |
| 6 | threat, family | is it susceptible | |
| 7 | threat, unit | does the one acquire the other | |
"""

import hashlib

THREAT, WAVE, LOOK, KILL, UNIT, SUSCEPTIBLE, ACQUIRES = range(1, 8)  # purposes
WORD = 0xFFFFFFFF


def philox(counter, key):
    """Philox4x32 with ten rounds (Salmon, Moraes, Dror and Shaw 2011): four 32-bit words."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        a = 0xD2511F53 * c0
        b = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (b >> 32) ^ c1 ^ k0, b & WORD, (a >> 32) ^ c3 ^ k1, a & WORD
        k0 = (k0 + 0x9E3779B9) & WORD
        k1 = (k1 + 0xBB67AE85) & WORD
    return c0, c1, c2, c3


def id_hash(*ids):
    """The 64 bits that stand for what a draw belongs to."""
    text = "\x1f".join(ids).encode("utf-8")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def uniform(high, low):
    """A double in [0, 1) with 53 random bits from two words."""
    return ((high >> 5) * 2**26 + (low >> 6)) / 2**53


def draws(seed, replication, purpose, ordinal, *ids):
    """The two uniforms of one block: (words 0 and 1, words 2 and 3)."""
    h = id_hash(*ids)
    counter = (replication, purpose << 24 | ordinal, h & WORD, h >> 32)
    w = philox(counter, (seed & WORD, seed >> 32))
    return uniform(w[0], w[1]), uniform(w[2], w[3])
