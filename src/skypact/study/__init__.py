"""The study: what happens under each policy, what a decision changes, and how sure one can be."""

from skypact.study.compare import compare
from skypact.study.play import Player, Progress, RunSettings, play
from skypact.study.ready import player
from skypact.study.results import Comparison, Difference, PolicyResult
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.simulate import simulate
from skypact.study.two_files import FileComparison, compare_files

__all__ = [
    "Comparison",
    "CompiledPolicy",
    "Difference",
    "FileComparison",
    "Player",
    "PolicyResult",
    "Progress",
    "RunSettings",
    "Study",
    "compare",
    "compare_files",
    "play",
    "player",
    "simulate",
]
