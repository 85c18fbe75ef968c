"""Budget lines, and the envelopes of a year on one screen."""

from typing import Any
from uuid import UUID

from flask import Response, request

from services.procurement import commands, queries, schemas
from services.procurement.pages.bars import parts_of, total_of
from services.procurement.pages.blueprint import (
    BASE,
    as_csv,
    asked_after,
    at_the_desk,
    blueprint,
    wants_csv,
)
from shared.web.exports import every
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask, use_cases

_LINES = (
    ("Ligne", lambda r: r["title"]),
    ("Comité", lambda r: r["committee"]["name"] if r["committee"] else ""),
    ("Voté", lambda r: r["voted"]),
    ("Virements", lambda r: r["transferred"]),
    ("Réservé", lambda r: r["reserved"]),
    ("Engagé", lambda r: r["committed"]),
    ("Payé", lambda r: r["paid"]),
    ("Disponible", lambda r: r["available"]),
)
_ENVELOPES = (
    ("Comité", lambda r: r["committee"]["name"]),
    ("Quartier", lambda r: r["committee"]["quartier"]),
    ("Enveloppe", lambda r: r["envelope"]["amount"] if r["envelope"] else ""),
    ("Réparti", lambda r: r["envelope"]["allotted"] if r["envelope"] else ""),
    ("Payé", lambda r: r["paid"]),
)


def _year() -> int:
    this: int = use_cases().workplace.clock.today().year
    asked = request.args.get("annee", "")
    return int(asked) if asked.isdecimal() and 2020 <= int(asked) <= 2100 else this


@blueprint.get("/lignes")
def lines() -> Any:
    """The budget lines of a year."""
    year = _year()
    if wants_csv():
        return as_csv(every(queries.budget_lines, year=year), _LINES, f"lignes-{year}")
    found = ask(queries.budget_lines, year=year, after=asked_after())
    for row in found["items"]:
        row["parts"], row["total"] = parts_of(row), total_of(row)
    differences = ask(queries.ledger_differences) if at_the_desk() else []
    waiting = ask(queries.awaited_lines)
    values = {"found": found, "year": year, "differences": differences, "waiting": waiting}
    return render("lines.html", **values)


@blueprint.get("/lignes/nouvelle")
def new_line() -> str:
    """The form of a budget line."""
    return _new_line_page(Form())


def _new_line_page(form: Form) -> str:
    return render("new_line.html", committees=ask(queries.my_committees), year=_year(), form=form)


@blueprint.post("/lignes/nouvelle")
def open_line() -> Response:
    """Opens a budget line."""
    return submit(
        schemas.BudgetLine(),
        commands.open_budget_line,
        again=_new_line_page,
        then=lambda line_id: f"{BASE}/lignes/{line_id}",
        done="La ligne est ouverte, avec ce que l’enveloppe contenait.",
    )


@blueprint.get("/lignes/<uuid:line_id>")
def line(line_id: UUID) -> str:
    """One line and its ledger."""
    return _line_page(line_id)


def _line_page(line_id: UUID, form: Form | None = None) -> str:
    found = ask(queries.budget_line, line_id=line_id, after=asked_after())
    bar = {"parts": parts_of(found), "total": total_of(found)}
    return render("line.html", line=found, bar=bar, form=form or Form())


@blueprint.post("/lignes/<uuid:line_id>/completer")
def add(line_id: UUID) -> Response:
    """Votes more for a line."""
    return submit(
        schemas.More(),
        commands.add_to_budget_line,
        again=lambda form: _line_page(line_id, form),
        then=f"{BASE}/lignes/{line_id}",
        done="La ligne est complétée.",
        line_id=line_id,
    )


@blueprint.post("/lignes/<uuid:from_id>/virer")
def transfer(from_id: UUID) -> Response:
    """Moves money to another line."""
    return submit(
        schemas.Transfer(),
        commands.transfer_between_lines,
        again=lambda form: _line_page(from_id, form),
        then=f"{BASE}/lignes/{from_id}",
        done="Le virement est fait.",
        from_id=from_id,
    )


@blueprint.get("/reports/<uuid:action_id>")
def carry_over(action_id: UUID) -> str:
    """An action went to another year while money is held on its line: what becomes of the rest."""
    return _carry_over_page(action_id, Form())


def _carry_over_page(action_id: UUID, form: Form) -> str:
    found = ask(queries.carry_over, action_id=action_id)
    bar = {"parts": parts_of(found["line"]), "total": total_of(found["line"])}
    return render("carry_over.html", found=found, bar=bar, form=form)


@blueprint.post("/reports/<uuid:action_id>/reporter")
def carry(action_id: UUID) -> Response:
    """Carries the rest over."""
    return submit(
        schemas.Nothing(),
        commands.carry_over_line,
        again=lambda form: _carry_over_page(action_id, form),
        then=lambda line_id: f"{BASE}/lignes/{line_id}",
        done="Le reste est reporté, au-dessus de l’enveloppe.",
        action_id=action_id,
    )


@blueprint.post("/reports/<uuid:action_id>/laisser")
def leave(action_id: UUID) -> Response:
    """Carries nothing over."""
    return submit(
        schemas.Reason(),
        commands.leave_line,
        again=lambda form: _carry_over_page(action_id, form),
        then=lambda line_id: f"{BASE}/lignes/{line_id}",
        done="Rien n’est reporté ; la nouvelle ligne est dans l’enveloppe de l’année.",
        action_id=action_id,
    )


@blueprint.get("/enveloppes")
def envelopes() -> Any:
    """Every committee with its envelope of a year."""
    found = ask(queries.envelopes_of_year, year=_year())
    if wants_csv():
        return as_csv(found["rows"], _ENVELOPES, f"enveloppes-{found['year']}")
    return _envelopes_page(Form())


def _envelopes_page(form: Form) -> str:
    found = ask(queries.envelopes_of_year, year=_year())
    waiting = [row for row in ask(queries.awaited_lines) if row["year"] == found["year"]]
    return render("envelopes.html", found=found, form=form, waiting=waiting)


@blueprint.post("/enveloppes")
def open_envelopes() -> Response:
    """Opens the envelopes of a year for every committee that has none."""
    return submit(
        schemas.Envelopes(),
        commands.open_envelopes,
        again=_envelopes_page,
        then=lambda result: f"{BASE}/enveloppes?annee={result['year']}",
        done="Les enveloppes sont ouvertes.",
    )
