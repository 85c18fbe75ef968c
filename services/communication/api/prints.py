"""Print requests, one by one. A proof is published from a page, which takes files."""

from typing import Any
from uuid import UUID

from services.communication import commands, queries, schemas
from services.communication.api.blueprint import blueprint
from shared.web.api import Page
from shared.web.use import ask, perform


@blueprint.get("/prints")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Requests())
def prints(sought: dict[str, Any]) -> Any:
    """A page of open print requests, what is due first at the head."""
    return ask(queries.print_requests, **sought)


@blueprint.get("/prints/<uuid:request_id>")
@blueprint.response(200, schemas.RequestFull())
def one_print(request_id: UUID) -> Any:
    """One request with its brief and proofs."""
    return ask(queries.print_request, request_id=request_id)


@blueprint.put("/prints/<uuid:request_id>/brief")
@blueprint.arguments(schemas.Brief(exclude=["version"]))
@blueprint.response(204)
def complete(given: dict[str, Any], request_id: UUID) -> None:
    """Say the brief again, to keep or to send (If-Match: the version read)."""
    perform(commands.complete_brief, request_id=request_id, **given)


@blueprint.put("/prints/<uuid:request_id>/needed-by")
@blueprint.arguments(schemas.NeededBy())
@blueprint.response(204)
def change_date(given: dict[str, Any], request_id: UUID) -> None:
    """Want it for another day."""
    perform(commands.change_date, request_id=request_id, **given)


@blueprint.post("/prints/<uuid:request_id>/acceptance")
@blueprint.arguments(schemas.Acceptance())
@blueprint.response(204)
def accept(given: dict[str, Any], request_id: UUID) -> None:
    """Take it on for so many hours."""
    perform(commands.accept_print, request_id=request_id, **given)


@blueprint.post("/prints/<uuid:request_id>/refusal")
@blueprint.arguments(schemas.Reason())
@blueprint.response(204)
def refuse(given: dict[str, Any], request_id: UUID) -> None:
    """Send it back with a reason."""
    perform(commands.refuse_print, request_id=request_id, **given)


@blueprint.put("/prints/<uuid:request_id>/slot")
@blueprint.arguments(schemas.Slot())
@blueprint.response(200, schemas.Placed())
def schedule(given: dict[str, Any], request_id: UUID) -> Any:
    """Give it a week."""
    return {"ready_by": perform(commands.schedule_print, request_id=request_id, **given)}


@blueprint.post("/prints/<uuid:request_id>/outside")
@blueprint.arguments(schemas.Reason())
@blueprint.response(204)
def outside(given: dict[str, Any], request_id: UUID) -> None:
    """Have it printed outside."""
    perform(commands.send_outside, request_id=request_id, **given)


@blueprint.post("/prints/<uuid:request_id>/approval")
@blueprint.arguments(schemas.Signature())
@blueprint.response(204)
def approve(given: dict[str, Any], request_id: UUID) -> None:
    """Sign the proof for the bytes that were read."""
    perform(commands.approve_proof, request_id=request_id, **given)


@blueprint.post("/prints/<uuid:request_id>/corrections")
@blueprint.arguments(schemas.Corrections())
@blueprint.response(204)
def correct(given: dict[str, Any], request_id: UUID) -> None:
    """Ask for corrections of the proof that was read."""
    perform(commands.ask_corrections, request_id=request_id, **given)


@blueprint.post("/prints/<uuid:request_id>/printing")
@blueprint.response(204)
def start_printing(request_id: UUID) -> None:
    """Put on the press what was signed."""
    perform(commands.start_printing, request_id=request_id)


@blueprint.post("/prints/<uuid:request_id>/delivery")
@blueprint.arguments(schemas.Delivery())
@blueprint.response(204)
def deliver(given: dict[str, Any], request_id: UUID) -> None:
    """Note what was brought."""
    perform(commands.deliver_prints, request_id=request_id, **given)


@blueprint.post("/prints/<uuid:request_id>/cancellation")
@blueprint.arguments(schemas.Reason())
@blueprint.response(204)
def cancel(given: dict[str, Any], request_id: UUID) -> None:
    """Do without it."""
    perform(commands.cancel_print, request_id=request_id, **given)
