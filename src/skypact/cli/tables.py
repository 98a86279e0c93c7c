"""Tables on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from skypact.cli.terminal import console, styled
from skypact.study import Study

Document = Mapping[str, Any]

SIMULATION_ERROR = (
    "The interval says how well the replications pin down the model's own mean, with central values. It does not say"
    " how well the model knows the world: for that add --uncertain."
)
APPROACH = (
    "Where units stand and where aircraft may be, used or not, to internationally recognised territory; occupied"
    " areas, Crimea among them, do not count as the occupier's. Not counted: what systems, crews and years of building cost."
)


class Numbers(Table):
    """A table whose first column is text and whose others are numbers, which are never cut off."""

    def add_row(self, *cells: Any, **options: Any) -> None:
        """Add a row; columns become wide enough for its numbers, while headings may wrap."""
        for column, cell in zip(self.columns, cells, strict=False):
            longest = max((len(word) for word in str(cell).split()), default=0)
            column.min_width = max(column.min_width or 1, min(longest, 26))
        super().add_row(*cells, **options)


def table(title: str, *columns: str, caption: str = "") -> Table:
    """A table whose first column is text and whose others are numbers."""
    made = Numbers(
        title=title,
        title_justify="left",
        title_style="bold",
        caption=caption or None,
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    for index, column in enumerate(columns):
        made.add_column(column, justify="left" if index == 0 else "right", overflow="fold")
    return made


def result(study: Study, document: Document, doubt: Document | None) -> None:
    """The result of one policy."""
    out = console()
    name = study.policies[0]
    one = document["policies"][name]
    out.print(styled((study.scenario.title, "bold")))
    out.print(f"Policy {name}: {study.scenario.policies[name].title}")
    if "incident" in document:
        _incident(out, study, document, doubt)
        return
    _raid(out, one)
    _reported(out, document["reported"] if doubt is None else doubt["reported"], doubt is not None)
    if doubt is not None:
        _doubt(out, doubt, document["baseline"])
    _closing(out, study, one)


def _incident(out: Console, study: Study, document: Document, doubt: Document | None) -> None:
    from skypact.cli.aid_tables import incident

    incident(document, doubt)
    _closing(out, study, next(iter(document["policies"].values())))


def comparison(study: Study, document: Document, doubt: Document | None) -> None:
    """Policies side by side, their paired differences, and what they expose and spend."""
    out = console()
    policies = document["policies"]
    out.print(styled((study.scenario.title, "bold")))
    out.print(study.scenario.summary.strip(), "")
    if "incident" in document:
        _incident(out, study, document, doubt)
        return
    _what_arrives(out, policies)
    if document["differences"]:
        shown = table(
            f"What would change against {document['baseline']} (means)",
            "policy",
            "leakers",
            "95 % by simulation error alone",
            "threats with another fate",
            "rounds fired",
            "million USD",
            caption=SIMULATION_ERROR if doubt is None else "",
        )
        for row in document["differences"]:
            low, high = row["leakers"]["ci95"]
            shown.add_row(
                row["policy"],
                f"{row['leakers']['mean']:+.2f}",
                f"{low:+.2f} to {high:+.2f}",
                f"{100 * row['fate_changed_share']:.1f} %",
                f"{row['rounds']['mean']:+.0f}",
                f"{row['cost_usd']['mean'] / 1e6:+.0f}",
            )
        out.print(shown)
    _exposure(out, document["exposure"])
    _reported(out, document["reported"] if doubt is None else doubt["reported"], doubt is not None)
    if doubt is not None:
        _doubt(out, doubt, document["baseline"])
    _closing(out, study, *policies.values())


def _what_arrives(out: Console, policies: Document) -> None:
    first = next(iter(policies.values()))
    shown = table(
        f"What becomes of {first['launched']} threats (means; leakers are threats that arrive)",
        "policy",
        "leakers",
        "5th-95th percentile",
        "killed",
        "failed",
        "rounds fired",
        "million USD",
    )
    for name, one in policies.items():
        leakers = one["leakers"]
        shown.add_row(
            name,
            f"{leakers['mean']:.1f}",
            f"{leakers['p05']}-{leakers['p95']}",
            f"{one['kills']['mean']:.1f}",
            f"{one['failed']['mean']:.1f}",
            f"{one['rounds']['mean']:.0f}",
            f"{one['cost_usd']['mean'] / 1e6:.0f}",
        )
    out.print(shown)
    launched = {name: row["launched"] for name, row in first["by_class"].items()}
    shown = table(
        "Leakers by class (means)",
        "policy",
        *(f"{name.replace('-', ' ')}, of {n}" for name, n in launched.items()),
    )
    for name, one in policies.items():
        shown.add_row(name, *(f"{one['by_class'][kind]['leakers']['mean']:.1f}" for kind in launched))
    out.print(shown)


def raid_result(document: Document) -> None:
    """The result of a raid file."""
    out = console()
    _raid(out, document)
    _played(out, document)


def landscapes(document: Document) -> None:
    """Two scenarios side by side."""
    shown = table("Two landscapes", "", *document["scenarios"])
    for row in document["rows"]:
        unit = f" ({row['unit']})" if row.get("unit") else ""
        shown.add_row(row["what"] + unit, *("-" if value is None else str(value) for value in row["values"]))
    out = console()
    out.print(shown)
    for row in document["rows"]:
        if row.get("note"):
            out.print(f"{row['what']}: {row['note']}")


def _raid(out: Console, one: Document) -> None:
    shown = table(
        "By class (means)",
        "class",
        "launched",
        "leakers",
        "5th-95th",
        "killed",
        "of these by jamming",
        "failed",
    )
    for name, row in one["by_class"].items():
        leakers = row["leakers"]
        shown.add_row(
            name,
            str(row["launched"]),
            f"{leakers['mean']:.1f}",
            f"{leakers['p05']}-{leakers['p95']}",
            f"{row['kills']['mean']:.1f}",
            f"{row['soft_kills']['mean']:.1f}",
            f"{row['failed']['mean']:.1f}",
        )
    leakers = one["leakers"]
    shown.add_row(
        styled(("all", "bold")),
        str(one["launched"]),
        f"{leakers['mean']:.1f}",
        f"{leakers['p05']}-{leakers['p95']}",
        f"{one['kills']['mean']:.1f}",
        f"{one['soft_kills']['mean']:.1f}",
        f"{one['failed']['mean']:.1f}",
    )
    out.print(shown)
    if one["by_system"]:
        shown = table(
            "By system (means)", "system", "fire units", "rounds fired", "of stock", "kills", "million USD"
        )
        for name, row in one["by_system"].items():
            stock = row["stock"]
            share = f"{100 * row['rounds']['mean'] / stock:.0f} %" if stock else "-"
            shown.add_row(
                name,
                str(row["units"]),
                f"{row['rounds']['mean']:.1f}",
                share,
                f"{row['kills']['mean']:.1f}",
                f"{row['cost_usd']['mean'] / 1e6:.1f}",
            )
        out.print(shown)


def _reported(out: Console, rows: Iterable[Document], drawn: bool) -> None:
    rows = [row for row in rows if row["what"] != "launched" and not row["input"]]
    if not rows:
        return
    spread = "chance and ignorance" if drawn else "chance alone"
    shown = table(
        f"Reported beside simulated (simulated: mean, 5th to 95th percentile by {spread})",
        "what",
        "by",
        "reported",
        "simulated",
        "5th-95th",
        "within",
    )
    for row in rows:
        what = " ".join(filter(None, [row["owner"], "+".join(row["classes"] or ()), row["what"]]))
        low, high = row["low"], row["high"]
        if low is not None and high is not None:
            reported = f"{row['value']:g} ({low:g}-{high:g})"
        else:
            reported = f"{low:g} or more" if low is not None else f"{row['value']:g}"
        simulated = row["simulated"]
        shown.add_row(
            what,
            row["by"] + (" (contested)" if row["contested"] else ""),
            reported,
            f"{simulated['mean']:.1f}",
            f"{simulated['p05']}-{simulated['p95']}",
            "yes" if row["agrees"] else "no",
        )
    out.print(shown)


def _exposure(out: Console, rows: Document) -> None:
    approaches = list(
        dict.fromkeys(
            name for row in rows.values() for name, km in row["nearest_approach_km"].items() if km is not None
        )
    )
    shown = table(
        "What each policy exposes and spends (allies' forces; means)",
        "policy",
        "engagements",
        "of these abroad",
        "rounds",
        "million USD",
        "aircraft-hours abroad",
        *(f"nearest to {name}" for name in approaches),
        caption=APPROACH,
    )
    for policy, row in rows.items():
        distances = [row["nearest_approach_km"].get(name) for name in approaches]
        shown.add_row(
            policy,
            f"{row['allied_engagements']['mean']:.1f}",
            f"{sum(v['mean'] for v in row['allied_engagements_abroad'].values()):.1f}",
            f"{row['allied_rounds']['mean']:.1f}",
            f"{row['allied_cost_usd']['mean'] / 1e6:.1f}",
            f"{row['aircraft_hours_abroad']:.0f}",
            *("-" if km is None else f"{km:.0f} km" for km in distances),
        )
    out.print(shown)


def _doubt(out: Console, doubt: Document, baseline: str) -> None:
    shown = table(
        f"Chance and ignorance apart: leakers ({doubt['draws']} sets of numbers drawn from their ranges)",
        "policy",
        "mean",
        "5th-95th",
        "variance by chance",
        "by ignorance",
    )
    for name, row in doubt["policies"].items():
        leakers = row["leakers"]
        shown.add_row(
            name,
            f"{leakers['mean']:.1f}",
            f"{leakers['p05']}-{leakers['p95']}",
            f"{leakers['variance']['chance']:.1f}",
            f"{leakers['variance']['ignorance']:.1f}",
        )
    out.print(shown)
    if doubt["differences"]:
        shown = table(
            "Differences with drawn numbers", "policy", "leakers", "5th-95th over draws", "same sign"
        )
        for row in doubt["differences"]:
            leakers = row["leakers"]
            spread = leakers["over_draws"]
            shown.add_row(
                row["policy"],
                f"{leakers['mean']:+.1f}",
                f"{spread['p05']:+.1f} to {spread['p95']:+.1f}",
                f"{100 * leakers['same_sign_share']:.0f} % of draws",
            )
        out.print(shown)
    if strongest := doubt["strongest"][baseline]:
        out.print(
            "The baseline's leakers follow most: "
            + ", ".join(f"{row['name']} ({row['correlation']:+.2f})" for row in strongest[:5])
            + " (rank correlation)."
        )


def _closing(out: Console, study: Study, *results: Document) -> None:
    _played(out, *results)
    out.print(
        "Numbers are public or notional; leakers are arrivals, not damage. The model does not estimate"
        " escalation, casualties or legality, and calls no policy best."
        f" Sources and notional values: skypact report {study.asked or study.scenario.id}"
    )


def _played(out: Console, *results: Document) -> None:
    one = results[0]
    compiling, playing = (
        sum(result["elapsed_s"][part] for result in results) for part in ("compile", "simulate")
    )
    out.print(
        f"{one['replications']:,} replications, seed {one['seed']};"
        f" compiling {compiling:.1f} s, playing {playing:.1f} s."
    )


def explanation(document: Document) -> None:
    """Why, in words: the verdict, the numbers, then the rules with decision, date and source."""
    out = console()
    pairs = document["pairs"]
    out.print(styled((document["verdict"].capitalize(), "bold"), f" ({document['kind']})"))
    for line in document["lines"]:
        out.print(line, soft_wrap=True)
    if pairs["considered"] > 1:
        example = document["example"]
        out.print(
            f"Looked at {pairs['considered']} pairs of unit and path under {document['policy']}:"
            f" {pairs['in_reach']} in reach, {pairs['with_window']} with a window."
            f" The words are about {example['unit']} and {example['threat']}.",
            soft_wrap=True,
        )
    if document["because"]:
        out.print("\nRules and decisions that bear on it, in the order in which they apply:")
    for row in document["because"]:
        out.print(f"- {row.get('says', row.get('title', ''))}", soft_wrap=True)
        if "decision" in row:
            out.print(
                f"  decision {row['decision']} ({row['actor']}, {row['date']}, {row['status']}): {row['title']}",
                soft_wrap=True,
            )
        for source in row["sources"]:
            note = f" [{source['note']}]" if source["note"] else ""
            out.print(
                f"  source: {source['title']}. {source['publisher']}, {source['date']}.{note}",
                soft_wrap=True,
            )
