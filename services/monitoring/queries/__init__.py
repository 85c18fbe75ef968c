"""What people and programs may ask monitoring; scopes are applied in each read."""

from services.monitoring.queries.board import board, committees_behind
from services.monitoring.queries.committee import committee
from services.monitoring.queries.freshness import flow
from services.monitoring.queries.kinds import KINDS, kind_of
from services.monitoring.queries.letters import MOST_LETTERS, letters
from services.monitoring.queries.mine import my_committee, my_committees
from services.monitoring.queries.purchases import purchases
from services.monitoring.queries.road import ROAD
from services.monitoring.queries.scope import NEIGHBOURS, OVERSEERS, READERS
from services.monitoring.queries.thread import thread
from services.monitoring.queries.waiting import awaited, blocked, waiting
from services.monitoring.queries.words import STEPS, awaited_name, service_name

__all__ = [
    "KINDS",
    "MOST_LETTERS",
    "NEIGHBOURS",
    "OVERSEERS",
    "READERS",
    "ROAD",
    "STEPS",
    "awaited",
    "awaited_name",
    "blocked",
    "board",
    "committee",
    "committees_behind",
    "flow",
    "kind_of",
    "letters",
    "my_committee",
    "my_committees",
    "purchases",
    "service_name",
    "thread",
    "waiting",
]
