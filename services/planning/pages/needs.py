"""What an action needs of others: the list, four forms, one need and its answers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, request
from marshmallow import Schema

from services.planning import commands, queries, schemas
from services.planning.pages.blueprint import (
    BASE,
    blueprint,
    deed,
    public,
    wants_csv,
)
from shared.web.exports import as_csv
from shared.web.forms import Form
from shared.web.pages import render
from shared.web.pictures import qr_code
from shared.web.use import ask, perform

_HEADS = ("Besoin", "Sorte", "Pour le", "Où en est-il", "Attendu", "Avant le", "Marge")


@blueprint.get("/actions/<uuid:action_id>/besoins")
def needs(action_id: UUID) -> Any:
    """Each need: who is awaited, since when, by when."""
    found = ask(queries.plan_card, action_id=action_id)
    if wants_csv():
        return as_csv("besoins", _HEADS, map(_line, found["needs"]))
    return render("needs.html", found=found)


def _line(row: dict[str, Any]) -> list[Any]:
    kind = queries.NEED_KINDS[row["kind"]]
    wait = (row["awaited"], row["by"] if row["awaited"] else "")
    margin = row["slack"] if row["awaited"] else ""
    return [row["title"], kind, row["needed_by"], row["says"], *wait, margin]


def _form(action_id: UUID, template: str, form: Form | None) -> str:
    found = ask(queries.plan_choices, action_id=action_id)
    usual = {"needed_by": found["usual_date"], "place": found["place"]}
    return render(template, found=found, form=form or Form(usual))


def _asked(action_id: UUID, schema: Schema, command: Callable[..., Any], template: str) -> Response:
    return deed(
        schema,
        command,
        lambda form: _form(action_id, template, form),
        then=lambda made: f"{BASE}/besoins/{made}",
        done="La demande est partie.",
        action_id=action_id,
    )


@blueprint.get("/actions/<uuid:action_id>/besoins/achat")
def new_supply(action_id: UUID) -> str:
    """The form of something to buy."""
    return _form(action_id, "need_supplier.html", None)


@blueprint.post("/actions/<uuid:action_id>/besoins/achat")
def ask_supplier(action_id: UUID) -> Response:
    """Asks for something to be bought."""
    schema = schemas.SupplierWanted()
    return _asked(action_id, schema, commands.ask_supplier, "need_supplier.html")


@blueprint.get("/actions/<uuid:action_id>/besoins/impression")
def new_print(action_id: UUID) -> str:
    """The form of something to print."""
    return _form(action_id, "need_print.html", None)


@blueprint.post("/actions/<uuid:action_id>/besoins/impression")
def ask_print(action_id: UUID) -> Response:
    """Asks for something to be printed."""
    return _asked(action_id, schemas.PrintWanted(), commands.ask_print, "need_print.html")


@blueprint.get("/actions/<uuid:action_id>/besoins/service")
def new_service(action_id: UUID) -> str:
    """The form of what a department is asked."""
    return _form(action_id, "need_service.html", None)


@blueprint.post("/actions/<uuid:action_id>/besoins/service")
def ask_service(action_id: UUID) -> Response:
    """Asks a department."""
    return _asked(action_id, schemas.ServiceWanted(), commands.ask_service, "need_service.html")


@blueprint.get("/actions/<uuid:action_id>/besoins/relais")
def new_relay(action_id: UUID) -> str:
    """The form of what an organisation is asked."""
    return _form(action_id, "need_relay.html", None)


@blueprint.post("/actions/<uuid:action_id>/besoins/relais")
def ask_relay(action_id: UUID) -> Response:
    """Asks an organisation."""
    return _asked(action_id, schemas.RelayWanted(), commands.ask_relay, "need_relay.html")


@blueprint.get("/besoins/<uuid:need_id>")
def need(need_id: UUID) -> str:
    """One need: what was asked, of whom, what was answered."""
    return _page(need_id, Form())


def _page(need_id: UUID, form: Form) -> str:
    return render("need.html", found=ask(queries.need_card, need_id=need_id), form=form)


def _deed(
    need_id: UUID, schema: Schema, command: Callable[..., Any], done: str, **more: Any
) -> Response:
    return deed(
        schema,
        command,
        lambda form: _page(need_id, form),
        then=f"{BASE}/besoins/{need_id}",
        done=done,
        need_id=need_id,
        **more,
    )


@blueprint.post("/besoins/<uuid:need_id>/date")
def change_date(need_id: UUID) -> Response:
    """Needs it another day."""
    done = "La date est changée ; qui a été sollicité est prévenu."
    version = request.form.get("version")
    return _deed(need_id, schemas.OtherDate(), commands.change_need_date, done, version=version)


@blueprint.post("/besoins/<uuid:need_id>/retirer")
def withdraw(need_id: UUID) -> Response:
    """No longer needs it."""
    done = "Ce besoin est retiré ; qui a été sollicité est prévenu."
    return _deed(need_id, schemas.Withdrawal(), commands.withdraw_need, done)


@blueprint.post("/besoins/<uuid:need_id>/reponse")
def record_answer(need_id: UUID) -> Response:
    """Writes down what an organisation said."""
    done = "La réponse est notée."
    return _deed(need_id, schemas.RelayAnswered(), commands.record_relay_answer, done)


@blueprint.post("/besoins/<uuid:need_id>/lien")
def issue_link(need_id: UUID) -> str:
    """Shows, once, the address by which whoever is asked answers without an account."""
    found = ask(queries.need_card, need_id=need_id)
    address = public(f"{BASE}/lien/{perform(commands.issue_need_link, need_id=need_id)}")
    action = found["plan"]["title"]
    text = f"Pour « {action} » : pouvez-vous nous aider ? Répondez en une minute : {address}"
    return render(
        "link.html",
        found=found,
        address=address,
        whatsapp=f"https://wa.me/?text={quote(text)}",
        code=qr_code(address, address, 5),
    )
