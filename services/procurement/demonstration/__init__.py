"""Invented purchases at every step, over the invented committees; dates count from today.

Needs are said by the story of the plans, lines open by themselves on the choice of an action;
here is what procurement, delegates and finance then do, each on a likely day. What nobody said
before is said here. Suppliers bear published test numbers, or numbers that begin with zeros: no
company has them.
"""

from services.procurement.demonstration.telling import STORY, cast

__all__ = ["STORY", "cast"]
