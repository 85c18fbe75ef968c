"""Purchases as a list and one by one; a need, said and said again."""

from typing import Any
from uuid import UUID

from services.procurement import commands, queries, schemas
from services.procurement.api.blueprint import blueprint, version_read
from shared.web.api import Created, Page
from shared.web.use import ask, perform


@blueprint.get("/purchases")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Purchases())
def purchases(sought: dict[str, Any]) -> Any:
    """A page of purchases, by the day they are needed."""
    return ask(queries.purchases_list, closed=True, **sought)


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
    perform(commands.complete_need, purchase_id=purchase_id, version=version_read(), **given)


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
    perform(commands.charge_to_line, purchase_id=purchase_id, version=version_read(), **given)
