"""What awaits a decision, by slack."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.procurement import tables
from services.procurement.events import Step
from services.procurement.model import State, in_euros
from services.procurement.model.steps import SEPARATION, STEP_VERBS
from services.procurement.queries.exceptions import _to_look_at
from services.procurement.queries.listing import _listed
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
    """What awaits the reader's check, visa or signature; the least slack first.

    Not a page: a decision looks at its neighbours, and all that awaits one is what one works off.
    """
    p = tables.purchases
    mine = [
        sa.and_(p.c.state.in_(states), _seen_by(read, p.c.committee_id, role))
        for role, states in _TAKES.items()
        if read.scopes(role)
    ]
    if not mine:
        return []
    rows = _listed(read, read.rows(sa.select(p).where(sa.or_(*mine))))
    lines = _lines(read, {row["line_id"] for row in rows})
    done = _acts_of(read, [row["id"] for row in rows])
    seen = _to_look_at(read, rows)
    for row in rows:
        line = lines.get(row["line_id"])
        row["after"] = _after(row, line)
        row["exceptions"] = _on_the_line(row, line) + seen[row["id"]]
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


def _on_the_line(row: dict[str, Any], line: dict[str, Any] | None) -> list[dict[str, str]]:
    """What money says: ``blocked`` cannot pass, ``warn`` is for a person to weigh."""
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
