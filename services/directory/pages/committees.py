"""The committees, and the people of one."""

from uuid import UUID

from flask import Response, request

from services.directory import commands, queries, schemas
from services.directory.events import Role, committee_scope
from services.directory.mirror import KIND_LABELS
from services.directory.pages.blueprint import BASE, blueprint, go, holds, refuse_unless
from shared.web.forms import Form, flash, submit
from shared.web.pages import render
from shared.web.use import ask, perform

_LIST = f"{BASE}/comites"


@blueprint.get("/comites")
def committees() -> str:
    """All committees, by number, or those of a sector."""
    sector = request.args.get("sector", "")[:100]
    everything = ask(queries.committees_list)
    found = ask(queries.committees_list, sector=sector) if sector else everything
    return render("committees.html", found=found, sectors=everything["sectors"], sector=sector)


@blueprint.get("/mon-comite")
def my_committee() -> Response | str:
    """The committee of the one who asks; a choice when there are several."""
    mine = ask(queries.my_committees)
    if len(mine) == 1:
        return go(f"{_LIST}/{mine[0]['id']}")
    return render("my_committees.html", mine=mine)


@blueprint.get("/comites/nouveau")
def new_committee() -> str:
    """The form of a new committee."""
    return _form_page(Form())


@blueprint.post("/comites/nouveau")
def create_committee() -> Response:
    """Creates a committee."""
    return submit(
        schemas.NewCommittee(),
        commands.create_committee,
        again=_form_page,
        then=lambda committee_id: f"{_LIST}/{committee_id}",
        done="Le comité existe.",
    )


@blueprint.get("/comites/<uuid:committee_id>")
def committee(committee_id: UUID) -> str:
    """One committee: who leads, who is a member, who may help."""
    card = ask(queries.committee_card, committee_id=committee_id)
    return render("committee.html", card=card, kinds=KIND_LABELS)


@blueprint.get("/comites/<uuid:committee_id>/inviter")
def invite_member(committee_id: UUID) -> str:
    """The form that takes a member in."""
    return _invite_page(committee_id, Form())


@blueprint.post("/comites/<uuid:committee_id>/inviter")
def member_invited(committee_id: UUID) -> Response:
    """Takes a member into the committee."""
    return submit(
        schemas.MemberInvitation(),
        commands.invite_person,
        again=lambda form: _invite_page(committee_id, form),
        then=f"{_LIST}/{committee_id}",
        done="Cette personne est membre du comité.",
        role=Role.MEMBER,
        scope=committee_scope(committee_id),
    )


@blueprint.post("/comites/<uuid:committee_id>/membres/<uuid:grant_id>/retirer")
def remove_member(committee_id: UUID, grant_id: UUID) -> Response:
    """Withdraws a member's role."""
    perform(commands.revoke_role, grant_id=grant_id, version=request.form.get("version"))
    response = go(f"{_LIST}/{committee_id}")
    flash(response, "Cette personne n’est plus membre du comité.")
    return response


@blueprint.get("/comites/<uuid:committee_id>/fermer")
def closing(committee_id: UUID) -> str:
    """What closing does."""
    return _closing_page(committee_id, Form())


@blueprint.post("/comites/<uuid:committee_id>/fermer")
def close_committee(committee_id: UUID) -> Response:
    """Closes the committee from today on."""
    return submit(
        schemas.Closing(),
        commands.close_committee,
        again=lambda form: _closing_page(committee_id, form),
        then=f"{_LIST}/{committee_id}",
        done="Le comité est fermé.",
        committee_id=committee_id,
    )


def _form_page(form: Form) -> str:
    refuse_unless(holds(Role.DPC_OFFICER), "les agents de la DPC-CAC")
    sectors = ask(queries.committees_list)["sectors"]
    return render("new_committee.html", form=form, sectors=sectors)


def _invite_page(committee_id: UUID, form: Form) -> str:
    card = ask(queries.committee_card, committee_id=committee_id)
    refuse_unless(card["may_invite"], "la personne référente du comité et la DPC-CAC")
    return render("invite_member.html", form=form, card=card)


def _closing_page(committee_id: UUID, form: Form) -> str:
    refuse_unless(holds(Role.DPC_OFFICER), "les agents de la DPC-CAC")
    card = ask(queries.committee_card, committee_id=committee_id)
    return render("close_committee.html", form=form, card=card)
