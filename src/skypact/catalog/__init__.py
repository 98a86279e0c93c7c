"""The catalogue: what systems are, each number with its source and its kind."""

from skypact.catalog.load import load_catalog
from skypact.catalog.model import Catalog, Effector, Envelope, Family, Sensor, Source, Threat, ThreatClass

__all__ = [
    "Catalog",
    "Effector",
    "Envelope",
    "Family",
    "Sensor",
    "Source",
    "Threat",
    "ThreatClass",
    "load_catalog",
]
