"""Everything one decision rests on, on one screen."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.procurement import tables
from services.procurement.model.steps import BY_PAIR
from services.procurement.queries.exceptions import _to_look_at
from services.procurement.queries.family import (
    _STOPPED,
    _asking,
    _awards,
    _contracts_wanted,
    _rule_sentence,
    _rules,
    _turns,
    _year_before,
)
from services.procurement.queries.inbox import (
    _DEEDS,
    _after,
    _lines,
    _not_mine,
    _on_the_line,
    awaiting_decision,
)
from services.procurement.queries.purchases import purchase_card
from shared.store.reading import Reading


def decision(read: Reading, *, purchase_id: UUID) -> dict[str, Any]:
    """Everything one decision rests on, on one screen."""
    card = purchase_card(read, purchase_id=purchase_id)
    lines = _lines(read, {card["line_id"]})
    line = lines.get(card["line_id"])
    inbox = awaiting_decision(read)
    places = [row["id"] for row in inbox]
    here = places.index(purchase_id) if purchase_id in places else None
    card |= {
        "line": line,
        "after": _after(card, line),
        "exceptions": _on_the_line(card, line) + _to_look_at(read, [card])[purchase_id],
        "contract_wanted": _contracts_wanted(read, [card])[purchase_id],
        "interests": _interests(read, card),
        "deed": _DEEDS.get(card["state"]),
        "not_mine": _not_mine(read, card, card["acts"]),
        "seen": next((a["content_hash"] for a in reversed(card["acts"]) if a["content_hash"]), ""),
        "rule": _rule_sentence(read, card),
        "changes": _changes(card["acts"]),
        "spent": _spent_with(read, card["siren"]),
        "rank": None if here is None else here + 1,
        "count": len(inbox),
        "previous": inbox[here - 1] if here else None,
        "following": inbox[here + 1] if here is not None and here + 1 < len(inbox) else None,
    }
    return card | _reasons_wanted(read, card) | _mine(read, card)


def _reasons_wanted(read: Reading, card: dict[str, Any]) -> dict[str, Any]:
    """For each supplier compared, why choosing it again needs a reason."""
    rules, family = _rules(read, read.today), card["family"]
    awards = _awards(read, {family}, read.today).get(family, ())
    turns = {
        quote["id"]: _asking(_turns(awards, family, quote["siren"], rules))
        for quote in card["quotes"]
        if "siren" in quote
    }
    return {"turns": {key: text for key, text in turns.items() if text}}


def _interests(read: Reading, card: dict[str, Any]) -> list[dict[str, Any]]:
    """Who stepped back from this file, for the DPC and the delegates; why, for the DPC alone."""
    scopes = mirror.scopes_of_committee(read, card["committee_id"])
    dpc = bool(read.scopes("dpc_officer") & scopes)
    if not dpc and not read.scopes("delegate") & scopes:
        return []
    i = tables.interests
    select = i.select().where(i.c.purchase_id == card["id"])
    rows = read.rows(select.order_by(i.c.declared_at, i.c.person))
    names = mirror.names_of(read, {row["person"] for row in rows})
    return [
        {
            "name": names[row["person"]],
            "declared_at": row["declared_at"],
            "text": row["text"] if dpc else "",
        }
        for row in rows
    ]


def _mine(read: Reading, card: dict[str, Any]) -> dict[str, Any]:
    """What the reader may do here: the deeds of the table, and the delegation in force."""
    scopes = mirror.scopes_of_committee(read, card["committee_id"])
    roles = {
        role
        for (state, _), row in BY_PAIR.items()
        if state is card["state"]
        for role in row.roles
        if read.scopes(role) & scopes
    }
    may = {
        str(step)
        for (state, step), row in BY_PAIR.items()
        if state is card["state"] and row.roles & roles
    }
    delegation = None
    if read.actor.person and "delegate" in roles:
        delegation = mirror.delegation_of(read, read.actor.person)
    return {"may": may, "delegation": delegation, "delegates": _delegates(read, card)}


def _delegates(read: Reading, card: dict[str, Any]) -> list[dict[str, Any]]:
    """Who could validate, with their ceiling."""
    scopes = mirror.scopes_of_committee(read, card["committee_id"])
    found = []
    for person in mirror.people_with(read, "delegate", scopes):
        held = mirror.delegation_of(read, person["person"])
        if held:
            found.append({"name": person["name"], "ceiling": held["ceiling_incl_tax"]})
    return found


def _changes(acts: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Field by field, what differs between the last two contents that somebody bound to."""
    bound = [act["content"] for act in acts if act["content"] and act["content"].get("quote")]
    if len(bound) < 2 or bound[-1] == bound[-2]:
        return []
    before, after = _flat(bound[-2]), _flat(bound[-1])
    names = dict.fromkeys([*before, *after])
    return [
        {"field": name, "before": before.get(name, "absent"), "after": after.get(name, "absent")}
        for name in names
        if before.get(name) != after.get(name)
    ]


def _flat(content: dict[str, Any]) -> dict[str, str]:
    quote = content["quote"]
    flat = {
        "Total TTC": quote["incl_tax"],
        "Total HT": quote["excl_tax"],
        "Fournisseur (SIREN)": quote["siren"],
        "Livraison": quote["delivery"],
        "Fichier": quote["file"][:12],
        "Ligne de budget": content["line"][:8],
    }
    if content.get("contract"):
        flat["Contrat écrit"] = content["contract"][:12]
    for label, quantity, unit, price, rate in quote["lines"]:
        flat[label] = f"{quantity} {unit} à {price} €, TVA {rate} %"
    return flat


def _spent_with(read: Reading, siren: str | None) -> dict[str, Any] | None:
    if siren is None:
        return None
    p = tables.purchases
    return read.one(
        sa.select(
            sa.func.sum(p.c.amount_excl_tax).label("amount"), sa.func.count().label("count")
        ).where(
            p.c.siren == siren,
            p.c.state.not_in(_STOPPED),
            p.c.validated_on > _year_before(read.today),
        )
    )
