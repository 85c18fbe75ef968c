"""Requests for quotes, for procurement: ask, register sealed, open, type."""

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
from services.procurement.pages.needs import PURCHASE_COLUMNS
from shared.web.exports import every
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask, use_cases

_LIST = f"{BASE}/consultations"
MOST_IN_A_MENU = 200
"""How many suppliers or lines one may choose among at once; a search narrows them."""


@blueprint.get("/consultations")
def consultations() -> Any:
    """Files in the hands of procurement, the most pressing first."""
    if wants_csv():
        return as_csv(every(queries.consultations), PURCHASE_COLUMNS, "consultations")
    return render("consultations.html", found=ask(queries.consultations, after=asked_after()))


@blueprint.get("/consultations/<uuid:purchase_id>")
def consultation(purchase_id: UUID) -> str:
    """One file: what is to do with it now."""
    return _page(purchase_id)


def _page(purchase_id: UUID, form: Form | None = None) -> str:
    card = ask(queries.decision, purchase_id=purchase_id)
    sought = request.args.get("chercher", "")[:100]
    suppliers = ask(queries.suppliers_list, search=sought, limit=MOST_IN_A_MENU)
    this_year = use_cases().workplace.clock.today().year
    years = sorted({this_year, this_year + 1, card["needed_by"].year})
    committee = card["committee_id"]
    lines = [
        row
        for year in years
        for row in ask(
            queries.budget_lines, committee_id=committee, year=year, limit=MOST_IN_A_MENU
        )["items"]
    ]
    return render(
        "consultation.html",
        card=card,
        suppliers=suppliers["items"],
        more=suppliers["next"] is not None,
        sought=sought,
        lines=lines,
        form=form or Form(),
    )


@blueprint.post("/consultations/<uuid:purchase_id>/question")
def ask_about(purchase_id: UUID) -> Response:
    """Asks the committee for something that lacks."""
    return submit(
        schemas.Reason(),
        commands.ask_about_need,
        again=lambda form: _page(purchase_id, form),
        then=f"{_LIST}/{purchase_id}",
        done="La question est envoyée au comité.",
        purchase_id=purchase_id,
    )


@blueprint.post("/consultations/<uuid:purchase_id>/ligne")
def charge(purchase_id: UUID) -> Response:
    """Says which budget line pays."""
    return submit(
        schemas.Imputation(),
        commands.charge_to_line,
        again=lambda form: _page(purchase_id, form),
        then=f"{_LIST}/{purchase_id}",
        done="La ligne de budget est notée.",
        purchase_id=purchase_id,
    )


@blueprint.post("/consultations/<uuid:purchase_id>/classer")
def classify(purchase_id: UUID) -> Response:
    """Says which family of purchases the need is of."""
    return submit(
        schemas.Classed(),
        commands.classify_need,
        again=lambda form: _page(purchase_id, form),
        then=f"{_LIST}/{purchase_id}",
        done="La famille est notée ; la règle est celle de cette famille.",
        purchase_id=purchase_id,
    )


@blueprint.post("/consultations/<uuid:purchase_id>/demander")
def request_quotes(purchase_id: UUID) -> Response:
    """Asks suppliers for quotes."""
    return submit(
        schemas.QuoteRequestForm(),
        commands.request_quotes,
        again=lambda form: _page(purchase_id, form),
        then=f"{_LIST}/{purchase_id}",
        done="Les devis sont demandés : mêmes lignes et même clôture pour tous.",
        purchase_id=purchase_id,
    )


@blueprint.post("/consultations/<uuid:purchase_id>/recevoir")
def register(purchase_id: UUID) -> Response:
    """Registers a sealed quote."""
    sent = request.files.get("file")
    return submit(
        schemas.RegisteredQuote(),
        commands.register_quote,
        again=lambda form: _page(purchase_id, form),
        then=f"{_LIST}/{purchase_id}",
        done="Devis enregistré, fermé jusqu’à la clôture.",
        purchase_id=purchase_id,
        file=sent.read() if sent else b"",
    )


@blueprint.post("/consultations/<uuid:purchase_id>/ouvrir")
def open_quotes(purchase_id: UUID) -> Response:
    """Opens the quotes once closing is past."""
    return submit(
        schemas.Nothing(),
        commands.open_quotes,
        again=lambda form: _page(purchase_id, form),
        then=f"{_LIST}/{purchase_id}",
        done="Les devis sont ouverts.",
        purchase_id=purchase_id,
    )


@blueprint.post("/consultations/<uuid:purchase_id>/confirmer")
def confirm(purchase_id: UUID) -> Response:
    """Notes that a supplier stands by its quote."""
    return submit(
        schemas.ConfirmedQuote(),
        commands.confirm_quote,
        again=lambda form: _page(purchase_id, form),
        then=f"{_LIST}/{purchase_id}",
        done="La confirmation du fournisseur est notée.",
        purchase_id=purchase_id,
    )


@blueprint.post("/consultations/<uuid:purchase_id>/contrat")
def record_contract(purchase_id: UUID) -> Response:
    """Puts the written contract in the file."""
    sent = request.files.get("contract")
    return submit(
        schemas.Nothing(),
        commands.record_contract,
        again=lambda form: _page(purchase_id, form),
        then=f"{_LIST}/{purchase_id}",
        done="Le contrat est dans le dossier.",
        purchase_id=purchase_id,
        file=sent.read() if sent else b"",
    )


@blueprint.get("/consultations/<uuid:purchase_id>/devis/<uuid:quote_id>")
def quote(purchase_id: UUID, quote_id: UUID) -> str:
    """The form that types an opened quote."""
    return _quote_page(purchase_id, quote_id)


def _quote_page(purchase_id: UUID, quote_id: UUID, form: Form | None = None) -> str:
    card = ask(queries.decision, purchase_id=purchase_id)
    found = next((q for q in card["quotes"] if q["id"] == quote_id), None)
    typed = form or Form(_as_form(card, found) if found and "lines" in found else None)
    return render("quote.html", card=card, quote=found, form=typed)


def _as_form(card: dict[str, Any], quote: dict[str, Any]) -> dict[str, str]:
    """What is already typed, else the lines of the need to be priced."""
    names = ("label", "quantity", "unit", "unit_price_excl_tax", "vat_rate")
    form = {
        f"lines-{n}-{name}": _plain(line.get(name))
        for n, line in enumerate(quote["lines"] or card["lines"])
        for name in names
    }
    kept = ("delivery_date", "valid_until", "score_delay", "score_environment", "vat_exemption")
    return form | {name: _plain(quote[name]) for name in kept}


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


@blueprint.post("/consultations/<uuid:purchase_id>/devis/<uuid:quote_id>")
def type_quote(purchase_id: UUID, quote_id: UUID) -> Response:
    """Types an opened quote."""
    return submit(
        schemas.TypedQuote(),
        commands.type_quote,
        again=lambda form: _quote_page(purchase_id, quote_id, form),
        then=f"{_LIST}/{purchase_id}",
        done="Le devis est saisi.",
        purchase_id=purchase_id,
        quote_id=quote_id,
    )
