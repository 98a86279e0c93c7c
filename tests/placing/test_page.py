"""What the page about placing shows is what comes out."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "place.md"


def test_the_example_gives_what_the_page_shows() -> None:
    (block,) = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    parsed = doctest.DocTestParser().get_doctest(block, {}, "place", str(PAGE), 0)
    told: list[str] = []
    found = doctest.DocTestRunner().run(parsed, out=told.append)
    assert found.failed == 0, "".join(told)
    assert found.attempted == 4
