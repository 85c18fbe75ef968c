"""The workshop: its weeks, what awaits it, its hours and delays."""

from typing import Any

from flask import Response, request

from services.communication import commands, queries, schemas
from services.communication.pages.blueprint import (
    BASE,
    asked_after,
    blueprint,
    over,
    wants_csv,
)
from shared.kernel.refusals import NotFound
from shared.web.exports import as_csv, every
from shared.web.forms import Form, submit
from shared.web.pages import render
from shared.web.use import ask

_PLAN = (
    "Semaine du",
    "Capacité (h)",
    "Tenu (h)",
    "Demande",
    "Comité",
    "Heures",
    "Créneau",
    "Pour le",
    "Livraison",
)
_REQUESTS = (
    "Demande",
    "Comité",
    "Support",
    "Quantité",
    "Étape",
    "Attendu de",
    "Avant le",
    "Voulu le",
    "Semaine du",
    "Livraison",
)


@blueprint.get("/plan")
def plan() -> Any:
    """The coming weeks, what they hold, and what fits nowhere."""
    found = ask(queries.print_plan)
    if wants_csv():
        return as_csv("plan-impression", _PLAN, _plan_rows(found))
    requests = ask(queries.inbox, limit=20)
    return render("plan.html", found=found, stuck=ask(queries.stuck), inbox=requests)


def _plan_rows(found: dict[str, Any]) -> Any:
    for week in found["weeks"]:
        head = (week["monday"], week["capacity"], week["held"])
        if not week["requests"]:
            yield (*head, "", "", "", "", "", "")
        for row in week["requests"]:
            committee = row["committee"]["name"] if row["committee"] else ""
            kind = "ferme" if row["firm"] else "en option"
            days = (row["needed_by"] or "", row["ready_by"] or "")
            yield (*head, row["title"], committee, row["slot_hours"], kind, *days)


@blueprint.get("/demandes")
def requests() -> Any:
    """What awaits the workshop, the least slack first."""
    if wants_csv():
        rows = every(queries.print_requests, closed=over())
        return as_csv("demandes-impression", _REQUESTS, (_cells(row) for row in rows))
    query = queries.print_requests if over() else queries.inbox
    asked = {"closed": True} if over() else {}
    found = ask(query, after=asked_after(), **asked)
    return render("requests.html", found=found, closed=over())


def _cells(row: dict[str, Any]) -> tuple[Any, ...]:
    committee = row["committee"]["name"] if row["committee"] else ""
    what = (row["title"], committee, row["support_name"], row["quantity"])
    where = (row["state_name"], row["awaited_name"], row["due"] or "", row["needed_by"] or "")
    return (*what, *where, row["week"] or "", row["ready_by"] or "")


@blueprint.get("/catalogue")
def catalogue() -> str:
    """What the department takes on, and when it would be ready."""
    return render("catalogue.html", found=ask(queries.catalogue))


@blueprint.get("/capacite")
def capacity() -> str:
    """Hours of the weeks, delays of each support."""
    return _capacity(Form())


def _capacity(form: Form) -> str:
    return render("capacity.html", card=ask(queries.workshop_card), form=form)


@blueprint.post("/capacite")
def set_capacity() -> Response:
    """Says the hours of a usual week."""
    return submit(
        schemas.Capacity(),
        commands.set_capacity,
        again=_capacity,
        then=f"{BASE}/capacite",
        done="Les heures de la semaine sont notées.",
    )


@blueprint.get("/capacite/semaine")
def week() -> str:
    """The form of a week that is not as usual."""
    return _week(Form())


def _week(form: Form) -> str:
    return render("week.html", card=ask(queries.workshop_card), form=form)


@blueprint.post("/capacite/semaine")
def set_week() -> Response:
    """Says that a week is not as usual."""
    return submit(
        schemas.Week(),
        commands.set_week,
        again=_week,
        then=f"{BASE}/capacite",
        done="La semaine est notée.",
    )


@blueprint.get("/capacite/support")
def offer() -> str:
    """The form of a line of the catalogue: ``?support=flyer``."""
    return _offer(request.args.get("support", ""), Form())


def _offer(support: str, form: Form) -> str:
    known = next((value for value in queries.SUPPORTS if str(value) == support), None)
    if known is None:
        raise NotFound("Ce support n’est pas au catalogue.")
    offers = ask(queries.workshop_card)["offers"]
    mine = next((row for row in offers if row["support"] == known), USUAL)
    name = queries.SUPPORTS[known]
    return render("offer.html", support=support, name=name, offer=mine, form=form)


USUAL = {"hours": 8, "conception": 5, "review": 6, "proof": 2, "printing": 3, "delivery": 1}
"""What a support is counted for before anybody said otherwise."""


@blueprint.post("/capacite/support")
def set_offer() -> Response:
    """Says the usual hours and days of a support."""
    return submit(
        schemas.Offer(),
        commands.set_offer,
        again=lambda form: _offer(request.form.get("support", ""), form),
        then=f"{BASE}/capacite",
        done="Le catalogue est à jour.",
    )
