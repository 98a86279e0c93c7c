"""The engine: plays a raid many times, exactly as the reference model says, and as fast as it can."""

from skypact.engine.before import BeforeTheStart
from skypact.engine.prepare import prepare
from skypact.engine.prepared import PreparedRaid
from skypact.engine.reasons import REASONS
from skypact.engine.run import (
    FAILED,
    KILLED,
    LEAKED,
    Chunks,
    Engagement,
    Outcomes,
    Stock,
    Trace,
    replicate,
    trace,
)
from skypact.engine.threads import Stopped, Workers, workers

__all__ = [
    "FAILED",
    "KILLED",
    "LEAKED",
    "REASONS",
    "BeforeTheStart",
    "Chunks",
    "Engagement",
    "Outcomes",
    "PreparedRaid",
    "Stock",
    "Stopped",
    "Trace",
    "Workers",
    "prepare",
    "replicate",
    "trace",
    "workers",
]
