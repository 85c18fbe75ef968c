"""Quotes: asked, opened, typed, confirmed. A sealed one is registered from a page."""

from typing import Any
from uuid import UUID

from services.procurement import commands, schemas
from services.procurement.api.blueprint import blueprint, version_read
from shared.web.use import perform


@blueprint.post("/purchases/<uuid:purchase_id>/requests")
@blueprint.arguments(schemas.QuoteRequest(exclude=["version"]))
@blueprint.response(204)
def request_quotes(given: dict[str, Any], purchase_id: UUID) -> None:
    """Ask suppliers for quotes (If-Match: the version read)."""
    perform(commands.request_quotes, purchase_id=purchase_id, version=version_read(), **given)


@blueprint.post("/purchases/<uuid:purchase_id>/opening")
@blueprint.response(204)
def open_quotes(purchase_id: UUID) -> None:
    """Open the quotes, once closing is past."""
    perform(commands.open_quotes, purchase_id=purchase_id)


@blueprint.put("/purchases/<uuid:purchase_id>/quotes/<uuid:quote_id>")
@blueprint.arguments(schemas.TypedQuote(exclude=["version"]))
@blueprint.response(204)
def type_quote(given: dict[str, Any], purchase_id: UUID, quote_id: UUID) -> None:
    """Type an opened quote (If-Match: the version read); visas given before fall."""
    perform(
        commands.type_quote,
        purchase_id=purchase_id,
        quote_id=quote_id,
        version=version_read(),
        **given,
    )


@blueprint.post("/purchases/<uuid:purchase_id>/quotes/<uuid:quote_id>/confirmation")
@blueprint.arguments(schemas.Confirmation())
@blueprint.response(204)
def confirm_quote(given: dict[str, Any], purchase_id: UUID, quote_id: UUID) -> None:
    """Note that a supplier stands by its quote; visas stay."""
    perform(commands.confirm_quote, purchase_id=purchase_id, quote_id=quote_id, **given)
