"""The compiled problem: what the geometry makes and the engine plays."""

from skypact.raid.model import FORMAT, Look, Raid, Threat, Track, Unit, Window
from skypact.raid.read import parse_raid, read_raid
from skypact.raid.write import dump_raid

__all__ = [
    "FORMAT",
    "Look",
    "Raid",
    "Threat",
    "Track",
    "Unit",
    "Window",
    "dump_raid",
    "parse_raid",
    "read_raid",
]
