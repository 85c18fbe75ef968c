"""What a person sees and decides of themselves."""

from uuid import UUID

from flask import Response, request

from services.directory import commands, queries, schemas
from services.directory.pages.blueprint import BASE, blueprint, go, let_out
from shared.web.forms import Form, flash, submit
from shared.web.pages import render
from shared.web.use import ask, perform


@blueprint.get("/compte")
def account() -> str:
    """Name, contacts, roles, sessions, and the way out."""
    return _page()


@blueprint.post("/compte")
def change_account() -> Response:
    """One's own name, contacts and channel."""
    return submit(
        schemas.Account(),
        commands.change_my_account,
        again=_page,
        then=f"{BASE}/compte",
        done="Votre compte est à jour.",
    )


@blueprint.post("/compte/sessions/<uuid:session_id>/fermer")
def end_session(session_id: UUID) -> Response:
    """Ends one of one's sessions."""
    perform(commands.end_my_session, session_id=session_id)
    response = go(f"{BASE}/compte")
    flash(response, "Cet appareil n’est plus connecté.", "Il peut lire encore un quart d’heure.")
    return response


@blueprint.post("/compte/roles/<uuid:grant_id>/rendre")
def give_back(grant_id: UUID) -> Response:
    """Leaves one's own role."""
    perform(commands.give_role_back, grant_id=grant_id)
    response = go(f"{BASE}/compte")
    flash(response, "Ce rôle n’est plus le vôtre.")
    return response


@blueprint.get("/compte/effacer")
def erase_me_page() -> str:
    """What erasing does, before it is done."""
    return _erase_page(Form())


@blueprint.post("/compte/effacer")
def erase_me() -> Response:
    """Forgets the one who asks."""
    response = submit(
        schemas.Confirmation(),
        commands.erase_me,
        again=_erase_page,
        then=f"{BASE}/entrer",
        done="Vos données personnelles sont effacées.",
    )
    return let_out(response) if response.status_code == 303 else response


@blueprint.get("/messages")
def messages() -> str:
    """What was told to this person."""
    return render("messages.html", page=ask(queries.my_messages, after=request.args.get("after")))


@blueprint.post("/messages/<uuid:message_id>")
def open_message(message_id: UUID) -> Response:
    """Marks a message as read and goes where it leads."""
    return go(perform(commands.read_message, message_id=message_id))


def _page(form: Form | None = None) -> str:
    card = ask(queries.my_account)
    return render("account.html", card=card, form=form or Form(card))


def _erase_page(form: Form) -> str:
    return render("erase.html", form=form, card=ask(queries.my_account), person_id=None)
