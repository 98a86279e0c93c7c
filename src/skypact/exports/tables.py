"""Tables of what was played and of what is on record: replications, engagements, threats, statements, forecasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from skypact.engine import prepare, trace
from skypact.exports.sheet import Column, Row, Sheet
from skypact.study.draw import Sets
from skypact.study.ledger import ledger
from skypact.study.measures import measures_of
from skypact.study.measures.base import Key, Shown
from skypact.study.play import Player, RunSettings, silent, values
from skypact.study.replay import MICROSECONDS, Replay, replay
from skypact.study.setup import CompiledPolicy, Study

POLICY = Column("policy", "string", "policy that was in force")
SET = Column("set", "integer", "drawn set of numbers, from 0; empty: central values")
REPLICATION = Column(
    "replication", "integer", "number of the replication: with the seed it can be played again"
)
COUNTED = {"counts", "whole", "amounts"}
"""Spreads of measures that are whole numbers."""


@dataclass(frozen=True)
class Played:
    """One replication, with where its threats and units stand in the raid.

    Attributes
    ----------
    compiled
        With central values.
    told
        What happened.
    offsets_s
        By threat, by how much chance shifts its whole history.
    """

    compiled: CompiledPolicy
    told: Replay
    offsets_s: dict[str, float]

    @classmethod
    def of(cls, compiled: CompiledPolicy, replication: int, seed: int) -> Played:
        """Play one replication of a compiled policy."""
        before = trace(prepare(compiled.raid), replication, seed).before
        offsets = (before.offset_us / MICROSECONDS).tolist()
        threats = [one.id for one in compiled.raid.threats]
        return cls(
            compiled, replay(compiled.raid, replication, seed), dict(zip(threats, offsets, strict=True))
        )


def replications(study: Study, compiled: CompiledPolicy, settings: RunSettings, sets: Sets | None) -> Sheet:
    """A row for each replication: those that `skypact run` plays with the same settings."""
    shown: dict[Key, Shown] = {}
    rows: list[Row] = []
    quiet = replace(settings, progress=silent)
    drawn = None if sets is None else sets.drawn(study.catalog)
    for number in range(1 if sets is None else sets.count):
        one = compiled
        if drawn is not None:
            one = study.compile(compiled.policy, drawn.of(number))
        player = Player(one.raid, measures_of(study, one))
        keys = [key for key in player.keys if _told(key, player.shown[key])]
        shown.update({key: player.shown[key] for key in keys})
        first = number * settings.replications
        columns = [player.keys.index(key) for key in keys]
        table = values(player, replace(quiet, first=first))[:, columns].tolist()
        names = [_name(key) for key in keys]
        whole = [shown[key].spread in COUNTED for key in keys]
        launched = len(one.raid.threats)
        for place, row in enumerate(table):
            found = {name: int(x) if w else x for name, x, w in zip(names, row, whole, strict=True)}
            of_set = None if drawn is None else number
            rows.append(
                {
                    "policy": compiled.policy,
                    "set": of_set,
                    "replication": first + place,
                    "launched": launched,
                    **found,
                }
            )
        settings.progress("playing", (number + 1) / (1 if sets is None else sets.count))
    launched_ = Column("launched", "integer", "threats launched", "threats")
    columns_ = (POLICY, SET, REPLICATION, launched_, *(_column(key, how) for key, how in shown.items()))
    return Sheet("replications", "What each replication gives", columns_, rows)


def _told(key: Key, how: Shown) -> bool:
    """Whether a measure has a column: those of the whole raid, and what becomes of each class."""
    return not how.hidden and (len(key) == 1 or key[0] in ("by_class", "leakers_because"))


def _name(key: Key) -> str:
    return "_".join(part for part in (key[-1], key[1]) if part) if key[0] == "by_class" else "_".join(key)


def _column(key: Key, how: Shown) -> Column:
    means = how.title if len(key) == 1 else f"{how.title}: {key[1]}"
    return Column(_name(key), "integer" if how.spread in COUNTED else "number", means, how.unit)


def engagements(played: Played) -> Sheet:
    """A row for each engagement of one replication, in the order of launches."""
    compiled, told = played.compiled, played.told
    fired = trace(prepare(compiled.raid), told.replication, told.seed).engagements
    rows = []
    for shot in fired:
        threat, unit = compiled.raid.threats[shot.threat], compiled.raid.units[shot.unit]
        rows.append(
            {
                "policy": compiled.policy,
                "replication": told.replication,
                "launch_s": shot.launch_us / MICROSECONDS,
                "intercept_s": shot.intercept_us / MICROSECONDS,
                "threat": threat.id,
                "class": threat.class_,
                "unit": unit.id,
                "owner": unit.owner,
                "system": unit.info.get("system"),
                "place": unit.info.get("place"),
                "rounds": shot.rounds,
                "killed": shot.killed,
            }
        )
    columns = (
        POLICY,
        REPLICATION,
        Column("launch_s", "number", "launch, after the raid's zero time", "s"),
        Column("intercept_s", "number", "intercept, after the raid's zero time", "s"),
        Column("threat", "string", "what was shot at"),
        Column("class", "string", "its class"),
        Column("unit", "string", "who shot"),
        Column("owner", "string", "actor that owns the unit"),
        Column("system", "string", "the unit's system, by its name in the catalogue"),
        Column("place", "string", "the unit's place"),
        Column("rounds", "integer", "rounds fired", "rounds"),
        Column("killed", "boolean", "whether it stopped the threat"),
    )
    return Sheet("engagements", "Engagements of one replication with central values", columns, rows)


def threats(played: Played) -> Sheet:
    """A row for each threat of one replication: how and when it ended."""
    compiled, told = played.compiled, played.told
    ends: dict[str, tuple[float, str | None]] = {}
    for event in told.events:
        if event.kind in ("kill", "failure", "impact"):
            ends[event.threat] = event.at_s, event.reason
    paths = {one.id: compiled.situation.paths[one.path] for one in compiled.situation.incoming}
    launches = {one.id: one.launch_s for one in compiled.situation.incoming}
    rows = []
    for one in compiled.raid.threats:
        end, reason = ends.get(one.id, (None, None))
        launch = launches.get(one.id)
        rows.append(
            {
                "policy": compiled.policy,
                "replication": told.replication,
                "threat": one.id,
                "class": one.class_,
                "type": paths[one.id].threat if one.id in paths else None,
                "wave": one.wave,
                "asset": one.info.get("asset"),
                "launch_s": None if launch is None else launch + played.offsets_s[one.id],
                "end_s": end,
                "fate": told.fates[one.id],
                "because": reason,
            }
        )
    columns = (
        POLICY,
        REPLICATION,
        Column("threat", "string", "the threat"),
        Column("class", "string", "its class"),
        Column("type", "string", "its type, by its name in the catalogue"),
        Column("wave", "string", "wave in which it comes"),
        Column("asset", "string", "what it is aimed at"),
        Column("launch_s", "number", "launch, after the raid's zero time", "s"),
        Column(
            "end_s",
            "number",
            "kill, failure or impact, after the raid's zero time; empty: it never flew",
            "s",
        ),
        Column("fate", "string", "killed, failed or leaked (arrived)"),
        Column("because", "string", "of one that arrived: why nobody stopped it"),
    )
    return Sheet("threats", "Threats of one replication with central values", columns, rows)


def statements(study: Study) -> Sheet:
    """A row for each statement or act that the scenario rests on."""
    columns = (
        Column("id", "string", "the statement"),
        Column("date", "string", "day, month or year"),
        Column("who", "string", "actor that says or does it"),
        Column("to", "string", "to whom"),
        Column("kind", "string", "what kind of statement or act"),
        Column("text", "string", "in our words"),
        Column("about", "string", "what it is about"),
        Column("on", "string", "day that it is about"),
        Column("sources", "string", "who reports it"),
        Column("pointed_to_by", "string", "parts of the scenario that rest on it"),
    )
    return Sheet(
        "statements", "Statements and acts that the scenario rests on", columns, ledger(study.scenario)
    )


def forecasts(rows: Iterable[dict[str, Any]]) -> Sheet:
    """A row for each forecast of a report."""
    columns = (
        Column("row", "integer", "row of the record"),
        Column("night", "string", "night of the report"),
        Column("class", "string", "kind of weapon"),
        Column("launched", "integer", "launched, as the report says", "weapons"),
        Column("trained_to", "string", "last report that the forecast may know"),
        Column("mean", "number", "mean of the forecast", "weapons"),
        *(
            Column(name, "integer", f"quantile {name} of the forecast", "weapons")
            for name in ("p05", "p25", "median", "p75", "p95")
        ),
        Column("pmf", "string", "chance of 0, 1, 2, ... up to launched", "probability"),
    )
    return Sheet("forecasts", "How many of each report's weapons are stopped", columns, list(_rounded(rows)))


def _rounded(rows: Iterable[dict[str, Any]]) -> Iterator[Row]:
    for row in rows:
        yield {**row, "pmf": [float(f"{chance:.6g}") for chance in row["pmf"]]}
