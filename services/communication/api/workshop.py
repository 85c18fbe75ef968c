"""The workshop: what its weeks hold, and its hours."""

from typing import Any

from services.communication import commands, queries, schemas
from services.communication.api.blueprint import blueprint
from shared.web.use import ask, perform


@blueprint.get("/plan")
@blueprint.response(200, schemas.Plan())
def plan() -> Any:
    """The coming weeks with their capacity and what they hold."""
    return ask(queries.print_plan)


@blueprint.put("/capacity")
@blueprint.arguments(schemas.Capacity(exclude=["version"]))
@blueprint.response(204)
def set_capacity(given: dict[str, Any]) -> None:
    """Say the hours of a usual week (If-Match: the version read, or *)."""
    perform(commands.set_capacity, **given)


@blueprint.put("/weeks")
@blueprint.arguments(schemas.Week())
@blueprint.response(204)
def set_week(given: dict[str, Any]) -> None:
    """Say that a week has other hours than usual."""
    perform(commands.set_week, **given)
