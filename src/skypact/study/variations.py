"""An incident with other numbers: if a contested step had not ended the fire, and both ends of what is unsure.

Beside the answer, because it follows the chances assumed for the steps, and how long the fire would have lasted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from skypact.engine import Workers
from skypact.policy.incident import SettledIncident, alike
from skypact.quantity import Quantity
from skypact.scenario.incident import Incident
from skypact.study.measures import measures_of
from skypact.study.play import Played, Player, RunSettings, play
from skypact.study.setup import CompiledPolicy, Study

MEASURES = ("minutes_of_fire", "rounds_fired", "harm")
AT_MOST = 20_000
"""Replications for a variation: differences between variations are paired, so that fewer suffice."""

CAUTION = (
    "The order of the policies follows from the chances assumed for each step and is not evidence for any of"
    " them. Harm counts those hit on both sides. Whether a step was lawful, and what it did to later fire"
    " elsewhere, is not estimated."
)

Document = dict[str, Any]
Change = Callable[[SettledIncident], SettledIncident]


def variations(
    study: Study,
    settings: RunSettings,
    compiled: Mapping[str, CompiledPolicy],
    played: Mapping[str, Played],
    team: Workers,
) -> Document | None:
    """The incident of a study with other numbers; None where it has none.

    Returns
    -------
    dict
        ``if_it_did_not_end_it`` (by contested step), ``depends_on`` (the chance of each step at both ends of
        its range), ``lasts`` (the least and the most that the fire lasts if nothing ends it, in minutes, each
        at both ends of its range), ``accounts``, ``caution``.
    """
    incident = study.scenario.incident
    if incident is None:
        return None

    def varied(change: Change) -> Document:
        """The means of every policy with other numbers; a policy that they do not touch stays as it is."""
        brief = replace(settings.alone(), replications=min(settings.replications, AT_MOST))
        players = {}
        for name, one in compiled.items():
            part = one.incident
            changed = None if part is None else change(part.settled)
            if part is not None and changed is not None and changed != part.settled:
                other = study.with_incident(one, changed)
                players[name] = Player(other.raid, measures_of(study, other))
        found = {**played, **play(players, brief, team=team)[0]} if players else played
        return {
            name: {measure: one.means()[(measure,)] for measure in MEASURES} for name, one in found.items()
        }

    chances = _chances(incident)
    contested = {name: steps for name, steps in chances.items() if incident.ladder[name].contested}
    depends = []
    for name, steps in chances.items():
        chance = incident.ladder[name].chance
        if chance.low is None or chance.high is None or chance.low == chance.high:
            continue
        depends.append(
            {
                "step": name,
                "steps": list(steps),
                "chance": {"value": chance.value, "low": chance.low, "high": chance.high},
                "at_low": varied(_with_chance(steps, chance.low)),
                "at_high": varied(_with_chance(steps, chance.high)),
            }
        )
    return {
        "if_it_did_not_end_it": {
            name: {
                "account_of": incident.ladder[name].contested,
                "steps": list(steps),
                "policies": varied(_with_chance(steps, 0.0)),
            }
            for name, steps in contested.items()
        },
        "depends_on": depends,
        "lasts": [
            {
                "end": name,
                "minutes": {"value": end.value, "low": end.low, "high": end.high},
                "at_low": varied(_with_end(name, end.low)),
                "at_high": varied(_with_end(name, end.high)),
            }
            for name, end in (("least", incident.fire.lasts_min.low), ("most", incident.fire.lasts_min.high))
            if isinstance(end, Quantity) and end.low is not None and end.high is not None
        ],
        "accounts": [account.model_dump(mode="json") for account in incident.accounts],
        "caution": CAUTION,
    }


def _with_chance(steps: tuple[str, ...], chance: float) -> Change:
    return lambda settled: settled.with_chance(steps, chance)


def _with_end(name: str, minutes: float) -> Change:
    """Another least or most that the fire lasts."""

    def change(settled: SettledIncident) -> SettledIncident:
        least, most = settled.lasts_s
        ends = (60 * minutes, most) if name == "least" else (least, 60 * minutes)
        return replace(settled, lasts_s=ends)

    return change


def _chances(incident: Incident) -> dict[str, tuple[str, ...]]:
    """The chances that are on the ladder: by the first step that has it, all that share it."""
    found: dict[str, tuple[str, ...]] = {}
    for name in incident.ladder:
        sharing = alike(incident, name, "chance")
        found.setdefault(sharing[0], sharing)
    return found
