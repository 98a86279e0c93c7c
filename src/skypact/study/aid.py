"""The table of aid: what each donor may hand over by which channel, why, and what is held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from skypact.policy.holdings import AidTimeline, Holding, asks
from skypact.policy.situation import Because
from skypact.policy.transfers import Ruling, TransferQuery, accounts, category_of
from skypact.reading import Problem, Problems, suggest
from skypact.scenario.aid import Transfer
from skypact.scenario.dates import first_day
from skypact.scenario.model import Scenario
from skypact.study.ledger import cited, entry
from skypact.study.results import Document


def aid_policy(scenario: Scenario, policy: str | None) -> str:
    """The policy asked for, the baseline by default, of a scenario that hands something over.

    Raises
    ------
    Problems
        If the scenario has no aid, or the policy is unknown.
    """
    chosen = policy or scenario.baseline
    if chosen not in scenario.policies:
        right = suggest(chosen, scenario.policies)
        raise Problems([Problem("policy", 0, 0, chosen, "unknown policy", right)])
    if not questions(scenario):
        what = "this scenario hands nothing over"
        raise Problems([Problem(scenario.id, 0, 0, "transfers", what, "a scenario with transfers")])
    return chosen


def questions(scenario: Scenario) -> tuple[TransferQuery, ...]:
    """The rows of the table: the same under every policy and on every day."""
    brought = [*scenario.transfers, *(t for d in scenario.decisions.values() for t in d.transfers)]
    found = [asks(transfer) for transfer in brought]
    found += [TransferQuery(row.donor, row.recipient, row.item, row.channel) for row in scenario.asked]
    return tuple(dict.fromkeys(found))


def matching(
    scenario: Scenario, donor: str | None, recipient: str | None, item: str | None, channel: str | None
) -> tuple[TransferQuery, ...]:
    """The rows that fit what is named; an item also by how its name begins (javelin for javelin-launcher).

    Raises
    ------
    Problems
        If none does; with the nearest name.
    """
    rows = questions(scenario)
    named = {"donor": donor, "recipient": recipient, "item": item, "channel": channel}
    found = tuple(
        row
        for row in rows
        if all(
            value in (None, getattr(row, key)) or (key == "item" and row.item.startswith(f"{value}-"))
            for key, value in named.items()
        )
    )
    if found:
        return found
    problems = []
    for key, value in named.items():
        known = {getattr(row, key) for row in rows}
        if value is not None and value not in known:
            asked = "system" if key == "item" else key
            problems.append(Problem(asked, 0, 0, value, "no transfer has it", suggest(value, known)))
    what = "no transfer fits all of this"
    raise Problems(problems or [Problem("explain", 0, 0, "", what, f"skypact aid {scenario.id} lists them")])


def aid_table(scenario: Scenario, policy: str, day: date) -> list[Document]:
    """One row for each donor, recipient, item and channel, as ``skypact aid --json`` gives it.

    `status` and what is held follow the first version of each contested fact; where another version
    gives another status, `versions` has them all.
    """
    timeline = AidTimeline(scenario, policy)
    holdings = timeline.holdings()
    return [_row(timeline, ask, day, [h for h in holdings if h.asks == ask]) for ask in questions(scenario)]


def _row(timeline: AidTimeline, ask: TransferQuery, day: date, holdings: list[Holding]) -> Document:
    scenario = timeline.scenario
    rulings = {
        name: _with_terms(timeline.ruling(ask, day, chosen), holdings, day)
        for name, chosen in accounts(scenario).items()
    }
    ruling = rulings[""]
    others = {name: found for name, found in rulings.items() if found.status != ruling.status}
    category, _ = category_of(scenario, ask.item, ask.donor, day, accounts(scenario)[""])
    reasons = [reason(scenario, why) for why in ruling.because]
    for name, found in others.items():
        reasons += [reason(scenario, why) | {"version": name} for why in found.because]
    usable = sorted(holding.usable for holding in holdings if holding.usable is not None)
    first = next((h for h in holdings if usable and h.usable == usable[0]), None)
    document: Document = {
        "donor": ask.donor,
        "recipient": ask.recipient,
        "system": ask.item,
        "category": category,
        "channel": ask.channel,
        "status": ruling.status,
        "because": reasons,
        "held": sum(holding.held(day) for holding in holdings),
        "usable_from": None if first is None else first.usable_from,
    }
    if others:
        facts = {scenario.versions[name].fact for name in others}
        document["versions"] = {
            name: rulings[name].status if name in rulings else ruling.status
            for name, version in scenario.versions.items()
            if version.fact in facts
        }
    return document


def _with_terms(ruling: Ruling, holdings: list[Holding], day: date) -> Ruling:
    """A transfer agreed by that day on terms is allowed on these terms."""
    if ruling.status != "allowed":
        return ruling
    agreed = [
        holding.transfer
        for holding in holdings
        if holding.transfer.terms and holding.transfer.agreed and first_day(holding.transfer.agreed) <= day
    ]
    if not agreed:
        return ruling
    return Ruling("conditional", tuple(_term(transfer) for transfer in agreed), False, ruling.away)


def _term(transfer: Transfer) -> Because:
    since = transfer.agreed or ""
    return Because(transfer.id, transfer.donor, since, "", transfer.sources, transfer.terms)


def reason(scenario: Scenario, why: Because) -> Document:
    """Why, as JSON: which rule of whom, since when, who says so."""
    found: Document = {
        "rule": why.rule,
        "by": why.holder,
        "since": why.since or None,
        "source": "; ".join(cited(scenario, name) for name in why.sources) or None,
    }
    if why.decision:
        decision = scenario.decisions[why.decision]
        found |= {"decision": why.decision, "decided": decision.date, "act": decision.status}
    if why.condition:
        found["condition"] = why.condition
    return found


def aid_over_time(scenario: Scenario, policy: str, start: date, end: date) -> list[Document]:
    """The changes of every row from a day to another: the first day, and each on which something differs."""
    timeline = AidTimeline(scenario, policy)
    holdings = timeline.holdings()
    moments = {start, *(day for day in timeline.changes if start < day <= end)}
    for holding in holdings:
        moments |= {day for day in (holding.arrives, holding.usable) if day and start < day <= end}
    found: list[Document] = []
    for ask in questions(scenario):
        own = [holding for holding in holdings if holding.asks == ask]
        before: Document = {}
        for day in sorted(moments):
            row = _row(timeline, ask, day, own)
            usable = sum(h.quantity for h in own if h.usable is not None and h.usable <= day)
            now = {key: row.get(key) for key in ("status", "held", "versions", "category")} | {
                "usable": usable
            }
            if now != before:
                found.append({"date": day.isoformat(), **row, "usable": usable})
                before = now
    return found


def explain_transfer(scenario: Scenario, policy: str, ask: TransferQuery, day: date) -> Document:
    """Why a transfer is allowed or not: the row, every rule and view about it, and what was said."""
    timeline = AidTimeline(scenario, policy)
    holdings = [holding for holding in timeline.holdings() if holding.asks == ask]
    row = _row(timeline, ask, day, holdings)
    versions = {
        name: {"title": scenario.versions[name].title, "status": timeline.ruling(ask, day, chosen).status}
        for name, chosen in accounts(scenario).items()
        if name
    }
    concerned = tuple(_statements(scenario, ask, row))
    return {
        "scenario": scenario.id,
        "policy": policy,
        "date": day.isoformat(),
        "row": row,
        "transfers": [
            {
                "id": holding.transfer.id,
                "quantity": holding.quantity,
                "agreed": holding.transfer.agreed,
                "in_hand_from": None
                if holding.arrives is None
                else holding.arrives.isoformat()[: holding.precision],
                "usable_from": holding.usable_from,
                "terms": holding.transfer.terms,
                "note": holding.transfer.note,
                "source": "; ".join(cited(scenario, name) for name in holding.transfer.sources) or None,
            }
            for holding in holdings
        ],
        "versions": versions if row.get("versions") else {},
        "said": list(concerned),
    }


def _statements(scenario: Scenario, ask: TransferQuery, row: Document) -> Iterator[Document]:
    """The statements to which the rules, decisions, items and transfers of a row point."""
    wanted: set[str] = set()
    deciding = {why["rule"] for why in row["because"]}
    about = {why.get("decision") for why in row["because"]}
    for rule in [*scenario.rules, *(rule for d in scenario.decisions.values() for rule in d.adds)]:
        names_it = rule.items is not None and ask.item in rule.items
        if rule.id in deciding or (names_it and (not rule.to or ask.recipient in rule.to)):
            wanted |= set(rule.said)
    for transfer in [*scenario.transfers, *(t for d in scenario.decisions.values() for t in d.transfers)]:
        if (transfer.item, transfer.recipient) == (ask.item, ask.recipient):
            wanted |= set(transfer.said)
    for view in scenario.items[ask.item].views:
        wanted |= set(view.said)
    for order in [*scenario.stationing, *(o for d in scenario.decisions.values() for o in d.stationing)]:
        if (order.item, order.holder) == (ask.item, ask.recipient):
            wanted |= set(order.said)
    for name in about:
        if name:
            wanted |= set(scenario.decisions[name].said)
    for statement in sorted(scenario.statements, key=lambda statement: statement.date):
        if statement.id in wanted or about & set(statement.about):
            yield entry(scenario, statement)
