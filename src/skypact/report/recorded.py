"""What was reported of all threats together, to be marked where the simulated arrivals are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from skypact.formatting import between, brief, mean, percent
from skypact.report.material import Material, Record
from skypact.report.tables.reported import reports

EDGE = 0.1
"""Where fewer results than this share lie on one side of a report, it is said what that means."""


@dataclass(frozen=True)
class Recorded:
    """A reported number of arrivals, or of threats that were not shot down.

    Attributes
    ----------
    value, low, high
        The number, and from where to where it is drawn: the report's bounds, and downwards those that failed.
    text
        What it is and who says so.
    beside
        What is simulated of the same, and whether the report lies in that range.
    """

    value: float
    low: float
    high: float
    text: str
    beside: str


def recorded(material: Material) -> tuple[Recorded, ...]:
    """Each report of all threats together, contested versions included; none where nobody gave one.

    Where a report says how many were shot down, at most those that were not arrived: few reports say how many
    failed on their own, so the mark goes down by as many as do in the model.
    """
    run = material.policies.get(material.scenario.reported_under)
    if run is None or not material.counts_arrivals:
        return ()
    launched = float(run["launched"])
    found = []
    for entry in reports(material):
        if entry.get("classes") or entry.get("owner") or entry["what"] not in ("leaked", "killed"):
            continue
        low, high = (entry["value"] if entry.get(end) is None else entry[end] for end in ("low", "high"))
        simulated = entry["simulated"]
        if entry["what"] == "leaked":
            said = f"{brief(entry['value'])} reported to arrive ({_who(entry)})"
            span = simulated["p05"], simulated["p95"]
            found.append(
                Recorded(
                    entry["value"],
                    low,
                    high,
                    said,
                    _beside((low, high), span, "arrive", 1 - entry["place"]["high"]),
                )
            )
            continue
        value, low, high = (max(0.0, launched - number) for number in (entry["value"], high, low))
        missed = (low, high)
        said = (
            f"At most {brief(value)} arrived by the report: so many were not shot down, those that failed on their own"
            f" among them ({_who(entry)})"
        )
        low = max(0.0, low - (mean(run.get("failed")) or 0.0))
        span = launched - simulated["p95"], launched - simulated["p05"]
        found.append(
            Recorded(
                value,
                low,
                high,
                said,
                _beside(missed, span, "arrive or fail on their own", entry["place"]["low"]),
            )
        )
    return tuple(found)


def _who(entry: Record) -> str:
    return f"{entry['by']}, contested" if entry.get("contested") else str(entry["by"])


def _beside(reported: tuple[float, float], simulated: tuple[float, float], what: str, more: float) -> str:
    """What is simulated; `more` is the share of replications with more than was reported."""
    low, high = simulated
    apart = ""
    if not EDGE < more < 1 - EDGE:
        weaker = "weaker" if more > 0.5 else "stronger"
        apart = f" So the simulated defence is {weaker} than by this report; what that does to the differences is not known."
    where = "above" if reported[0] > high else "below" if reported[1] < low else "within"
    return (
        f"Simulated, {between(low, high, 0)} {what} in nine results of ten: the report lies {where} that, and"
        f" {percent(more)} % of the results have more.{apart}"
    )
