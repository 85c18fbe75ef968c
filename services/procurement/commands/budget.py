"""Envelopes and budget lines."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from services.directory import mirror
from services.procurement.commands.lines import line_is_there, open_what_waited
from services.procurement.commands.support import named
from services.procurement.model import BudgetLine, Envelope
from services.procurement.model.refusals import EnvelopeAlreadyOpen, need_reason
from shared.kernel.refusals import NotFound
from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork


def open_envelopes(
    uow: UnitOfWork, *, year: int, amount: Decimal, committees: list[UUID] | None = None
) -> dict[str, Any]:
    """Open the envelope of ``year`` for committees (all by default) that have none yet.

    The actions that waited for it have their line. Refuses when there is nothing to open.
    """
    wanted = committees or [row["id"] for row in mirror.committees(uow)]
    opened = 0
    for committee_id in wanted:
        if mirror.committee(uow, committee_id) is None:
            raise NotFound("Ce comité n’existe pas.")
        if uow.find(Envelope, committee_id=committee_id, year=year) is None:
            uow.add(Envelope.open(uow.new_id(), committee_id, year, amount))
            opened += 1
            open_what_waited(uow, committee_id, year)
    if not opened:
        raise EnvelopeAlreadyOpen(
            f"Les enveloppes {year} sont déjà ouvertes.",
            rule="Un comité a une enveloppe par an.",
            missing="Rien : chaque comité a la sienne.",
            unblocks="Un virement entre lignes, s’il manque de l’argent quelque part.",
        )
    return {"year": year, "opened": opened}


@retryable
def open_budget_line(
    uow: UnitOfWork,
    *,
    committee_id: UUID,
    title: str,
    amount: Decimal,
    year: int,
    action_id: UUID | None = None,
) -> UUID:
    """Open the line of an action (or of the committee itself) inside its envelope of ``year``.

    Short of money it opens with what there is and says so. Asked again for the same action and
    year, it gives the line that exists. Refuses a year without envelope.
    """
    envelope = _envelope(uow, committee_id, year)
    if action_id is not None:
        known = uow.find(BudgetLine, committee_id=committee_id, action_id=action_id, year=year)
        if known is not None:
            return known.id
    line = BudgetLine(uow.new_id(), committee_id, envelope.id, year, title.strip(), action_id)
    line.open(envelope, amount, uow.now)
    uow.add(line)
    if action_id is not None:
        line_is_there(uow, line)
    return line.id


@retryable
def add_to_budget_line(uow: UnitOfWork, *, line_id: UUID, amount: Decimal) -> str:
    """Vote more for a line, within its envelope; gives what was granted."""
    line = uow.get(BudgetLine, line_id, hot=True)
    envelope = uow.get(Envelope, line.envelope_id, hot=True)
    with named(uow, line.committee_id):
        return str(line.add(envelope, amount, uow.now))


@retryable
def transfer_between_lines(
    uow: UnitOfWork, *, from_id: UUID, to_id: UUID, amount: Decimal, reason: str
) -> None:
    """Move available money between two lines of one committee and year, with a reason."""
    reason = need_reason(reason, "reason", "Dites pourquoi cet argent change de ligne.")
    first, second = sorted((from_id, to_id))
    uow.get(BudgetLine, first, hot=True)
    uow.get(BudgetLine, second, hot=True)
    giver, taker = uow.get(BudgetLine, from_id), uow.get(BudgetLine, to_id)
    if giver is taker or giver.envelope_id != taker.envelope_id:
        raise NotFound("Choisissez une autre ligne du même comité et de la même année.")
    with named(uow, giver.committee_id):
        giver.transfer_to(taker, amount, uow.now, reason)


def _envelope(uow: UnitOfWork, committee_id: UUID, year: int) -> Envelope:
    found = uow.find(Envelope, committee_id=committee_id, year=year)
    if found is None:
        raise NotFound(
            f"L’enveloppe {year} de ce comité n’est pas ouverte.",
            rule="Une ligne s’ouvre dans l’enveloppe de son année.",
            missing=f"L’enveloppe {year}.",
            unblocks="La DPC-CAC l’ouvre dans « Enveloppes ».",
        )
    return uow.get(Envelope, found.id, hot=True)
