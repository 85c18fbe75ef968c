"""The need of a family over the whole city, and who it was bought from."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.procurement import tables
from services.procurement.model import Key, ProcedureRule, Rules, State, in_euros
from shared.store.reading import Reading

_STOPPED = (State.REFUSED, State.CANCELLED)
ZERO = Decimal("0.00")


def _year_before(day: date) -> date:
    """The same day a year earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day - timedelta(days=366)


def _need_of_family(
    read: Reading, family: str, today: date, without: UUID | None = None
) -> Decimal:
    """Excluding tax, over all committees: bought in the last twelve months, and in progress.

    What has no quote yet counts for its estimate; an estimate includes tax, so the sum may only
    be too high, never too low.
    """
    p = tables.purchases
    amount = sa.func.coalesce(p.c.amount_excl_tax, p.c.estimate_incl_tax)
    select = sa.select(sa.func.sum(amount)).where(
        p.c.family == family,
        p.c.state.not_in(_STOPPED),
        p.c.validated_on.is_(None) | (p.c.validated_on > _year_before(today)),
    )
    if without is not None:
        select = select.where(p.c.id != without)
    return read.value(select) or ZERO


def _awards(read: Reading, family: str, today: date) -> list[dict[str, Any]]:
    """What was chosen in a family in the last twelve months, the latest first."""
    p = tables.purchases
    return read.rows(
        sa.select(p.c.siren, p.c.supplier, p.c.amount_excl_tax)
        .where(
            p.c.family == family,
            p.c.state.not_in(_STOPPED),
            p.c.validated_on > _year_before(today),
        )
        .order_by(p.c.validated_on.desc(), p.c.id.desc())
    )


def _turns_of(read: Reading, family: str, siren: str, rules: Rules, today: date) -> str:
    """Why choosing this supplier again needs a reason, in a sentence; empty when it does not."""
    awards = _awards(read, family, today)
    running = _running(awards, siren)
    if running >= int(rules.get(Key.ROTATION_RUNNING).value):
        return f"Ce fournisseur a eu les {running} derniers achats de « {family} » : dites pourquoi lui."
    total = sum((row["amount_excl_tax"] for row in awards), ZERO)
    his = sum((row["amount_excl_tax"] for row in awards if row["siren"] == siren), ZERO)
    most = rules.get(Key.ROTATION_SHARE).value
    if len(awards) > 1 and total and his * 100 > total * most:
        share = int(his * 100 / total)
        return f"Ce fournisseur a eu {share} % de « {family} » en douze mois : dites pourquoi lui."
    return ""


def _running(awards: Sequence[dict[str, Any]], siren: str) -> int:
    count = 0
    for row in awards:
        if row["siren"] != siren:
            break
        count += 1
    return count


def _rules(read: Reading, day: date) -> Rules:
    rows = read.rows(tables.procedure_rules.select())
    return Rules.on(day, [ProcedureRule(**row) for row in rows])


def _invoice_known(read: Reading, siret: str, number: str, year: int) -> bool:
    invoices = tables.invoices
    same = sa.select(invoices.c.id).where(
        invoices.c.siret == siret,
        invoices.c.number == number,
        invoices.c.received_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    return read.row(same) is not None


def families(read: Reading) -> list[dict[str, Any]]:
    """Each purchase family: its need over twelve months, all committees, and how near a threshold."""
    p = tables.purchases
    rules = _rules(read, read.today)
    found = read.rows(
        sa.select(p.c.family, sa.func.min(p.c.category).label("category"))
        .where(p.c.state.not_in(_STOPPED))
        .group_by(p.c.family)
        .order_by(p.c.family)
    )
    shares = []
    for row in found:
        need = _need_of_family(read, row["family"], read.today)
        limit = rules.find(Key.DISPENSE, str(row["category"]))
        shares.append(
            {
                "family": row["family"],
                "need_excl_tax": need,
                "limit": limit.value if limit else None,
                "near": _near(need, limit, rules),
                "source": limit.source if limit else "",
            }
        )
    return shares


def _near(need: Decimal, limit: ProcedureRule | None, rules: Rules) -> bool:
    share = rules.find(Key.WARN_SHARE)
    return bool(limit and share and need * 100 >= limit.value * share.value)


def _rule_sentence(read: Reading, row: dict[str, Any]) -> dict[str, Any]:
    """The rule that applies to a purchase: that of its launch, else today's."""
    day = row["launched_on"] or read.today
    rules = _rules(read, day)
    need = _need_of_family(read, row["family"], read.today, row["id"])
    mine = row["amount_excl_tax"] or row["estimate_incl_tax"] or ZERO
    applied = rules.regime(row["category"], need + mine)
    return {
        "need": need + mine,
        "others": need,
        "regime": applied.regime,
        "text": applied.row.text,
        "source": applied.row.source,
        "since": applied.row.valid_from,
        "limit": in_euros(applied.row.value),
    }
