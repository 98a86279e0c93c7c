"""Policy: what is in force after decisions, and the situation that follows from it."""

from skypact.policy.build import build_situation
from skypact.policy.draw import Draw, central
from skypact.policy.force import InForce, in_force
from skypact.policy.situation import Situation

__all__ = ["Draw", "InForce", "Situation", "build_situation", "central", "in_force"]
