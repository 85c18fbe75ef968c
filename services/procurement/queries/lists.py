"""Suppliers and rules, for people."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.procurement import tables
from services.procurement.model.rules import Key
from services.procurement.queries.family import _STOPPED, ZERO, _year_before
from shared.store.reading import Reading

KEY_NAMES = {
    Key.DISPENSE: "Dispense de publicité et de mise en concurrence",
    Key.FREE_PUBLICITY: "Publicité libre",
    Key.FORMAL: "Procédure formalisée",
    Key.WRITTEN_CONTRACT: "Contrat écrit",
    Key.ENVIRONMENT: "Critère environnemental",
    Key.QUOTES_ASKED: "Fournisseurs à interroger",
    Key.QUOTES_ASKED_FROM: "Montant à partir duquel interroger plusieurs fournisseurs",
    Key.ROTATION_RUNNING: "Même fournisseur de suite",
    Key.ROTATION_SHARE: "Part d’un fournisseur dans une famille",
    Key.WARN_SHARE: "Alerte avant un seuil",
    Key.LOW_OFFER: "Devis très bas",
    Key.VAT_RATE: "Taux de TVA",
    Key.PAYMENT_DAYS: "Délai de paiement",
    Key.ORDER_LEAD: "Délai de commande",
}


def suppliers_list(
    read: Reading, *, search: str = "", after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """A page of suppliers by name, with what the city bought from each in twelve months."""
    s, p = tables.suppliers, tables.purchases
    spent = (
        sa.select(
            p.c.siren.label("bought_from"),
            sa.func.sum(p.c.amount_excl_tax).label("spent_excl_tax"),
            sa.func.count().label("purchases"),
        )
        .where(p.c.state.not_in(_STOPPED), p.c.validated_on > _year_before(read.today))
        .group_by(p.c.siren)
        .subquery()
    )
    select = sa.select(s, spent.c.spent_excl_tax, spent.c.purchases).select_from(
        s.outerjoin(spent, spent.c.bought_from == s.c.siren)
    )
    if search.strip():
        wanted = search.strip()
        digits = wanted.replace(" ", "")
        select = select.where(
            s.c.name.icontains(wanted, autoescape=True) | s.c.siren.startswith(digits)
        )
    rows, following = read.page(select, order=(s.c.name, s.c.id), after=after, limit=limit)
    items = [
        {**row, "spent_excl_tax": row["spent_excl_tax"] or ZERO, "purchases": row["purchases"] or 0}
        for row in rows
    ]
    return {"items": items, "next": following}


def supplier_card(read: Reading, *, supplier_id: UUID, after: str | None = None) -> dict[str, Any]:
    """One supplier and what was bought from its SIREN in twelve months, the latest first."""
    s, p = tables.suppliers, tables.purchases
    supplier = read.one(s.select().where(s.c.id == supplier_id), "Ce fournisseur n’existe pas.")
    recent = (
        p.c.siren == supplier["siren"],
        p.c.state.not_in(_STOPPED),
        p.c.validated_on > _year_before(read.today),
    )
    columns = (p.c.id, p.c.title, p.c.family, p.c.amount_excl_tax, p.c.validated_on, p.c.state)
    order = (p.c.validated_on, p.c.id)
    bought, following = read.page(
        sa.select(*columns).where(*recent), order=order, after=after, descending=True
    )
    sums = sa.select(
        sa.func.sum(p.c.amount_excl_tax).label("spent"), sa.func.count().label("count")
    )
    total = read.one(sums.where(*recent))
    return {
        **supplier,
        "bought": bought,
        "next": following,
        "spent_excl_tax": total["spent"] or ZERO,
        "purchases": total["count"],
    }


def rules_in_force(read: Reading, *, day: date | None = None) -> dict[str, Any]:
    """The dated rules that hold on ``day`` (today by default), and those that come later."""
    rules, on = tables.procedure_rules, day or read.today
    rows = [
        {**row, "name": KEY_NAMES[row["key"]]}
        for row in read.rows(
            rules.select()
            .where(rules.c.valid_to.is_(None) | (rules.c.valid_to >= on))
            .order_by(rules.c.key, rules.c.category, rules.c.value, rules.c.valid_from)
        )
    ]
    now = [row for row in rows if row["valid_from"] <= on]
    return {"day": on, "rules": now, "later": [row for row in rows if row["valid_from"] > on]}
