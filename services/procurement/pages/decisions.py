"""The approval inbox and the one screen where a decision is taken."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import Schema

from services.procurement import commands, queries, schemas
from services.procurement.pages.bars import before_and_after
from services.procurement.pages.blueprint import BASE, as_csv, blueprint, wants_csv
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask

_LIST = f"{BASE}/a-approuver"
_COLUMNS = (
    ("Achat", lambda r: r["title"]),
    ("Comité", lambda r: r["committee"]["name"] if r["committee"] else ""),
    ("Marge (jours ouvrés)", lambda r: r["slack"]),
    ("Commander avant", lambda r: r["order_before"]),
    ("Proposé", lambda r: r["supplier"]),
    ("Montant TTC", lambda r: r["amount_incl_tax"]),
    ("Reste après", lambda r: r["after"]),
    ("À regarder", lambda r: " · ".join(e["text"] for e in r["exceptions"])),
)


@blueprint.get("/a-approuver")
def inbox() -> Any:
    """What awaits the reader's check, visa or signature; the least slack first."""
    rows = ask(queries.awaiting_decision)
    if wants_csv():
        return as_csv(rows, _COLUMNS, "a-approuver")
    groups = (
        ("En retard", [r for r in rows if r["slack"] < 0]),
        ("À commander cette semaine", [r for r in rows if 0 <= r["slack"] <= 5]),
        ("Plus tard", [r for r in rows if r["slack"] > 5]),
    )
    return render("inbox.html", rows=rows, groups=groups)


@blueprint.get("/a-approuver/<uuid:purchase_id>")
def decide(purchase_id: UUID) -> str:
    """Everything one decision rests on."""
    return _page(purchase_id)


def _page(purchase_id: UUID, form: Form | None = None) -> str:
    card = ask(queries.decision, purchase_id=purchase_id)
    bars = before_and_after(card)
    return render("decision.html", card=card, bars=bars, form=form or Form())


def _deed(purchase_id: UUID, schema: Schema, command: Callable[..., Any], done: str) -> Response:
    return submit(
        schema,
        command,
        again=lambda form: _page(purchase_id, form),
        then=_LIST,
        done=done,
        purchase_id=purchase_id,
    )


@blueprint.post("/a-approuver/<uuid:purchase_id>/proposer")
def check(purchase_id: UUID) -> Response:
    """Proposes a quote for validation."""
    done = "Proposé à la validation."
    return _deed(purchase_id, schemas.Check(), commands.check_quote, done)


@blueprint.post("/a-approuver/<uuid:purchase_id>/valider")
def validate(purchase_id: UUID) -> Response:
    """Validates and reserves."""
    done = "Devis validé, argent réservé."
    return _deed(purchase_id, schemas.Validation(), commands.validate_quote, done)


@blueprint.post("/a-approuver/<uuid:purchase_id>/complement")
def ask_more(purchase_id: UUID) -> Response:
    """Sends the file back with a question."""
    done = "Le complément est demandé au service achats."
    return _deed(purchase_id, schemas.Question(), commands.ask_more, done)


@blueprint.post("/a-approuver/<uuid:purchase_id>/refuser")
def refuse(purchase_id: UUID) -> Response:
    """Stops the purchase with a reason."""
    done = "Refusé ; le comité reçoit le motif."
    return _deed(purchase_id, schemas.Refusal(), commands.refuse_purchase, done)


@blueprint.post("/a-approuver/<uuid:purchase_id>/signer")
def sign(purchase_id: UUID) -> Response:
    """Signs the order."""
    return submit(
        schemas.Signature(),
        commands.sign_order,
        again=lambda form: _page(purchase_id, form),
        then=f"{BASE}/achats/{purchase_id}",
        done="Commande signée : son numéro et son document existent.",
        purchase_id=purchase_id,
    )
