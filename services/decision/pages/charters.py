"""The charter: drafted, read again, adopted; then frozen, for everybody to read."""

from typing import Any
from uuid import UUID

from flask import Response, request

from services.decision import commands, queries, schemas
from services.decision.pages.blueprint import BASE, blueprint, ticked
from shared.store.clock import local
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import actor, ask


def _rules() -> schemas.CharterRules:
    """Shares come in fields of their own, one a college."""
    return schemas.CharterRules(exclude=("shares",))


def _shares() -> dict[str, str]:
    given = {str(college): request.form.get(f"share_{college}", "") for college in _COLLEGES}
    return {college: text[:20] for college, text in given.items() if text.strip()}


_COLLEGES = queries.COLLEGE_NAMES


@blueprint.get("/tours/<uuid:round_id>/charte")
def new_charter(round_id: UUID) -> str:
    """The form of a charter."""
    return _new(round_id, Form())


def _new(round_id: UUID, form: Form) -> str:
    found = ask(queries.round_card, round_id=round_id)
    return _form(found, None, form, ticked(form, "voters", ["members"]))


def _form(found: dict[str, Any], charter: Any, form: Form, voters: list[str]) -> str:
    return render("charter_form.html", found=found, charter=charter, form=form, voters=voters)


@blueprint.post("/tours/<uuid:round_id>/charte")
def prepare(round_id: UUID) -> Response:
    """Drafts the rules."""
    return submit(
        _rules(),
        commands.prepare_charter,
        again=lambda form: _new(round_id, form),
        then=lambda made: f"{BASE}/chartes/{made}",
        done="La charte est préparée. Relisez-la ensemble.",
        round_id=round_id,
        shares=_shares(),
    )


@blueprint.get("/chartes/<uuid:charter_id>")
def charter(charter_id: UUID) -> str:
    """The rules: a draft to read again together, or frozen with their hash."""
    return _page(charter_id, Form())


def _page(charter_id: UUID, form: Form) -> str:
    return render("charter.html", found=ask(queries.charter_card, charter_id=charter_id), form=form)


@blueprint.get("/chartes/<uuid:charter_id>/modifier")
def charter_form(charter_id: UUID) -> str:
    """The form of a charter that is a draft."""
    return _change(charter_id)


def _change(charter_id: UUID, form: Form | None = None) -> str:
    known = ask(queries.charter_card, charter_id=charter_id)
    found = ask(queries.round_card, round_id=known["round_id"])
    closes = local(known["closes_at"])
    kept = {**known, "closes_on": closes.date(), "closes_hour": closes.hour}
    kept |= {f"share_{college}": _percent(share) for college, share in known["shares"].items()}
    form = form or Form(kept)
    return _form(found, known, form, ticked(form, "voters", known["voters"]))


def _percent(share: Any) -> str:
    percent = share * 100
    return str(percent) if percent.denominator == 1 else str(share)


@blueprint.post("/chartes/<uuid:charter_id>/modifier")
def change_charter(charter_id: UUID) -> Response:
    """Keeps other rules."""
    return submit(
        _rules(),
        commands.change_charter,
        again=lambda form: _change(charter_id, form),
        then=f"{BASE}/chartes/{charter_id}",
        done="La charte est corrigée.",
        charter_id=charter_id,
        shares=_shares(),
        version=request.form.get("version"),
    )


@blueprint.post("/chartes/<uuid:charter_id>/adopter")
def adopt(charter_id: UUID) -> Response:
    """Freezes the rules."""
    return submit(
        schemas.Adoption(),
        commands.adopt_charter,
        again=lambda form: _page(charter_id, form),
        then=f"{BASE}/chartes/{charter_id}",
        done="La charte est adoptée : elle ne change plus.",
        charter_id=charter_id,
    )


@blueprint.get("/tours/<uuid:round_id>/charte-adoptee")
def frozen(round_id: UUID) -> str:
    """The adopted rules, for everybody."""
    found = ask(queries.charter_of_round, round_id=round_id)
    signed_in = actor().person is not None
    return render("charter_public.html", light=True, menu=signed_in, found=found)
