"""After the decision: commitment, order, deliveries, invoices."""

from typing import Any
from uuid import UUID

from services.procurement import commands, schemas
from services.procurement.api.blueprint import blueprint
from shared.web.api import Created
from shared.web.use import perform


@blueprint.post("/purchases/<uuid:purchase_id>/commitment")
@blueprint.arguments(schemas.Commitment())
@blueprint.response(204)
def commit(given: dict[str, Any], purchase_id: UUID) -> None:
    """Record the commitment number."""
    perform(commands.record_commitment, purchase_id=purchase_id, **given)


@blueprint.post("/purchases/<uuid:purchase_id>/order")
@blueprint.arguments(schemas.Signature())
@blueprint.response(200, schemas.Numbered())
def sign(given: dict[str, Any], purchase_id: UUID) -> Any:
    """Sign the order: it gets its number and its document."""
    return {"number": perform(commands.sign_order, purchase_id=purchase_id, **given)}


@blueprint.post("/purchases/<uuid:purchase_id>/deliveries")
@blueprint.arguments(schemas.Delivery())
@blueprint.response(201, schemas.Certified())
def certify(given: dict[str, Any], purchase_id: UUID) -> Any:
    """Certify what came."""
    return perform(commands.certify_delivery, purchase_id=purchase_id, **given)


@blueprint.post("/purchases/<uuid:purchase_id>/stopping")
@blueprint.arguments(schemas.Reason())
@blueprint.response(204)
def stop(given: dict[str, Any], purchase_id: UUID) -> None:
    """Give up what has not come."""
    perform(commands.stop_order, purchase_id=purchase_id, **given)


@blueprint.post("/purchases/<uuid:purchase_id>/invoices")
@blueprint.arguments(schemas.Invoice())
@blueprint.response(201, Created())
def invoice(given: dict[str, Any], purchase_id: UUID) -> Any:
    """Record an invoice."""
    return {"id": perform(commands.record_invoice, purchase_id=purchase_id, **given)}


@blueprint.post("/purchases/<uuid:purchase_id>/invoices/<uuid:invoice_id>/payment")
@blueprint.arguments(schemas.Payment())
@blueprint.response(200, schemas.Moved())
def pay(given: dict[str, Any], purchase_id: UUID, invoice_id: UUID) -> Any:
    """Record the accountant's payment."""
    state = perform(
        commands.record_payment, purchase_id=purchase_id, invoice_id=invoice_id, **given
    )
    return {"state": state}
