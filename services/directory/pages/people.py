"""The people of the annuaire, for those who keep it."""

from typing import Any
from uuid import UUID

from flask import Response, request

from services.directory import commands, queries, schemas
from services.directory.mirror import ROLE_LABELS
from services.directory.pages.blueprint import BASE, blueprint, go, options
from shared.web.forms import Form, flash, submit
from shared.web.pages import render
from shared.web.use import ask, perform

_LIST = f"{BASE}/personnes"


@blueprint.get("/personnes")
def people() -> str:
    """People by name, with a search."""
    sought = schemas.People(unknown="exclude").load(request.args.to_dict())
    found = ask(queries.people_list, **sought)
    return render("people.html", found=found, sought=sought, roles=options(ROLE_LABELS))


@blueprint.get("/personnes/inviter")
def invite() -> str:
    """The form that takes somebody in."""
    return _invite_page(Form(request.args))


@blueprint.post("/personnes/inviter")
def invited() -> Response:
    """Takes somebody in, perhaps with a role."""
    return submit(
        schemas.Invitation(),
        commands.invite_person,
        again=_invite_page,
        then=lambda person_id: f"{_LIST}/{person_id}",
        done="Cette personne est dans l’annuaire.",
    )


@blueprint.get("/personnes/<uuid:person_id>")
def person(person_id: UUID) -> str:
    """One person, with roles and delegations."""
    return _person_page(person_id)


@blueprint.post("/personnes/<uuid:person_id>")
def change_person(person_id: UUID) -> Response:
    """Corrects a name or contacts."""
    return submit(
        schemas.Contacts(),
        commands.change_contacts,
        again=lambda form: _person_page(person_id, form),
        then=f"{_LIST}/{person_id}",
        done="C’est corrigé.",
        person_id=person_id,
    )


@blueprint.get("/personnes/<uuid:person_id>/roles")
def grant(person_id: UUID) -> str:
    """The form that gives a role."""
    return _grant_page(person_id, Form())


@blueprint.post("/personnes/<uuid:person_id>/roles")
def granted(person_id: UUID) -> Response:
    """Gives a role."""
    return submit(
        schemas.RoleToGive(),
        commands.grant_role,
        again=lambda form: _grant_page(person_id, form),
        then=f"{_LIST}/{person_id}",
        done="Le rôle est donné.",
        person_id=person_id,
    )


@blueprint.post("/personnes/<uuid:person_id>/roles/<uuid:grant_id>/retirer")
def revoke(person_id: UUID, grant_id: UUID) -> Response:
    """Withdraws a role now."""
    perform(commands.revoke_role, grant_id=grant_id, version=request.form.get("version"))
    response = go(f"{_LIST}/{person_id}")
    flash(response, "Le rôle est retiré.", "Il cesse partout dans le quart d’heure.")
    return response


@blueprint.post("/personnes/<uuid:person_id>/sessions/fermer")
def end_sessions(person_id: UUID) -> Response:
    """Ends all sessions of a person."""
    perform(commands.end_sessions_of, person_id=person_id)
    response = go(f"{_LIST}/{person_id}")
    flash(response, "Ses appareils ne sont plus connectés.", "Ils le savent dans le quart d’heure.")
    return response


@blueprint.get("/personnes/<uuid:person_id>/effacer")
def erase_page(person_id: UUID) -> str:
    """What erasing does, before it is done."""
    return _erase_page(person_id, Form())


@blueprint.post("/personnes/<uuid:person_id>/effacer")
def erase(person_id: UUID) -> Response:
    """Forgets a person who asked for it."""
    return submit(
        schemas.Confirmation(),
        commands.erase_person,
        again=lambda form: _erase_page(person_id, form),
        then=_LIST,
        done="Cette personne est effacée.",
        person_id=person_id,
    )


def _scopes() -> list[tuple[str, str]]:
    return [(choice["scope"], choice["label"]) for choice in ask(queries.scopes_to_choose)]


def _roles() -> list[tuple[str, str]]:
    return [(str(role), ROLE_LABELS[role]) for role in queries.GRANTABLE]


def _invite_page(form: Form) -> str:
    return render("invite.html", form=form, roles=_roles(), scopes=_scopes())


def _person_page(person_id: UUID, form: Form | None = None) -> str:
    card: dict[str, Any] = ask(queries.person_card, person_id=person_id)
    return render("person.html", card=card, form=form or Form(card))


def _grant_page(person_id: UUID, form: Form) -> str:
    card = ask(queries.person_card, person_id=person_id)
    return render("grant.html", card=card, form=form, roles=_roles(), scopes=_scopes())


def _erase_page(person_id: UUID, form: Form) -> str:
    card = ask(queries.person_card, person_id=person_id)
    return render("erase.html", form=form, card=card, person_id=person_id)
