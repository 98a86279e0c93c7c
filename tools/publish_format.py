"""Write the JSON Schema and the reference of the scenario format from the models.

Usage: python tools/publish_format.py
"""

from __future__ import annotations

from pathlib import Path

from skypact.scenario.reference import with_reference
from skypact.scenario.schema import schema_text

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Bring both files up to date."""
    schema = ROOT / "schema" / "scenario.schema.json"
    schema.parent.mkdir(exist_ok=True)
    schema.write_text(schema_text(), encoding="utf-8")
    page = ROOT / "docs" / "scenario-format.md"
    page.write_text(with_reference(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
