"""Numbered cards: one number is one person, on paper, by a show of hands and on the web.

The number carries two check characters, so that a slip of the pen is told from a forged card. Only
hashes are kept: the card itself is shown once, and no name is kept beside it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.decision.model.refusals import CardUnknown
from services.decision.model.words import College
from shared.kernel.aggregate import Aggregate

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Read aloud or copied from paper, none of them is taken for another."""
BODY, CHECKED, SECRET = 7, 9, 12


def check_characters(body: str) -> str:
    """Two characters that any single slip, and any swap of neighbours, would change."""
    base = len(LETTERS)
    places = [LETTERS.index(letter) for letter in body]
    plain = sum(places) % base
    weighted = sum((n + 1) * value for n, value in enumerate(places)) % base
    return LETTERS[plain] + LETTERS[weighted]


def numbered(body: str) -> str:
    """The whole number of a card."""
    return body + check_characters(body)


def tidy(number: str) -> str:
    """A number as people type it, without blanks and dashes."""
    return "".join(letter for letter in number.upper() if letter.isalnum())


def read_number(number: str, field: str = "number") -> str:
    """The number of a card; refuses one that no annexe can have given."""
    found = tidy(number)
    if len(found) != CHECKED or set(found) - set(LETTERS):
        raise unknown(field, "Un numéro de carte a neuf lettres ou chiffres : relisez la carte.")
    if numbered(found[:BODY]) != found:
        raise unknown(field, "Ce numéro de carte n’est pas juste : vérifiez chaque caractère.")
    return found


def unknown(field: str, sentence: str) -> CardUnknown:
    """A card that does not open the vote."""
    return CardUnknown(
        sentence, fields={field: sentence}, unblocks="L’accueil de votre mairie annexe"
    )


def hash_of_number(number: str) -> str:
    """What is kept of a number."""
    return hashlib.sha256(f"card:{number}".encode()).hexdigest()


def hash_of_secret(number: str, secret: str) -> str:
    """What is kept of the secret under the flap: sixty bits of chance, nobody tries them all."""
    return hashlib.sha256(f"card:{number}:{tidy(secret)}".encode()).hexdigest()


@dataclass(eq=False, kw_only=True)
class Card(Aggregate):
    """A card that an annexe gave to somebody of a committee's neighbourhood."""

    id: UUID
    committee_id: UUID
    college: College
    number_hash: str
    secret_hash: str
    given_at: datetime
    given_by: UUID | None = None
    withdrawn_at: datetime | None = None
    version: int = 1

    def withdraw(self, now: datetime) -> None:
        """Lost: it opens no vote any more."""
        self.withdrawn_at = self.withdrawn_at or now
