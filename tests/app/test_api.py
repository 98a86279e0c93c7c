"""The API gives what the library gives, and says what is wrong with line and path."""

from __future__ import annotations

import csv
import hashlib
import http.client
import io
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pytest

import skypact
from skypact.app.api import ENDPOINTS
from skypact.app.server import serving
from skypact.app.site import files_of_the_page
from skypact.app.workplace import Workplace
from skypact.library.results import Comparison
from tests.app.conftest import SMALL, Client
from tests.library.test_whatif import CONTRADICTING

HOW = {"scenario": "small", "central": 300, "sets": 4, "replications": 20}


def plain(document: Any) -> Any:
    """A document without the seconds that it took."""
    if isinstance(document, dict):
        return {name: plain(one) for name, one in document.items() if name != "elapsed_s"}
    return [plain(one) for one in document] if isinstance(document, list) else document


def told(found: Comparison) -> Any:
    return plain(json.loads(json.dumps(found.to_dict())))


@pytest.fixture(scope="module")
def answers(client: Client) -> list[Any]:
    return client.post("/api/whatif", {**HOW, "decisions": ["help-70km"]}).lines()


def test_answers_come_step_by_step(answers: list[Any]) -> None:
    steps = [(one["step"], one["comparison"]["replications"], one["last"]) for one in answers]
    assert steps == [("central", 100, False), ("central", 300, False), ("sets", 20, True)]
    assert answers[-1]["comparison"]["sets"] == 4


def test_the_numbers_are_those_of_the_library(answers: list[Any]) -> None:
    raid = skypact.load(SMALL).with_decisions(["help-70km"])
    pair = ("alone", "what-if")
    central = skypact.compare(raid, pair, central=True, replications=100, besides=False)
    sets = skypact.compare(raid, pair, sets=4, replications=20, besides=False)
    assert plain(answers[0]["comparison"]) == told(central)
    assert plain(answers[-1]["comparison"]) == told(sets)
    headline = sets.headline()
    assert headline is not None
    assert answers[-1]["headline"]["sentence"] == headline.sentence


def test_what_a_difference_rests_on_comes_last(client: Client) -> None:
    how = {**HOW, "decisions": ["help-70km"], "rests": True}
    lines = client.post("/api/whatif", how).lines()
    assert [one["step"] for one in lines][-2:] == ["sets", "rests"]
    raid = skypact.load(SMALL).with_decisions(["help-70km"])
    whole = skypact.compare(raid, ("alone", "what-if"), sets=4, replications=20)
    assert plain(lines[-1]["comparison"]["differences"]) == told(whole)["differences"]
    for name, policy in lines[-1]["comparison"]["policies"].items():
        assert policy["idle"] == told(whole)["policies"][name]["idle"]
    again = client.post("/api/whatif", how).lines()
    assert plain(again) == plain(lines)


def test_decisions_that_contradict_each_other_are_refused_with_the_rules_that_do(client: Client) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("\npolicies:\n", CONTRADICTING, 1)
    both = client.post("/api/whatif", {"text": text, "decisions": ["help-70km", "refuse"]})
    assert both.status == 422
    (problem,) = both.json()["problems"]
    assert problem["line"] > 0
    assert "contradict each other" in problem["what"]


def test_before_the_sets_no_range_is_said(answers: list[Any]) -> None:
    assert answers[0]["so_far"].startswith("With central values, ")
    assert " to " not in answers[0]["so_far"]
    assert answers[0]["by_class"] == ""
    assert "Poland may intercept drones over 5.2 % of Ukraine" in answers[0]["who_may"][1]
    assert answers[-1]["by_class"].startswith("By class, nine draws of ten: drones −")


def test_no_change_is_not_said_to_be_certain(client: Client) -> None:
    nothing = client.post("/api/whatif", {**HOW, "sets": 0, "central": 100, "decisions": []}).lines()
    assert "none of 100 replications changed: at most 3 % would" in nothing[0]["so_far"]
    assert "at most 3 %" in nothing[0]["headline"]["sentence"]


def test_a_comparison_of_policies(client: Client) -> None:
    (one,) = client.post("/api/compare", {**HOW, "sets": 0, "central": 50}).lines()
    assert plain(one["comparison"]) == told(skypact.compare(SMALL, central=True, replications=50))


def test_what_is_wrong_is_said_with_line_and_path(client: Client) -> None:
    wrong = client.post("/api/whatif", {**HOW, "decisions": ["help-70"]})
    assert wrong.status == 422
    assert "did you mean help-70km?" in wrong.json()["problems"][0]["text"]
    text = SMALL.read_text(encoding="utf-8").replace("system: iris-t-slm", "system: iris-t-slx")
    (problem,) = [
        one for one in client.post("/api/check", {"text": text}).json()["problems"] if one["level"] == "error"
    ]
    assert text.splitlines()[problem["line"] - 1].strip() == "system: iris-t-slx"
    assert problem["field"].startswith("laydown[0]")
    assert client.post("/api/about", {"text": text}).status == 422


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"scenario": "small"},
        {"scenario": "small", "decisions": "x"},
        {"scenario": "small", "decisions": [], "sets": 1},
        {"scenario": "small", "decisions": [], "sets": 10**9},
        {"scenario": "small", "decisions": [], "central": 0},
        {"scenario": "small", "decisions": [], "seed": -1},
        {"scenario": "small", "decisions": [], "text": "a: 1"},
        {"scenario": "small", "decisions": [], "surprise": 1},
        {"scenario": "small", "decisions": [], "baseline": "nobody"},
        {"scenario": "../small", "decisions": []},
        {"scenario": "broken", "decisions": []},
        [],
        None,
    ],
)
def test_a_request_that_makes_no_sense_is_refused(client: Client, body: Any) -> None:
    found = client.ask("POST", "/api/whatif", json.dumps(body).encode())
    assert found.status == 422
    assert found.json()["problems"][0]["text"]


def test_a_scenario_that_is_not_there(client: Client) -> None:
    assert client.post("/api/map", {"scenario": "nobody"}).status == 404
    assert client.get("/api/scenarios/nobody").status == 404
    assert client.get("/api/scenarios/nobody/text").status == 404
    assert client.get("/api/nothing").status == 404
    assert client.get("/api/whatif").status == 405


def test_what_can_be_asked_about(client: Client) -> None:
    rows = {one["id"]: one for one in client.get("/api/scenarios").json()["scenarios"]}
    assert rows["small"]["file"] == "small.yaml"
    assert rows["ukraine-2024-08-26"]["file"] == ""
    assert rows["broken"]["problems"] > 0
    assert client.get("/api/scenarios/small/text").body == SMALL.read_bytes()
    assert client.get("/api/scenarios/small").json()["decisions"]["help-70km"]["status"] == "proposed"


def test_map_explanation_and_playback(client: Client) -> None:
    of = {"scenario": "small", "decisions": ["help-70km"]}
    assert [one["count"] for one in client.post("/api/map", of).json()["units"]].count(1) >= 3
    (why,) = client.post("/api/explain", {**of, "unit": "pol-patriot", "threat": "drones"}).json()[
        "explanations"
    ]
    found = skypact.explain(
        skypact.load(SMALL).with_decisions(["help-70km"]), "what-if", unit="pol-patriot", threat="drones"
    )
    assert [line["text"] for line in why["lines"]] == [line.text for line in found[0].lines]
    played = client.post("/api/playback", {**of, "wanted": "typical"}).json()
    assert played["leakers"] == sum(one["kind"] == "impact" for one in played["events"])
    assert {one["id"] for one in played["flights"]["threats"]} == set(played["fates"])


NIGHTS = {
    "campaign": "israel-two-nights",
    "policies": ["as-happened", "israel-alone"],
    "sets": 2,
    "replications": 10,
}


@pytest.mark.parametrize(
    ("file", "name"), [("mine.yaml", "mine"), ("israel-2024-04-13.yaml", "israel-2024-04-13.yaml")]
)
def test_a_file_that_calls_itself_as_a_shipped_scenario_is_asked_about_as_it_is(
    client: Client, tmp_path: Path, file: str, name: str
) -> None:
    """Exported files have the id of what they are copies of; the page must not show the shipped one's numbers for them."""
    text = SMALL.read_text(encoding="utf-8")
    mine = text.replace("\nid: small\n", "\nid: israel-2024-04-13\n").replace(
        "\ntitle: ", "\ntitle: My own, "
    )
    assert mine.count("israel-2024-04-13") == 1
    (client.folder / file).write_text(mine, encoding="utf-8")
    try:
        rows = {row["id"]: row for row in client.get("/api/scenarios").json()["scenarios"]}
        assert rows[name]["title"].startswith("My own, ")
        assert rows["israel-2024-04-13"]["file"] == ""
        about = client.get(f"/api/scenarios/{name}").json()
        assert about["scenario"] == name, "by this the page asks"
        small = {"decisions": [], "central": 100, "sets": 0}
        found = client.post("/api/whatif", {"scenario": name, **small}).lines()[-1]["comparison"]
        wanted = client.post("/api/whatif", {"scenario": "small", **small}).lines()[-1]["comparison"]
        assert found["policies"]["what-if"]["leakers"] == wanted["policies"]["what-if"]["leakers"]
        assert Workplace.at(client.folder, client.folder / file).opens == name
    finally:
        (client.folder / file).unlink()


def test_a_file_that_the_page_cannot_ask_about_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(skypact.Problems, match="opens no file of such a name"):
        serving(tmp_path, tmp_path / "my own.yaml", "127.0.0.1", 0)


def test_nights_in_a_row(client: Client) -> None:
    quick = client.post("/api/campaign", {**NIGHTS, "sets": 0, "central": 1, "seed": 9}).lines()
    shares = [one["share"] for one in quick if one["kind"] == "progress"]
    assert len(shares) > 2
    assert shares == sorted(shares)
    lines = client.post("/api/campaign", NIGHTS).lines()
    central, sets = [one for one in lines if one["kind"] == "answer"]
    assert (central["step"], sets["step"], sets["last"]) == ("central", "sets", True)
    assert central["so_far"].startswith("With central values, ")
    assert " to " not in central["so_far"]
    found = skypact.campaign("israel-two-nights", NIGHTS["policies"], central=True, replications=20)
    assert central["campaign"] == json.loads(json.dumps(found.to_dict()))
    assert central["arriving"] == found.lines()[0].text
    assert sets["campaign"]["sets"] == 2
    assert client.post("/api/campaign", NIGHTS).lines() == [central, sets]
    about = client.get("/api/campaigns/israel-two-nights").json()
    assert about["decisions"]["ordered-after-april"]["changes"][0].endswith("arrive on 2024-09-15.")
    assert client.get("/api/campaigns").json()["campaigns"][0]["campaign"] == "israel-two-nights"


def test_nights_are_taken_away_as_files(client: Client) -> None:
    *_, told = client.post("/api/campaign", NIGHTS).lines()
    document = client.post("/api/campaign/export", {**NIGHTS, "form": "json"}).json()
    assert document == told["campaign"]
    table = client.post("/api/campaign/export", {**NIGHTS, "form": "csv"})
    rows = list(csv.DictReader(io.StringIO(table.body.decode())))
    (mine,) = [
        row
        for row in rows
        if (row["policy"], row["month"], row["class"], row["measure"])
        == ("israel-alone", "2024-10", "all", "leakers")
    ]
    month = document["policies"]["israel-alone"]["by_month"][1]["leakers"]
    assert float(mine["p95"]) == month["p95"]
    parquet = client.post("/api/campaign/export", {**NIGHTS, "form": "parquet"})
    assert parquet.body[:4] == parquet.body[-4:] == b"PAR1"
    page = client.post("/api/campaign/export", {**NIGHTS, "form": "report"})
    assert 'filename="israel-two-nights.html"' in page.headers["content-disposition"]
    assert told["arriving"] in page.body.decode()
    assert client.post("/api/campaign/export", {**NIGHTS, "form": "pdf"}).status == 422
    assert client.post("/api/campaign/export", {**NIGHTS, "campaign": "nobody"}).status == 404


def test_nights_that_cannot_be_played(client: Client) -> None:
    assert client.post("/api/campaign", {**NIGHTS, "campaign": "../x"}).status == 422
    assert client.post("/api/campaign", {**NIGHTS, "campaign": "nobody"}).status == 404
    assert client.get("/api/campaigns/nobody").status == 404
    wrong = client.post("/api/campaign", {**NIGHTS, "policies": ["israel-alon"]})
    assert wrong.status == 422
    assert "did you mean israel-alone?" in wrong.json()["problems"][0]["text"]


def test_the_ladder_of_an_incident(client: Client) -> None:
    of = {"scenario": "hranitne-2021-10-26", "policy": "note-withheld"}
    found = client.post("/api/incident", of).json()
    assert {one["step"]: one["taken"] for one in found["steps"]} == {
        "demand": True,
        "note": False,
        "tb2-at-once": False,
        "tb2": True,
    }
    (why,) = skypact.explain("hranitne-2021-10-26", "note-withheld")
    told = {one["step"]: one["answer"] for one in why.document["steps"]}
    assert all(one["answer"] == told.get(one["step"], one["answer"]) for one in found["steps"])
    (note,) = [one for one in found["steps"] if one["step"] == "note"]
    assert (
        note["answer"]
        == "Not used; it would be by the decision “Ukraine sends a note through diplomatic channels”."
    )
    assert client.post("/api/incident", {"scenario": "small"}).status == 422


def test_aid_on_a_day(client: Client) -> None:
    found = client.post("/api/aid", {"scenario": "lethal-aid-2021-10", "day": "2021-10-26"}).json()
    assert found["rows"] == json.loads(
        json.dumps(skypact.aid("lethal-aid-2021-10", day="2021-10-26").to_dict())
    )
    assert len(found["days"]) > 5
    later = client.post("/api/aid", {"scenario": "lethal-aid-2021-10", "day": "2023-02-01"}).json()
    assert later["days"][-1] == later["day"] > later["last"] == found["last"] == "2022-02-28"
    assert client.post("/api/aid", {"scenario": "small"}).status == 422


def test_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a report shows is looked at elsewhere; here it is that of the same comparison, sent whole."""

    def report(self: Comparison, path: Path) -> Path:
        path.write_text(f"<!doctype html>{list(self.policies)}", encoding="utf-8")
        return path

    monkeypatch.setattr(Comparison, "report", report)
    how = {**HOW, "sets": 0, "central": 50, "decisions": ["help-70km"]}
    table = client.post("/api/export", {**how, "form": "csv"})
    rows = table.body.decode().splitlines()
    assert rows[0].startswith("policy,measure")
    assert len(rows) > 50
    assert "what-if.csv" in table.headers["content-disposition"]
    (client.folder / "rows.parquet").write_bytes(client.post("/api/export", {**how, "form": "parquet"}).body)
    with duckdb.connect() as store:
        count = store.execute(f"SELECT count(*) FROM '{client.folder / 'rows.parquet'}'").fetchone()
    assert count == (len(rows) - 1,)
    page = client.post("/api/export", {**how, "form": "report"})
    assert page.body.decode() == "<!doctype html>['alone', 'what-if']"
    assert "small-what-if.html" in page.headers["content-disposition"]


def test_parts_of_a_text_are_changed(client: Client) -> None:
    text = SMALL.read_text(encoding="utf-8")
    path = ["laydown", 1, "count"]
    changes = [{"path": [*path, "value"], "value": 13}, {"path": [*path, "low"], "value": None}]
    found = client.post("/api/edit", {"text": text, "changes": changes}).json()["text"]
    assert found == text.replace("{value: 12, low: 8, high: 16", "{value: 13, high: 16")
    seen = client.post("/api/outline", {"text": found}).json()
    assert seen["data"]["laydown"][1]["count"]["value"] == 13
    assert "lviv" in seen["names"]["place"]
    nested: Any = 1
    for _ in range(400):
        nested = [nested]
    for wrong in ([{"path": ["id", "deeper"], "value": 1}], [{"path": ["id"], "value": nested}], []):
        assert client.post("/api/edit", {"text": text, "changes": wrong}).status == 422
    assert client.post("/api/outline", {"text": "a: ["}).status == 422


def test_a_new_scenario_is_saved_and_can_be_asked_about(client: Client) -> None:
    text = SMALL.read_text(encoding="utf-8").replace("id: small", "id: mine")
    assert client.post("/api/save", {"name": "mine", "text": text}).status == 201
    assert (client.folder / "mine.yaml").read_text(encoding="utf-8") == text
    assert client.get("/api/scenarios/mine").json()["scenario"] == "mine"
    (client.folder / "mine.yaml").unlink()


def test_drafts_are_not_overwritten_unseen(client: Client) -> None:
    def put(text: str, **headers: str) -> Any:
        given = {name.replace("_", "-"): one for name, one in headers.items()}
        return client.ask(
            "PUT", "/api/drafts/one", text.encode(), {"content-type": "application/yaml", **given}
        )

    assert put("a: 1\n").status == 428
    first = put("a: 1\n", if_none_match="*")
    assert first.status == 201
    assert put("a: 2\n", if_none_match="*").status == 412
    assert put("a: 2\n", if_match='"other"').status == 412
    second = put("a: 2\n", if_match=first.headers["etag"])
    assert second.status == 200
    assert client.get("/api/drafts/one").body == b"a: 2\n"
    assert client.get("/api/drafts").json()["drafts"] == ["one"]
    assert client.ask("DELETE", "/api/drafts/one", headers={"if-match": first.headers["etag"]}).status == 412
    assert client.ask("DELETE", "/api/drafts/one", headers={"if-match": second.headers["etag"]}).status == 204
    assert client.get("/api/drafts/one").status == 404


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("whatif", {"scenario": "ukraine-2024-08-11", "decisions": [], "sets": 256, "central": 10}),
        ("campaign", {**NIGHTS, "sets": 64}),
    ],
)
def test_who_leaves_is_not_computed_for(client: Client, path: str, asked: Any) -> None:
    """Half a minute of sets is given up at once when nobody listens any more."""
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
    body = json.dumps(asked)
    connection.request("POST", f"/api/{path}", body, {"content-type": "application/json"})
    connection.getresponse().readline()
    connection.close()
    time.sleep(0.5)
    started = time.process_time()
    time.sleep(0.5)
    assert time.process_time() - started < 0.25


def test_what_was_an_earlier_step_of_one_question_is_the_last_of_another(client: Client) -> None:
    more = {**HOW, "decisions": [], "seed": 77, "rests": True}
    assert [one["last"] for one in client.post("/api/whatif", more).lines()] == [False, False, False, True]
    less = client.post("/api/whatif", {**more, "rests": False}).lines()
    assert [(one["step"], one["last"]) for one in less] == [
        ("central", False),
        ("central", False),
        ("sets", True),
    ]


def test_many_at_once_get_the_same_answers(client: Client, answers: list[Any]) -> None:
    def one(number: int) -> list[Any]:
        decisions = ["help-70km"] if number % 2 else []
        return client.post("/api/whatif", {**HOW, "decisions": decisions, "seed": 1 + number % 3}).lines()

    with ThreadPoolExecutor(12) as pool:
        found = list(pool.map(one, range(24)))
    for number, lines in enumerate(found):
        assert lines[-1]["last"]
        if number % 2 and number % 3 == 0:
            assert plain(lines) == plain(answers)


def test_the_description_is_made_from_what_checks(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    operations = {(m.upper(), path) for path, all_ in described["paths"].items() for m in all_}
    assert operations == {(one.method, one.path) for one in ENDPOINTS}
    schemas = described["components"]["schemas"]
    assert schemas["WhatIf"]["properties"]["sets"]["maximum"] == 256
    for ref in _refs(described):
        assert ref.removeprefix("#/components/schemas/") in schemas


def _refs(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        if isinstance(document.get("$ref"), str):
            yield document["$ref"]
        for one in document.values():
            yield from _refs(one)
    elif isinstance(document, list):
        for one in document:
            yield from _refs(one)


def test_modules_of_others_are_what_the_lockfile_gave() -> None:
    vendor = files("skypact.app").joinpath("static", "vendor")
    hashes = json.loads(vendor.joinpath("hashes.json").read_text(encoding="utf-8"))
    assert {one.name for one in vendor.iterdir()} == {*hashes, "hashes.json"}
    for name, mark in hashes.items():
        assert hashlib.sha256(vendor.joinpath(name).read_bytes()).hexdigest() == mark, name
    assert "vendor/hashes.json" in files_of_the_page()
