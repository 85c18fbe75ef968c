"""What a committee needs: its list, a new need, one purchase followed to its end."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, request

from services.procurement import commands, queries, schemas
from services.procurement.pages.bars import parts_of, total_of
from services.procurement.pages.blueprint import (
    BASE,
    as_csv,
    asked_after,
    blueprint,
    in_a_group,
    wants_csv,
)
from shared.web.exports import download, every
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask

PURCHASE_COLUMNS = (
    ("Achat", lambda r: r["title"]),
    ("Comité", lambda r: r["committee"]["name"] if r["committee"] else ""),
    ("Étape", lambda r: r["state_name"]),
    ("Attendu", lambda r: r["awaited_name"]),
    ("Avant le", lambda r: r["due"]),
    ("Voulu le", lambda r: r["needed_by"]),
    ("Fournisseur", lambda r: r["supplier"]),
    ("Montant TTC", lambda r: r["amount_incl_tax"]),
)


@blueprint.get("/besoins")
def my_needs() -> Any:
    """The needs of my committee, or the choice of one when there are several."""
    committees = ask(queries.my_committees)
    if len(committees) == 1:
        return redirect(f"{BASE}/besoins/{committees[0]['id']}")
    return render("committees.html", committees=committees)


@blueprint.get("/besoins/<uuid:committee_id>")
def needs(committee_id: UUID) -> Any:
    """What a committee asked for, where each is, and what awaits its members."""
    if wants_csv():
        rows = every(queries.purchases_list, committee_id=committee_id, closed=True)
        return as_csv(rows, PURCHASE_COLUMNS, "besoins")
    closed = request.args.get("clos") == "1"
    found = ask(
        queries.committee_needs, committee_id=committee_id, closed=closed, after=asked_after()
    )
    lines = ask(queries.budget_lines, committee_id=committee_id, living=True)
    for line in lines["items"]:
        line["parts"], line["total"] = parts_of(line), total_of(line)
    waiting = [row for row in ask(queries.awaited_lines) if row["committee_id"] == committee_id]
    return render(
        "needs.html",
        found=found,
        closed=closed,
        lines=lines,
        waiting=waiting,
        deliveries=ask(queries.deliveries_count) if in_a_group() else 0,
    )


@blueprint.get("/besoins/<uuid:committee_id>/nouveau")
def new_need(committee_id: UUID) -> str:
    """The form of a need."""
    return _need_page(committee_id, Form())


@blueprint.post("/besoins/<uuid:committee_id>/nouveau")
def open_need(committee_id: UUID) -> Response:
    """Opens the file of a need."""
    return submit(
        schemas.Need(exclude=["committee_id"]),
        commands.open_a_need,
        again=lambda form: _need_page(committee_id, form),
        then=lambda purchase_id: f"{BASE}/achats/{purchase_id}",
        done="Votre besoin est enregistré. Le service achats est prévenu.",
        committee_id=committee_id,
    )


def _need_page(committee_id: UUID, form: Form) -> str:
    found = ask(queries.committee_needs, committee_id=committee_id)
    lines = ask(queries.budget_lines, committee_id=committee_id, living=True)
    return render("need.html", committee=found["committee"], lines=lines["items"], form=form)


@blueprint.get("/achats/<uuid:purchase_id>")
def purchase(purchase_id: UUID) -> str:
    """One purchase: where it is, who is awaited, by when."""
    return _purchase_page(purchase_id)


def _purchase_page(purchase_id: UUID, form: Form | None = None) -> str:
    card = ask(queries.decision, purchase_id=purchase_id)
    return render("purchase.html", card=card, form=form or Form())


@blueprint.post("/achats/<uuid:purchase_id>/completer")
def complete(purchase_id: UUID) -> Response:
    """Says the need again."""
    return submit(
        schemas.Completion(),
        commands.complete_need,
        again=lambda form: _purchase_page(purchase_id, form),
        then=f"{BASE}/achats/{purchase_id}",
        done="C’est complété.",
        purchase_id=purchase_id,
    )


@blueprint.post("/achats/<uuid:purchase_id>/convenu")
def amend(purchase_id: UUID) -> Response:
    """Notes what was agreed with the supplier after the order."""
    return submit(
        schemas.AmendedOrder(),
        commands.amend_order,
        again=lambda form: _purchase_page(purchase_id, form),
        then=f"{BASE}/achats/{purchase_id}",
        done="C’est noté ; le comité est prévenu.",
        purchase_id=purchase_id,
    )


@blueprint.post("/achats/<uuid:purchase_id>/annuler")
def cancel(purchase_id: UUID) -> Response:
    """Cancels the purchase with a reason."""
    return submit(
        schemas.Reason(),
        commands.cancel_purchase,
        again=lambda form: _purchase_page(purchase_id, form),
        then=f"{BASE}/achats/{purchase_id}",
        done="Cet achat est annulé ; l’argent retenu est rendu à la ligne.",
        purchase_id=purchase_id,
    )


@blueprint.post("/achats/<uuid:purchase_id>/interet")
def interest(purchase_id: UUID) -> Response:
    """Declares an interest and steps back."""
    return submit(
        schemas.Interest(),
        commands.declare_interest,
        again=lambda form: _purchase_page(purchase_id, form),
        then=f"{BASE}/",
        done="C’est noté : ce dossier suit son cours sans vous.",
        purchase_id=purchase_id,
    )


@blueprint.get("/achats/<uuid:purchase_id>/bon-de-commande")
def order_pdf(purchase_id: UUID) -> Response:
    """The signed order, as a PDF."""
    found = ask(queries.order_file, purchase_id=purchase_id)
    return download(found["file"], found["number"])


@blueprint.get("/achats/<uuid:purchase_id>/contrat")
def contract_file(purchase_id: UUID) -> Response:
    """The written contract, for buyers."""
    return download(ask(queries.contract_file, purchase_id=purchase_id), f"contrat-{purchase_id}")


@blueprint.get("/achats/<uuid:purchase_id>/devis/<uuid:quote_id>")
def quote_file(purchase_id: UUID, quote_id: UUID) -> Response:
    """The file of an opened quote."""
    return download(
        ask(queries.quote_file, purchase_id=purchase_id, quote_id=quote_id), f"devis-{quote_id}"
    )


@blueprint.get("/")
def home() -> Any:
    """All purchases in the reader's scopes."""
    closed = request.args.get("clos") == "1"
    state = request.args.get("etape", "")
    if wants_csv():
        rows = every(queries.purchases_list, closed=closed, state=state)
        return as_csv(rows, PURCHASE_COLUMNS, "achats")
    found = ask(queries.purchases_list, closed=closed, state=state, after=asked_after())
    return render("purchases.html", found=found, closed=closed, state=state)
