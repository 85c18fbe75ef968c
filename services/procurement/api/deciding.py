"""Decisions: check, validate, ask for more, refuse, cancel, step back."""

from typing import Any
from uuid import UUID

from services.procurement import commands, schemas
from services.procurement.api.blueprint import blueprint, version_read
from shared.web.use import perform


@blueprint.post("/purchases/<uuid:purchase_id>/check")
@blueprint.arguments(schemas.Check(exclude=["version"]))
@blueprint.response(204)
def check(given: dict[str, Any], purchase_id: UUID) -> None:
    """Propose a quote for validation (If-Match: the version read)."""
    perform(commands.check_quote, purchase_id=purchase_id, version=version_read(), **given)


@blueprint.post("/purchases/<uuid:purchase_id>/validation")
@blueprint.arguments(schemas.Validation())
@blueprint.response(200, schemas.Moved())
def validate(given: dict[str, Any], purchase_id: UUID) -> Any:
    """Choose the proposed quote and reserve its amount."""
    return {"state": perform(commands.validate_quote, purchase_id=purchase_id, **given)}


@blueprint.post("/purchases/<uuid:purchase_id>/more")
@blueprint.arguments(schemas.Question())
@blueprint.response(204)
def ask_more(given: dict[str, Any], purchase_id: UUID) -> None:
    """Send the file back to procurement with a question."""
    perform(commands.ask_more, purchase_id=purchase_id, **given)


@blueprint.post("/purchases/<uuid:purchase_id>/refusal")
@blueprint.arguments(schemas.Refusal())
@blueprint.response(204)
def refuse(given: dict[str, Any], purchase_id: UUID) -> None:
    """Stop a purchase with a reason."""
    perform(commands.refuse_purchase, purchase_id=purchase_id, **given)


@blueprint.post("/purchases/<uuid:purchase_id>/cancellation")
@blueprint.arguments(schemas.Reason())
@blueprint.response(204)
def cancel(given: dict[str, Any], purchase_id: UUID) -> None:
    """Cancel a purchase with a reason; what it held is released."""
    perform(commands.cancel_purchase, purchase_id=purchase_id, **given)


@blueprint.post("/purchases/<uuid:purchase_id>/interest")
@blueprint.arguments(schemas.Interest())
@blueprint.response(204)
def declare_interest(given: dict[str, Any], purchase_id: UUID) -> None:
    """Step back from a file."""
    perform(commands.declare_interest, purchase_id=purchase_id, **given)
