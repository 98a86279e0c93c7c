"""Write the page of Ukraine's laydown with dates, docs/laydown.md, from its data.

Usage: python tools/laydown.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from skypact.catalog import load_catalog
from skypact.catalog.model import Source
from skypact.evidence.laydown import DatedCount, DatedEntry, laydown
from skypact.reading import read_document
from skypact.scenario.find import find_scenario

PAGE = Path(__file__).parent.parent / "docs" / "laydown.md"
FRAME = "ukraine-2024-08-26"
HEAD = """\
# Ukraine's laydown with dates

What recorded nights are played against (`skypact evidence raid`, [evidence.md](evidence.md#a-recorded-night-as-a-scenario)):
how many units of each system Ukraine is taken to have had from when until when, {since} to {until}. The data is
`src/skypact/evidence/data/ukraine-laydown.yaml`; `tools/laydown.py` makes this page of it.

**It is notional.** What is public is deliveries and a few statements of totals. A delivery is not yet a unit that stands: some
are damaged, moved or short of crews, which the catalogue's availability and the ranges are for. What is not public is ours,
with the reason, and was set without a look at what the model gives for any night.

**No report of where a unit stood was used.** National totals are spread over cities by population, by Sainte-Laguë's method, as
in the shipped scenario `ukraine-2024-08-26`: long-range units over the cities of the rear as one list of seats, medium-range
ones as another, Buk over the cities near the front, the rest over all. On 26 August 2024 it is what that scenario has,
but for the times of patrols, which the record does not give.

Every unit begins a night with the stock of the catalogue, on every date. What was short when is not in it.

To add a delivery, add a count from its day on, with kind, range, source and why, before you look at what it changes; then
`python tools/laydown.py`. The file is refused if counts are out of order or a number has no basis.
"""


def page() -> str:
    """The text of the page."""
    found = laydown()
    sources = read_document(find_scenario(FRAME)).data["sources"]
    known = {name: Source.model_validate(one) for name, one in sources.items()} | dict(found.sources)
    named: dict[str, None] = {}
    lines = [HEAD.format(since=found.since, until=found.until)]
    for title, entries in (("Fire units", found.laydown), ("Sensors", found.sensors)):
        lines.append(f"## {title}\n")
        for entry in entries:
            lines += _entry(entry, named)
    lines += ["## Left out\n", *(f"- {line}" for line in found.left_out), ""]
    lines += ["## Sources\n", *(_source(name, known[name]) for name in sorted(named)), ""]
    return "\n".join(lines)


def _entry(entry: DatedEntry, named: dict[str, None]) -> Iterator[str]:
    catalog = load_catalog()
    system = catalog.effectors.get(entry.system) or catalog.sensors[entry.system]
    yield f"### {system.name}\n"
    yield f"{entry.note}\n"
    named.update(dict.fromkeys(entry.sources))
    if entry.same_as is not None:
        yield f"As many as `{entry.same_as}`.\n"
        return
    yield "| from | units | range | kind | why | sources |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for count in entry.counts:
        named.update(dict.fromkeys(count.sources))
        yield f"| {count.since} | {count.value:g} | {_range(count)} | {count.kind} | {count.note} | {', '.join(count.sources)} |"
    yield ""


def _range(count: DatedCount) -> str:
    return "" if count.low is None or count.high is None else f"{count.low:g} to {count.high:g}"


def _source(name: str, source: Source) -> str:
    where = f" <{source.url}>" if source.url else ""
    note = f" {source.note.strip()}" if source.note else ""
    return f"- **{name}**: {source.title.strip()}. {source.publisher}, {source.date}.{where}{note}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Written: {PAGE}")
