"""Skypact computes what decisions about air defence and military aid would change."""

__version__ = "0.1.0"
