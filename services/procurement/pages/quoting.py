"""Suppliers: the officer gives a link, the supplier answers by it on a phone, without an account."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, current_app, request
from marshmallow import ValidationError

from services.procurement import commands, queries, schemas
from services.procurement.pages.blueprint import BASE, blueprint
from shared.kernel.refusals import Refusal
from shared.web.forms import Form, typed
from shared.web.pages import render
from shared.web.pictures import qr_code
from shared.web.problems import first_messages
from shared.web.use import ask, perform


@blueprint.post("/consultations/<uuid:purchase_id>/lien/<uuid:supplier_id>")
def issue_link(purchase_id: UUID, supplier_id: UUID) -> str:
    """Shows, once, the address by which a supplier that was asked answers."""
    given = {"purchase_id": purchase_id, "supplier_id": supplier_id}
    secret = perform(commands.issue_quote_link, **given)
    card = ask(queries.decision, purchase_id=purchase_id)
    asked = [i for i in card["invitations"] if i["supplier_id"] == supplier_id]
    address = _public(f"{BASE}/lien/{secret}")
    return render(
        "quote_link.html",
        card=card,
        supplier=asked[-1]["supplier"],
        address=address,
        mail=_letter(card["title"], address),
        code=qr_code(address, address, 5),
    )


def _letter(title: str, address: str) -> str:
    """The address of a mail to write, with its words."""
    words = (
        f"Bonjour,\n\nLa Ville vous demande un devis pour « {title} ». "
        f"Répondez par ce lien, qui est le vôtre et sert une fois :\n\n{address}\n"
    )
    subject = quote(f"Demande de devis : {title}")
    return f"mailto:?subject={subject}&body={quote(words)}"


def _public(path: str) -> str:
    """The whole address of a path, as one sends it."""
    url: str = current_app.extensions["rk_settings"].public_url
    return url.rstrip("/") + path


@blueprint.get("/lien/<secret>")
def quote_request(secret: str) -> str:
    """What is asked, for whoever holds the link; nothing changes."""
    return _request(secret, Form())


def _request(secret: str, form: Form) -> str:
    found = ask(queries.request_of_link, secret=secret)
    values = {"found": found, "secret": secret, "form": form}
    return render("quote_request.html", light=True, menu=False, **values)


@blueprint.post("/lien/<secret>")
def send_quote(secret: str) -> Response | str:
    """Takes the quote, sealed, and uses the link up."""
    sent = request.files.get("file")

    def send() -> Any:
        given = schemas.Offer().load(typed(request.form, schemas.Offer()))
        file = sent.read() if sent else b""
        return perform(commands.send_quote, secret=secret, file=file, **given)

    return _answer(secret, send)


@blueprint.post("/lien/<secret>/decliner")
def decline(secret: str) -> Response | str:
    """The supplier does not quote this time."""
    return _answer(secret, lambda: perform(commands.decline_to_quote, secret=secret))


def _answer(secret: str, act: Callable[[], Any]) -> Response | str:
    """Answer by the link and thank; refused, the request comes again with what was typed."""
    form, found = Form(request.form), ask(queries.request_of_link, secret=secret)
    try:
        receipt = act()
    except ValidationError as error:
        return _again(secret, form, first_messages(error.messages), 422)
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _again(secret, form, dict(refusal.fields), refusal.status)
    return render("quote_sent.html", light=True, menu=False, found=found, receipt=receipt)


def _again(secret: str, form: Form, errors: dict[str, str], status: int) -> Response:
    form.errors = errors
    response = current_app.make_response(_request(secret, form))
    response.status_code = status
    return response
