"""The study: what happens under each policy, what a decision changes, and how sure one can be."""

from skypact.study.compare import answer
from skypact.study.play import PlayedPolicy, Progress, RunSettings, play, play_together
from skypact.study.setup import CompiledPolicy, Study
from skypact.study.uncertain import compare_uncertain

__all__ = [
    "CompiledPolicy",
    "PlayedPolicy",
    "Progress",
    "RunSettings",
    "Study",
    "answer",
    "compare_uncertain",
    "play",
    "play_together",
]
