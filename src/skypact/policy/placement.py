"""Making fire units and sensor sites of the entries that are in force."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from skypact.catalog.model import Catalog, Effector, Radar, ThreatClass
from skypact.policy.apportion import placed
from skypact.policy.draw import Draw
from skypact.policy.force import EntryInForce, InForce
from skypact.policy.permission import Assets, clauses
from skypact.policy.sharing import picture
from skypact.policy.situation import Aircraft, Antenna, Engagement, FireUnit, Site
from skypact.quantity import Quantity
from skypact.scenario.actions import shot_at
from skypact.scenario.forces import SensorEntry
from skypact.scenario.model import Scenario
from skypact.scenario.rules import Doctrine
from skypact.scenario.scope import fits


@dataclass(frozen=True)
class Placement:
    """What placing units and sensors needs: the scenario, the catalogue, what is in force, the numbers."""

    scenario: Scenario
    catalog: Catalog
    force: InForce
    draw: Draw

    def number(self, name: str, quantity: Quantity | None, otherwise: float = 0.0) -> float:
        return otherwise if quantity is None else self.draw(name, quantity)

    def whole(self, name: str, quantity: Quantity | None, otherwise: int = 0) -> int:
        return round(self.number(name, quantity, otherwise))

    def own(self, name: str, quantity: Quantity | None, general: str, otherwise: Quantity) -> int:
        """An entry's own number, or else the system's; only the one that is used is settled."""
        return self.whole(general, otherwise) if quantity is None else self.whole(name, quantity)

    def antenna(self, name: str, radar: Radar) -> Antenna:
        return Antenna(
            self.draw(f"{name}.range_km", radar.range_km),
            self.draw(f"{name}.reference_rcs_m2", radar.reference_rcs_m2),
            self.draw(f"{name}.height_m", radar.height_m),
        )

    # ---------------------------------------------------------------------------- fire units

    def units(self, held: EntryInForce) -> list[FireUnit]:
        entry = held.entry
        system = self.catalog.effectors[entry.system]
        key, here = f"effectors.{entry.system}", f"laydown.{entry.id}"
        total = self.whole(f"{here}.count", entry.count)
        places = placed(entry, total, self.scenario.assets)
        if not places:
            return []
        assets = Assets(entry.owner, entry.system, system.basing)
        engages, leaves = self.engagements(assets, key, system)
        ready = self.own(f"{here}.ready", entry.ready, f"{key}.ready", system.ready)
        magazine = self.whole(f"{key}.magazine", system.magazine, ready)
        reserve = self.own(f"{here}.reserve", entry.reserve, f"{key}.reserve", system.reserve)
        flight = system.flight
        aircraft = None
        if flight is not None:
            aircraft = Aircraft(
                self.draw(f"{key}.flight.reach_km", flight.reach_km),
                self.draw(f"{key}.flight.dash_m_s", flight.dash_m_s),
                self.draw(f"{key}.flight.altitude_m", flight.altitude_m),
                flight.aircraft,
            )
        patrol = entry.patrol
        on_station: tuple[tuple[float, float], ...] = ((-math.inf, math.inf),)
        if patrol is not None and patrol.on_station_min is not None:
            on_station = tuple((60 * start, 60 * end) for start, end in patrol.on_station_min)
        if entry.arrives_min is not None:
            arrival = 60 * self.draw(f"{here}.arrives_min", entry.arrives_min)
            on_station = tuple((max(start, arrival), end) for start, end in on_station if end > arrival)
        seen: Counter[str] = Counter()
        units = []
        for name in places:
            seen[name] += 1
            place = self.scenario.places[name]
            units.append(
                FireUnit(
                    id=f"{entry.id}-{name}-{seen[name]}",
                    owner=entry.owner,
                    group=entry.group or picture(self.force, assets),
                    system=entry.system,
                    entry=entry.id,
                    place=name,
                    lat=place.lat,
                    lon=place.lon,
                    basing=system.basing,
                    kind=system.kind,
                    channels=max(1, self.whole(f"{key}.channels", system.channels)),
                    ready=ready,
                    magazine=max(magazine, 1) if reserve else magazine,
                    reserve=reserve,
                    reload_s=self.draw(f"{key}.reload_s", system.reload_s),
                    assess_s=self.draw(f"{key}.assess_s", system.assess_s),
                    recover_s=self.draw(f"{key}.recover_s", system.recover_s),
                    reaction_s=self.draw(f"{key}.reaction_s", system.reaction_s),
                    cost_usd=self.draw(f"{key}.cost_usd", system.cost_usd),
                    interceptor_m_s=self.number(f"{key}.interceptor_m_s", system.interceptor_m_s, math.inf),
                    attempts=system.attempts,
                    antenna=None if system.sensor is None else self.antenna(f"{key}.sensor", system.sensor),
                    aircraft=aircraft,
                    radius_km=0.0
                    if patrol is None
                    else self.draw(f"{here}.patrol.radius_km", patrol.radius_km),
                    on_station_s=on_station,
                    engages=engages,
                    leaves=leaves,
                )
            )
        return units

    def engagements(
        self, assets: Assets, key: str, system: Effector
    ) -> tuple[dict[ThreatClass, Engagement], dict[ThreatClass, str]]:
        engages: dict[ThreatClass, Engagement] = {}
        leaves: dict[ThreatClass, str] = {}
        for threat_class in sorted(
            {self.catalog.threats[wave.threat].threat_class for wave in self.scenario.raid.waves}
            | ({self.scenario.incident.fire.threat_class} if self.scenario.incident else set())
        ):
            envelope = system.against.get(threat_class)
            if envelope is None:
                leaves[threat_class] = "system"
                continue
            doctrine, said_by = self.doctrine(assets, threat_class)
            if doctrine.engage is False:
                leaves[threat_class] = said_by["engage"]
                continue
            name = f"{key}.against.{threat_class}"
            engages[threat_class] = Engagement(
                p_kill=self.draw(f"{name}.p_kill", envelope.p_kill),
                min_range_km=self.number(f"{name}.min_range_km", envelope.min_range_km),
                max_range_km=self.draw(f"{name}.max_range_km", envelope.max_range_km),
                min_altitude_m=self.number(f"{name}.min_altitude_m", envelope.min_altitude_m),
                max_altitude_m=self.draw(f"{name}.max_altitude_m", envelope.max_altitude_m),
                from_range_km=self.number(
                    f"doctrine.{said_by.get('from_range_km')}.from_range_km", doctrine.from_range_km, math.inf
                ),
                salvo=system.salvo if doctrine.salvo is None else doctrine.salvo,
                hold=doctrine.hold or 0,
                rank=doctrine.rank or 0.0,
                clauses=clauses(self.force, shot_at(threat_class), assets.against(threat_class)),
            )
        return engages, leaves

    def doctrine(self, assets: Assets, threat_class: ThreatClass) -> tuple[Doctrine, dict[str, str]]:
        """The doctrine entries that apply, laid over each other field by field; and whose each field is."""
        merged: dict[str, object] = {}
        said_by: dict[str, str] = {}
        subject = assets.against(threat_class)
        for entry in self.force.doctrine:
            if not fits(entry, subject):
                continue
            fields = ("engage", "from_range_km", "salvo", "hold", "rank")
            given = {field: getattr(entry, field) for field in fields if getattr(entry, field) is not None}
            merged |= given
            said_by |= dict.fromkeys(given, entry.id)
        return Doctrine.model_construct(id="", **merged), said_by  # type: ignore[arg-type]

    # ------------------------------------------------------------------------------- sensors

    def sites(self, entry: SensorEntry) -> list[Site]:
        system = self.catalog.sensors[entry.system]
        key = f"sensors.{entry.system}"
        total = self.whole(f"laydown.{entry.id}.count", entry.count)
        antenna = self.antenna(f"{key}.radar", system.radar)
        classes = system.classes
        if classes is None:
            classes = tuple(sorted({threat.threat_class for threat in self.catalog.threats.values()}))
        delay = system.delay_s
        low, high = (
            (delay.value, delay.value) if delay.low is None or delay.high is None else (delay.low, delay.high)
        )
        seen: Counter[str] = Counter()
        sites = []
        for name in placed(entry, total, self.scenario.assets):
            seen[name] += 1
            place = self.scenario.places[name]
            sites.append(
                Site(
                    id=f"{entry.id}-{name}-{seen[name]}",
                    owner=entry.owner,
                    system=entry.system,
                    place=name,
                    lat=place.lat,
                    lon=place.lon,
                    antenna=antenna,
                    classes=classes,
                    p_detect=self.draw(f"{key}.p_detect", system.p_detect),
                    delay_s=(low, high),
                )
            )
        return sites
