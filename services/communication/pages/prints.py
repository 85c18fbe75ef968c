"""One print request: the brief on a phone, its path, its proof, and what each may do with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, request
from marshmallow import Schema

from services.communication import commands, queries, schemas
from services.communication.pages.blueprint import BASE, blueprint
from shared.web.exports import download
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask


def _here(request_id: UUID) -> str:
    return f"{BASE}/demandes/{request_id}"


@blueprint.get("/campagnes/<uuid:campaign_id>/demander")
def new_print(campaign_id: UUID) -> str:
    """The form of a print."""
    return _new_print(campaign_id, Form())


def _new_print(campaign_id: UUID, form: Form) -> str:
    card = ask(queries.campaign, campaign_id=campaign_id)
    people = ask(queries.contacts, committee_id=card["committee_id"])
    return render("brief.html", campaign=card, card=None, contacts=people, form=form)


@blueprint.post("/campagnes/<uuid:campaign_id>/demander")
def open_print(campaign_id: UUID) -> Response:
    """Asks for a print, to keep as a draft or to send."""
    return submit(
        schemas.Brief(exclude=["version"]),
        commands.open_print,
        again=lambda form: _new_print(campaign_id, form),
        then=_here,
        done=_sent(),
        campaign_id=campaign_id,
    )


def _sent() -> str:
    if request.form.get("send"):
        return "La demande est envoyée au Service communication."
    return "Le brouillon est gardé. Il n’est pas encore envoyé."


@blueprint.get("/demandes/<uuid:request_id>")
def print_page(request_id: UUID) -> str:
    """One request: where it is, what is asked of whom, by when."""
    return _print_page(request_id, Form())


def _print_page(request_id: UUID, form: Form) -> str:
    return render("print.html", card=ask(queries.print_request, request_id=request_id), form=form)


@blueprint.get("/demandes/<uuid:request_id>/completer")
def brief(request_id: UUID) -> str:
    """The form of the brief of a draft."""
    return _brief(request_id, Form())


def _brief(request_id: UUID, form: Form) -> str:
    card = ask(queries.print_request, request_id=request_id)
    people = ask(queries.contacts, committee_id=card["committee_id"])
    return render("brief.html", campaign=None, card=card, contacts=people, form=form)


@blueprint.post("/demandes/<uuid:request_id>/completer")
def complete(request_id: UUID) -> Response:
    """Says the brief again, to keep or to send."""
    return submit(
        schemas.Brief(),
        commands.complete_brief,
        again=lambda form: _brief(request_id, form),
        then=_here(request_id),
        done=_sent(),
        request_id=request_id,
    )


@blueprint.get("/demandes/<uuid:request_id>/bat")
def proof(request_id: UUID) -> str:
    """The proof to read, then to sign or to have corrected."""
    return _proof(request_id, Form())


def _proof(request_id: UUID, form: Form) -> str:
    return render("proof.html", card=ask(queries.print_request, request_id=request_id), form=form)


@blueprint.get("/demandes/<uuid:request_id>/bat/<int:edition>")
def proof_file(request_id: UUID, edition: int) -> Response:
    """The file of one edition, always as an attachment; a page may show it as a picture."""
    found = ask(queries.proof_file, request_id=request_id, edition=edition)
    return download(found, f"bat-{edition}-{request_id}")


@blueprint.post("/demandes/<uuid:request_id>/signer")
def approve(request_id: UUID) -> Response:
    """Signs the proof that was on the screen."""
    return submit(
        schemas.Signature(),
        commands.approve_proof,
        again=lambda form: _proof(request_id, form),
        then=_here(request_id),
        done="Le BAT est signé : l’impression peut commencer.",
        request_id=request_id,
    )


@blueprint.post("/demandes/<uuid:request_id>/corriger")
def correct(request_id: UUID) -> Response:
    """Asks for corrections of the proof that was on the screen."""
    return submit(
        schemas.Corrections(),
        commands.ask_corrections,
        again=lambda form: _proof(request_id, form),
        then=_here(request_id),
        done="Les corrections sont demandées.",
        request_id=request_id,
    )


def _done(schema: Schema, command: Callable[..., Any], said: str, request_id: UUID) -> Response:
    """A deed of the request page."""
    return submit(
        schema,
        command,
        again=lambda form: _print_page(request_id, form),
        then=_here(request_id),
        done=said,
        request_id=request_id,
    )


@blueprint.post("/demandes/<uuid:request_id>/date")
def change_date(request_id: UUID) -> Response:
    """Wants it for another day."""
    return _done(
        schemas.NeededBy(), commands.change_date, "La date voulue est changée.", request_id
    )


@blueprint.post("/demandes/<uuid:request_id>/annuler")
def cancel(request_id: UUID) -> Response:
    """Does without it."""
    return _done(schemas.Reason(), commands.cancel_print, "La demande est annulée.", request_id)


@blueprint.post("/demandes/<uuid:request_id>/accepter")
def accept(request_id: UUID) -> Response:
    """Takes it on."""
    said = "La demande est acceptée : donnez-lui une semaine."
    return _done(schemas.Acceptance(), commands.accept_print, said, request_id)


@blueprint.post("/demandes/<uuid:request_id>/refuser")
def refuse(request_id: UUID) -> Response:
    """Sends it back with a reason."""
    said = "La demande est refusée, le comité lit pourquoi."
    return _done(schemas.Reason(), commands.refuse_print, said, request_id)


@blueprint.post("/demandes/<uuid:request_id>/placer")
def schedule(request_id: UUID) -> Response:
    """Gives it a week."""
    return _done(schemas.Slot(), commands.schedule_print, "La demande a sa semaine.", request_id)


@blueprint.post("/demandes/<uuid:request_id>/liberer")
def free(request_id: UUID) -> Response:
    """Takes its week back."""
    return _done(schemas.Reason(), commands.free_slot, "Le créneau est libéré.", request_id)


@blueprint.post("/demandes/<uuid:request_id>/proposer")
def propose(request_id: UUID) -> Response:
    """Asks the committee whether it can wait."""
    said = "La date est proposée au comité."
    return _done(schemas.NeededBy(), commands.propose_date, said, request_id)


@blueprint.post("/demandes/<uuid:request_id>/dehors")
def outside(request_id: UUID) -> Response:
    """Has it printed outside."""
    said = "Un achat est demandé pour cette impression."
    return _done(schemas.Reason(), commands.send_outside, said, request_id)


@blueprint.post("/demandes/<uuid:request_id>/bat")
def publish(request_id: UUID) -> Response:
    """Publishes a proof."""
    sent = request.files.get("file")
    return submit(
        schemas.Nothing(),
        commands.publish_proof,
        again=lambda form: _print_page(request_id, form),
        then=_here(request_id),
        done="Le BAT est publié : le référent du comité est prévenu.",
        request_id=request_id,
        file=sent.read() if sent else b"",
    )


@blueprint.post("/demandes/<uuid:request_id>/imprimer")
def start_printing(request_id: UUID) -> Response:
    """Puts on the press what was signed."""
    said = "L’impression est lancée."
    return _done(schemas.Nothing(), commands.start_printing, said, request_id)


@blueprint.post("/demandes/<uuid:request_id>/livrer")
def deliver(request_id: UUID) -> Response:
    """Notes what was brought."""
    return _done(schemas.Delivery(), commands.deliver_prints, "La livraison est notée.", request_id)
