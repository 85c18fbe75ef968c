"""What to look at before a decision, asked once for all the rows of a list."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.procurement import tables
from services.procurement.model import ProcedureRule, Rules, State, offer_holds
from services.procurement.queries.family import (
    _awards,
    _contracts_wanted,
    _rules,
    _turns,
)
from shared.store.reading import Reading

_BEFORE_THE_ORDER = (State.CHECKED, State.VALIDATED, State.COMMITTED)
Row = dict[str, Any]
Said = list[dict[str, str]]


def _to_look_at(read: Reading, rows: Sequence[Row]) -> dict[UUID, Said]:
    """For each purchase: ``blocked`` cannot pass, ``warn`` is for a person to weigh."""
    rules = _rules(read, read.today)
    awards = _awards(read, {row["family"] for row in rows}, read.today)
    contracts, lapsed = _contracts_wanted(read, rows), _lapsed(read, rows)
    return {
        row["id"]: [
            *_of_turns(row, awards.get(row["family"], ()), rules),
            *_of_validity(row, lapsed),
            *_of_contract(row, contracts[row["id"]]),
        ]
        for row in rows
    }


def _of_turns(row: Row, awards: Sequence[Row], rules: Rules) -> Said:
    if not row["siren"] or row["state"] is not State.CHECKED:
        return []
    turns = _turns(awards, row["family"], row["siren"], rules)
    detail = f"{turns}. La raison est celle du contrôle ; si elle manque, demandez un complément."
    return [{"kind": "warn", "text": "Même fournisseur souvent", "detail": detail}] if turns else []


def _of_validity(row: Row, lapsed: frozenset[UUID]) -> Said:
    if row["state"] is not State.CHECKED or row["chosen_id"] not in lapsed:
        return []
    detail = "Le service achats note d’abord que le fournisseur le tient encore."
    return [{"kind": "blocked", "text": "Devis expiré", "detail": detail}]


def _of_contract(row: Row, wanted: ProcedureRule | None) -> Said:
    if wanted is None or row["contract_sha256"] or row["state"] not in _BEFORE_THE_ORDER:
        return []
    kind = "blocked" if row["state"] is State.COMMITTED else "warn"
    detail = f"{wanted.text} ({wanted.source}). Le service achats ou la DPC-CAC le dépose."
    return [{"kind": kind, "text": "Contrat écrit à déposer avant la commande", "detail": detail}]


def _lapsed(read: Reading, rows: Sequence[Row]) -> frozenset[UUID]:
    """The chosen quotes that their suppliers no longer stand by today."""
    q = tables.quotes
    chosen = {row["chosen_id"] for row in rows if row["chosen_id"]}
    wanted = q.select().with_only_columns(q.c.id, q.c.valid_until, q.c.confirmed_on)
    found = read.rows(wanted.where(q.c.id.in_(chosen)))
    return frozenset(
        row["id"]
        for row in found
        if not offer_holds(row["valid_until"], row["confirmed_on"], read.today)
    )
