"""Whether families and the systems that are of them hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from skypact.catalog.model import Catalog, Effector, Sensor, ThreatClass
from skypact.catalog.plausible import Finding
from skypact.quantity import Quantity
from skypact.reading import Steps


def exceeding(catalog: Catalog, system: Effector | Sensor) -> Iterator[Finding]:
    """Chances of one look or round that are above what all of the family together can reach.

    They raise it: whoever wrote them may not have meant that.  Only central values are looked at; where two
    ranges overlap, a drawn susceptibility that is too small is raised to the drawn chance.
    """
    if isinstance(system, Sensor):
        yield from _above(catalog, system.family, ("p_detect",), system.p_detect)
        return
    kills = {name: envelope.p_kill for name, envelope in system.against.items()}
    for name, kill in kills.items():
        yield from _above(catalog, system.family, ("against",), {name: kill}, ("p_kill",))
    if system.sensor is not None:
        yield from _above(catalog, system.sensor.family, ("sensor", "p_detect"), system.sensor.p_detect)


def _above(
    catalog: Catalog,
    family: str | None,
    path: Steps,
    chances: Mapping[ThreatClass, Quantity],
    below: Steps = (),
) -> Iterator[Finding]:
    most = catalog.families[family].susceptible if family in catalog.families else {}
    for name, chance in chances.items():
        if name in most and chance.value > most[name].value:
            what = f"{chance.value:g} is above the {most[name].value:g} of its family {family}, and raises it"
            yield Finding((*path, name, *below), what, f"at most {most[name].value:g}", "warning")
