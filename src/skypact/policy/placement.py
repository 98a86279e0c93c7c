"""Making fire units and sensor sites of the entries that are in force."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from skypact.catalog.model import Catalog, Effector, OwnRadar, Radar, Sensor, ThreatClass
from skypact.policy.apportion import placed
from skypact.policy.doctrine import doctrine, group_of
from skypact.policy.draw import Draw
from skypact.policy.force import EntryInForce, InForce
from skypact.policy.permission import Assets, clauses
from skypact.policy.scatter import scattered
from skypact.policy.situation import Aircraft, Antenna, Engagement, FireUnit, Site
from skypact.quantity import Quantity
from skypact.scenario.actions import shot_at
from skypact.scenario.forces import LaydownEntry, SensorEntry
from skypact.scenario.model import Scenario


@dataclass(frozen=True)
class Placement:
    """What placing units and sensors needs: the scenario, the catalogue, what is in force, the numbers."""

    scenario: Scenario
    catalog: Catalog
    force: InForce
    draw: Draw

    @cached_property
    def coming(self) -> tuple[ThreatClass, ...]:
        """The classes that come; numbers about others are not settled."""
        waves, incident = self.scenario.raid.waves, self.scenario.incident
        found = {self.catalog.threats[wave.threat].threat_class for wave in waves}
        return tuple(sorted(found | ({incident.fire.threat_class} if incident else set())))

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

    def susceptible(self, family: str | None, classes: Collection[ThreatClass]) -> dict[ThreatClass, float]:
        """The most that many looks or rounds of a family can reach, for those of the classes that it names."""
        found = {} if family is None else self.catalog.families[family].susceptible
        return {
            name: self.draw(f"families.{family}.susceptible.{name}", found[name])
            for name in classes
            if name in found
        }

    def seeing(
        self, key: str, sensor: Sensor | OwnRadar
    ) -> tuple[dict[ThreatClass, float], dict[ThreatClass, float]]:
        """The chance of one look by class, and the most that looks of the family can reach.

        The second is raised to the first where it was drawn below.
        """
        chance = {
            name: self.draw(f"{key}.p_detect.{name}", one)
            for name, one in sensor.p_detect.items()
            if name in self.coming
        }
        most = self.susceptible(sensor.family, chance)
        return chance, {name: max(number, chance[name]) for name, number in most.items()}

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
        if reserve:
            magazine = max(magazine, 1)
        # Rounds held back stay on the rails: a reload that waited for fewer would never start.
        kept = max((one.hold for one in engages.values()), default=0)
        reload_at = max(self.whole(f"{key}.reload_at", system.reload_at), kept)
        reload_at = min(reload_at, magazine - 1) if reserve else 0
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
        attempts = None if system.attempts is None else self.whole(f"{key}.attempts", system.attempts)
        scatter_km = self.number(f"{key}.scatter_km", system.scatter_km)
        radar = self.own_radar(entry, system.sensor, scatter_km)
        common: dict[str, Any] = {
            "owner": entry.owner,
            "group": group_of(self.force, entry, system.basing),
            "system": entry.system,
            "entry": entry.id,
            "basing": system.basing,
            "kind": system.kind,
            "channels": max(1, self.whole(f"{key}.channels", system.channels)),
            "ready": ready,
            "magazine": magazine,
            "reserve": reserve,
            "reload_at": reload_at,
            "reload_s": self.draw(f"{key}.reload_s", system.reload_s),
            "assess_s": self.draw(f"{key}.assess_s", system.assess_s),
            "recover_s": self.draw(f"{key}.recover_s", system.recover_s),
            "reaction_s": self.draw(f"{key}.reaction_s", system.reaction_s),
            "cost_usd": self.draw(f"{key}.cost_usd", system.cost_usd),
            "interceptor_m_s": self.number(f"{key}.interceptor_m_s", system.interceptor_m_s, math.inf),
            "attempts": attempts,
            "family": system.family,
            "availability": self.number(f"{key}.availability", system.availability, 1.0),
            "aircraft": aircraft,
            "radius_km": 0.0 if patrol is None else self.draw(f"{here}.patrol.radius_km", patrol.radius_km),
            "on_station_s": on_station,
            "engages": engages,
            "leaves": leaves,
        }
        seen: Counter[str] = Counter()
        of_place = Counter(places)
        units = []
        for name in places:
            seen[name] += 1
            place = self.scenario.places[name]
            on_land = system.basing == "ground"
            lat, lon = scattered(
                (place.lat, place.lon), scatter_km, seen[name], of_place[name], entry.id, on_land
            )
            unit_id = f"{entry.id}-{name}-{seen[name]}"
            site = radar and replace(radar, id=f"{unit_id}-own", place=name, lat=lat, lon=lon)
            units.append(FireUnit(id=unit_id, place=name, lat=lat, lon=lon, site=site, **common))
        return units

    def own_radar(self, entry: LaydownEntry, radar: OwnRadar | None, scatter_km: float) -> Site | None:
        """The own radar of an entry's units, as a sensor that has no place yet."""
        if radar is None:
            return None
        key = f"effectors.{entry.system}.sensor"
        antenna = self.antenna(key, radar)
        chance, susceptible = self.seeing(key, radar)
        return Site(
            id="",
            owner=entry.owner,
            system=entry.system,
            place="",
            lat=0.0,
            lon=0.0,
            antenna=antenna,
            p_detect=chance,
            family=radar.family,
            susceptible=susceptible,
            delay_s=interval(radar.delay_s),
            coast_s=self.number(f"{key}.coast_s", radar.coast_s),
            scatter_km=scatter_km,
        )

    def engagements(
        self, assets: Assets, key: str, system: Effector
    ) -> tuple[dict[ThreatClass, Engagement], dict[ThreatClass, str]]:
        engages: dict[ThreatClass, Engagement] = {}
        leaves: dict[ThreatClass, str] = {}
        susceptible = self.susceptible(
            system.family, [name for name in self.coming if name in system.against]
        )
        for threat_class in self.coming:
            envelope = system.against.get(threat_class)
            if envelope is None:
                leaves[threat_class] = "system"
                continue
            said, said_by = doctrine(self.force, assets.against(threat_class))
            if said.engage is False:
                leaves[threat_class] = said_by["engage"]
                continue
            name = f"{key}.against.{threat_class}"
            p_kill = self.draw(f"{name}.p_kill", envelope.p_kill)
            engages[threat_class] = Engagement(
                p_kill=p_kill,
                p_acquire=self.number(f"{name}.p_acquire", envelope.p_acquire, 1.0),
                susceptible=max(p_kill, susceptible.get(threat_class, 1.0)),
                min_range_km=self.number(f"{name}.min_range_km", envelope.min_range_km),
                max_range_km=self.draw(f"{name}.max_range_km", envelope.max_range_km),
                min_altitude_m=self.number(f"{name}.min_altitude_m", envelope.min_altitude_m),
                max_altitude_m=self.draw(f"{name}.max_altitude_m", envelope.max_altitude_m),
                from_range_km=self.number(
                    f"doctrine.{said_by.get('from_range_km')}.from_range_km", said.from_range_km, math.inf
                ),
                salvo=max(1, self.whole(f"doctrine.{said_by.get('salvo')}.salvo", said.salvo, system.salvo)),
                hold=self.whole(f"doctrine.{said_by.get('hold')}.hold", said.hold),
                rank=said.rank or 0.0,
                clauses=clauses(self.force, shot_at(threat_class), assets.against(threat_class)),
            )
        return engages, leaves

    # ------------------------------------------------------------------------------- sensors

    def sites(self, entry: SensorEntry) -> list[Site]:
        system = self.catalog.sensors[entry.system]
        key = f"sensors.{entry.system}"
        total = self.whole(f"laydown.{entry.id}.count", entry.count)
        antenna = self.antenna(f"{key}.radar", system.radar)
        chance, susceptible = self.seeing(key, system)
        coast_s = self.number(f"{key}.coast_s", system.coast_s)
        scatter_km = self.number(f"{key}.scatter_km", system.scatter_km)
        seen: Counter[str] = Counter()
        places = placed(entry, total, self.scenario.assets)
        of_place = Counter(places)
        sites = []
        for name in places:
            seen[name] += 1
            place = self.scenario.places[name]
            on_land = system.basing == "ground"
            lat, lon = scattered(
                (place.lat, place.lon), scatter_km, seen[name], of_place[name], entry.id, on_land
            )
            sites.append(
                Site(
                    id=f"{entry.id}-{name}-{seen[name]}",
                    owner=entry.owner,
                    system=entry.system,
                    place=name,
                    lat=lat,
                    lon=lon,
                    antenna=antenna,
                    p_detect=chance,
                    family=system.family,
                    susceptible=susceptible,
                    delay_s=interval(system.delay_s),
                    coast_s=coast_s,
                    scatter_km=scatter_km,
                )
            )
        return sites


def interval(delay: Quantity | None) -> tuple[float, float]:
    """The interval of a delay: every replication draws from it."""
    if delay is None:
        return 0.0, 0.0
    if delay.low is None or delay.high is None:
        return delay.value, delay.value
    return delay.low, delay.high
