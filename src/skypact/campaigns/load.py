"""Finding and reading campaigns: those shipped with the package, and anyone's own."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from skypact.campaigns.check import MAX_BYTES, Examined, examine_text, is_campaign
from skypact.campaigns.find import SHIPPED, find_campaign
from skypact.campaigns.setup import CampaignStudy
from skypact.reading import Problem, Problems, read_text, suggest
from skypact.study.check import check_text


def examine(name_or_path: str | Path) -> Examined:
    """Read a file and run every check; those that come with the package, which do not change, once."""
    path = find_campaign(name_or_path)
    return _shipped(path) if path.parent == SHIPPED else _examined(path)


@lru_cache(maxsize=4)
def _shipped(path: Path) -> Examined:
    return _examined(path)


def _examined(path: Path) -> Examined:
    return examine_text(read_text(path, MAX_BYTES), str(path), path.parent)


def check_file(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a file, a campaign or else a scenario: errors and warnings, sorted by place."""
    try:
        text = read_text(path, MAX_BYTES)
    except Problems as bad:
        return bad.problems
    if is_campaign(text):
        return examine_text(text, str(path), path.parent).problems
    return check_text(text, str(path))


def ask(
    campaign: str | Path, policies: tuple[str, ...] | None = None, baseline: str | None = None
) -> CampaignStudy:
    """Read a campaign and settle the policies.

    Parameters
    ----------
    campaign
        A shipped name, the path of a file, or YAML text (which has a line break).
    policies, baseline
        Names; None: all, and the file's baseline or else the first named.

    Raises
    ------
    Problems
        With every error of the file; or if a policy is unknown or named twice.
    """
    if isinstance(campaign, str) and "\n" in campaign:
        examined = examine_text(campaign, "campaign", Path())
    else:
        examined = examine(campaign)
    found = examined.study
    if found is None or examined.errors:
        raise Problems(examined.errors)
    known = found.campaign.policies
    names = policies or tuple(known)
    wrong = [
        Problem("policies", 0, 0, name, "unknown policy", suggest(name, known))
        for name in (*names, *filter(None, (baseline,)))
        if name not in known
    ]
    wrong += [
        Problem("policies", 0, 0, name, "named twice", "name each policy once")
        for name in set(names)
        if names.count(name) > 1
    ]
    if wrong:
        raise Problems(wrong)
    if baseline is None:
        baseline = found.campaign.baseline if found.campaign.baseline in names else names[0]
    elif baseline not in names:
        names = (baseline, *names)
    return CampaignStudy(found.campaign, found.base, found.catalog, found.nights, names, baseline, found.text)
