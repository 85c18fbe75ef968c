"""What a fact says to people, in one short French sentence; one function for each type.

Facts hold ids and never names of people, so no sentence names anybody: who decided stands beside.
"""

from services.monitoring.projections.sentences import carrying, choosing, money, people, telling
from services.monitoring.projections.sentences.saying import sentence

__all__ = ["carrying", "choosing", "money", "people", "sentence", "telling"]
