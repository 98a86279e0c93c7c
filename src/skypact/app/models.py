"""What may be asked over HTTP.  These models check the requests, and the API's description is made from them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

MOST_BYTES = 2 * 1024 * 1024
"""Of a scenario's text, as for a file."""
NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$"
DAY = r"^\d{4}(-\d{2}){0,2}$"

Name = Annotated[str, Field(pattern=NAME)]
Word = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=MOST_BYTES)]
Place = Annotated[int, Field(ge=0, le=100_000)]
Seed = Annotated[int, Field(ge=0, lt=2**64, description="Same seed, same result, on every machine.")]
Form = Literal["csv", "parquet", "json", "report"]
"""As what a result is taken away."""


class Request(BaseModel):
    """A request: no unknown field, no guessing of types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class OfScenario(Request):
    """About a scenario: one that the server lists, or a text."""

    scenario: Name | None = Field(None, description="The id of a scenario, as /api/scenarios lists them.")
    text: Text | None = Field(None, description="Instead: the YAML text of a scenario, not saved yet.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.scenario is None) == (self.text is None):
            raise ValueError("give either scenario or text")
        return self


class Decided(OfScenario):
    """About a scenario under a policy of its own, or under any set of its decisions."""

    policy: Word | None = Field(None, description="A policy of the scenario; by default its baseline.")
    decisions: Annotated[list[Word], Field(max_length=500)] | None = Field(
        None, description="Instead: the decisions in force, and no other."
    )

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if self.policy is not None and self.decisions is not None:
            raise ValueError("give policy or decisions, not both")
        return self


class Played(OfScenario):
    """How something is played, and how far."""

    baseline: Word | None = Field(None, description="The policy to compare with; by default the scenario's.")
    seed: Seed = 1
    central: Annotated[int, Field(ge=1, le=100_000)] = Field(
        10_000, description="Replications with central values; answers after 100 and 1,000 come first."
    )
    sets: Annotated[int, Field(ge=0, le=256)] = Field(
        64, description="Sets of numbers drawn from their ranges after that, 2 or more; 0: none."
    )
    replications: Annotated[int, Field(ge=1, le=2_000)] = Field(200, description="Of each set.")
    rests: bool = Field(
        False, description="Whether to say last what the differences rest on, and who is idle and why."
    )

    @model_validator(mode="after")
    def _no_single_set(self) -> Self:
        if self.sets == 1:
            raise ValueError("one set says nothing of a range: give 0, or 2 or more")
        return self


class WhatIf(Played):
    """What if these decisions were in force, and no other?"""

    decisions: Annotated[list[Word], Field(max_length=500)]


class Compare(Played):
    """Policies of the scenario, compared."""

    policies: Annotated[list[Word], Field(max_length=100)] | None = Field(
        None, description="By default all of the scenario's."
    )


class Campaign(Request):
    """Recorded nights in a row under several policies."""

    campaign: Name = Field(description="The id of a campaign, as /api/campaigns lists them.")
    policies: Annotated[list[Word], Field(max_length=20)] | None = Field(
        None, description="By default all of the campaign's."
    )
    baseline: Word | None = Field(None, description="The policy to compare with; by default the campaign's.")
    seed: Seed = 1
    central: Annotated[int, Field(ge=1, le=500)] = Field(20, description="Replications with central values.")
    sets: Annotated[int, Field(ge=0, le=64)] = Field(
        16, description="Sets of numbers drawn from their ranges after that, 2 or more; 0: none."
    )
    replications: Annotated[int, Field(ge=1, le=500)] = Field(200, description="Of each set.")

    @model_validator(mode="after")
    def _no_single_set(self) -> Self:
        if self.sets == 1:
            raise ValueError("one set says nothing of a range: give 0, or 2 or more")
        return self


class CampaignExport(Campaign):
    """A campaign played, as a table or as the report."""

    form: Form = "csv"


class Explain(Decided):
    """Why could a unit engage a threat or not, or a transfer take place or not; or the steps of an incident."""

    unit: Word | None = Field(None, description="A unit, an entry of the laydown, a system or an owner.")
    threat: Word | None = Field(None, description="A threat, a wave, a type of threat or a class.")
    donor: Word | None = None
    recipient: Word | None = None
    system: Word | None = None
    channel: Word | None = None
    step: Word | None = None
    day: Annotated[str, Field(pattern=DAY)] | None = None


class Playback(Decided):
    """One replication, to be looked at."""

    wanted: Literal["typical", "bad", "leaks"] | None = Field(
        None,
        description="Pick it by what happens in it: as many arrive as in the middle one of 1,000; as many as only one in "
        "twenty exceeds; a threat arrives.",
    )
    threat: Word | None = Field(None, description="The threat that is to arrive.")
    replication: Annotated[int, Field(ge=0, lt=2**32)] = 0
    seed: Seed = 1


class Check(Request):
    """Everything that is wrong with a text."""

    text: Text


class Outline(Request):
    """What stands in a text, part by part."""

    text: Text


class Change(Request):
    """One part of a text changed."""

    path: Annotated[list[Word | Place], Field(min_length=1, max_length=40)] = Field(
        description="Keys, and places in lists from 0; the place behind the last adds to a list."
    )
    value: JsonValue = Field(None, description="What stands there then; null takes it out.")


class Edit(Request):
    """A text with parts changed; what stands around them stays as it is written."""

    text: Text
    changes: Annotated[list[Change], Field(min_length=1, max_length=100)] = Field(
        description="One after the other."
    )


class Save(Request):
    """A new scenario file in the working folder; nothing that is there is replaced."""

    name: Name = Field(description="The file's name, without .yaml.")
    text: Text


class Aid(Decided):
    """Who may hand what to whom on a day, and why."""

    day: Annotated[str, Field(pattern=DAY)] | None = None


class Export(Played):
    """A comparison as a table or as the report."""

    decisions: Annotated[list[Word], Field(max_length=500)]
    form: Form = "csv"
