"""Why a transfer is allowed or not is said in words; what nobody decided is not said to have been decided."""

from __future__ import annotations

import skypact

AID = "lethal-aid-2021-10"


def reasons(policy: str, item: str, giver: str) -> list[str]:
    found = skypact.aid(AID, policy, "2021-10-26").table_document()
    asked = [cells for cells in found["rows"] if cells[1]["text"] == f"{giver} to Ukraine, grant"]
    (row,) = [cells for cells in asked if item in cells[0]["text"]]
    return list(row[-1]["items"])


def test_a_request_is_said_to_be_one() -> None:
    (said,) = reasons("us-request", "NLAW", "United Kingdom")
    assert said == (
        "United Kingdom, as was asked for on 2021-10-28 and is supposed here from 2021-10-26: “The United Kingdom would lift its restriction on"
        " defensive lethal assistance”."
    )


def test_a_standing_rule_is_said_in_words_and_a_condition_with_its_date() -> None:
    (said,) = reasons("as-of-2021-10-26", "ifle", "Netherlands")
    assert said.startswith("The Netherlands may not hand over lethal")
    assert said.endswith("(from 2020).")
    (said,) = reasons("as-of-2021-10-26", "Javelin launch units", "United States")
    assert said.startswith("United States, since 2018-03-01: Kept in a secure facility")
