"""The pages of the annuaire, phone first where people carry a phone."""

from services.directory.pages import (
    account,
    committees,
    delegations,
    demonstration,
    home,
    people,
    relays,
    sign_in,
)
from services.directory.pages.blueprint import blueprint

__all__ = [
    "account",
    "blueprint",
    "committees",
    "delegations",
    "demonstration",
    "home",
    "people",
    "relays",
    "sign_in",
]
