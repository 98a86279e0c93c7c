"""Making paths and threats of the waves of a raid."""

from __future__ import annotations

from collections.abc import Mapping

from skypact.catalog.model import Catalog
from skypact.policy.draw import Draw
from skypact.policy.situation import IncomingThreat, Path
from skypact.scenario.model import Scenario, Wave


def threats(
    scenario: Scenario, catalog: Catalog, wave: Wave, draw: Draw, paths: dict[Path, int]
) -> list[IncomingThreat]:
    """The threats of a wave, in the order of launch.

    New paths are added to `paths`, which numbers them; threats that fly the same way share one.
    """
    threat = catalog.threats[wave.threat]
    key = f"threats.{wave.threat}"
    places, assets = scenario.places, scenario.assets
    start = tuple((places[name].lat, places[name].lon) for name in (wave.launch, *wave.via))
    ballistic = threat.ballistic
    loft = 1.0
    if ballistic is not None and ballistic.loft is not None:
        loft = draw(f"{key}.ballistic.loft", ballistic.loft)
    speed = 0.0 if threat.speed_m_s is None else draw(f"{key}.speed_m_s", threat.speed_m_s)
    altitude = 0.0 if threat.altitude_m is None else draw(f"{key}.altitude_m", threat.altitude_m)
    rcs = draw(f"{key}.rcs_m2", threat.rcs_m2)
    reliability = 0.0 if wave.decoy else draw(f"{key}.reliability", threat.reliability)
    cost = 0.0 if threat.cost_usd is None else draw(f"{key}.cost_usd", threat.cost_usd)
    found = []
    for index, name in enumerate(_round_robin(wave.aims)):
        aim = places[assets[name].place]
        path = Path(
            threat=wave.threat,
            threat_class=threat.threat_class,
            points=(*start, (aim.lat, aim.lon)),
            lane_km=wave.abreast_km * (_van_der_corput(index) - 0.5),
            ballistic=ballistic is not None,
            speed_m_s=speed,
            altitude_m=altitude,
            loft=loft,
            rcs_m2=rcs,
        )
        found.append(
            IncomingThreat(
                id=f"{wave.id}-{index + 1:03d}",
                path=paths.setdefault(path, len(paths)),
                wave=wave.id,
                launch_s=60 * wave.start_min + wave.spacing_s * index,
                offset_s=(60 * wave.offset_min[0], 60 * wave.offset_min[1]),
                asset=name,
                priority=scenario.raid.priorities.get(threat.threat_class, 0.0) + assets[name].priority,
                reliability=reliability,
                decoy=wave.decoy,
                cost_usd=cost,
            )
        )
    return found


def _round_robin(aims: Mapping[str, int]) -> list[str]:
    """Names in the order of launch: one for each aim point in turn, as long as any are left."""
    left, order = dict(aims), []
    while left:
        for name in list(left):
            order.append(name)
            left[name] -= 1
            if not left[name]:
                del left[name]
    return order


def _van_der_corput(index: int) -> float:
    """Points spread evenly over (0, 1) however many are taken: 1/2, 1/4, 3/4, 1/8, ...

    So the lane of a threat does not depend on how many fly.
    """
    value, share, index = 0.0, 0.5, index + 1
    while index:
        value += share * (index & 1)
        index >>= 1
        share /= 2
    return value
