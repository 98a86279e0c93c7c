"""Small raids, their outcomes, and exact or conservative statistical bounds.

Seeds are fixed, so a test that passes keeps passing; the rate says how likely a correct engine
would have been to fail when the seed was chosen.
"""

from types import SimpleNamespace

import numpy as np
from scipy import stats

from skypact.engine import prepare, replicate
from skypact.raid import parse_raid

from ..oracle.constraints import broken
from ..oracle.model import simulate

FALSE_ALARM = 1e-6  # of each check
REPLICATIONS = 100_000
ORACLE_REPLICATIONS = 3000
LEAKED, FAILED, KILLED = 0, 1, 2


def threat(name="t0", impact=1000, kind="drone", **more):
    return {"id": name, "class": kind, "impact_s": impact} | more


def unit(name="u0", channels=100, ready=100, group="blue", **more):
    return {"id": name, "owner": "A", "group": group, "channels": channels, "ready": ready} | more


def window(p, opens=0, closes=None, flight=10, threat="t0", unit="u0", **more):
    """A window with constant flight time; of length zero unless `closes` is given."""
    return {
        "threat": threat,
        "unit": unit,
        "opens_s": opens,
        "closes_s": opens if closes is None else closes,
        "flight_open_s": flight,
        "flight_close_s": flight,
        "p_kill": p,
    } | more


def look(name, at=0, threat="t0", **more):
    return {"id": name, "threat": threat, "at_s": at} | more


def track(name, *looks, threat="t0"):
    return {"id": name, "threat": threat, "looks": list(looks)}


def raid(threats, units, windows, looks=(), tracks=(), **more):
    return {
        "format": "skypact-raid/2",
        "threats": threats,
        "units": units,
        "looks": list(looks),
        "tracks": list(tracks),
        "windows": windows,
    } | more


class Play:
    """All replications of a raid: arrays by replication, then threat or unit."""

    def __init__(self, raid_, replications=REPLICATIONS, seed=1, stock=None):
        self.replications = replications
        chunks = list(self.chunks(raid_, replications, seed, stock))
        for name in ("fate", "killer", "rounds", "engagements", "reason", "ready", "reserve"):
            setattr(self, name, np.concatenate([getattr(chunk, name) for chunk in chunks]))
        self.rounds = self.rounds.sum(axis=2)
        assert len(self.fate) == replications

    def chunks(self, raid_, replications, seed, stock):
        return replicate(prepare(parse_raid(raid_)), replications, seed=seed, stock=stock)

    def count(self, fate, threats=slice(None)):
        """How many of the threats met this fate, by replication."""
        return (self.fate[:, threats] == fate).sum(axis=1)


class OraclePlay(Play):
    """The same by the oracle, which is slow: fewer replications."""

    def __init__(self, raid_, replications=ORACLE_REPLICATIONS, seed=1, stock=None):
        super().__init__(raid_, replications, seed, stock)

    def chunks(self, raid_, replications, seed, stock):
        assert not broken(raid_)
        stocks = [None] * replications if stock is None else list(zip(*stock, strict=True))
        results = [simulate(raid_, r, seed, stocks[r]) for r in range(replications)]
        names = ("fate", "killer", "reason", "ready", "reserve")
        found = {name: np.array([getattr(r, name) for r in results]) for name in names}
        shape = replications, len(raid_["units"])
        found |= {"rounds": np.zeros((*shape, 1), int), "engagements": np.zeros(shape, int)}
        for r, result in enumerate(results):
            for _, _, _, unit_, _, rounds, _ in result.engagements:
                found["rounds"][r, unit_, 0] += rounds
                found["engagements"][r, unit_] += 1
        return [SimpleNamespace(**found)]


def check_share(happened, p):
    """A share of independent trials against its probability: exact binomial test."""
    happened = np.asarray(happened)
    assert 0 < p < 1
    assert stats.binomtest(int(happened.sum()), happened.size, p).pvalue > FALSE_ALARM


def check_distribution(values, probabilities):
    """Independent whole numbers 0, 1, ... against their probabilities: chi-square test.

    Cells with an expectation under 20 are put together; an impossible value fails at once.
    """
    p = np.asarray(probabilities, dtype=float)
    np.testing.assert_allclose(p.sum(), 1, atol=1e-9)
    seen = np.bincount(np.asarray(values), minlength=len(p))
    assert len(seen) == len(p)
    assert not seen[p <= 0].any()
    expected = p * seen.sum()
    small = expected < 20
    cells = [(seen[i], expected[i]) for i in np.flatnonzero(~small)]
    if expected[small].sum() >= 20:
        cells.append((seen[small].sum(), expected[small].sum()))
    assert len(cells) > 1
    observed, wanted = np.array(cells).T
    wanted = wanted * observed.sum() / wanted.sum()
    assert stats.chisquare(observed, wanted).pvalue > FALSE_ALARM


def check_mean(samples, mean):
    """The mean of many independent samples against its value: normal bound, |z| < 4.9."""
    samples = np.asarray(samples, dtype=float)
    z = (samples.mean() - mean) / (samples.std(ddof=1) / np.sqrt(samples.size))
    assert abs(z) < stats.norm.isf(FALSE_ALARM / 2)


def binomial(n, p):
    """Probabilities of 0 ... n successes."""
    return stats.binom.pmf(np.arange(n + 1), n, p)


def reverse(probabilities):
    """The distribution of n - X."""
    return np.asarray(probabilities)[::-1]
