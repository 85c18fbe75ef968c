"""Money, suppliers, rules."""

from typing import Any
from uuid import UUID

from services.procurement import commands, queries, schemas
from services.procurement.api.blueprint import blueprint
from shared.web.api import Created
from shared.web.use import ask, perform


@blueprint.get("/budget-lines")
@blueprint.arguments(schemas.OfYear(), location="query")
@blueprint.response(200, schemas.BudgetLines())
def budget_lines(sought: dict[str, Any]) -> Any:
    """A page of the lines of a year with their balances."""
    return ask(queries.budget_lines, **sought)


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
