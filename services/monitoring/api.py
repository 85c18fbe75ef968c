"""The boards for programs: the same queries as the pages, so the same scopes."""

from typing import Any
from uuid import UUID

from services.monitoring import queries, schemas
from shared.web.api import Blueprint
from shared.web.use import ask

blueprint = Blueprint("monitoring", description="The city, its committees, threads of actions")


@blueprint.get("/board")
@blueprint.arguments(schemas.BoardAsked(), location="query")
@blueprint.response(200, schemas.Board())
def board(sought: dict[str, Any]) -> Any:
    """Every committee one may see, with its money and what awaits whom."""
    return ask(queries.board, **sought)


@blueprint.get("/committees/<uuid:committee_id>")
@blueprint.arguments(schemas.CommitteeAsked(), location="query")
@blueprint.response(200, schemas.CommitteeCard())
def committee(sought: dict[str, Any], committee_id: UUID) -> Any:
    """One committee: money by line, purchases, facts recent first; each list by pages."""
    lists = {name: sought.pop(name) for name in ("lines", "purchases", "waits") if name in sought}
    return ask(queries.committee, committee_id=committee_id, lists=lists, **sought)


@blueprint.get("/actions/<uuid:action_id>/thread")
@blueprint.response(200, schemas.Thread())
def thread(action_id: UUID) -> Any:
    """Every fact of an action with what caused it."""
    return ask(queries.thread, action_id=action_id)


@blueprint.get("/flow")
@blueprint.response(200, schemas.Flow())
def flow() -> Any:
    """What each service's worker last said of itself."""
    return ask(queries.flow)
