"""The endpoints of the API: each is a function of the workplace and a checked request."""

from __future__ import annotations

import threading
from typing import Any

from starlette.responses import Response

from skypact.app import drafts, models
from skypact.app.asking import Question, Step, steps_of
from skypact.app.endpoint import Endpoint, Refused, as_json, told
from skypact.app.files import as_file
from skypact.app.folder import etag
from skypact.app.nights import expect, known
from skypact.app.stream import Tell
from skypact.app.workplace import Workplace
from skypact.library.about import about
from skypact.library.about import schema as scenario_schema
from skypact.library.about_campaign import about_campaign, shipped_campaigns
from skypact.library.calls import aid, explain
from skypact.library.ladder import ladder
from skypact.library.outline import edited, outline
from skypact.library.pick import pick
from skypact.library.replay import replay
from skypact.library.scenarios import check
from skypact.library.theatre import theatre
from skypact.reading import Problems
from skypact.version import __version__


def scenarios(place: Workplace, _: None) -> Any:
    return {"skypact": __version__, "first": place.opens, "scenarios": place.shelf.rows()}


def scenario(place: Workplace, parts: dict[str, str]) -> Any:
    found = about(place.shelf.load(parts["id"])).to_dict()
    return {
        **found,
        "scenario": parts["id"],
    }  # a file may call itself as another; it is asked about by its name


def text(place: Workplace, parts: dict[str, str]) -> Any:
    found = place.shelf.text(parts["id"])
    return Response(found, 200, {"etag": etag(found)}, "application/yaml")


def described(place: Workplace, request: models.OfScenario) -> Any:
    return about(place.shelf.of(request)).to_dict()


def map_(place: Workplace, request: models.Decided) -> Any:
    asked = place.shelf.under(request)
    with place.turns.quick():
        return theatre(asked.scenario, asked.policy).to_dict()


def whatif(place: Workplace, request: models.WhatIf | models.Compare) -> Any:
    place.ahead.stop()
    question, steps = place.asking.question(request), steps_of(request)

    def lines(gone: threading.Event, tell: Tell) -> None:
        for line in place.asking.answers(question, steps, gone):
            tell(line)
        place.ahead.of(_as_whatif(question, request))

    return lines


def _as_whatif(question: Question, request: models.WhatIf | models.Compare) -> models.WhatIf:
    """The question from which the next one is likely a switch away."""
    if isinstance(request, models.WhatIf):
        return request
    policies = question.scenario.data.policies
    decisions = list(policies[request.baseline or question.scenario.baseline].decisions)
    return models.WhatIf(**request.model_dump(exclude={"policies"}), decisions=decisions)


def campaigns(place: Workplace, _: None) -> Any:
    return {"campaigns": shipped_campaigns()}


def of_campaign(place: Workplace, parts: dict[str, str]) -> Any:
    return about_campaign(known(parts["id"]))


def campaign(place: Workplace, request: models.Campaign) -> Any:
    place.ahead.stop()
    expect(request)

    def lines(gone: threading.Event, tell: Tell) -> None:
        place.nights.answer(request, gone, tell)

    return lines


def explained(place: Workplace, request: models.Explain) -> Any:
    asked = place.shelf.under(request)
    names = ("unit", "threat", "donor", "recipient", "system", "channel", "step", "day")
    with place.turns.quick():
        found = explain(asked.scenario, asked.policy, **{name: getattr(request, name) for name in names})
    return {
        "explanations": [
            {
                "kind": one.kind,
                "lines": [{"text": line.text, "indent": line.indent} for line in one.lines],
                "document": one.to_dict(),
            }
            for one in found
        ]
    }


def playback(place: Workplace, request: models.Playback) -> Any:
    asked = place.shelf.under(request)
    with place.turns.quick():
        number = request.replication
        if request.wanted is not None:
            number = pick(asked.scenario, asked.policy, request.wanted, request.threat, seed=request.seed)
        found = replay(asked.scenario, asked.policy, number, seed=request.seed)
        return {**found.to_dict(), "leakers": found.leakers, "flights": found.flights()}


def checked(place: Workplace, request: models.Check) -> Any:
    found = check(request.text if "\n" in request.text else f"{request.text}\n")
    return told(found)


def outlined(place: Workplace, request: models.Outline) -> Any:
    return outline(request.text if "\n" in request.text else f"{request.text}\n")


def edit(place: Workplace, request: models.Edit) -> Any:
    found = request.text
    for one in request.changes:
        found = edited(found, tuple(one.path), one.value)
    return {"text": found}


def save(place: Workplace, request: models.Save) -> Any:
    if request.name in (row["id"] for row in place.shelf.rows()):
        raise Refused(409, "there is a scenario of that name already", "choose another name", "name")
    written = _called(request.name, request.text)
    place.folder.save(request.name, written)
    return as_json({"id": request.name, "etag": etag(written)}, 201)


def _called(name: str, text: str) -> str:
    """A scenario's text that calls itself by its file's name, where it has an id and that can be one; else as it is."""
    try:
        data = outline(text)["data"]
        if not isinstance(data, dict) or not data.get("id"):
            return text
        renamed = edited(text, ("id",), name)
        wrong = {one.field for one in check(renamed)}
    except Problems:
        return text
    return text if "id" in wrong else renamed


def aid_table(place: Workplace, request: models.Aid) -> Any:
    """The table of a day, and the days around the scenario's on which something changes."""
    asked = place.shelf.under(request)
    year = int(asked.scenario.data.date[:4])
    since, until = f"{year - YEARS[0]}-01-01", f"{year + YEARS[1]}-12-31"

    def changing() -> frozenset[str]:
        rows = aid(asked.scenario, asked.policy, since=since, until=until).rows
        return frozenset(str(row["date"]) for row in rows)

    with place.turns.quick():
        found = aid(asked.scenario, asked.policy, request.day)
        days = place.shelf.keep(f"days of aid {asked.mark}", changing)
    return {
        "day": found.day,
        "days": sorted(days | {found.day}),
        "last": max(days, default=None),
        "table": found.table_document(),
        "rows": found.to_dict(),
    }


def incident(place: Workplace, request: models.Decided) -> Any:
    asked = place.shelf.under(request)
    with place.turns.quick():
        return ladder(asked.scenario, asked.policy)


def export(place: Workplace, request: models.Export) -> Any:
    asked = models.WhatIf(**request.model_dump(exclude={"form"}))
    step = steps_of(asked)[-1]
    found = place.asking.whole(place.asking.question(asked), Step(step.replications, step.sets, besides=True))
    return as_file(found, f"{found.of.id}-what-if", request.form)


def campaign_export(place: Workplace, request: models.CampaignExport) -> Any:
    place.ahead.stop()
    expect(request)
    return as_file(place.nights.whole(request), request.campaign, request.form)


def schema(place: Workplace, _: None) -> Any:
    return scenario_schema()


YEARS = 5, 1
"""How many years before and after the scenario's day changes of aid are looked for."""
OF_SCENARIO = "A scenario: its question, policies, decisions with actor, date, status and source."
OF_CAMPAIGN = "A campaign: its question, nights, policies, decisions with actor, date, status and source."

ENDPOINTS = (
    Endpoint("GET", "/api/scenarios", "What can be asked about.", scenarios),
    Endpoint("GET", "/api/scenarios/{id}", OF_SCENARIO, scenario),
    Endpoint("GET", "/api/scenarios/{id}/text", "Its text.", text, gives="application/yaml"),
    Endpoint("POST", "/api/about", "The same of a text that is not saved yet.", described, models.OfScenario),
    Endpoint("POST", "/api/map", "What a map shows under a policy or decisions.", map_, models.Decided),
    Endpoint(
        "POST", "/api/whatif", "What decisions would change, step by step.", whatif, models.WhatIf, True
    ),
    Endpoint("POST", "/api/compare", "Policies compared, step by step.", whatif, models.Compare, True),
    Endpoint("POST", "/api/explain", "Why something is possible or not.", explained, models.Explain),
    Endpoint(
        "POST", "/api/playback", "One replication as events, and who flew where.", playback, models.Playback
    ),
    Endpoint("POST", "/api/aid", "Who may hand what to whom on a day, and why.", aid_table, models.Aid),
    Endpoint("POST", "/api/incident", "Who may do what on an incident's ladder.", incident, models.Decided),
    Endpoint("POST", "/api/check", "Everything that is wrong with a text.", checked, models.Check),
    Endpoint(
        "POST", "/api/outline", "What stands in a text, and the names it may use.", outlined, models.Outline
    ),
    Endpoint("POST", "/api/edit", "A text with parts changed.", edit, models.Edit),
    Endpoint("POST", "/api/save", "Save a text as a new scenario.", save, models.Save),
    Endpoint(
        "POST",
        "/api/export",
        "A comparison as a file.",
        export,
        models.Export,
        gives="application/octet-stream",
    ),
    Endpoint("GET", "/api/campaigns", "Campaigns: recorded nights in a row.", campaigns),
    Endpoint("GET", "/api/campaigns/{id}", OF_CAMPAIGN, of_campaign),
    Endpoint(
        "POST", "/api/campaign", "A campaign played, with its progress.", campaign, models.Campaign, True
    ),
    Endpoint(
        "POST",
        "/api/campaign/export",
        "A campaign played, as a file.",
        campaign_export,
        models.CampaignExport,
        gives="application/octet-stream",
    ),
    *drafts.ENDPOINTS,
    Endpoint("GET", "/api/schema", "The schema of scenario files.", schema),
)
