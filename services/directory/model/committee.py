"""Committees (comités d’action citoyenne): a number, a quartier, a sector."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.directory.events import CommitteeClosed, CommitteeCreated
from services.directory.model.text import needed
from shared.kernel.aggregate import Aggregate
from shared.kernel.refusals import Invalid, Refused


class CommitteeClosedAlready(Refused):
    """A closed committee is not changed any more."""


@dataclass(eq=False, kw_only=True)
class Committee(Aggregate):
    """A committee of residents; one per school group."""

    id: UUID
    version: int = 1
    number: int
    name: str
    quartier: str
    sector: str
    closed_on: date | None = None

    @classmethod
    def create(cls, id: UUID, number: int, name: str, quartier: str, sector: str) -> "Committee":  # noqa: A002
        """A new committee; refuses a number below 1 and empty names."""
        if number < 1:
            sentence = "Le numéro d’un comité commence à 1."
            raise Invalid(sentence, fields={"number": sentence})
        committee = cls(
            id=id,
            number=number,
            name=needed(name, "name", "Donnez le nom du comité."),
            quartier=needed(quartier, "quartier", "Donnez le quartier du comité.", 100),
            sector=needed(sector, "sector", "Donnez le secteur du comité.", 100),
        )
        committee.record(
            CommitteeCreated(
                committee_id=id,
                name=committee.name,
                quartier=committee.quartier,
                sector=committee.sector,
                number=number,
            )
        )
        return committee

    def close(self, on: date, reason: str) -> None:
        """The committee stops acting; refused a second time and without a reason."""
        if self.closed_on is not None:
            raise CommitteeClosedAlready(
                f"{self.name} est déjà fermé.",
                rule="Un comité se ferme une seule fois ; son passé reste lisible.",
            )
        reason = needed(reason, "reason", "Dites pourquoi le comité se ferme.", 500)
        self.closed_on = on
        self.record(CommitteeClosed(committee_id=self.id, on=on, reason=reason))
