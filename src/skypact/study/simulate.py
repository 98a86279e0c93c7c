"""Simulating a raid file as it is."""

from __future__ import annotations

from skypact.raid import Raid
from skypact.study.measures import RaidMeasures
from skypact.study.play import Player, RunSettings, play
from skypact.study.results import PolicyResult


def simulate(raid: Raid, settings: RunSettings) -> PolicyResult:
    """Play a raid.

    Parameters
    ----------
    raid
        As `skypact.raid.read_raid` reads it.
    settings
        Replications, seed, threads.
    """
    played, _ = play({"": Player(raid, (RaidMeasures(raid),))}, settings)
    scenario, policy = raid.info.get("scenario"), raid.info.get("policy")
    return PolicyResult.of(played[""], scenario, policy, settings.seed, 0.0)
