"""What the commands of this service share: who decides, which rules, what was uploaded."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.directory import mirror
from services.procurement import model, tables
from services.procurement.events import Step
from services.procurement.model import Decider, Delegation, Purchase
from services.procurement.model.steps import DELEGATE, ROLE_NAMES, STEP_VERBS
from shared.kernel.refusals import Refusal
from shared.store.unit_of_work import UnitOfWork


def decider(uow: UnitOfWork, purchase: Purchase, *, signs: bool = False) -> Decider:
    """Who acts, with the roles held on this purchase's committee.

    To sign, role and delegations are looked up in the mirror now: a token may be minutes old.
    The facts of a signature then also say under which delegation it was given.
    """
    person = uow.actor.person
    if person is None:
        return Decider.system(uow.now)
    scopes = mirror.scopes_of_committee(uow, purchase.committee_id)
    roles = {role for role in ROLE_NAMES if uow.scopes(role) & scopes}
    if not signs:
        return Decider(person, frozenset(roles), uow.now)
    if not mirror.holds(uow, person, DELEGATE, *scopes):
        roles.discard(DELEGATE)
    delegations = tuple(
        Delegation(row["id"], row["ceiling_incl_tax"])
        for row in mirror.delegations_of(uow, person)
        if row["scope"] in scopes and (not row["families"] or purchase.family in row["families"])
    )
    if delegations and uow.by is not None:
        best = max(delegations, key=lambda delegation: delegation.ceiling)
        uow.by = replace(uow.by, delegation=best.id)
    return Decider(person, frozenset(roles), uow.now, delegations)


@contextmanager
def named(uow: UnitOfWork, committee_id: UUID) -> Iterator[None]:
    """A refusal also says by name who decided before and who can unblock."""
    try:
        yield
    except Refusal as refusal:
        role = refusal.details.get("role")
        last = refusal.details.get("last_person")
        if last:
            did = STEP_VERBS[refusal.details["last_step"]]
            refusal.missing = f"{mirror.name_of(uow, last)} a {did}. {refusal.missing}"
        if role:
            scopes = mirror.scopes_of_committee(uow, committee_id)
            names = [row["name"] for row in mirror.people_with(uow, role, scopes)][:3]
            if names:
                refusal.unblocks = f"{', '.join(dict.fromkeys(names))} ({ROLE_NAMES[role]})."
        raise


def rules_on(uow: UnitOfWork, day: date) -> model.Rules:
    """The procedure rules in force on ``day``."""
    rows = uow.rows(tables.procedure_rules.select())
    return model.Rules.on(day, [model.ProcedureRule(**row) for row in rows])


def tell_dpc(uow: UnitOfWork, committee_id: UUID, text: str, link: str) -> None:
    """Tell the officers of the DPC-CAC."""
    _tell_all(uow, "dpc_officer", mirror.scopes_of_committee(uow, committee_id), text, link)


def tell_leads(uow: UnitOfWork, committee_id: UUID, text: str, link: str) -> None:
    """Tell who leads the committee."""
    _tell_all(uow, "lead", {mirror.committee_scope(committee_id)}, text, link)


def _tell_all(uow: UnitOfWork, role: str, scopes: Iterable[str], text: str, link: str) -> None:
    for person in {row["person"] for row in mirror.people_with(uow, role, scopes)}:
        if person != uow.actor.person:
            uow.notify(person, text, link)


def tell_buyers(uow: UnitOfWork, purchase: Purchase, text: str) -> None:
    """Tell who asked suppliers for quotes, or checked them."""
    for person in purchase.took({Step.REQUEST_QUOTES, Step.CHECK}):
        uow.notify(person, text, f"/procurement/consultations/{purchase.id}")


def tell(uow: UnitOfWork, purchase: Purchase, text: str) -> None:
    """Tell who asked and who owns the need, unless they are the one who acts."""
    asked = purchase.acts[0].person if purchase.acts else None
    for person in {asked, purchase.owner} - {None, uow.actor.person}:
        assert person is not None
        uow.notify(person, text, f"/procurement/achats/{purchase.id}")
