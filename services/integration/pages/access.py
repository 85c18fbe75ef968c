"""Grants, for those who give them: who reads what, when last, with which key."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import Response, current_app, request
from marshmallow import ValidationError

from services.integration import commands, queries, schemas
from services.integration.pages.blueprint import BASE, blueprint, by_service
from shared.kernel.refusals import Refusal
from shared.web.api import Input
from shared.web.forms import Form, submit, typed
from shared.web.pages import render
from shared.web.problems import first_messages
from shared.web.use import actor, ask, use_cases

HOME = f"{BASE}/acces"


@blueprint.get("/acces")
def accesses() -> str:
    """All grants."""
    found = ask(queries.grants, after=request.args.get("suite") or None)
    return render("accesses.html", found=found, home=HOME, said=said)


def said(types: Iterable[str]) -> list[tuple[str, str, bool]]:
    """What a grant opens: (type, name, False), or (service, its title, True) for all of it."""
    known = by_service()
    titles = dict(known.keys())
    names = {row["type"]: row["name"] for rows in known.values() for row in rows}
    found = []
    for kind in types:
        service = queries.service_of(kind)
        if service is None:
            found.append((kind, names.get(kind, kind), False))
        else:
            found.append((service, f"{titles.get(service, service)}\u00a0: tout", True))
    return found


@blueprint.get("/acces/nouveau")
def new_access() -> str:
    """The form of a grant."""
    return _form(Form())


def _form(form: Form, card: dict[str, Any] | None = None) -> str:
    values, places = form.values, ask(queries.places)
    many = values.getlist if hasattr(values, "getlist") else lambda name: values.get(name, [])
    chosen = many("scopes")
    sectors = [{"value": f"sector:{name}", "label": name} for name in places["sectors"]]
    return render(
        "access_form.html",
        form=form,
        card=card,
        home=HOME,
        today=use_cases().workplace.clock.today(),
        places=places,
        agents=[(row["person"], row["name"]) for row in places["agents"]],
        scope_options=[{"value": "city", "label": "Toute la ville"}, *sectors],
        chosen_scopes=chosen,
        chosen_committees=[scope for scope in chosen if scope.startswith("committee:")],
        chosen_types=many("types"),
        groups=by_service(),
        all_of=queries.all_of,
    )


@blueprint.post("/acces/nouveau")
def grant() -> Response:
    """Makes a grant; its key is asked for on its page."""
    return submit(
        schemas.NewGrant(),
        commands.grant_feed,
        again=_form,
        then=lambda made: f"{HOME}/{made}",
        done="L’accès est ouvert. Créez maintenant sa clé.",
    )


@blueprint.get("/acces/<uuid:grant_id>")
def access(grant_id: UUID) -> str:
    """One grant with its keys."""
    return _access(grant_id)


def _access(grant_id: UUID, form: Form | None = None, key: str = "") -> str:
    card = ask(queries.grant_card, grant_id=grant_id)
    form = form or Form()
    return render("access.html", card=card, form=form, key=key, home=HOME, said=said)


@blueprint.get("/acces/<uuid:grant_id>/changer")
def changed_access(grant_id: UUID) -> str:
    """The form of other terms, as they are now."""
    card = ask(queries.grant_card, grant_id=grant_id)
    return _form(Form(card), card)


@blueprint.post("/acces/<uuid:grant_id>/changer")
def change(grant_id: UUID) -> Response:
    """Opens more or less."""
    card = ask(queries.grant_card, grant_id=grant_id)
    return submit(
        schemas.ChangedGrant(),
        commands.change_grant,
        again=lambda form: _form(form, card),
        then=f"{HOME}/{grant_id}",
        done="L’accès est changé, dès la prochaine lecture.",
        grant_id=grant_id,
    )


@blueprint.post("/acces/<uuid:grant_id>/cles")
def issue_key(grant_id: UUID) -> Response:
    """Shows a new key, this once: it is in no other answer, and in no table."""
    form, key, status = Form(request.form), "", 200
    try:
        schema = schemas.KeyAsked()
        given = schema.load(typed(request.form, schema))
        # Not by the usual way: what is done under an idempotency key is kept with its result.
        issued = use_cases().perform(commands.issue_key, actor=actor(), grant_id=grant_id, **given)
        key = issued.key
    except ValidationError as error:
        form.errors, status = first_messages(error.messages), 422
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        form.errors, form.refusal, status = dict(refusal.fields), refusal, refusal.status
    response = current_app.make_response(_access(grant_id, form, key))
    response.status_code = status
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.post("/acces/<uuid:grant_id>/cles/<uuid:key_id>/retirer")
def withdraw_key(grant_id: UUID, key_id: UUID) -> Response:
    """A key opens nothing any more."""
    return submit(
        Input(),
        commands.withdraw_key,
        again=lambda form: _access(grant_id, form),
        then=f"{HOME}/{grant_id}",
        done="Cette clé n’ouvre plus rien.",
        grant_id=grant_id,
        key_id=key_id,
    )


@blueprint.post("/acces/<uuid:grant_id>/retirer")
def end(grant_id: UUID) -> Response:
    """Revokes a grant."""
    return submit(
        schemas.End(),
        commands.end_grant,
        again=lambda form: _access(grant_id, form),
        then=f"{HOME}/{grant_id}",
        done="L’accès est retiré, ses clés aussi.",
        grant_id=grant_id,
    )
