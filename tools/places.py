"""The tables of docs/place.md: where one more IRIS-T SLM would change what arrives, over two raids and a recorded night.

Run: python tools/places.py           (prints the tables, from the stored figures)
     python tools/places.py --again   (plays anew, seven minutes of one processor, and stores the figures)
     python tools/places.py --every   (all 35 ways to give three to seven cities, played: where the solver's choices stand)
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from pages import put  # noqa: E402  the folder of the tools is no package

STORE = ROOT / "docs" / "figures" / "places.json"
RAIDS = ("ukraine-2024-08-26", "ukraine-2024-08-11")
NIGHT = "2024-03-22"
SYSTEM, COUNT, SETS = "iris-t-slm", 3, 32
CITIES = ("mykolaiv", "cherkasy", "sumy", "kherson", "poltava", "zaporizhzhia", "kharkiv")
"""The first seven of the table."""
TRIED_SETS = 12
SHOWN = 12
"""Of the places the first; the others change less."""


def played() -> dict[str, Any]:
    """The document, with what the tables show."""
    import skypact

    night = skypact.recorded_night("ukraine-to-2025-06", NIGHT).scenario
    return kept(skypact.place([*RAIDS, night], SYSTEM, COUNT, sets=SETS).to_dict())


def kept(document: dict[str, Any]) -> dict[str, Any]:
    """Of a document what the tables show."""
    shares = ("first", "first_three")
    return {
        **{name: document[name] for name in ("raids", "sets", "replications")},
        "places": [
            {
                **{name: one[name] for name in ("name", "tells", "rounds")},
                "change": _ends(one["change"]),
                **{name: one[name]["share"] for name in shares},
                "holds": None if one["next"] is None else one["next"]["holds"]["share"],
                "by_raid": {raid: part["change"]["mean"] for raid, part in one["by_raid"].items()},
            }
            for one in document["places"]
        ],
        "allocations": [
            {
                "purposes": [part["means"] for part in one["purposes"]],
                "at": [place["name"] for place in document["places"] if place["place"] in one["at"]],
                "solver": one["solver"],
                **{name: _ends(one[name]) for name in ("alone", "together", "interaction", "unknown")},
                "tells": one["interaction"]["tells"],
            }
            for one in document["allocations"]
        ],
    }


def _ends(change: dict[str, Any]) -> list[float]:
    return [change[name] for name in ("mean", "p05", "p95")]


def tables(figures: dict[str, Any]) -> dict[str, list[str]]:
    """The lines of each table."""
    raids = [one["scenario"] for one in figures["raids"]]
    places = [
        f"| with one more at | change in a raid | {' | '.join(raids)} | first, % of sets | first three | before the next |",
        "| --- | ---: |" + " ---: |" * (len(raids) + 3),
        *(
            f"| {one['name']} | {_said(one['change'])} | {' | '.join(_number(one['by_raid'][raid]) for raid in raids)}"
            f" | {_share(one['first'])} | {_share(one['first_three'])} | {_share(one['holds'])} |"
            for one in figures["places"][:SHOWN]
        ),
    ]
    several = [
        f"| {COUNT} at | sought for | solver's sum | each alone | together | interaction | solver off |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {', '.join(sorted(one['at']))} | {'; '.join(one['purposes'])} | {_number(one['solver'])} | {_said(one['alone'])}"
            f" | {_said(one['together'])} | {_said(one['interaction'])} | {_said(one['unknown'])} |"
            for one in figures["allocations"]
        ),
    ]
    return {"places": places, "allocations": several}


def lines(figures: dict[str, Any]) -> list[str]:
    """All lines."""
    return [line for table in tables(figures).values() for line in table]


def _number(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−") if abs(value) >= 0.05 else "0.0"


def _said(ends: list[float]) -> str:
    mean, low, high = (_number(one) for one in ends)
    return f"{mean} ({low} to {high})"


def _share(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f}"


def every() -> list[str]:
    """Where the choices of the plain sum and of the sum with pairs stand among all ways, each of which is played."""
    from itertools import combinations

    from skypact.library.scenarios import load
    from skypact.placing.allocate import allocate
    from skypact.placing.pairs import Known, learnt, offers_of
    from skypact.placing.play import mean_of_raids, play_stands
    from skypact.placing.question import ask, stand_of
    from skypact.study.draw import Sets
    from skypact.study.play import RunSettings

    raids = [load(name) for name in RAIDS]
    asked = ask([(one.name, one.data) for one in raids], [SYSTEM], COUNT, list(CITIES))
    settings, sets = RunSettings(100), Sets(TRIED_SETS, 1)
    alone = play_stands(asked, asked.singles, settings, sets)
    plain = allocate(offers_of(alone, Known.nothing(alone)), COUNT, "all-raids")
    _, found = learnt(asked, alone, settings, sets, ["all-raids"])
    ways = [stand_of(dict.fromkeys(cities, 1)) for cities in combinations(CITIES, COUNT)]
    played = play_stands(asked, ways, settings, sets)
    order = sorted(ways, key=lambda way: mean_of_raids(played.change[:, :, played.of(way)]).mean())

    def said(rows: tuple[int, ...]) -> str:
        stand = stand_of(dict(alone.stands[row][0] for row in rows))
        return f"{', '.join(place for place, _ in stand)}: {order.index(stand) + 1} of {len(order)}"

    return [f"the plain sum chooses {said(plain)}", f"with pairs it chooses {said(found['all-raids'])}"]


def main() -> None:
    """Print the tables; with ``--again`` after playing anew; with ``--every`` how the choices fare among all."""
    if "--every" in sys.argv:
        print("\n".join(every()))
        return
    if "--again" in sys.argv:
        figures = {"made": date.today().isoformat(), **played()}
        STORE.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        put(ROOT / "docs" / "place.md", tables(figures))
    print("\n".join(lines(json.loads(STORE.read_text(encoding="utf-8")))))


if __name__ == "__main__":
    main()
