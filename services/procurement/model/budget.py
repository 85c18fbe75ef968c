"""The money: a committee's envelope of a year, the line of an action, and its ledger.

Available = voted + transferred - reserved - committed - paid, in euros including tax. Each
purchase counts once: its reservation becomes its commitment, its commitment becomes what is paid,
and closing releases the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from services.procurement.events import (
    Balances,
    BudgetChanged,
    BudgetMove,
    BudgetOpened,
    BudgetShortfall,
)
from services.procurement.model.envelope import Envelope
from services.procurement.model.money import ZERO, in_euros
from services.procurement.model.refusals import (
    BudgetShort,
    MoreThanHeld,
    positive,
)
from shared.kernel.aggregate import Aggregate

COUNTERS = ("voted", "transferred", "reserved", "committed", "paid")


@dataclass(eq=False)
class LedgerEntry:
    """One move of a line; the sum of all entries is the line. Never changed, never deleted."""

    seq: int
    move: BudgetMove
    at: datetime
    amount: Decimal
    purchase_id: UUID | None = None
    voted: Decimal = ZERO
    transferred: Decimal = ZERO
    reserved: Decimal = ZERO
    committed: Decimal = ZERO
    paid: Decimal = ZERO
    reason: str = ""


@dataclass(eq=False)
class BudgetLine(Aggregate):
    """The money of one action (or of the committee itself) for one year.

    ``asked`` is what it should hold. ``ended``: its action is over, cancelled, or has its line in
    another year; what comes back to it goes back to the envelope.
    """

    id: UUID
    committee_id: UUID
    envelope_id: UUID
    year: int
    title: str
    action_id: UUID | None = None
    asked: Decimal | None = None
    ended: bool = False
    journey: UUID | None = None
    voted: Decimal = ZERO
    transferred: Decimal = ZERO
    reserved: Decimal = ZERO
    committed: Decimal = ZERO
    paid: Decimal = ZERO
    ledger_seq: int = 0
    entries: list[LedgerEntry] = field(default_factory=list)
    version: int = 1

    def open(self, envelope: Envelope, asked: Decimal | None, at: datetime) -> None:
        """Open with what the envelope still holds, and say so when that is less.

        When nobody could say how much (None) it opens at zero.
        """
        self.asked = asked
        granted = ZERO if asked is None else envelope.allot(asked)
        self._enter(BudgetMove.VOTE, granted, at, voted=granted)
        self.journey = self.journey or self.action_id
        self.record(
            BudgetOpened(
                committee_id=self.committee_id,
                action_id=self.action_id,
                line_id=self.id,
                envelope_id=envelope.id,
                year=self.year,
                title=self.title,
                balances=self.balances,
                ledger_seq=self.ledger_seq,
                asked=asked,
            )
        )
        self._say_short(granted)

    def _say_short(self, granted: Decimal) -> None:
        if self.asked is not None and granted < self.asked:
            self.record(
                BudgetShortfall(
                    committee_id=self.committee_id,
                    action_id=self.action_id,
                    line_id=self.id,
                    year=self.year,
                    asked=self.asked,
                    granted=granted,
                )
            )

    @property
    def spoken_for(self) -> Decimal:
        """What is reserved, committed or paid: it stays in the year in which it was."""
        return self.reserved + self.committed + self.paid

    @property
    def granted(self) -> Decimal:
        """What it holds in all."""
        return self.voted + self.transferred

    @property
    def available(self) -> Decimal:
        """What may still be reserved."""
        return self.granted - self.spoken_for

    @property
    def balances(self) -> Balances:
        """All counters now."""
        counters = {name: getattr(self, name) for name in COUNTERS}
        return Balances(**counters, available=self.available)

    def held(self, purchase_id: UUID) -> tuple[Decimal, Decimal]:
        """What is reserved and what is committed for one purchase."""
        mine = [entry for entry in self.entries if entry.purchase_id == purchase_id]
        return sum((e.reserved for e in mine), ZERO), sum((e.committed for e in mine), ZERO)

    def add(self, envelope: Envelope, asked: Decimal, at: datetime) -> Decimal:
        """Vote more for the line, within the envelope; gives what was granted."""
        envelope.refuse_empty(asked)
        granted = envelope.allot(asked)
        self._change(BudgetMove.VOTE, granted, at, voted=granted)
        return granted

    def transfer_to(self, other: "BudgetLine", amount: Decimal, at: datetime, reason: str) -> None:
        """Move available money to another line; refuses more than there is."""
        self._need(positive(amount, "amount"))
        self._change(BudgetMove.TRANSFER, amount, at, transferred=-amount, reason=reason)
        other.take_transfer(amount, at, reason)

    def take_transfer(self, amount: Decimal, at: datetime, reason: str) -> None:
        """Receive what another line gave."""
        self._change(BudgetMove.TRANSFER, amount, at, transferred=amount, reason=reason)

    def give_back(
        self, envelope: Envelope, at: datetime, move: BudgetMove, reason: str = ""
    ) -> Decimal:
        """End: give what nothing is held of back to the envelope; gives how much that is.

        The end is said once, even when nothing is left to give.
        """
        rest = self.available
        if rest > 0 or not self.ended:
            envelope.take_back(rest)
            self._change(move, rest, at, voted=-rest, reason=reason)
        self.ended = True
        return rest

    def resume(self, envelope: Envelope, asked: Decimal | None, at: datetime) -> None:
        """Its action is back in this year: hold again what it should, or what there is."""
        self.ended, self.asked = False, asked
        missing = ZERO if asked is None else asked - self.granted
        granted = envelope.allot(missing) if missing > 0 else ZERO
        if granted:
            self._change(BudgetMove.VOTE, granted, at, voted=granted)
        self._say_short(self.granted)

    def reserve(self, purchase_id: UUID, amount: Decimal, at: datetime) -> None:
        """Hold ``amount`` (including tax) for a purchase; refuses more than what is available."""
        self._need(positive(amount, "amount"))
        self._change(BudgetMove.RESERVE, amount, at, purchase_id, reserved=amount)

    def commit(self, purchase_id: UUID, amount: Decimal, at: datetime) -> None:
        """Turn a reservation into a commitment; refuses more than what is reserved for it."""
        reserved, _ = self.held(purchase_id)
        self._not_more(positive(amount, "amount"), reserved, "réservé")
        self._change(BudgetMove.COMMIT, amount, at, purchase_id, reserved=-amount, committed=amount)

    def spend(self, purchase_id: UUID, amount: Decimal, at: datetime) -> None:
        """Record a payment on a commitment; refuses more than what is committed for it."""
        _, committed = self.held(purchase_id)
        self._not_more(positive(amount, "amount"), committed, "engagé")
        self._change(BudgetMove.SPEND, amount, at, purchase_id, committed=-amount, paid=amount)

    def release(self, purchase_id: UUID, at: datetime, keep: Decimal = ZERO) -> Decimal:
        """Give back what a purchase holds, save ``keep`` of its commitment. Never refused."""
        reserved, committed = self.held(purchase_id)
        let_go = max(committed - keep, ZERO)
        if reserved + let_go > 0:
            self._change(
                BudgetMove.RELEASE,
                reserved + let_go,
                at,
                purchase_id,
                reserved=-reserved,
                committed=-let_go,
            )
        return reserved + let_go

    def _need(self, amount: Decimal) -> None:
        if amount > self.available:
            raise BudgetShort(
                f"Il manque {in_euros(amount - self.available)} sur la ligne « {self.title} ».",
                rule="Une dépense tient dans le disponible de sa ligne.",
                missing=f"Disponible : {in_euros(self.available)}. Demandé : {in_euros(amount)}.",
                unblocks="La DPC-CAC peut faire un virement.",
                role="dpc_officer",
            )

    @staticmethod
    def _not_more(amount: Decimal, held: Decimal, word: str) -> None:
        if amount > held:
            raise MoreThanHeld(
                f"Pour cet achat, {in_euros(held)} seulement est {word}.",
                rule="Chaque document compte une fois : on n’engage que le réservé, "
                "on ne paie que l’engagé.",
                missing=f"Demandé : {in_euros(amount)}.",
                unblocks="Le service achats peut reprendre le dossier.",
                role="procurement_officer",
            )

    def _change(
        self,
        move: BudgetMove,
        amount: Decimal,
        at: datetime,
        purchase_id: UUID | None = None,
        *,
        reason: str = "",
        **deltas: Decimal,
    ) -> None:
        self._enter(move, amount, at, purchase_id, reason, **deltas)
        self.record(
            BudgetChanged(
                committee_id=self.committee_id,
                action_id=self.action_id,
                line_id=self.id,
                move=move,
                amount=amount,
                balances=self.balances,
                ledger_seq=self.ledger_seq,
                purchase_id=purchase_id,
            )
        )

    def _enter(
        self,
        move: BudgetMove,
        amount: Decimal,
        at: datetime,
        purchase_id: UUID | None = None,
        reason: str = "",
        **deltas: Decimal,
    ) -> None:
        self.ledger_seq += 1
        for name, delta in deltas.items():
            setattr(self, name, getattr(self, name) + delta)
        entry = LedgerEntry(self.ledger_seq, move, at, amount, purchase_id, reason=reason, **deltas)
        self.entries.append(entry)


def rebuilt(entries: Iterable[LedgerEntry]) -> dict[str, Decimal]:
    """The counters as the ledger alone says them; they equal the line's, always."""
    rows = list(entries)
    return {name: sum((getattr(e, name) for e in rows), ZERO) for name in COUNTERS}
