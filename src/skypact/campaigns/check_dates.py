"""Checks of days: every one exists, lies in the campaign, and names a night of the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from skypact.campaigns.model import Decision, Delivery, Loss, Production
from skypact.campaigns.nights import Recorded
from skypact.campaigns.partial import PartialCampaign, day_of
from skypact.evidence.laydown import laydown
from skypact.reading import Problem, Steps


def check_dates(partial: PartialCampaign, recorded: Recorded | None) -> Iterator[Problem]:
    """Every check of days."""
    yield from _no_such_day(partial)
    if partial.span is not None:
        yield from _outside(partial, *partial.span)
        yield from _laydown(partial, *partial.span)
    if partial.span is not None and recorded is not None:
        yield from _nights(partial, recorded, *partial.span)


def _no_such_day(partial: PartialCampaign) -> Iterator[Problem]:
    """Days that no calendar has, such as the 30th of February."""
    days: list[tuple[Steps, object]] = [((name,), partial.at(name)) for name in ("from", "until")]
    days += [
        (("nights", "leave_out", row), day) for row, day in enumerate(partial.listed("nights", "leave_out"))
    ]
    for path, one in partial.each(Delivery):
        days += [((*path, "arrives"), one.arrives), ((*path, "sent"), one.sent)]
    for path, lost in partial.each(Loss):
        days.append(((*path, "day"), lost.day))
    for path, made in partial.each(Production):
        days += [((*path, "from"), made.since), ((*path, "until"), made.until)]
    for path, decision in partial.each(Decision):
        days += [((*path, "from"), decision.since), ((*path, "until"), decision.until)]
    for path, day in days:
        if isinstance(day, str) and len(day) == 10 and day_of(day) is None:
            yield partial.document.problem(path, f"there is no day {day!r}", "a day of the calendar")


def _outside(partial: PartialCampaign, first: date, last: date) -> Iterator[Problem]:
    """What lies before or after the campaign and so changes nothing."""

    def lies_outside(path: Steps, text: str | None, what: str) -> Iterator[Problem]:
        day = day_of(text)
        if day is not None and not first <= day <= last:
            when = "before it begins" if day < first else "after its last night"
            yield partial.document.problem(
                path, f"{what} lies {when}: it changes nothing", f"{first} to {last}", level="warning"
            )

    for path, one in partial.each(Delivery):
        yield from lies_outside((*path, "arrives"), one.arrives, "this arrival")
        if one.sent is not None and (day_of(one.sent) or last) > last:
            yield from lies_outside((*path, "sent"), one.sent, "this sending")
    for path, lost in partial.each(Loss):
        yield from lies_outside((*path, "day"), lost.day, "this loss")
    for path, decision in partial.each(Decision):
        yield from lies_outside((*path, "from"), decision.since, "the first night under this decision")
        yield from lies_outside((*path, "until"), decision.until, "the last night under this decision")


def _laydown(partial: PartialCampaign, first: date, last: date) -> Iterator[Problem]:
    """Nights for which the dated laydown has no counts."""
    if partial.at("laydown") is None:
        return
    dated = laydown()
    for name, day in (("from", first), ("until", last)):
        if not dated.since <= day.isoformat() <= dated.until:
            what = "the dated laydown has no counts for this day"
            yield partial.document.problem((name,), what, f"{dated.since} to {dated.until}")


def _nights(partial: PartialCampaign, recorded: Recorded, first: date, last: date) -> Iterator[Problem]:
    """Nights that the record has not."""
    for row, text in enumerate(partial.listed("nights", "leave_out")):
        day = day_of(text)
        if day is not None and (day not in recorded.known or not first <= day <= last):
            what = "the record has no such night here, so that nothing is left out"
            yield partial.document.problem(("nights", "leave_out", row), what, level="warning")
    months = {f"{day:%Y-%m}" for day in recorded.known}
    for row, one in enumerate(partial.listed("nights", "repeat")):
        month = one.get("month") if isinstance(one, dict) else None
        if isinstance(month, str) and month not in months:
            known = f"{min(months)} to {max(months)}" if months else "another record"
            yield partial.document.problem(
                ("nights", "repeat", row, "month"), f"the record has nothing for {month}", known
            )
    if not recorded.nights:
        known = f"{min(recorded.known)} to {max(recorded.known)}" if recorded.known else "another record"
        yield partial.document.problem(
            ("nights",), "the record has no night between from and until that can be played", known
        )
