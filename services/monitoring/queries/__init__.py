"""What people and programs may ask monitoring; scopes are applied in each read."""

from services.monitoring.queries.board import board, committees_behind
from services.monitoring.queries.committee import committee, my_committees
from services.monitoring.queries.freshness import flow
from services.monitoring.queries.letters import MOST_LETTERS, letters
from services.monitoring.queries.purchases import awaited, purchases
from services.monitoring.queries.scope import OVERSEERS, READERS
from services.monitoring.queries.thread import thread
from services.monitoring.queries.words import STEPS, awaited_name, service_name

__all__ = [
    "MOST_LETTERS",
    "OVERSEERS",
    "READERS",
    "STEPS",
    "awaited",
    "awaited_name",
    "board",
    "committee",
    "committees_behind",
    "flow",
    "letters",
    "my_committees",
    "purchases",
    "service_name",
    "thread",
]
