"""Relays, partners, suppliers to be: one list to enrich, one id from first meeting to order."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.directory.events import RelayKind, RelayListed, RelayUpdated
from services.directory.model.person import normal_email, normal_phone
from services.directory.model.text import folded, needed, short
from shared.kernel.aggregate import Aggregate
from shared.kernel.refusals import Invalid

_LA_POSTE = "356000000"


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (1 + (i + len(digits)) % 2) for i, d in enumerate(digits, start=1))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def normal_identifier(identifier: str) -> str:
    """A SIRET (14 digits), a SIREN (9) or an RNA number (W and 9 digits); empty when unknown.

    SIRET and SIREN carry a Luhn check digit (INSEE); those of La Poste's offices, whose SIREN is
    356 000 000, sum their digits to a multiple of 5 instead.
    """
    value = re.sub(r"[\s.\u00a0\u202f]", "", identifier).upper()
    if not value or re.fullmatch(r"W[0-9]{9}", value):
        return value
    if not re.fullmatch(r"[0-9]{9}([0-9]{5})?", value):
        sentence = "Un SIRET a 14 chiffres, un SIREN 9, un numéro RNA commence par W."
    elif _luhn(value) or (
        len(value) == 14 and value.startswith(_LA_POSTE) and sum(map(int, value)) % 5 == 0
    ):
        return value
    else:
        sentence = "La clé de contrôle ne tombe pas juste : un chiffre est sans doute faux."
    raise Invalid(sentence, fields={"identifier": sentence})


def warnings_about(identifier: str, same: list[str]) -> list[str]:
    """What to look at before keeping a card; nothing here forbids.

    ``same`` are the organisations that already carry the identifier. Two establishments of one
    company (same SIREN, other SIRET) are not duplicates.
    """
    found = []
    if len(identifier) == 9 and identifier.isdigit():
        found.append("Un SIREN désigne l’entreprise : le SIRET de l’établissement est plus précis.")
    if same:
        found.append(f"Ce numéro est déjà celui de : {', '.join(same)}.")
    return found


@dataclass(eq=False, kw_only=True)
class Relay(Aggregate):
    """An organisation that may relay, host, lend, animate or sell.

    Its address and phone stay here; facts carry only what the organisation is and can bring.
    """

    id: UUID
    version: int = 1
    organisation: str
    folded: str = ""
    kind: RelayKind
    sector: str
    brings: str = ""
    identifier: str = ""
    email: str | None = None
    phone: str | None = None
    active: bool = True

    @classmethod
    def list_it(cls, id: UUID, **card: Any) -> "Relay":  # noqa: A002
        """A new card; ``card`` as for ``update``."""
        relay = cls(id=id, organisation="", kind=RelayKind.OTHER, sector="")
        relay._fill(**card)
        relay.record(RelayListed(**relay._card()))
        return relay

    def update(self, **card: Any) -> None:
        """Replace the card; not active means: no longer call on it."""
        self._fill(**card)
        self.record(RelayUpdated(**self._card()))

    def _fill(
        self,
        *,
        organisation: str,
        kind: RelayKind,
        sector: str,
        brings: str = "",
        identifier: str = "",
        email: str = "",
        phone: str = "",
        active: bool = True,
    ) -> None:
        self.organisation = needed(organisation, "organisation", "Donnez le nom de la structure.")
        self.folded = folded(self.organisation)
        self.kind = kind
        self.sector = needed(sector, "sector", "Choisissez un secteur.", 100)
        self.brings = short(brings, "brings", 1000)
        self.identifier = normal_identifier(identifier)
        self.email, self.phone = normal_email(email), normal_phone(phone)
        self.active = active

    def _card(self) -> dict[str, Any]:
        return {
            "relay_id": self.id,
            "organisation": self.organisation,
            "kind": self.kind,
            "sector": self.sector,
            "brings": self.brings,
            "identifier": self.identifier,
            "active": self.active,
        }
