"""What a committee may spend in a year: an internal ceiling over its lines."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.procurement.events import EnvelopeChanged, EnvelopeOpened
from services.procurement.model.money import ZERO, in_euros
from services.procurement.model.refusals import EnvelopeEmpty, positive
from shared.kernel.aggregate import Aggregate


@dataclass(eq=False)
class Envelope(Aggregate):
    """What a committee may spend in a year, including tax: an internal ceiling, not a credit."""

    id: UUID
    committee_id: UUID
    year: int
    amount: Decimal
    allotted: Decimal = ZERO
    version: int = 1

    @classmethod
    def open(cls, envelope_id: UUID, committee_id: UUID, year: int, amount: Decimal) -> "Envelope":
        """Open it; refuses an amount that is not above zero."""
        envelope = cls(envelope_id, committee_id, year, positive(amount, "amount"))
        envelope.record(
            EnvelopeOpened(
                committee_id=committee_id, envelope_id=envelope_id, year=year, amount=amount
            )
        )
        return envelope

    @property
    def left(self) -> Decimal:
        """What no line has taken yet."""
        return self.amount - self.allotted

    def allot(self, asked: Decimal) -> Decimal:
        """Give a line what it asks, or what there is: perhaps nothing."""
        granted = min(positive(asked, "amount"), self.left)
        self.allotted += granted
        return granted

    def take_back(self, amount: Decimal) -> None:
        """A line gives back what it no longer needs: another may have it."""
        self.allotted -= amount

    def carry_to(self, other: "Envelope", amount: Decimal) -> None:
        """Hand money that no line holds over to another year: the two together stay the same."""
        self.change(-amount, f"Report de {in_euros(amount)} sur {other.year}")
        other.change(amount, f"Report de {in_euros(amount)} de {self.year}")

    def change(self, by: Decimal, why: str) -> None:
        """Hold so much more, or less; ``why`` is a sentence."""
        self.amount += by
        self.record(
            EnvelopeChanged(
                committee_id=self.committee_id,
                envelope_id=self.id,
                year=self.year,
                amount=self.amount,
                why=why,
            )
        )

    def refuse_empty(self, asked: Decimal) -> None:
        """Refuses when no line can take anything more."""
        if self.left <= 0:
            raise EnvelopeEmpty(
                f"L’enveloppe {self.year} de ce comité est entièrement répartie.",
                rule=f"Les lignes d’un comité tiennent dans son enveloppe "
                f"de {in_euros(self.amount)}.",
                missing=f"Il manque {in_euros(asked)}.",
                unblocks="La DPC-CAC peut faire un virement depuis une autre ligne du comité.",
                role="dpc_officer",
            )
