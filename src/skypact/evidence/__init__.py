"""Evidence: what the public record says was launched and stopped, and what follows from it.

The record is one side's reports, not independently verified: claims, not truth.  A published file is read
(`read`), each row is understood or set aside (`rows`, `weapons`), and the reports go into a store (`store`)
that a newer file changes only where it differs (`merge`).  What comes out is `Reports`: arrays, from which
counts, forecasts and scores are made.
"""

from skypact.evidence.reports import NO_ROW, UNREPORTED, Reports

__all__ = ["NO_ROW", "UNREPORTED", "Reports"]
