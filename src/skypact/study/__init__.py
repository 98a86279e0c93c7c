"""The study: what happens under each policy, what a decision changes, and how sure one can be."""

from skypact.study.compare import compare, player
from skypact.study.play import Player, Progress, RunSettings, play
from skypact.study.results import Comparison, Difference, PolicyResult
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.simulate import simulate

__all__ = [
    "Comparison",
    "CompiledPolicy",
    "Difference",
    "Player",
    "PolicyResult",
    "Progress",
    "RunSettings",
    "Study",
    "compare",
    "play",
    "player",
    "simulate",
]
