"""The page of the laydown says what its data says."""

from __future__ import annotations

from tools.laydown import PAGE, page


def test_the_page_is_made_of_the_data() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python tools/laydown.py"
