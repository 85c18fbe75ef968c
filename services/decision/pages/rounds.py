"""Choices of a committee: what is asked now, one choice, and what its lead decides of it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, request

from services.decision import commands, queries, schemas
from services.decision.pages.blueprint import (
    BASE,
    asked_after,
    blueprint,
    public,
    tour,
    wants_csv,
)
from shared.kernel.refusals import Forbidden
from shared.web.api import Input
from shared.web.exports import as_csv, every
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.pictures import qr_code
from shared.web.use import ask

_HEADS = ("Comité", "Quartier", "Choix", "État", "Idées jusqu’au", "Idées", "Votes")


@blueprint.get("/")
def rounds() -> Any:
    """The choices that one follows, and what each asks of the reader now."""
    if wants_csv():
        return as_csv("choix", _HEADS, map(_line, every(queries.my_rounds)))
    found = ask(queries.my_rounds, after=asked_after())
    return render("rounds.html", found=found, to_cast=ask(queries.votes_to_cast))


def _line(row: dict[str, Any]) -> list[Any]:
    committee, state = row["committee"], queries.ROUND_STATES[row["state"]]
    figures = (row["until"], row["ideas"], len(row["votes"]))
    return [committee["name"], committee["quartier"], row["title"], state, *figures]


@blueprint.get("/tours/nouveau")
def new_round() -> str:
    """The form of a choice without a diagnostic."""
    return _new(Form(request.args))


def _new(form: Form) -> str:
    mine = ask(queries.my_rounds, limit=1)["mine"]
    if not mine:
        raise Forbidden(
            rule="Choisir sans diagnostic se décide au nom d’un comité.",
            missing="Être la personne référente d’un comité en activité.",
            unblocks="La personne référente du comité, ou la DPC-CAC",
        )
    named = [(row["id"], f"{row['name']} · {row['quartier']}") for row in mine]
    return render("round_new.html", form=form, committees=named)


@blueprint.post("/tours/nouveau")
def open_round() -> Response:
    """Opens a choice without a diagnostic."""
    return submit(
        schemas.NewRound(),
        commands.open_round_without_diagnostic,
        again=_new,
        then=tour,
        done="Les idées sont ouvertes ; la raison reste écrite.",
    )


@blueprint.get("/tours/<uuid:round_id>")
def one_round(round_id: UUID) -> str:
    """One choice: needs, ideas, charter, vote, and what is to do next."""
    return page_of_round(round_id)


def page_of_round(round_id: UUID, form: Form | None = None) -> str:
    """The page of a choice, again with what was typed."""
    found = ask(queries.round_card, round_id=round_id)
    address = public(f"{BASE}/q/{found['code']}")
    text = quote(f"{found['title']} : {address}")
    gathering = found["state"] == "ideas" and not found["late"]
    return render(
        "round.html",
        found=found,
        gathering=gathering,
        address=address,
        code=qr_code(address, f"Proposer, voter, lire : {address}"),
        whatsapp=f"https://wa.me/?text={text}",
        form=form or Form(),
    )


@blueprint.get("/tours/<uuid:round_id>/affiche")
def poster(round_id: UUID) -> str:
    """A sheet to print and hang: the same address for ideas, the vote and the result."""
    found = ask(queries.round_card, round_id=round_id)
    address = public(f"{BASE}/q/{found['code']}")
    code = qr_code(address, f"Proposer, voter, lire : {address}", 7)
    return render("poster.html", menu=False, found=found, address=address, code=code)


@blueprint.post("/tours/<uuid:round_id>/delai")
def move_until(round_id: UUID) -> Response:
    """Moves the last day for ideas."""
    return submit(
        schemas.Until(),
        commands.move_ideas_end,
        again=lambda form: page_of_round(round_id, form),
        then=tour(round_id),
        done="Le dernier jour des idées est changé.",
        round_id=round_id,
        version=request.form.get("version"),
    )


@blueprint.post("/tours/<uuid:round_id>/encore")
def open_another(round_id: UUID) -> Response:
    """Opens another choice from the same needs."""
    return submit(
        schemas.NextRound(),
        commands.open_another_round,
        again=lambda form: page_of_round(round_id, form),
        then=tour,
        done="Un nouveau tour est ouvert, sur les mêmes besoins.",
        round_id=round_id,
    )


@blueprint.post("/tours/<uuid:round_id>/annuler")
def annul(round_id: UUID) -> Response:
    """Annuls what was chosen."""
    return submit(
        schemas.Annulment(),
        commands.annul_choice,
        again=lambda form: page_of_round(round_id, form),
        then=tour(round_id),
        done="Le choix est annulé ; ce qui était ouvert pour l’action est libéré.",
        round_id=round_id,
    )


@blueprint.post("/tours/<uuid:round_id>/vote")
def open_vote(round_id: UUID) -> Response:
    """Opens the vote."""
    return submit(
        Input(),
        commands.open_vote,
        again=lambda form: page_of_round(round_id, form),
        then=tour(round_id),
        done="Le vote est ouvert.",
        round_id=round_id,
    )
