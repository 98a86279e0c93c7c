"""Sweeps: one scenario played at many points of what is not known, kept as one table; never another attack."""
