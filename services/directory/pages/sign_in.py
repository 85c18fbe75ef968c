"""Entering by a code, leaving, and the token that the gateway asks for."""

import base64
import json
from typing import Any

from flask import Response, current_app, request
from marshmallow import ValidationError

from services.directory import commands, queries, schemas
from services.directory.pages.blueprint import (
    BASE,
    blueprint,
    device,
    go,
    let_in,
    let_out,
    network,
    safe_target,
    session_secret,
)
from shared.kernel.refusals import Refusal
from shared.web.forms import Form, typed
from shared.web.pages import render
from shared.web.problems import first_messages
from shared.web.tokens import HEADER
from shared.web.use import ask, perform, use_cases

_ENTERING = "rk_entering"
_WORDS = {
    "wrong": "Ce n’est pas ce code. Il vous reste {left}.",
    "over": "Ce code ne sert plus. Demandez-en un nouveau.",
}


@blueprint.get("/entrer")
def enter() -> str:
    """Asks for an address."""
    return _address_page(Form({"email": _entering().get("email", "")}))


@blueprint.post("/entrer")
def send_code() -> Response:
    """Sends a code; the answer is the same whether the address is known or not."""
    form = Form(request.form)
    try:
        email = schemas.Address().load(typed(request.form, schemas.Address()))["email"]
        perform(commands.ask_for_code, email=email, network=network())
    except ValidationError as error:
        form.errors = first_messages(error.messages)
        return _again(_address_page(form), 422)
    except Refusal as refusal:
        form.errors, form.refusal = dict(refusal.fields), refusal
        return _again(_address_page(form), refusal.status)
    response = go(f"{BASE}/entrer/code")
    kept = {"email": email, "to": safe_target(request.form.get("vers"))}
    return _keep(response, kept)


@blueprint.get("/entrer/code")
def code() -> str | Response:
    """Asks for the six digits."""
    if not _entering():
        return go(f"{BASE}/entrer")
    return _code_page(Form())


@blueprint.post("/entrer/code")
def try_code() -> Response:
    """Lets in with the right code; a wrong one is counted and told."""
    entering, form = _entering(), Form(request.form)
    if not entering:
        return go(f"{BASE}/entrer")
    try:
        tried = perform(
            commands.enter_code,
            email=entering["email"],
            code=request.form.get("code", "")[:20],
            network=network(),
            device=device(),
        )
    except Refusal as refusal:
        form.refusal = refusal
        return _again(_code_page(form), refusal.status)
    if tried["secret"]:
        response = let_in(go(safe_target(entering.get("to"))), tried["secret"])
        response.delete_cookie(_ENTERING, path=f"{BASE}/entrer")
        return response
    form.errors = {"code": _told(tried)}
    return _again(_code_page(form), 422)


@blueprint.post("/sortir")
def leave() -> Response:
    """Ends this browser's session."""
    secret = session_secret()
    if secret:
        perform(commands.sign_out, secret=secret)
    return let_out(go(f"{BASE}/entrer"))


@blueprint.get("/session/token")
def token() -> Response:
    """For the gateway: who has this cookie, as a signed token; nothing when nobody has."""
    response, secret = Response(status=204), session_secret()
    found = ask(queries.session_of, secret=secret) if secret else None
    if found:
        workplace = use_cases().workplace
        response.headers[HEADER] = workplace.extras["Signer"].token(
            found["person"], found["session"], found["grants"], workplace.clock.now()
        )
    return response


def _told(tried: dict[str, Any]) -> str:
    left = tried["tries_left"]
    return _WORDS[tried["outcome"]].format(left="un essai" if left == 1 else f"{left} essais")


def _address_page(form: Form) -> str:
    target = safe_target(request.values.get("vers"))
    demonstration = current_app.extensions["rk_settings"].demonstration
    return render("enter.html", form=form, target=target, demonstration=demonstration)


def _code_page(form: Form) -> str:
    demonstration = current_app.extensions["rk_settings"].demonstration
    email = _entering().get("email", "")
    return render("code.html", form=form, email=email, demonstration=demonstration)


def _again(page: str, status: int) -> Response:
    return Response(page, status=status, mimetype="text/html")


def _keep(response: Response, kept: dict[str, str]) -> Response:
    # The address typed stays in the browser that typed it, for as long as its code lives.
    value = base64.urlsafe_b64encode(json.dumps(kept).encode()).decode()
    response.set_cookie(
        _ENTERING,
        value,
        max_age=600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path=f"{BASE}/entrer",
    )
    return response


def _entering() -> dict[str, str]:
    try:
        kept = json.loads(base64.urlsafe_b64decode(request.cookies.get(_ENTERING, "")))
        return {"email": str(kept["email"]), "to": str(kept["to"])}
    except (ValueError, KeyError, TypeError):
        return {}
