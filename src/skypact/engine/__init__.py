"""The engine: plays a raid many times, exactly as the reference model says, and as fast as it can."""

from skypact.engine.prepare import prepare
from skypact.engine.prepared import PreparedRaid
from skypact.engine.run import FAILED, KILLED, LEAKED, Engagement, Outcomes, Trace, replicate, trace
from skypact.engine.threads import Stopped, Workers, workers

__all__ = [
    "FAILED",
    "KILLED",
    "LEAKED",
    "Engagement",
    "Outcomes",
    "PreparedRaid",
    "Stopped",
    "Trace",
    "Workers",
    "prepare",
    "replicate",
    "trace",
    "workers",
]
