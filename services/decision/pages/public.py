"""What one sees at the end of a round's QR code, without an account: ideas, the vote, the result."""

from typing import Any
from uuid import uuid4

from flask import Response, redirect, request
from marshmallow import ValidationError

from services.decision import commands, queries, schemas
from services.decision.pages.ballots import drop
from services.decision.pages.blueprint import BASE, again, blueprint, ticked
from shared.kernel.refusals import Refusal
from shared.web.forms import Form, typed
from shared.web.pages import render
from shared.web.problems import first_messages
from shared.web.use import ask, perform


def _light(template: str, **values: Any) -> str:
    return render(template, light=True, menu=False, **values)


@blueprint.get("/q/<code>")
def public_round(code: str) -> str:
    """The choice as everybody sees it: its address stays the same to the end."""
    return _light("public.html", found=ask(queries.round_by_code, code=code), key=str(uuid4()))


@blueprint.get("/q/<code>/proposer")
def resident_idea(code: str) -> str:
    """The form of a resident's idea."""
    return _form(code, Form({"idea_id": str(uuid4())}))


def _form(code: str, form: Form) -> str:
    found = ask(queries.round_by_code, code=code)
    return _light("public_idea.html", found=found, form=form, ticked=ticked(form, "needs"))


@blueprint.post("/q/<code>/proposer")
def propose_as_resident(code: str) -> Response:
    """Keeps a resident's idea for the group to look at."""
    form, schema = Form(request.form), schemas.IdeaOfResident()
    try:
        perform(commands.propose_as_resident, code=code, **schema.load(typed(request.form, schema)))
    except ValidationError as error:
        form.errors = first_messages(error.messages)
        return again(_form(code, form), 422)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.errors, form.refusal = dict(refusal.fields), refusal
        return again(_form(code, form), refusal.status)
    return redirect(f"{BASE}/q/{code}/merci", 303)  # type: ignore[return-value]


@blueprint.get("/q/<code>/merci")
def thanks(code: str) -> str:
    """An idea has arrived, and what happens next."""
    return _light("public_thanks.html", found=ask(queries.round_by_code, code=code))


@blueprint.post("/q/<code>/soutenir")
def back_as_resident(code: str) -> Response:
    """Notes a resident's backing."""
    schema = schemas.Support()
    perform(commands.back_as_resident, code=code, **_loaded(schema))
    return redirect(f"{BASE}/q/{code}", 303)  # type: ignore[return-value]


def _loaded(schema: schemas.Support) -> dict[str, Any]:
    given: dict[str, Any] = schema.load(typed(request.form, schema))
    return given


@blueprint.get("/q/<code>/voter")
def card_ballot(code: str) -> str:
    """The ballot of somebody with a numbered card."""
    return _ballot(code, Form())


def _ballot(code: str, form: Form) -> str:
    found = ask(queries.round_by_code, code=code)
    page = "public_ballot.html" if found["voting"] and found["with_cards"] else "public.html"
    chosen = request.form.getlist("choices")
    return _light(page, found=found, form=form, chosen=chosen, key=str(uuid4()))


@blueprint.post("/q/<code>/voter")
def cast_with_card(code: str) -> Response:
    """Drops the ballot of a card."""
    return drop(
        schemas.CardBallot(),
        commands.cast_card_ballot,
        lambda form: _ballot(code, form),
        f"{BASE}/q/{code}/recu",
        code=code,
    )


@blueprint.get("/q/<code>/recu")
def card_receipt(code: str) -> str:
    """A ballot has arrived; it says neither whose nor what."""
    return _light("public_receipt.html", found=ask(queries.round_by_code, code=code))
