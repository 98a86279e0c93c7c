"""The ledger of a campaign as a table, opened by readers that are not ours."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd
import pyarrow.parquet as pq
import pytest

from skypact.campaigns.results import FLOWS
from skypact.exports.ledger import ledger, write_ledger
from skypact.reading import Problems


def test_the_ledger_is_read_by_others(tmp_path: Path) -> None:
    def flow(mean: float) -> SimpleNamespace:
        return SimpleNamespace(to_dict=lambda: {"mean": mean, "p05": 0.0, "p50": mean, "p95": 9.0})

    stock = SimpleNamespace(flows={name: flow(float(place)) for place, name in enumerate(FLOWS)})
    campaign = SimpleNamespace(id="c", title="C", sources={})
    result = cast(
        Any,
        SimpleNamespace(
            policies={"p": SimpleNamespace(stock={"UKR": {"nasams": stock}})},
            study=SimpleNamespace(campaign=campaign),
        ),
    )
    rows = list(ledger(result).rows)
    write_ledger(result, tmp_path / "out")
    by_csv = pd.read_csv(tmp_path / "out/ledger.csv")
    assert by_csv.to_dict("records") == rows
    assert pq.read_table(tmp_path / "out/ledger.parquet").to_pylist() == rows
    about = json.loads((tmp_path / "out/datapackage.json").read_text(encoding="utf-8"))
    resource = about["resources"][0]
    assert [one["name"] for one in resource["schema"]["fields"]] == list(by_csv.columns)
    assert about["licenses"]
    assert about["resources"][0]["schema"]["fields"][-1]["unit"] == "rounds"
    with pytest.raises(Problems, match=r"ledger\.csv"):
        write_ledger(result, tmp_path / "out")
