"""Procurement for programs: the same commands as the pages."""

from typing import Any
from uuid import UUID

from flask import request

from services.procurement import commands, queries, schemas
from shared.web.api import Blueprint, Created, Page
from shared.web.use import ask, perform

blueprint = Blueprint("procurement", description="Needs, quotes, approvals, budgets, orders")


def _version() -> str | None:
    """The version that the program read, from If-Match."""
    return request.headers.get("If-Match", "").strip('W/" ') or None


@blueprint.get("/purchases")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Purchases())
def purchases(sought: dict[str, Any]) -> Any:
    """A page of purchases, by the day they are needed."""
    return ask(queries.purchases_page, **sought)


@blueprint.post("/purchases")
@blueprint.arguments(schemas.NeedOfProgram())
@blueprint.response(201, Created())
def open_a_need(given: dict[str, Any]) -> Any:
    """Open the file of a need; the same need_id twice is one file."""
    return {"id": perform(commands.open_a_need, **given)}


@blueprint.get("/purchases/<uuid:purchase_id>")
@blueprint.response(200, schemas.PurchaseFileShown())
def purchase(purchase_id: UUID) -> Any:
    """One file, as far as it may be read; ``seen`` is what a decision sends back."""
    return ask(queries.decision, purchase_id=purchase_id)


@blueprint.put("/purchases/<uuid:purchase_id>/need")
@blueprint.arguments(schemas.Completion(exclude=["version"]))
@blueprint.response(204)
def complete_need(given: dict[str, Any], purchase_id: UUID) -> None:
    """Say the need again before suppliers are asked (If-Match: the version read)."""
    perform(commands.complete_need, purchase_id=purchase_id, version=_version(), **given)


@blueprint.post("/purchases/<uuid:purchase_id>/question")
@blueprint.arguments(schemas.Reason())
@blueprint.response(204)
def ask_about_need(given: dict[str, Any], purchase_id: UUID) -> None:
    """Ask the committee for something that lacks."""
    perform(commands.ask_about_need, purchase_id=purchase_id, **given)


@blueprint.put("/purchases/<uuid:purchase_id>/budget-line")
@blueprint.arguments(schemas.Imputation(exclude=["version"]))
@blueprint.response(204)
def charge(given: dict[str, Any], purchase_id: UUID) -> None:
    """Say which budget line pays (If-Match: the version read)."""
    perform(commands.charge_to_line, purchase_id=purchase_id, version=_version(), **given)


@blueprint.post("/purchases/<uuid:purchase_id>/requests")
@blueprint.arguments(schemas.QuoteRequest(exclude=["version"]))
@blueprint.response(204)
def request_quotes(given: dict[str, Any], purchase_id: UUID) -> None:
    """Ask suppliers for quotes (If-Match: the version read)."""
    perform(commands.request_quotes, purchase_id=purchase_id, version=_version(), **given)


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
        version=_version(),
        **given,
    )


@blueprint.post("/purchases/<uuid:purchase_id>/check")
@blueprint.arguments(schemas.Check(exclude=["version"]))
@blueprint.response(204)
def check(given: dict[str, Any], purchase_id: UUID) -> None:
    """Propose a quote for validation (If-Match: the version read)."""
    perform(commands.check_quote, purchase_id=purchase_id, version=_version(), **given)


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


@blueprint.get("/budget-lines")
@blueprint.arguments(schemas.OfYear(), location="query")
@blueprint.response(200, schemas.BudgetLines())
def budget_lines(sought: dict[str, Any]) -> Any:
    """The lines of a year with their balances."""
    return {"items": ask(queries.budget_lines, **sought)}


@blueprint.post("/budget-lines")
@blueprint.arguments(schemas.BudgetLine())
@blueprint.response(201, Created())
def open_budget_line(given: dict[str, Any]) -> Any:
    """Open a line inside its committee's envelope."""
    return {"id": perform(commands.open_budget_line, **given)}


@blueprint.post("/budget-lines/<uuid:from_id>/transfers")
@blueprint.arguments(schemas.Transfer())
@blueprint.response(204)
def transfer(given: dict[str, Any], from_id: UUID) -> None:
    """Move available money to another line."""
    perform(commands.transfer_between_lines, from_id=from_id, **given)


@blueprint.post("/envelopes")
@blueprint.arguments(schemas.Envelopes())
@blueprint.response(201, schemas.EnvelopesOpened())
def open_envelopes(given: dict[str, Any]) -> Any:
    """Open the envelopes of a year for every committee that has none."""
    return perform(commands.open_envelopes, **given)


@blueprint.get("/suppliers")
@blueprint.arguments(schemas.Search(), location="query")
@blueprint.response(200, schemas.Suppliers())
def suppliers(sought: dict[str, Any]) -> Any:
    """A page of suppliers, by name."""
    return ask(queries.suppliers_list, **sought)


@blueprint.post("/suppliers")
@blueprint.arguments(schemas.Supplier())
@blueprint.response(201, schemas.SupplierNamed())
def name_supplier(given: dict[str, Any]) -> Any:
    """List a supplier."""
    return perform(commands.name_supplier, **given)


@blueprint.get("/rules")
@blueprint.arguments(schemas.OnDay(), location="query")
@blueprint.response(200, schemas.Rules())
def rules(sought: dict[str, Any]) -> Any:
    """The rules in force on a day."""
    return ask(queries.rules_in_force, **sought)


@blueprint.post("/rules")
@blueprint.arguments(schemas.Rule())
@blueprint.response(201, Created())
def record_rule(given: dict[str, Any]) -> Any:
    """Record a dated rule with its source."""
    return {"id": perform(commands.record_rule, **given)}
