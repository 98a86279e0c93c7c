"""Print reported beside simulated for the shipped raids, as docs/validation.md quotes it.

Chance alone is 10,000 replications with central values; chance and ignorance is 100 sets of drawn numbers with
100 replications each.

Run: .venv/bin/python tools/validation.py
"""

from __future__ import annotations

from skypact.scenario.load import shipped
from skypact.study import RunSettings, Study, compare


def main() -> None:
    """Print one table a scenario."""
    for name in shipped():
        question = Study.ask(name, only_baseline=True)
        if question.scenario.reported_under not in question.policies or not question.scenario.observed:
            continue
        result = compare(question, RunSettings(10_000), sets=100)
        chance, both = result.reported, result.uncertain
        assert both is not None
        print(f"\n### {name}, {question.policies[0]}\n")
        print("| what | says | reported | central values | drawn values: mean, 5th to 95th | within |")
        print("| --- | --- | --- | --- | --- | --- |")
        for alone, drawn in zip(chance, both["reported"], strict=True):
            if alone["what"] == "launched":
                continue
            what = " ".join(filter(None, [alone["owner"], "+".join(alone["classes"] or ()), alone["what"]]))
            low, high = alone["low"], alone["high"]
            bounds = (
                ""
                if low is None and high is None
                else f" ({'' if low is None else f'{low:g}'}–{'' if high is None else f'{high:g}'})"
            )
            one, two = alone["simulated"], drawn["simulated"]
            print(
                f"| {what} | {alone['by']}{', contested' if alone['contested'] else ''} | {alone['value']:g}{bounds} |"
                f" {one['mean']:.1f} | {two['mean']:.1f}, {two['p05']}–{two['p95']} | {'yes' if drawn['agrees'] else 'no'} |"
            )
        leakers = both["policies"][question.policies[0]]["leakers"]
        parts = leakers["variance"]
        print(
            f"\nLeakers: {leakers['mean']:.1f} ({leakers['p05']}–{leakers['p95']}); variance by chance"
            f" {parts['chance']:.1f}, by ignorance {parts['ignorance']:.1f}."
        )


if __name__ == "__main__":
    main()
