"""People: a name, perhaps an address and a phone, and the way they wish to be told things."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.directory.events import PersonErased, PersonNamed
from services.directory.model.text import folded, needed
from shared.kernel.aggregate import Aggregate
from shared.kernel.refusals import Invalid, Refused

_EMAIL = re.compile(r"[^\s@<>,;:\"\\]+@[^\s@<>,;:\"\\]+\.[^\s@<>,;:\"\\.]{2,}")


class Channel(StrEnum):
    """How a person is told things: by mail, or only on the page « Mes messages »."""

    EMAIL = "email"
    PAGE = "page"


class PersonGone(Refused):
    """A person who was erased cannot be changed, given a role, or let in."""


def normal_email(address: str) -> str | None:
    """The address in the one form that is kept and compared; None when there is none.

    Refuses what cannot be an address. Nobody tells addresses apart by case in practice.
    """
    address = address.strip().casefold()
    if not address:
        return None
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        sentence = "Cette adresse n’est pas complète. Exemple : aline@exemple.re"
        raise Invalid(sentence, fields={"email": sentence})
    return address


def normal_phone(phone: str) -> str | None:
    """Digits, with a leading + when abroad is meant; refuses fewer than 8 or more than 15."""
    digits = re.sub(r"[\s.\-()/\u00a0\u202f]", "", phone)
    if not digits:
        return None
    if not re.fullmatch(r"\+?[0-9]{8,15}", digits):
        sentence = "Ce numéro n’est pas complet. Exemple : 0692 12 34 56"
        raise Invalid(sentence, fields={"phone": sentence})
    return digits


@dataclass(eq=False, kw_only=True)
class Person(Aggregate):
    """Somebody known to the city's committees; may have neither address nor phone."""

    id: UUID
    version: int = 1
    name: str | None
    folded: str | None = None
    email: str | None = None
    phone: str | None = None
    channel: Channel = Channel.EMAIL
    erased_at: datetime | None = None

    @classmethod
    def welcome(cls, id: UUID, name: str, email: str = "", phone: str = "") -> "Person":  # noqa: A002
        """A person who enters the annuaire; the name may be in any script."""
        person = cls(id=id, name=None)
        person.rename(name)
        person.change_contacts(email, phone)
        return person

    def rename(self, name: str) -> None:
        """How the person wishes to be called from now on; says nothing when it is the same."""
        self.still_here()
        name = needed(name, "name", "Donnez le nom de la personne.")
        if name != self.name:
            self.name, self.folded = name, folded(name)
            self.record(PersonNamed(person=self.id, name=name))

    def change_contacts(self, email: str, phone: str) -> None:
        """Replace both; without an address messages wait on the page « Mes messages »."""
        self.still_here()
        self.email, self.phone = normal_email(email), normal_phone(phone)

    def choose(self, channel: Channel) -> None:
        """How to be told things; mail needs an address."""
        self.still_here()
        if channel is Channel.EMAIL and self.email is None:
            sentence = "Donnez d’abord une adresse de courriel."
            raise Invalid(sentence, fields={"channel": sentence})
        self.channel = channel

    def wants_mail(self) -> bool:
        """Whether a message leaves by mail; it stands on the page in any case."""
        return self.channel is Channel.EMAIL and self.email is not None

    def erase(self, now: datetime) -> None:
        """Forget who this was: only the id stays, which facts keep naming."""
        self.still_here()
        self.name = self.folded = self.email = self.phone = None
        self.channel = Channel.PAGE
        self.erased_at = now
        self.record(PersonErased(person=self.id))

    def still_here(self) -> None:
        """Refuse anything about a person who was erased."""
        if self.erased_at is not None:
            raise PersonGone(
                "Cette personne a été effacée.",
                rule="Ce qui a été effacé à la demande d’une personne ne revient pas.",
                missing="Une nouvelle invitation.",
                unblocks="Un agent de la DPC-CAC",
            )
