"""A recorded night as a scenario: what flew is the record's, how it flew and who stood where is assumed and said.

`night_scenario` is a pure function from understood reports and a date to the text of a scenario.
"""

from skypact.evidence.night.claims import RecordedFlight, claims, joined
from skypact.evidence.night.scenario import NightScenario, night_scenario

__all__ = ["NightScenario", "RecordedFlight", "claims", "joined", "night_scenario"]
