"""What awaits a decision, by slack, and everything one decision rests on."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.procurement import tables
from services.procurement.events import Step
from services.procurement.model import State, in_euros
from services.procurement.model.steps import BY_PAIR, SEPARATION, STEP_VERBS
from services.procurement.queries.family import (
    _STOPPED,
    _rule_sentence,
    _rules,
    _turns_of,
    _year_before,
)
from services.procurement.queries.files import _quotes_of
from services.procurement.queries.purchases import _listed, purchase_card
from services.procurement.queries.scopes import _seen_by
from shared.store.reading import Reading

_TAKES = {
    "procurement_officer": (State.COMPARING, State.QUESTIONED),
    "delegate": (State.CHECKED, State.COMMITTED),
}
_DEEDS = {
    State.COMPARING: Step.CHECK,
    State.QUESTIONED: Step.CHECK,
    State.CHECKED: Step.VALIDATE,
    State.COMMITTED: Step.SIGN_ORDER,
}


def awaiting_decision(read: Reading) -> list[dict[str, Any]]:
    """What awaits the reader's check, visa or signature; the least slack first."""
    p = tables.purchases
    mine = [
        sa.and_(p.c.state.in_(states), _seen_by(read, p.c.committee_id, role))
        for role, states in _TAKES.items()
        if read.scopes(role)
    ]
    if not mine:
        return []
    rows = _listed(read, sa.select(p).where(sa.or_(*mine)))
    lines = _lines(read, {row["line_id"] for row in rows})
    done = _acts_of(read, [row["id"] for row in rows])
    for row in rows:
        line = lines.get(row["line_id"])
        row["after"] = _after(row, line)
        row["exceptions"] = _exceptions(read, row, line)
        row["deed"] = _DEEDS[row["state"]]
        row["mine"] = _not_mine(read, row, done.get(row["id"], []))
        row["checked_by"] = _checked_by(done.get(row["id"], []))
    return sorted(rows, key=lambda row: (row["slack"], row["priority"], str(row["id"])))


def awaiting_count(read: Reading) -> int:
    """How many files the reader may decide now."""
    return len([row for row in awaiting_decision(read) if not row["mine"]])


def _lines(read: Reading, ids: set[UUID | None]) -> dict[UUID | None, dict[str, Any]]:
    lines = tables.budget_lines
    found = read.rows(lines.select().where(lines.c.id.in_([i for i in ids if i])))
    for row in found:
        held = row["reserved"] + row["committed"] + row["paid"]
        row["available"] = row["voted"] + row["transferred"] - held
    return {row["id"]: row for row in found}


def _after(row: dict[str, Any], line: dict[str, Any] | None) -> Any:
    if line is None or row["amount_incl_tax"] is None:
        return None
    already = row["state"] is State.COMMITTED
    return line["available"] if already else line["available"] - row["amount_incl_tax"]


def _exceptions(
    read: Reading, row: dict[str, Any], line: dict[str, Any] | None
) -> list[dict[str, str]]:
    """What to look at before deciding: ``blocked`` cannot pass, ``warn`` is for a person."""
    found = []
    if line is None:
        found.append({"kind": "blocked", "text": "Ligne de budget à choisir"})
    after = _after(row, line)
    if after is not None and after < 0:
        found.append({"kind": "blocked", "text": f"Manque {in_euros(-after)} sur la ligne"})
    estimate = row["estimate_incl_tax"]
    if estimate is not None and row["amount_incl_tax"] and row["amount_incl_tax"] > estimate:
        over = in_euros(row["amount_incl_tax"] - estimate)
        found.append({"kind": "warn", "text": f"Prévision dépassée de {over}"})
    if row["siren"] and row["state"] is State.CHECKED:
        turns = _turns_of(read, row["family"], row["siren"], _rules(read, read.today), read.today)
        if turns:
            found.append({"kind": "warn", "text": "Même fournisseur souvent", "detail": turns})
    return found


def _acts_of(read: Reading, ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    acts = tables.acts
    rows = read.rows(
        sa.select(acts.c.purchase_id, acts.c.step, acts.c.person)
        .where(acts.c.purchase_id.in_(ids))
        .order_by(acts.c.seq)
    )
    names = mirror.names_of(read, {row["person"] for row in rows})
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        row["name"] = names.get(row["person"], "")
        found.setdefault(row["purchase_id"], []).append(row)
    return found


def _not_mine(read: Reading, row: dict[str, Any], acts: list[dict[str, Any]]) -> str:
    """Why somebody else must decide, in words; empty when the reader may."""
    step = _DEEDS.get(row["state"])
    for act in acts:
        if step and act["person"] == read.actor.person and act["step"] in SEPARATION[step]:
            return f"Vous avez {STEP_VERBS[act['step']]} : une autre personne doit décider."
    return ""


def _checked_by(acts: list[dict[str, Any]]) -> str:
    return next((a["name"] for a in reversed(acts) if a["step"] is Step.CHECK), "")


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
        "exceptions": _exceptions(read, card, line),
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
    return card | _turns(read, card) | _mine(read, card)


def _turns(read: Reading, card: dict[str, Any]) -> dict[str, Any]:
    """For each supplier compared, why choosing it again needs a reason."""
    rules = _rules(read, read.today)
    turns = {
        quote["id"]: _turns_of(read, card["family"], quote["siren"], rules, read.today)
        for quote in card["quotes"]
        if "siren" in quote
    }
    return {"turns": {key: text for key, text in turns.items() if text}}


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


def compared_quotes(read: Reading, *, purchase_id: UUID) -> list[dict[str, Any]]:
    """The opened quotes of a purchase, compared; nothing before they are open."""
    card = purchase_card(read, purchase_id=purchase_id)
    if card["state"] is State.QUOTING or not card["buyer"]:
        return []
    return _quotes_of(read, card)
