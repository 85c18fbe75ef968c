"""One purchase, as far as it may be read."""

from typing import Any
from uuid import UUID

from services.directory import mirror
from services.directory.mirror import Role
from services.procurement import tables
from services.procurement.events import Step
from services.procurement.model import Origin, State
from services.procurement.model.steps import AWAITED, ROLE_NAMES, STATE_NAMES, STEP_VERBS
from services.procurement.queries.files import _papers, _quotes_of
from services.procurement.queries.scopes import _is_buyer, _refuse_interested
from shared.kernel import calendar
from shared.store.reading import Reading

_DELIVERABLE = (State.ORDERED, State.PARTLY_DELIVERED)
_ORIGINS = {
    Origin.HERE: "",
    Origin.PLANNING: "/planning/besoins/{}",
    Origin.COMMUNICATION: "/communication/demandes/{}",
}
"""Where a need is followed by whoever said it."""
_FOLLOWING = (
    *(Role.MEMBER, Role.LEAD, Role.ELU),
    *(Role.SECTOR_OFFICER, Role.DPC_OFFICER, Role.AUDITOR),
)
"""Who reads the plan that a need comes from: its page is another service's."""

_HIDDEN = dict.fromkeys(
    ("supplier", "supplier_id", "siren", "chosen_id", "amount_incl_tax", "amount_excl_tax")
)
"""What only buyers read before an award."""


def _shown(read: Reading, row: dict[str, Any]) -> dict[str, Any]:
    """A purchase with its words, who is awaited and the slack in working days."""
    awaited = AWAITED.get(row["state"])
    ordered = row["order_number"] is not None
    slack = None
    if awaited and not ordered:
        slack = calendar.slack(read.today, row["order_before"])
    elif awaited and row["state"] in _DELIVERABLE:
        slack = calendar.slack(read.today, row["needed_by"])
    return {
        **row,
        "state_name": STATE_NAMES[row["state"]],
        "awaited_step": awaited.step if awaited else None,
        "awaited_role": awaited.role if awaited else None,
        "awaited_name": ROLE_NAMES[awaited.role] if awaited else "",
        "slack": slack,
        "origin_open": any(read.scopes(role) for role in _FOLLOWING),
        "origin_href": _ORIGINS[row["origin"]].format(row["origin_id"]),
        "late": bool(row["due"] and row["due"] < read.today and awaited),
    }


def purchase_card(read: Reading, *, purchase_id: UUID) -> dict[str, Any]:
    """One file, as far as the reader may see: before an award only buyers read amounts."""
    _refuse_interested(read, purchase_id)
    p = tables.purchases
    row = read.one(p.select().where(p.c.id == purchase_id), "Cet achat n’existe pas.")
    card = _shown(read, row)
    buyer = _is_buyer(read, row["committee_id"])
    sealed = row["state"] is State.QUOTING
    if not buyer and row["validated_on"] is None:
        card |= _HIDDEN
    card |= _papers(read, purchase_id)
    card["committee"] = mirror.committee(read, row["committee_id"])
    card["buyer"] = buyer
    quotes = _quotes_of(read, row)
    card["quotes_count"] = len([q for q in quotes if not q["set_aside"]])
    card["quotes"] = _readable(quotes, buyer=buyer, sealed=sealed, row=row)
    card["acts"] = _acts(read, purchase_id)
    if not buyer and row["validated_on"] is None:
        card["acts"] = [_without_content(act) for act in card["acts"]]
    card["story"] = _story(card["acts"])
    card["awaited_people"] = _awaited_people(read, card)
    return card


def _readable(
    quotes: list[dict[str, Any]], *, buyer: bool, sealed: bool, row: dict[str, Any]
) -> list[dict[str, Any]]:
    if sealed:
        kept = ("id", "supplier", "supplier_id", "received_at", "set_aside", "round")
        return [{name: q[name] for name in kept} for q in quotes] if buyer else []
    if buyer:
        return quotes
    if row["validated_on"] is None:
        return []
    return [q for q in quotes if q["id"] == row["chosen_id"]]


def _acts(read: Reading, purchase_id: UUID) -> list[dict[str, Any]]:
    acts = tables.acts
    rows = read.rows(acts.select().where(acts.c.purchase_id == purchase_id).order_by(acts.c.seq))
    names = mirror.names_of(read, {row["person"] for row in rows})
    return [
        {**row, "name": names.get(row["person"], _nobody(row)), "did": STEP_VERBS[row["step"]]}
        for row in rows
    ]


def _nobody(act: dict[str, Any]) -> str:
    """Who acted where no person of ours did."""
    return "Un fournisseur" if act["step"] is Step.RECEIVE else "Rond Kozé"


def _without_content(act: dict[str, Any]) -> dict[str, Any]:
    """An act as members read it before an award: what buyers wrote may name a supplier."""
    wrote = act["role"] == "procurement_officer" and act["step"] is not Step.ASK_ABOUT_NEED
    return act | {"content": None, "reason": "" if wrote else act["reason"]}


def _story(acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The acts for people: what somebody did several times running is one line."""
    story: list[dict[str, Any]] = []
    for act in acts:
        before = story[-1] if story else None
        same = ("step", "person", "target")
        if before and all(before[name] == act[name] for name in same):
            reasons = dict.fromkeys(r for r in (before["reason"], act["reason"]) if r)
            story[-1] = act | {"count": before["count"] + 1, "reason": ", ".join(reasons)}
        else:
            story.append(act | {"count": 1})
    return story


def _awaited_people(read: Reading, card: dict[str, Any]) -> list[str]:
    if not card["awaited_role"] or card["awaited_role"] == "system":
        return []
    scopes = mirror.scopes_of_committee(read, card["committee_id"])
    people = mirror.people_with(read, card["awaited_role"], scopes)
    return list(dict.fromkeys(row["name"] for row in people))[:4]
