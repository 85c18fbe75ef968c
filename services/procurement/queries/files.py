"""The papers of one purchase: quotes with their totals, deliveries, invoices, files."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.procurement import tables
from services.procurement.model import Key, QuoteLine, State, offer_holds
from services.procurement.model.deciding import cost_score
from services.procurement.model.money import totals
from services.procurement.queries.family import ZERO, _rules
from services.procurement.queries.scopes import _is_buyer, _refuse_interested
from shared.kernel.event import FileRef
from shared.kernel.refusals import NotFound
from shared.store.reading import Reading


def _quotes_of(read: Reading, purchase: dict[str, Any]) -> list[dict[str, Any]]:
    """The quotes of the current round, with totals, score and flags."""
    q, lines = tables.quotes, tables.quote_lines
    rows = read.rows(
        q.select()
        .where(q.c.purchase_id == purchase["id"], q.c.round == purchase["round"])
        .order_by(q.c.received_at, q.c.id)
    )
    found = read.rows(
        lines.select()
        .where(lines.c.quote_id.in_([row["id"] for row in rows]))
        .order_by(lines.c.position)
    )
    for row in rows:
        row["lines"] = [_plain(line) for line in found if line["quote_id"] == row["id"]]
        sums = totals(QuoteLine(**line) for line in row["lines"])
        row["amount_excl_tax"], row["vat"] = sums.excl_tax, sums.vat
        row["amount_incl_tax"], row["shares"] = sums.incl_tax, sums.shares
        row["typed"] = bool(row["lines"])
    _compare(read, purchase, [r for r in rows if r["typed"] and not r["set_aside"]])
    return rows


def _plain(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "quote_id"}


def _compare(read: Reading, purchase: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    lowest = min(row["amount_incl_tax"] for row in rows)
    rules = _rules(read, purchase["launched_on"] or read.today)
    rates, low = rules.vat_rates(), rules.find(Key.LOW_OFFER)
    for row in rows:
        row["cost_score"] = cost_score(purchase["weight_cost"] or 0, lowest, row["amount_incl_tax"])
        graded = (row["score_delay"] or 0) + (row["score_environment"] or 0)
        row["score"] = row["cost_score"] + graded
        row["above_lowest"] = row["amount_incl_tax"] - lowest
        others = [r["amount_incl_tax"] for r in rows if r is not row]
        row["flags"] = _flags(read, purchase, row, rates, others, low.value if low else None)
    best = max(row["score"] for row in rows)
    for row in rows:
        row["first"] = row["score"] == best


def _flags(
    read: Reading,
    purchase: dict[str, Any],
    row: dict[str, Any],
    rates: frozenset[Decimal],
    others: list[Decimal],
    low: Decimal | None,
) -> list[str]:
    """What a person should look at, in words; nothing is decided by them."""
    flags = []
    if row["delivery_date"] and row["delivery_date"] > purchase["needed_by"]:
        flags.append("Livre trop tard")
    row["lapsed"] = not offer_holds(row["valid_until"], row["confirmed_on"], read.today)
    if row["lapsed"]:
        flags.append("Devis expiré")
    if any(line["vat_rate"].normalize() not in rates for line in row["lines"]):
        flags.append("Taux de TVA inhabituel ici")
    if any(line["vat_rate"] == 0 for line in row["lines"]) and not row["vat_exemption"]:
        flags.append("Exonération de TVA à écrire")
    if low is not None and others:
        mean = sum(others, ZERO) / len(others)
        if row["amount_incl_tax"] < mean * (100 - low) / 100:
            flags.append("Très bas : demander pourquoi")
    return flags


def _papers(read: Reading, purchase_id: UUID) -> dict[str, Any]:
    """Need lines, invitations, deliveries and invoices."""
    p = tables
    found: dict[str, Any] = {}
    for name, table, order in (
        ("lines", p.purchase_lines, p.purchase_lines.c.position),
        ("invitations", p.invitations, p.invitations.c.supplier),
        ("deliveries", p.deliveries, p.deliveries.c.certified_at),
        ("invoices", p.invoices, p.invoices.c.received_on),
    ):
        select = table.select().where(table.c.purchase_id == purchase_id).order_by(order)
        found[name] = read.rows(select)
    names = mirror.names_of(read, {row["certified_by"] for row in found["deliveries"]})
    for row in found["deliveries"]:
        row["certifier"] = names[row["certified_by"]]
    found["certified"] = sum((r["amount_incl_tax"] for r in found["deliveries"]), ZERO)
    found["paid"] = sum((r["amount_incl_tax"] for r in found["invoices"] if r["paid_on"]), ZERO)
    return found


def left_to_deliver(read: Reading, *, purchase_id: UUID) -> list[dict[str, Any]]:
    """The lines of an order with what is still to come on each."""
    p, d, dl, ql = tables.purchases, tables.deliveries, tables.delivered_lines, tables.quote_lines
    row = read.one(p.select().where(p.c.id == purchase_id), "Cet achat n’existe pas.")
    came = read.rows(
        sa.select(dl.c.position, dl.c.quantity)
        .join(d, d.c.id == dl.c.delivery_id)
        .where(d.c.purchase_id == purchase_id)
    )
    lines = read.rows(ql.select().where(ql.c.quote_id == row["chosen_id"]).order_by(ql.c.position))
    for line in lines:
        done = [c["quantity"] for c in came if c["position"] == line["position"]]
        line["left"] = line["quantity"] - sum(done, Decimal(0))
    return lines


def quote_file(read: Reading, *, purchase_id: UUID, quote_id: UUID) -> FileRef:
    """The file of a quote: for buyers, once it is open; NotFound before, for everybody."""
    _refuse_interested(read, purchase_id)
    q, p = tables.quotes, tables.purchases
    row = read.one(
        sa.select(q, p.c.committee_id, p.c.state)
        .join(p, p.c.id == q.c.purchase_id)
        .where(q.c.id == quote_id, q.c.purchase_id == purchase_id),
        "Ce fichier n’existe pas.",
    )
    sealed = row["opened_at"] is None or row["state"] is State.QUOTING
    if sealed or not _is_buyer(read, row["committee_id"]):
        raise NotFound(
            "Ce devis ne se lit pas encore.",
            rule="Avant la clôture, personne ne lit un devis ; ensuite, ceux qui achètent.",
        )
    return FileRef(
        owner="procurement",
        sha256=row["file_sha256"],
        size=row["file_size"],
        media_type=row["file_media_type"],
    )


def contract_file(read: Reading, *, purchase_id: UUID) -> FileRef:
    """The written contract: for buyers, once it is in the file."""
    _refuse_interested(read, purchase_id)
    p = tables.purchases
    row = read.one(p.select().where(p.c.id == purchase_id), "Cet achat n’existe pas.")
    if row["contract_sha256"] is None or not _is_buyer(read, row["committee_id"]):
        raise NotFound("Aucun contrat ne se lit ici.")
    return FileRef(
        owner="procurement",
        sha256=row["contract_sha256"],
        size=row["contract_size"],
        media_type=row["contract_media_type"],
    )


def order_file(read: Reading, *, purchase_id: UUID) -> dict[str, Any]:
    """The signed order; NotFound before the signature."""
    p = tables.purchases
    row = read.one(p.select().where(p.c.id == purchase_id), "Cet achat n’existe pas.")
    if row["order_sha256"] is None:
        raise NotFound(
            "Ce bon de commande n’existe pas encore.",
            rule="Numéro et document naissent avec la dernière signature.",
            missing="La signature d’un délégataire.",
        )
    ref = FileRef(
        owner="procurement",
        sha256=row["order_sha256"],
        size=row["order_size"],
        media_type="application/pdf",
    )
    return {"number": row["order_number"], "file": ref}
