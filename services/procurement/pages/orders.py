"""After the decision: commitment numbers, orders, deliveries, invoices."""

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

_ORDERS = (
    ("Numéro", lambda r: r["order_number"]),
    ("Signé le", lambda r: r["ordered_on"]),
    ("Engagement", lambda r: r["commitment_number"]),
    ("Achat", lambda r: r["title"]),
    ("Comité", lambda r: r["committee"]["name"] if r["committee"] else ""),
    ("Fournisseur", lambda r: r["supplier"]),
    ("SIREN", lambda r: r["siren"]),
    ("Montant TTC", lambda r: r["amount_incl_tax"]),
    ("Étape", lambda r: r["state_name"]),
)
_INVOICES = (
    ("Facture", lambda r: r["number"]),
    ("Fournisseur", lambda r: r["supplier"]),
    ("SIRET", lambda r: r["siret"]),
    ("Commande", lambda r: r["order_number"]),
    ("Reçue le", lambda r: r["received_on"]),
    ("À payer avant le", lambda r: r["due"]),
    ("Payée le", lambda r: r["paid_on"]),
    ("Montant TTC", lambda r: r["amount_incl_tax"]),
)


@blueprint.get("/a-numeroter")
def to_number() -> str:
    """Validated quotes that await their commitment number."""
    return _to_number(Form())


def _to_number(form: Form, refused: UUID | None = None) -> str:
    found = ask(queries.to_number, after=asked_after())
    return render("to_number.html", found=found, form=form, refused=refused)


@blueprint.post("/a-numeroter/<uuid:purchase_id>")
def commit(purchase_id: UUID) -> Response:
    """Records a commitment number."""
    return submit(
        schemas.Commitment(),
        commands.record_commitment,
        again=lambda form: _to_number(form, purchase_id),
        then=f"{BASE}/a-numeroter",
        done="Engagement enregistré : la réservation devient un engagement.",
        purchase_id=purchase_id,
    )


@blueprint.get("/commandes")
def orders() -> Any:
    """Signed orders, the latest first."""
    if wants_csv():
        return as_csv(every(queries.orders_list), _ORDERS, "commandes")
    return render("orders.html", found=ask(queries.orders_list, after=asked_after()))


@blueprint.get("/livraisons")
def deliveries() -> str:
    """Orders whose delivery my committee certifies."""
    found = ask(queries.deliveries_awaited, after=asked_after())
    return render("deliveries.html", found=found)


@blueprint.get("/livraisons/<uuid:purchase_id>")
def delivery(purchase_id: UUID) -> str:
    """The form of what came."""
    return _delivery_page(purchase_id)


def _delivery_page(purchase_id: UUID, form: Form | None = None) -> str:
    card = ask(queries.purchase_card, purchase_id=purchase_id)
    left = ask(queries.left_to_deliver, purchase_id=purchase_id)
    return render("delivery.html", card=card, left=left, form=form or Form())


@blueprint.post("/livraisons/<uuid:purchase_id>")
def certify(purchase_id: UUID) -> Response:
    """Certifies what came."""
    return submit(
        schemas.Delivery(),
        commands.certify_delivery,
        again=lambda form: _delivery_page(purchase_id, form),
        then=f"{BASE}/achats/{purchase_id}",
        done="Livraison certifiée. Merci d’avoir été là.",
        purchase_id=purchase_id,
    )


@blueprint.post("/achats/<uuid:purchase_id>/renoncer")
def stop(purchase_id: UUID) -> Response:
    """Gives up what has not come."""
    return submit(
        schemas.Reason(),
        commands.stop_order,
        again=lambda form: _invoice_page(purchase_id, form),
        then=f"{BASE}/achats/{purchase_id}",
        done="Le reste de la commande est abandonné et son argent rendu.",
        purchase_id=purchase_id,
    )


@blueprint.get("/factures")
def invoices() -> Any:
    """Invoices that await their payment, or all."""
    paid_too = request.args.get("toutes") == "1"
    if wants_csv():
        return as_csv(every(queries.invoices_list, unpaid=not paid_too), _INVOICES, "factures")
    found = ask(queries.invoices_list, unpaid=not paid_too, after=asked_after())
    orders = ask(queries.orders_list, billable=True, after=request.args.get("commandes") or None)
    return render("invoices.html", found=found, paid_too=paid_too, orders=orders)


@blueprint.get("/factures/<uuid:purchase_id>")
def invoice(purchase_id: UUID) -> str:
    """The invoices of one order: record, pay, settle."""
    return _invoice_page(purchase_id)


def _invoice_page(purchase_id: UUID, form: Form | None = None) -> str:
    card = ask(queries.purchase_card, purchase_id=purchase_id)
    return render("invoice.html", card=card, form=form or Form())


@blueprint.post("/factures/<uuid:purchase_id>")
def record_invoice(purchase_id: UUID) -> Response:
    """Records an invoice."""
    return submit(
        schemas.Invoice(),
        commands.record_invoice,
        again=lambda form: _invoice_page(purchase_id, form),
        then=f"{BASE}/factures/{purchase_id}",
        done="Facture enregistrée.",
        purchase_id=purchase_id,
    )


@blueprint.post("/factures/<uuid:purchase_id>/<uuid:invoice_id>/payer")
def pay(purchase_id: UUID, invoice_id: UUID) -> Response:
    """Records the accountant's payment."""
    return submit(
        schemas.Payment(),
        commands.record_payment,
        again=lambda form: _invoice_page(purchase_id, form),
        then=f"{BASE}/factures/{purchase_id}",
        done="Paiement enregistré.",
        purchase_id=purchase_id,
        invoice_id=invoice_id,
    )


@blueprint.post("/factures/<uuid:purchase_id>/solder")
def settle(purchase_id: UUID) -> Response:
    """Closes the file."""
    return submit(
        schemas.Nothing(),
        commands.settle_purchase,
        again=lambda form: _invoice_page(purchase_id, form),
        then=f"{BASE}/factures/{purchase_id}",
        done="Dossier soldé ; le reste est rendu à la ligne.",
        purchase_id=purchase_id,
    )
