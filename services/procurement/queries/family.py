"""The need of a family over the whole city, and who it was bought from."""

from collections.abc import Collection, Mapping, Sequence
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
    select = sa.select(sa.func.sum(_amount())).where(p.c.family == family, _counts(today))
    if without is not None:
        select = select.where(p.c.id != without)
    return read.value(select) or ZERO


def _needs(read: Reading, families: Collection[str], today: date) -> dict[str, Decimal]:
    """The same for several families at once, what is looked at included."""
    p = tables.purchases
    select = sa.select(p.c.family, sa.func.sum(_amount()).label("need"))
    wanted = select.where(p.c.family.in_(families), _counts(today)).group_by(p.c.family)
    return {row["family"]: row["need"] or ZERO for row in read.rows(wanted)}


def _contracts_wanted(
    read: Reading, rows: Sequence[Mapping[str, Any]]
) -> dict[UUID, ProcedureRule | None]:
    """For each purchase, the rule that wants a written contract before its order, if one does.

    The rule is that of the day of the request, the need that of the family now, as for the
    procedure (Code de la commande publique, articles R2112-1 and R2121-1 to R2121-7).
    """
    needs = _needs(read, {row["family"] for row in rows}, read.today)
    dated = _rule_rows(read)
    found = {}
    for row in rows:
        rules = Rules.on(row["launched_on"] or read.today, dated)
        found[row["id"]] = rules.written_contract(needs.get(row["family"], ZERO))
    return found


def _contract_wanted(
    read: Reading, purchase_id: UUID, family: str, launched_on: date | None
) -> ProcedureRule | None:
    """The same for one purchase."""
    row = {"id": purchase_id, "family": family, "launched_on": launched_on}
    return _contracts_wanted(read, [row])[purchase_id]


def _amount() -> sa.ColumnElement[Any]:
    p = tables.purchases
    return sa.func.coalesce(p.c.amount_excl_tax, p.c.estimate_incl_tax)


def _counts(today: date) -> sa.ColumnElement[bool]:
    """What counts in the need of a family: in progress, or bought in the last twelve months."""
    p = tables.purchases
    recent = p.c.validated_on.is_(None) | (p.c.validated_on > _year_before(today))
    return p.c.state.not_in(_STOPPED) & recent


def _awards(
    read: Reading, families: Collection[str], today: date
) -> dict[str, list[dict[str, Any]]]:
    """What was chosen in each family in the last twelve months, the latest first."""
    p = tables.purchases
    rows = read.rows(
        sa.select(p.c.family, p.c.siren, p.c.supplier, p.c.amount_excl_tax)
        .where(
            p.c.family.in_(families),
            p.c.state.not_in(_STOPPED),
            p.c.validated_on > _year_before(today),
        )
        .order_by(p.c.validated_on.desc(), p.c.id.desc())
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["family"], []).append(row)
    return found


def _turns_of(read: Reading, family: str, siren: str, rules: Rules, today: date) -> str:
    """Why choosing this supplier again needs a reason, in a sentence; empty when it does not."""
    return _asking(_turns(_awards(read, {family}, today).get(family, ()), family, siren, rules))


def _asking(turns: str) -> str:
    """The same, said to who must write the reason."""
    return f"{turns}\u00a0: dites pourquoi lui." if turns else ""


def _turns(awards: Sequence[dict[str, Any]], family: str, siren: str, rules: Rules) -> str:
    running = _running(awards, siren)
    if running >= int(rules.get(Key.ROTATION_RUNNING).value):
        return f"Ce fournisseur a eu les {running} derniers achats de « {family} »"
    total = sum((row["amount_excl_tax"] for row in awards), ZERO)
    his = sum((row["amount_excl_tax"] for row in awards if row["siren"] == siren), ZERO)
    most = rules.get(Key.ROTATION_SHARE).value
    if len(awards) > 1 and total and his * 100 > total * most:
        share = int(his * 100 / total)
        return f"Ce fournisseur a eu {share} % de « {family} » en douze mois"
    return ""


def _running(awards: Sequence[dict[str, Any]], siren: str) -> int:
    count = 0
    for row in awards:
        if row["siren"] != siren:
            break
        count += 1
    return count


def _rules(read: Reading, day: date) -> Rules:
    return Rules.on(day, _rule_rows(read))


def _rule_rows(read: Reading) -> list[ProcedureRule]:
    return [ProcedureRule(**row) for row in read.rows(tables.procedure_rules.select())]


def _invoice_known(read: Reading, siret: str, number: str, year: int) -> bool:
    invoices = tables.invoices
    same = sa.select(invoices.c.id).where(
        invoices.c.siret == siret,
        invoices.c.number == number,
        invoices.c.received_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    return read.row(same) is not None


def families(read: Reading, *, after: str | None = None, limit: int = 50) -> dict[str, Any]:
    """A page of families: the need of each over twelve months, all committees; how near a limit."""
    p = tables.purchases
    rules = _rules(read, read.today)
    need = sa.func.sum(sa.case((_counts(read.today), _amount())))
    select = (
        sa.select(
            p.c.family, sa.func.min(p.c.category).label("category"), need.label("need_excl_tax")
        )
        .where(p.c.state.not_in(_STOPPED))
        .group_by(p.c.family)
    )
    rows, following = read.page(select, order=(p.c.family,), after=after, limit=limit)
    return {"items": [_with_limit(row, rules) for row in rows], "next": following}


def _with_limit(row: dict[str, Any], rules: Rules) -> dict[str, Any]:
    need = row["need_excl_tax"] or ZERO
    limit = rules.find(Key.DISPENSE, str(row["category"]))
    return {
        "family": row["family"],
        "need_excl_tax": need,
        "limit": limit.value if limit else None,
        "near": _near(need, limit, rules),
        "source": limit.source if limit else "",
    }


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
