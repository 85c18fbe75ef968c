"""The charter of a vote: its rules as data, agreed by the group, frozen by the hash of their text.

The text is made from the data alone, so that whoever has both can check one against the other.
Another word anywhere is another hash.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import ClassVar
from uuid import UUID

from services.decision.events import CharterAdopted, Method, NoQuorum, TieRule
from services.decision.model.refusals import LEAD, CharterFrozen, wrong
from services.decision.model.words import College
from shared.kernel.aggregate import Aggregate

METHODS = {
    Method.PLURALITY: "Chaque personne choisit une seule idée, ou vote blanc. L’idée qui a le plus "
    "de voix est choisie.",
    Method.APPROVAL: "Chaque personne choisit toutes les idées qui lui conviennent, ou vote blanc. "
    "L’idée qui convient au plus grand nombre est choisie.",
}
COLLEGES = {
    College.MEMBERS: "les membres du comité et sa personne référente",
    College.ELUS: "les élu·es référent·es du comité",
    College.SERVICES: "le chef de projet de secteur et les services à qui un avis est demandé",
    College.RESIDENTS: "les habitantes et habitants qui ont une carte numérotée",
    College.RELAYS: "les relais qui ont une carte numérotée",
}
WITHOUT_QUORUM = {
    NoQuorum.EXTEND_ONCE: "le vote est prolongé de {days} jours, une seule fois ; les bulletins "
    "déjà déposés restent valables. Si le quorum manque encore, le vote ne choisit rien.",
    NoQuorum.SECOND_CALL: "l’urne n’est pas ouverte, et un second appel, sans quorum, s’ouvre "
    "aussitôt pour {days} jours.",
    NoQuorum.GIVE_UP: "l’urne n’est pas ouverte et le vote ne choisit rien : les idées sont "
    "gardées pour un nouveau tour.",
}
_THEN = " Si l’égalité demeure : l’idée qui répond au besoin le plus lourd, puis un tirage."
TIES = {
    TieRule.RUN_OFF: "un second tour entre elles s’ouvre aussitôt pour {days} jours, sans quorum."
    + _THEN,
    TieRule.HEAVIEST_NEED: "celle qui répond au besoin le plus lourd du diagnostic est choisie. "
    "Si l’égalité demeure : un tirage.",
    TieRule.DRAW: "un tirage les départage.",
}
_DRAW = (
    "Tirage : une graine a été tirée au hasard avant l’ouverture et reste secrète jusqu’à la "
    "clôture. Son empreinte SHA-256 est {seed}. À la clôture elle est montrée ; l’idée dont "
    "l’empreinte SHA-256 de « graine:numéro de l’idée » est la plus petite l’emporte. Chacun peut "
    "refaire le calcul."
)

_MEETING = (
    "Réunion : on vote aussi à main levée le {day}, sur une liste de présence. Le bulletin d’une "
    "personne comptée en réunion est mis de côté. Une fois les mains comptées et confirmées par une "
    "deuxième personne, le vote peut être clos."
)


def shares_of(given: Mapping[str, str]) -> dict[str, str]:
    """The share of each college as exact fractions; refuses a sum that is not one.

    ``given`` are percents as people write them (« 33,5 ») or fractions (« 1/3 » of the whole).
    """
    found: dict[str, Fraction] = {}
    for college, text in given.items():
        written = text.strip().removesuffix("%").strip().replace(",", ".")
        if not written:
            continue
        try:
            value = Fraction(written)
        except (ValueError, ZeroDivisionError) as error:
            raise wrong("shares", "Écrivez une part en pour cent, par exemple 40.") from error
        found[college] = value if "/" in written else value / 100
    if found and (sum(found.values()) != 1 or min(found.values()) < 0):
        raise wrong("shares", "Les parts des collèges font 100 % ensemble.")
    return {college: str(share) for college, share in found.items() if share}


@dataclass(eq=False, kw_only=True)
class Charter(Aggregate):
    """The rules of one round's vote.

    ``shares`` are kept as exact fractions for counts by college; today each person counts for one.
    ``seed`` stays here, secret until the closing; the text holds its hash.
    """

    id: UUID
    round_id: UUID
    committee_id: UUID
    journey: UUID | None
    method: Method
    voters: list[str]
    quorum_percent: int
    no_quorum: NoQuorum
    tie: TieRule
    opens_on: date
    closes_at: datetime
    seed: str
    meeting_on: date | None = None
    extra_days: int = 7
    shares: dict[str, str]
    criteria: str = ""
    agreed: str = ""
    agreed_on: date | None = None
    text: str = ""
    hash: str = ""
    adopted_at: datetime | None = None
    version: int = 1
    LONGEST: ClassVar[int] = 62

    @property
    def adopted(self) -> bool:
        """Whether its rules are frozen."""
        return self.adopted_at is not None

    def check_draft(self) -> None:
        """Refuse any change of what was adopted."""
        if self.adopted:
            raise CharterFrozen(
                rule="Une charte adoptée ne change plus, ni avant ni pendant le vote.",
                missing="Rien : pour d’autres règles, il faut un nouveau tour.",
                unblocks=LEAD,
            )

    def check(self, today: date, last_day: date) -> None:
        """Rules that can be followed; ``last_day`` is the day of the closing here."""
        if not self.voters:
            raise wrong("voters", "Dites qui vote : au moins un collège.")
        if not 0 <= self.quorum_percent <= 100:
            raise wrong("quorum_percent", "Le quorum va de 0 à 100 %.")
        if not 1 <= self.extra_days <= 31:
            raise wrong("extra_days", "De 1 à 31 jours.")
        if self.opens_on < today:
            raise wrong("opens_on", "Ce jour est passé : choisissez un jour à venir.")
        if last_day < self.opens_on:
            raise wrong("closes_on", "La clôture vient après l’ouverture.")
        if (last_day - self.opens_on).days > self.LONGEST:
            raise wrong("closes_on", f"Un vote dure {self.LONGEST} jours au plus.")
        if self.meeting_on is not None and not self.opens_on <= self.meeting_on <= last_day:
            raise wrong("meeting_on", "La réunion se tient pendant les jours de vote.")
        strange = set(self.shares) - set(self.voters)
        if strange:
            raise wrong("shares", "Seul un collège qui vote a une part.")

    def adopt(
        self, agreed: str, agreed_on: date, heading: Sequence[str], closing: str, now: datetime
    ) -> None:
        """Freeze the rules, once the group agreed; ``heading`` says whose vote it is."""
        self.check_draft()
        if not agreed.strip():
            raise wrong("agreed", "Dites comment le groupe s’est mis d’accord.")
        self.agreed, self.agreed_on, self.adopted_at = agreed.strip(), agreed_on, now
        self.text = self.written(heading, closing)
        self.hash = hashlib.sha256(self.text.encode()).hexdigest()
        self.record(
            CharterAdopted(
                committee_id=self.committee_id,
                charter_id=self.id,
                round_id=self.round_id,
                hash=self.hash,
                method=self.method,
                voters=tuple(self.voters),
                quorum_percent=self.quorum_percent,
                no_quorum=self.no_quorum,
                tie=self.tie,
            )
        )

    def written(self, heading: Sequence[str], closing: str) -> str:
        """The canonical text: one rule a line, nothing but the data; ``closing`` in local words."""
        days = str(self.extra_days)
        lines = ["CHARTE DE SÉLECTION", *heading]
        lines += [
            f"Critère : {line.strip()}" for line in self.criteria.splitlines() if line.strip()
        ]
        lines.append(f"Méthode : {METHODS[self.method]}")
        lines.append(f"Votent : {' ; '.join(COLLEGES[College(v)] for v in sorted(self.voters))}.")
        lines += self._weights()
        lines.append(
            f"Quorum : {self.quorum_percent} % des personnes inscrites sur la liste de vote, votes "
            f"blancs compris. Sans quorum : {WITHOUT_QUORUM[self.no_quorum].format(days=days)}"
        )
        lines.append(f"Égalité en tête : {TIES[self.tie].format(days=days)}")
        lines.append(_DRAW.format(seed=self.seed_hash))
        lines.append(
            f"Jours de vote : du {self.opens_on:%d/%m/%Y} au {closing}. Le bulletin peut être changé "
            "jusqu’à la clôture ; les résultats paraissent après."
        )
        lines += self._meeting()
        lines.append(f"Accord du groupe, le {self.agreed_on:%d/%m/%Y} : {self.agreed}")
        return "\n".join(lines) + "\n"

    def _weights(self) -> list[str]:
        lines = ["Poids : une personne, une voix."]
        for college in sorted(self.shares):
            percent = Fraction(self.shares[college]) * 100
            said = (
                f"{percent} %" if percent.denominator == 1 else f"{self.shares[college]} du total"
            )
            lines.append(
                f"Part gardée, sans effet sur ce compte : {COLLEGES[College(college)]}, {said}."
            )
        return lines

    def _meeting(self) -> list[str]:
        if self.meeting_on is None:
            return []
        return [_MEETING.format(day=f"{self.meeting_on:%d/%m/%Y}")]

    @property
    def seed_hash(self) -> str:
        """What is shown of the seed before the closing."""
        return hashlib.sha256(self.seed.encode()).hexdigest()
