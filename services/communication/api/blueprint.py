"""The blueprint of the API."""

from shared.web.api import Blueprint

blueprint = Blueprint("communication", description="Campaigns, print requests, proofs, capacity")
