"""An incident with other numbers: if a contested step had not ended the fire, and both ends of each chance.

Beside the answer, because it follows the chances assumed for the steps.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from skypact.engine import Workers
from skypact.policy.incident import alike
from skypact.scenario.incident import Incident
from skypact.study.measures import measures_of
from skypact.study.play import Played, Player, RunSettings, play, silent
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
        its range), ``accounts``, ``caution``.
    """
    incident = study.scenario.incident
    if incident is None:
        return None

    def varied(steps: Collection[str], chance: float) -> Document:
        """The means of every policy with another chance of some steps."""
        brief = replace(settings, replications=min(settings.replications, AT_MOST), progress=silent)
        players = {}
        for name, one in compiled.items():
            part = one.incident
            if part is not None and set(steps) & {step.id for step in part.settled.steps}:
                other = study.with_incident(one, part.settled.with_chance(steps, chance))
                players[name] = Player(other.raid, measures_of(study, other))
        found = {**played, **play(players, brief, team=team)[0]} if players else played
        return {
            name: {measure: one.tally.mean(one.column((measure,))) for measure in MEASURES}
            for name, one in found.items()
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
                "at_low": varied(steps, chance.low),
                "at_high": varied(steps, chance.high),
            }
        )
    return {
        "if_it_did_not_end_it": {
            name: {
                "account_of": incident.ladder[name].contested,
                "steps": list(steps),
                "policies": varied(steps, 0.0),
            }
            for name, steps in contested.items()
        },
        "depends_on": depends,
        "accounts": [account.model_dump(mode="json") for account in incident.accounts],
        "caution": CAUTION,
    }


def _chances(incident: Incident) -> dict[str, tuple[str, ...]]:
    """The chances that are on the ladder: by the first step that has it, all that share it."""
    found: dict[str, tuple[str, ...]] = {}
    for name in incident.ladder:
        sharing = alike(incident, name, "chance")
        found.setdefault(sharing[0], sharing)
    return found
