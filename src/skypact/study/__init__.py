"""The study: what happens under each policy, what a decision changes, and how sure one can be."""

from skypact.study.answer import answer
from skypact.study.play import How, Played, Progress, play, play_together
from skypact.study.question import Compiled, Question
from skypact.study.uncertain import answer_uncertain

__all__ = [
    "Compiled",
    "How",
    "Played",
    "Progress",
    "Question",
    "answer",
    "answer_uncertain",
    "play",
    "play_together",
]
