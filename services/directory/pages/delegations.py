"""Delegations of signature: the list, the act recorded, the end."""

from uuid import UUID

from flask import Response, request

from services.directory import commands, queries, schemas
from services.directory.events import Role
from services.directory.pages.blueprint import BASE, blueprint, go, holds, refuse_unless
from shared.web.forms import Form, flash, submit
from shared.web.pages import render
from shared.web.use import ask, perform

_LIST = f"{BASE}/delegations"


@blueprint.get("/delegations")
def delegations() -> str:
    """Who may sign, up to how much, until when."""
    found = ask(queries.delegations_list, after=request.args.get("after"))
    return render("delegations.html", found=found)


@blueprint.get("/delegations/nouvelle")
def new_delegation() -> str:
    """The form of an act."""
    return _form_page(Form(request.args))


@blueprint.post("/delegations/nouvelle")
def record_delegation() -> Response:
    """Records an act."""
    return submit(
        schemas.NewDelegation(),
        commands.record_delegation,
        again=_form_page,
        then=_LIST,
        done="La délégation est enregistrée.",
    )


@blueprint.post("/delegations/<uuid:delegation_id>/fin")
def end_delegation(delegation_id: UUID) -> Response:
    """Ends a delegation now."""
    version = request.form.get("version")
    perform(commands.revoke_delegation, delegation_id=delegation_id, version=version)
    response = go(_LIST)
    flash(response, "La délégation a pris fin.", "Rien ne se signe plus avec elle.")
    return response


@blueprint.get("/delegations/fin-de-mandat")
def end_of_mandate_page() -> str:
    """What the renewal of the council ends."""
    return _end_page(Form())


@blueprint.post("/delegations/fin-de-mandat")
def end_of_mandate() -> Response:
    """Ends all delegations."""
    return submit(
        schemas.Confirmation(),
        commands.end_delegations_of_the_mandate,
        again=_end_page,
        then=_LIST,
        done="Toutes les délégations ont pris fin.",
    )


def _end_page(form: Form) -> str:
    refuse_unless(holds(Role.DPC_OFFICER), "les agents de la DPC-CAC")
    return render("end_of_mandate.html", form=form)


def _form_page(form: Form) -> str:
    people = [(row["id"], row["name"]) for row in ask(queries.people_to_choose)]
    return render("delegation.html", form=form, people=people)
