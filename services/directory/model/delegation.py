"""Delegations of signature: an act, a ceiling, dates; nothing is signed without one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.directory.events import CITY, DelegationGranted, DelegationRevoked, WhyEnded
from services.directory.model.grant import GrantToOneself
from services.directory.model.text import needed
from shared.kernel.aggregate import Aggregate
from shared.kernel.refusals import Invalid, Refused


class DelegationEnded(Refused):
    """A delegation ends once."""


@dataclass(eq=False, kw_only=True)
class Delegation(Aggregate):
    """What an act lets one person sign for the city.

    The ceiling is in euros, taxes included, for each signature. A delegation of signature is not
    passed on to others, and the renewal of the council ends them all (CGCT L2122-18, L2122-19,
    L2122-23).
    """

    id: UUID
    version: int = 1
    delegate: UUID
    on_behalf_of: str
    act_reference: str
    ceiling_incl_tax: Decimal
    since: date
    until: date | None = None
    scope: str = CITY
    families: tuple[str, ...] = ()
    grant_id: UUID
    revoked_at: datetime | None = None

    @classmethod
    def enact(
        cls,
        id: UUID,  # noqa: A002
        delegate: UUID,
        grant_id: UUID,
        *,
        on_behalf_of: str,
        act_reference: str,
        ceiling_incl_tax: Decimal,
        since: date,
        until: date | None,
        recorder: UUID | None,
        families: Iterable[str] = (),
    ) -> "Delegation":
        """Record an act; refuses oneself, a ceiling of nothing, an end before the beginning."""
        if recorder == delegate:
            raise GrantToOneself(
                "Vous ne pouvez pas enregistrer votre propre délégation.",
                rule="Une délégation est enregistrée par une autre personne que son titulaire.",
                missing="La saisie par quelqu’un d’autre.",
                unblocks="Un autre agent de la DPC-CAC",
            )
        _check(ceiling_incl_tax, since, until)
        delegation = cls(
            id=id,
            delegate=delegate,
            on_behalf_of=needed(on_behalf_of, "on_behalf_of", "Dites qui délègue (la fonction)."),
            act_reference=needed(act_reference, "act_reference", "Donnez la référence de l’acte."),
            ceiling_incl_tax=ceiling_incl_tax,
            since=since,
            until=until,
            families=tuple(needed(f, "families", "Une famille est vide.", 100) for f in families),
            grant_id=grant_id,
        )
        delegation.record(delegation._granted())
        return delegation

    def _granted(self) -> DelegationGranted:
        return DelegationGranted(
            delegation_id=self.id,
            delegate=self.delegate,
            on_behalf_of=self.on_behalf_of,
            act_reference=self.act_reference,
            ceiling_incl_tax=self.ceiling_incl_tax,
            since=self.since,
            until=self.until,
            scope=self.scope,
            families=tuple(self.families),
        )

    def revoke(self, now: datetime, why: WhyEnded) -> None:
        """The delegation ends now; refused a second time."""
        if self.revoked_at is not None:
            raise DelegationEnded(
                "Cette délégation a déjà pris fin.", rule="Une délégation prend fin une seule fois."
            )
        self.revoked_at = now
        self.record(DelegationRevoked(delegation_id=self.id, delegate=self.delegate, reason=why))

    def in_force(self, day: date) -> bool:
        """Whether something may be signed under it on ``day``."""
        begun, over = self.since <= day, self.until is not None and self.until < day
        return self.revoked_at is None and begun and not over


def _check(ceiling: Decimal, since: date, until: date | None) -> None:
    if not ceiling.is_finite() or ceiling <= 0 or ceiling != ceiling.quantize(Decimal("0.01")):
        sentence = "Donnez un plafond en euros, supérieur à zéro, avec deux décimales au plus."
        raise Invalid(sentence, fields={"ceiling_incl_tax": sentence})
    if until is not None and until < since:
        sentence = "La fin est avant le début."
        raise Invalid(sentence, fields={"until": sentence})
