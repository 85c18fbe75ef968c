"""What a committee may spend in a year: an internal ceiling over its lines."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.procurement.events import EnvelopeOpened
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
