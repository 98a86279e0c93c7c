"""The actions that rules allow or forbid: one table for the checks, the words and the resolver.

A new action is a name in `Action`, an entry in `ACTIONS`, and the place in the program that asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from skypact.catalog.model import ThreatClass

Action = Literal["engage", "strike", "share-track", "share-picture", "consent", "transfer", "re-export"]

ASSETS = ("systems", "basing")
SHOTS = ("classes", *ASSETS, "stand", "over", "needs_consent")
HANDED = ("to", "channels", "categories", "items", "before_delivery", "met", "where", "version")


@dataclass(frozen=True)
class ActionTerms:
    """What an action is.

    Attributes
    ----------
    means
        What a rule about it lets the holder do, for the reference of the format.
    may, may_not
        The sentence for a rule; the names in braces are those of `skypact.policy.describe.rule_words`.
    fields
        The fields that its rules may have beyond those of every rule.
    needs_other
        Whether a rule must name other actors in `to`.
    against
        The classes of threat for which a shot is this action and no other; None: not a matter of class.
    consent
        The action by which others must agree: the country below a shot, the origin of what is handed on.
    unsaid
        Whether it is allowed where no rule says anything.
    own_territory
        Whether every actor may do it from its own territory over its own, whatever rules say.
    aim
        What must lie in `over`.
    """

    means: str
    may: str
    may_not: str
    fields: tuple[str, ...]
    needs_other: bool = True
    against: tuple[ThreatClass, ...] | None = None
    consent: Action | None = None
    unsaid: bool = False
    own_territory: bool = False
    aim: str = ""

    @property
    def of_items(self) -> bool:
        """Whether it is about what is handed over; such a question is asked of any day, not of the raid's."""
        return "items" in self.fields


ACTIONS: Mapping[Action, ActionTerms] = {
    "engage": ActionTerms(
        means="intercept",
        may="{who}{assets} may engage {against}",
        may_not="{who}{assets} may not engage {against}",
        fields=SHOTS,
        needs_other=False,
        consent="consent",
        own_territory=True,
        aim="the intercept",
    ),
    "strike": ActionTerms(
        means="hit targets on the ground, beyond a line",
        may="{who}{assets} may strike {against}",
        may_not="{who}{assets} may not strike {against}",
        fields=SHOTS,
        needs_other=False,
        against=("artillery",),
        consent="consent",
        aim="the target",
    ),
    "share-track": ActionTerms(
        means="give tracks to the actors in `to`",
        may="{who} may share tracks with {others}",
        may_not="{who} may not share tracks with {others}",
        fields=("to",),
    ),
    "share-picture": ActionTerms(
        means="fight in the engagement picture of the actor in `to` (with several: in one of all)",
        may="{who}{assets} may fight in one engagement picture with {others}",
        may_not="{who}{assets} may not fight in one engagement picture with {others}",
        fields=("to", *ASSETS),
    ),
    "consent": ActionTerms(
        means="let the actors in `to` engage or strike over the holder's territory",
        may="{who} lets {others}{assets} engage {against} over its territory",
        may_not="{who} does not let {others}{assets} engage {against} over its territory",
        fields=("to", "classes", *ASSETS),
    ),
    "transfer": ActionTerms(
        means="hand items to the actors in `to` (to all where empty)",
        may="{who} may hand over {items}{to}{by}{away}",
        may_not="{who} may not hand over {items}{to}{by}{away}",
        fields=HANDED,
        needs_other=False,
        consent="re-export",
        unsaid=True,
    ),
    "re-export": ActionTerms(
        means="agree, as the origin of items, that others hand them on to the actors in `to` (to all where empty)",
        may="{who} consents that {donors} hand on {items}{to}{by}{away}",
        may_not="{who} does not consent that {donors} hand on {items}{to}{by}{away}",
        fields=(*HANDED, "donors"),
        needs_other=False,
    ),
}


def shot_at(threat_class: ThreatClass) -> Action:
    """The action that a shot at a class of threat is.

    >>> shot_at("cruise"), shot_at("artillery")
    ('engage', 'strike')
    """
    return next(
        (name for name, terms in ACTIONS.items() if terms.against and threat_class in terms.against), "engage"
    )


def meanings() -> str:
    """What each action means, in one line, for whoever writes a file."""
    return "; ".join(f"`{name}`: {terms.means}" for name, terms in ACTIONS.items())
