"""The rules of campaigns and prints: pure, without database nor web."""

from services.communication.model.brief import NAMES, Brief
from services.communication.model.campaign import Campaign
from services.communication.model.delays import Delays, monday_of
from services.communication.model.drafting import OPEN, STANDING_NAMES
from services.communication.model.papers import Act, Doer, Handout, Proof
from services.communication.model.request import PrintRequest
from services.communication.model.steps import State, Step
from services.communication.model.strategy import Strategy, WantedSupport, WantedTarget
from services.communication.model.weeks import (
    Fit,
    Load,
    Offer,
    Slot,
    Week,
    Workshop,
    first_fit,
    loads_from,
    offer_id,
    week_id,
    workshop_id,
)
from services.communication.model.words import (
    DEPARTMENT,
    PLAN,
    Answer,
    Colours,
    Paper,
    Standing,
    Support,
)

__all__ = [
    "DEPARTMENT",
    "NAMES",
    "OPEN",
    "PLAN",
    "STANDING_NAMES",
    "Act",
    "Answer",
    "Brief",
    "Campaign",
    "Colours",
    "Delays",
    "Doer",
    "Fit",
    "Handout",
    "Load",
    "Offer",
    "Paper",
    "PrintRequest",
    "Proof",
    "Slot",
    "Standing",
    "State",
    "Step",
    "Strategy",
    "Support",
    "WantedSupport",
    "WantedTarget",
    "Week",
    "Workshop",
    "first_fit",
    "loads_from",
    "monday_of",
    "offer_id",
    "week_id",
    "workshop_id",
]
