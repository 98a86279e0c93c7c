"""The benchmark's raids as the JSON objects of raid files."""

import json

from skypact.engine.synthetic import synthetic_raid
from skypact.raid import dump_raid


def synthetic(threats, units, windows_per_threat, seed=1, every_feature=False):
    """A raid of `skypact.engine.synthetic`, plain or with every mechanism of the reference model."""
    features = "all" if every_feature else "plain"
    return json.loads(dump_raid(synthetic_raid(threats, units, windows_per_threat, seed, features)))
