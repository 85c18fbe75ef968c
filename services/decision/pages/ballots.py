"""The ballot of somebody with an account: one question, and a receipt that says nothing of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, redirect, request
from marshmallow import Schema, ValidationError

from services.decision import commands, queries, schemas
from services.decision.pages.blueprint import BASE, again, blueprint
from services.decision.pages.rounds import page_of_round
from shared.kernel.refusals import Refusal
from shared.web.api import Input
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.problems import first_messages
from shared.web.use import ask, perform

BLANK = "blank"


@blueprint.get("/votes/<uuid:vote_id>")
def ballot(vote_id: UUID) -> str:
    """The ballot for an elector; for others, where the vote stands. No choice is shown again."""
    return _page(vote_id, Form())


def _page(vote_id: UUID, form: Form) -> str:
    found = ask(queries.vote_card, vote_id=vote_id)
    votes = found["open"] and found["elector"] is not None
    in_a_room = votes and found["elector"]["voted"] in ("hands", "paper")
    return render(
        "ballot.html" if votes and not in_a_room else "vote.html",
        found=found,
        form=form,
        chosen=request.form.getlist("choices"),
    )


@blueprint.post("/votes/<uuid:vote_id>")
def cast(vote_id: UUID) -> Response:
    """Drops a ballot."""
    return drop(
        schemas.BallotCast(),
        commands.cast_ballot,
        lambda form: _page(vote_id, form),
        f"{BASE}/votes/{vote_id}/recu",
        vote_id=vote_id,
    )


def drop(
    schema: Schema,
    command: Callable[..., Any],
    page: Callable[[Form], str],
    then: str,
    **fixed: Any,
) -> Response:
    """Drop the ballot that a form holds. It has no idempotency key: nothing of it may be kept."""
    form = Form(request.form)
    named = request.form.getlist("choices")
    more = {n: request.form.get(n, "") for n in schema.fields if n not in ("choices", BLANK)}
    chosen = {"choices": [c for c in named if c != BLANK], BLANK: BLANK in named}
    try:
        perform(command, **schema.load(more | chosen), **fixed)
    except ValidationError as error:
        form.errors = {
            n.partition("-")[0]: text for n, text in first_messages(error.messages).items()
        }
        return again(page(form), 422)
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        form.errors, form.refusal = dict(refusal.fields), refusal
        return again(page(form), refusal.status)
    return redirect(then, 303)  # type: ignore[return-value]


@blueprint.get("/votes/<uuid:vote_id>/recu")
def receipt(vote_id: UUID) -> str:
    """That one has voted, never what; and what comes next."""
    return render("receipt.html", found=ask(queries.vote_card, vote_id=vote_id))


@blueprint.post("/votes/<uuid:vote_id>/clore")
def close(vote_id: UUID) -> Response:
    """Closes a vote, and goes on as its charter says."""
    found = ask(queries.vote_card, vote_id=vote_id)
    return submit(
        Input(),
        commands.close_vote,
        again=lambda form: page_of_round(found["round_id"], form),
        then=f"{BASE}/tours/{found['round_id']}",
        done="Le vote est dépouillé.",
        vote_id=vote_id,
    )
