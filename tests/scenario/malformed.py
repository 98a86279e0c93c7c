"""Malformed scenario files: the small scenario, each with one thing made wrong.

A case replaces the first occurrence of `old` by `new`; the problem must be reported in the line that
holds `line` (by default the first line of `new`), in the field `field`, in words that hold `says`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SMALL = Path(__file__).with_name("small.yaml")


@dataclass(frozen=True)
class Case:
    """One malformed file."""

    name: str
    old: str
    new: str
    field: str
    says: str
    line: str = ""

    def text(self) -> str:
        """The malformed text."""
        good = SMALL.read_text(encoding="utf-8")
        assert self.old in good, self.old
        return good.replace(self.old, self.new, 1)

    def line_number(self) -> int:
        """The line in which the problem must be reported."""
        mark = self.line or self.new.strip("\n").splitlines()[0]
        lines = [number for number, line in enumerate(self.text().splitlines(), 1) if mark in line]
        assert lines, mark
        return lines[0]


REPORTED = "{value: 70, kind: reported, sources: [proposal]}"
POLISH_RULE = "      - id: drones-70km\n"

CASES = (
    # --- writing
    Case("unclosed-quote", 'date: "2024-08-26"\nsummary', 'date: "2024-08-26\nsummary', "",
         "is a quote missing? One was opened in line 8", 'date: "2024-05-11"'),
    Case("tab", "  lviv: {name: Lviv", "\tlviv: {name: Lviv", "", "not with tabs"),
    Case("unclosed-bracket", "attacker: [RUS]", "attacker: [RUS", "", "not valid YAML", "priorities: {drone"),
    Case("bad-indentation", "    at: {hrubieszow: 1}", "   at: {hrubieszow: 1}", "", "not valid YAML"),
    Case("key-twice", "baseline: alone\n", "baseline: alone\nbaseline: helped\n", "baseline", "given twice",
         "baseline: helped"),
    Case("anchor", "  lviv: {name: Lviv,", "  lviv: &home {name: Lviv,", "", "anchors and aliases"),
    Case("tag", "title: A small raid", "title: !!python/name:os.system A small raid", "", "is not allowed"),
    Case("two-documents", "policies:\n", "---\npolicies:\n", "", "second document"),
    Case("a-list", 'format: skypact-scenario/1\n', "- format: skypact-scenario/1\n", "", "not valid YAML",
         "id: small"),
    # --- fields
    Case("other-format", "skypact-scenario/1", "skypact-scenario/9", "format", "must be skypact-scenario/1"),
    Case("unknown-field", "    title: Ukraine alone", "    titel: Ukraine alone", "policies.alone.titel",
         "did you mean title?"),
    Case("missing-field", "attacker: [RUS]", "# nobody", "raid.attacker", "add attacker", "  zero: 2024"),
    Case("a-word-for-a-number", "start_min: 240", "start_min: later", "raid.waves[1].start_min",
         "must be a number"),
    Case("a-number-for-a-name", "launch: black-sea", "launch: 7", "raid.waves[0].launch", "must be text"),
    Case("a-name-for-a-list", "over:\n          - inside: [UKR]", "over:\n          - inside: UKR",
         "decisions.help-70km.adds[0].over[0].inside", "must be a list", "inside: UKR"),
    Case("not-finite", "spacing_s: 60", "spacing_s: .inf", "raid.waves[0].spacing_s", "a finite number"),
    Case("no-such-effect", "effect: may\n", "effect: might\n", "rules[0].effect", "must be may or may-not"),
    Case("no-such-class", "classes: [drone], value", "classes: [drones], value", "observed[0].classes[0]",
         "did you mean drone?"),
    Case("bad-id", "- id: ukr-iris-t\n", "- id: Ukr IRIS-T\n", "laydown[0].id", "lower-case letters"),
    Case("zero-without-offset", "03:00:00+03:00", "03:00:00", "raid.zero", "with its offset from UTC"),
    Case("no-units", "at: {hrubieszow: 1}", "at: {hrubieszow: 0}", "laydown[2].at.hrubieszow", "at least 1"),
    Case("nowhere", "    at: {hrubieszow: 1}\n", "", "laydown[2]", "give spread or at", "id: pol-patriot"),
    # --- quantities
    Case("bare-number", "{value: 25, kind: notional, note: \"The district of a city.\"}", "25",
         "laydown[1].patrol.radius_km", "without its basis", "radius_km: 25"),
    Case("key-without-unit", "      radius_km:", "      radius:", "laydown[1].patrol.radius",
         "write radius_km (kilometres)"),
    Case("other-unit", "abreast_km: 20", "abreast_mi: 12", "raid.waves[0].abreast_mi",
         "the unit is another one here"),
    Case("impossible-distance", REPORTED, REPORTED.replace("70", "-70"),
         "decisions.help-70km.adds[0].over[0].within[0].km", "-70 is impossible"),
    Case("outside-its-range", "value: 12, low: 8", "value: 12, low: 14", "laydown[1].count",
         "outside its range"),
    Case("half-a-unit", "value: 12, low: 8", "value: 12.5, low: 8", "laydown[1].count.value",
         "not a whole number of units"),
    Case("reported-by-nobody", REPORTED, "{value: 70, kind: reported}",
         "decisions.help-70km.adds[0].over[0].within[0].km", "reported without a source"),
    Case("notional-without-reason", "    note: One battery near the border.\n", "", "laydown[2]",
         "without a reason", "id: pol-patriot"),
    # --- names
    Case("unknown-source", "by: The Newspaper, sources: [proposal]", "by: The Newspaper, sources: [propsal]",
         "observed[0].sources[0]", "unknown source 'propsal' (did you mean proposal?)"),
    Case("unknown-actor", "owner: POL", "owner: PLO", "laydown[2].owner", "did you mean POL?"),
    Case("unknown-place", "at: {hrubieszow: 1}", "at: {hrubiezsow: 1}", "laydown[2].at.hrubiezsow",
         "did you mean hrubieszow?"),
    Case("unknown-threat", "threat: kalibr", "threat: calibre", "raid.waves[1].threat",
         "did you mean kalibr?"),
    Case("unknown-effector", "system: iris-t-slm", "system: iris-t", "laydown[0].system",
         "did you mean iris-t-slm?"),
    Case("sensor-as-effector", "system: iris-t-slm", "system: medium-radar", "laydown[0].system",
         "a name of another kind: sensor"),
    Case("unknown-decision", "decisions: [help-70km]", "decisions: [help-700km]",
         "policies.helped.decisions[0]",
         "did you mean help-70km?"),
    Case("unknown-policy", "baseline: alone", "baseline: along", "baseline", "did you mean alone?"),
    Case("place-for-asset", "aims: {lviv: 2, ternopil: 2}", "aims: {lviv: 2, hrubieszow: 2}",
         "raid.waves[1].aims.hrubieszow", "a name of another kind: place"),
    Case("unknown-area", "stand: {inside: [POL]}", "stand: {inside: [POLAND]}",
         "decisions.help-70km.adds[0].stand.inside[0]", "unknown area"),
    Case("id-twice", "- id: pol-patriot", "- id: ukr-mobile  # again", "laydown[2].id", "given twice"),
    Case("decision-twice", "decisions: [help-70km]", "decisions: [help-70km, help-70km]",
         "policies.helped.decisions[1]", "stands twice"),
    # --- places
    Case("off-the-globe", "lat: 50.7", "lat: 150.7", "places.lutsk.lat", "at most 90"),
    Case("too-fine", "lat: 50.7", "lat: 50.7472", "places.lutsk.lat", "finer than a city"),
    Case("no-such-country", "name: Poland, role: ally", "name: Poland, role: ally, territory: [PLO]",
         "actors.POL.territory[0]", "there is no country PLO"),
    # --- the raid
    Case("out-of-reach", "threat: kalibr", "threat: kh-59-69", "raid.waves[1].aims.lviv", "kh-59-69 reaches",
         "aims: {lviv: 2, ternopil: 2}"),
    Case("ballistic-waypoints", "threat: geran-2", "threat: kinzhal", "raid.waves[0].via", "no waypoints",
         "via: [vinnytsia-region"),
    Case("route-stays", "via: [vinnytsia-region,", "via: [vinnytsia-region, vinnytsia-region,",
         "raid.waves[0].via[1]", "must differ"),
    Case("offset-backwards", "offset_min: [-10, 10]", "offset_min: [10, -10]", "raid.waves[1]",
         "runs backwards", "- id: cruise"),
    Case("before-zero", "start_min: 240", "start_min: -240", "raid.waves[1].start_min",
         "arrives before the zero time"),
    # --- forces
    Case("ground-at-sea", "at: {hrubieszow: 1}", "at: {black-sea: 1}", "laydown[2].at.black-sea",
         "is a sea area"),
    Case("no-patrol", "system: iris-t-slm", "system: allied-fighter", "laydown[0]", "has no patrol",
         "- id: ukr-iris-t"),
    Case("does-not-fit", "at_most: 8", "at_most: 3", "laydown[1].spread.at_most", "do not fit"),
    Case("sum-differs", "at: {hrubieszow: 1}",
         "at: {hrubieszow: 1}\n    count: {value: 2, kind: notional, note: x}",
         "laydown[2]", "at adds up to 1", "- id: pol-patriot"),
    # --- rules and decisions
    Case("no-such-day", 'date: "2024-05-11"\n    status', 'date: "2024-02-30"\n    status',
         "decisions.help-70km.date", "there is no day 2024-02-30"),
    Case("ends-before-it-begins", POLISH_RULE, f'{POLISH_RULE}        until: "2023"\n',
         "decisions.help-70km.adds[0].until", "before it begins", 'until: "2023"'),
    Case("lifts-nothing", "    adds:\n", "    lifts: [ukrain-consents]\n    adds:\n",
         "decisions.help-70km.lifts[0]", "did you mean ukraine-consents?"),
    Case("lifts-its-own", "    adds:\n", "    lifts: [tracks]\n    adds:\n", "decisions.help-70km.lifts[0]",
         "no policy that has help-70km has it by then"),
    Case("shares-with-nobody", "        action: share-track\n        to: [POL]\n",
         "        action: share-track\n",
         "decisions.help-70km.adds[1]", "add to: [actor]", "- id: tracks"),
    Case("contradiction", "        to: [POL]\n        sources: [proposal]\n\npolicies",
         "        to: [POL]\n        sources: [proposal]\n"
         "      - {id: no-tracks, holder: [UKR], effect: may-not, action: share-track, "
         "to: [POL], sources: [proposal]}\n\npolicies",
         "decisions.help-70km.adds[2].effect", "'tracks' (may) and 'no-tracks' (may-not) contradict",
         "id: no-tracks"),
    Case("empty-list", "        classes: [drone]\n        stand", "        classes: []\n        stand",
         "decisions.help-70km.adds[0].classes", "fits nothing"),
)  # fmt: skip
