"""The blueprint of the API."""

from shared.web.api import Blueprint

blueprint = Blueprint("decision", description="Ideas, advice, charters, votes, actions chosen")
