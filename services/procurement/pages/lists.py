"""Suppliers, purchase families, and the rules in force on a day."""

from typing import Any
from uuid import UUID

from flask import Response, request

from services.procurement import commands, queries, schemas
from services.procurement.pages.blueprint import (
    BASE,
    as_csv,
    asked_after,
    blueprint,
    wants_csv,
)
from shared.web.exports import every
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask

_SUPPLIERS = (
    ("Fournisseur", lambda r: r["name"]),
    ("SIREN", lambda r: r["siren"]),
    ("SIRET", lambda r: r["siret"]),
    ("Achats sur 12 mois", lambda r: r["purchases"]),
    ("HT sur 12 mois", lambda r: r["spent_excl_tax"]),
)
_RULES = (
    ("Règle", lambda r: r["name"]),
    ("Catégorie", lambda r: r["category"]),
    ("Valeur", lambda r: r["value"]),
    ("Unité", lambda r: r["unit"]),
    ("Texte", lambda r: r["text"]),
    ("Source", lambda r: r["source"]),
    ("Depuis", lambda r: r["valid_from"]),
    ("Jusqu’au", lambda r: r["valid_to"]),
)


@blueprint.get("/fournisseurs")
def suppliers() -> Any:
    """Suppliers by name, with what was bought from each in twelve months."""
    return _suppliers_page(Form())


def _suppliers_page(form: Form) -> Any:
    sought = schemas.Search(unknown="exclude").load(request.args.to_dict())
    if wants_csv():
        rows = every(queries.suppliers_list, search=sought["search"])
        return as_csv(rows, _SUPPLIERS, "fournisseurs")
    found = ask(queries.suppliers_list, **sought)
    return render("suppliers.html", found=found, sought=sought, form=form)


@blueprint.post("/fournisseurs")
def name_supplier() -> Response:
    """Lists a supplier."""
    return submit(
        schemas.Supplier(),
        commands.name_supplier,
        again=_suppliers_page,
        then=lambda named: f"{BASE}/fournisseurs/{named['id']}",
        done="Ce fournisseur est dans la liste.",
    )


@blueprint.get("/fournisseurs/<uuid:supplier_id>")
def supplier(supplier_id: UUID) -> str:
    """One supplier and what was bought from it."""
    card = ask(queries.supplier_card, supplier_id=supplier_id, after=asked_after())
    return render("supplier.html", card=card)


@blueprint.get("/familles")
def families() -> str:
    """The need of each purchase family over twelve months, all committees together."""
    return render("families.html", found=ask(queries.families, after=asked_after()))


@blueprint.get("/regles")
def rules() -> Any:
    """The rules in force on a day."""
    return _rules_page(Form())


def _rules_page(form: Form) -> Any:
    sought = schemas.OnDay(unknown="exclude").load(
        {k: v for k, v in request.args.items() if v and k == "day"}
    )
    found = ask(queries.rules_in_force, **sought)
    if wants_csv():
        return as_csv(found["rules"], _RULES, f"regles-{found['day']}")
    return render("rules.html", found=found, form=form)


@blueprint.post("/regles")
def record_rule() -> Response:
    """Records a dated rule."""
    return submit(
        schemas.Rule(),
        commands.record_rule,
        again=_rules_page,
        then=f"{BASE}/regles",
        done="La règle est enregistrée.",
    )


@blueprint.post("/regles/<uuid:rule_id>/fin")
def end_rule(rule_id: UUID) -> Response:
    """Gives a rule its last day."""
    return submit(
        schemas.RuleEnd(),
        commands.end_rule,
        again=_rules_page,
        then=f"{BASE}/regles",
        done="La règle a une fin.",
        rule_id=rule_id,
    )
