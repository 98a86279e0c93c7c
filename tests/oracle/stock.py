"""Stocks that go on from one raid to the next, for comparing engine and oracle on them."""

import copy
import random


def next_night(raid, results, number):
    """The stock at the start of another raid, (ready, reserve) by unit for each replication.

    It is what the results left, with deliveries drawn from a number. A unit that cannot reload
    (its magazine is not above `reload_at`) gets ready rounds alone, as in a valid file.
    """
    rng = random.Random(number)
    stocks = []
    for result in results:
        ready, reserve = list(result.ready), list(result.reserve)
        for i, unit in enumerate(raid["units"]):
            if rng.random() < 0.3:
                ready[i] += rng.randint(1, 4)
            if rng.random() < 0.3 and unit.get("magazine", unit["ready"]) > unit.get("reload_at", 0):
                reserve[i] += rng.randint(1, 4)
        stocks.append((tuple(ready), tuple(reserve)))
    return stocks


def with_stock(raid, stock):
    """The raid file that has these numbers itself."""
    raid = copy.deepcopy(raid)
    for unit, ready, reserve in zip(raid["units"], *stock, strict=True):
        unit["magazine"] = unit.get("magazine", unit["ready"])
        unit["ready"], unit["reserve"] = ready, reserve
    return raid
