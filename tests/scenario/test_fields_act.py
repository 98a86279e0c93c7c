"""Every field that a file may have is read by some code: nothing that is declared does nothing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel

import skypact
from skypact.catalog.model import Catalog
from skypact.reading.publish import models
from skypact.scenario.model import Scenario

PACKAGE = Path(skypact.__file__).parent
MODELS = tuple(dict.fromkeys((*models(Scenario), *models(Catalog))))


@cache
def uses() -> frozenset[str]:
    """Every name that some code reads as an attribute or names in a string, declarations left out."""
    found: set[str] = set()
    for file in (*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.j2")):
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r"\.([a-z]\w*)\b", text))
        found |= set(re.findall(r"""["']([a-z]\w*)["']""", text))
    return frozenset(found)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_read(model: type[BaseModel]) -> None:
    assert [name for name in model.model_fields if name not in uses()] == []
