"""A vote: a frozen list of options, a frozen list of electors, one voice a person.

How a ballot stays secret (docs/adr/0011-ballots.md). *Who voted* is the list of electors: a mark
beside a person or a card. *What was voted* is the box: a ballot names no elector, bears no time,
and its id is a keyed hash of the elector under a key that only this vote has. So a ballot can be
replaced until the closing, and set aside when its elector is counted in a room, without the box
saying whose it is. In the transaction of the closing the key is erased and the ballots that
remain are written anew under ids of chance: nothing says any more which ballot was whose.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.decision.events import Option, OptionCount, Outcome, VoteClosed, VoteOpened
from services.decision.model.counting import Counted
from services.decision.model.refusals import LEAD, AlreadyCountedInTheRoom, VoteOver
from services.decision.model.words import Call, College, VoteState, Way
from shared.kernel.aggregate import Aggregate


def box_id(key: bytes, elector_id: UUID) -> str:
    """Where the ballot of an elector lies in the box while the vote is open."""
    return hmac.digest(key, elector_id.bytes, "sha256").hex()


@dataclass(eq=False, kw_only=True)
class Elector(Aggregate):
    """Somebody who may vote: a person with an account, or a card; ``voted`` says how they did."""

    id: UUID
    vote_id: UUID
    who: UUID
    card: bool
    college: College
    voted: Way | None = None
    version: int = 1

    def vote(self, way: Way) -> bool:
        """Mark that they voted; whether a ballot of theirs in the box must be set aside.

        Counted in a room, nobody votes again; a web ballot may be replaced, or set aside by what
        was counted in a room.
        """
        if self.voted in (Way.HANDS, Way.PAPER):
            where = "à main levée" if self.voted is Way.HANDS else "sur papier"
            raise AlreadyCountedInTheRoom(
                rule="Une personne, une voix, quel que soit le moyen.",
                missing=f"Rien : votre voix est comptée, vous avez voté {where}.",
                unblocks=LEAD,
            )
        in_the_box = self.voted is Way.WEB
        if self.voted is not way:
            self.voted = way
        return in_the_box and way is not Way.WEB


@dataclass(eq=False, kw_only=True)
class Vote(Aggregate):
    """One call to vote within a round."""

    id: UUID
    round_id: UUID
    charter_id: UUID
    committee_id: UUID
    journey: UUID | None
    call: Call
    number: int
    options: list[dict[str, str]]
    electors: int
    opened_at: datetime
    closes_at: datetime
    quorum: int = 0
    extended: bool = False
    state: VoteState = VoteState.OPEN
    outcome: Outcome | None = None
    voted: int | None = None
    blank: int | None = None
    on_site: int | None = None
    counts: list[dict[str, Any]] | None = None
    follows: str = ""
    seed: str = ""
    closed_at: datetime | None = None
    minutes: dict[str, Any] | None = None
    version: int = 1

    def option_ids(self) -> list[UUID]:
        """The ideas on the ballot, in their order."""
        return [UUID(option["idea_id"]) for option in self.options]

    def titled(self) -> dict[UUID, str]:
        """Their titles."""
        return {UUID(option["idea_id"]): option["title"] for option in self.options}

    def open(self, charter_hash: str) -> None:
        """Call people to vote."""
        self._tell(charter_hash)

    def _tell(self, charter_hash: str) -> None:
        self.record(
            VoteOpened(
                committee_id=self.committee_id,
                vote_id=self.id,
                round_id=self.round_id,
                charter_hash=charter_hash,
                options=tuple(Option(idea_id=i, title=t) for i, t in self.titled().items()),
                electors=self.electors,
                closes_at=self.closes_at,
                call=self.number,
            )
        )

    def check_open(self, now: datetime) -> None:
        """Refuse a ballot after the closing, even in the second in which it is being counted."""
        self.check_not_closed()
        if now >= self.closes_at:
            raise self._over()

    def check_not_closed(self) -> None:
        """Refuse what comes after the count."""
        if self.state is VoteState.CLOSED:
            raise self._over()

    @staticmethod
    def _over() -> VoteOver:
        return VoteOver(
            rule="On vote jusqu’à la clôture, et plus après.",
            missing="Rien : ce vote est clos, son résultat est publié ou va l’être.",
            unblocks=LEAD,
        )

    def extend(self, closes_at: datetime, charter_hash: str) -> None:
        """Too few have voted: people may vote for some days more, once."""
        self.extended, self.closes_at = True, closes_at
        self._tell(charter_hash)

    def close(
        self,
        outcome: Outcome,
        counted: Counted,
        on_site: int,
        follows: str,
        now: datetime,
        *,
        opened: bool = True,
        seed: str = "",
    ) -> None:
        """The count, once and for all; without a quorum the box was not ``opened``."""
        self.state, self.outcome, self.closed_at = VoteState.CLOSED, outcome, now
        self.voted, self.on_site, self.follows = counted.voted, on_site, follows
        self.blank, self.seed = (counted.blank if opened else None), seed
        self.counts = self._kept(counted.voices) if opened else None
        self.record(
            VoteClosed(
                committee_id=self.committee_id,
                vote_id=self.id,
                round_id=self.round_id,
                outcome=outcome,
                electors=self.electors,
                voted=counted.voted,
                blank=counted.blank if opened else 0,
                on_site=on_site,
                counts=tuple(self.told()),
                follows=follows,
                call=self.number,
            )
        )

    def _kept(self, voices: Mapping[UUID, int]) -> list[dict[str, Any]]:
        titles = self.titled()
        order = sorted(voices, key=lambda idea: -voices[idea])
        return [{"idea_id": str(i), "title": titles[i], "voices": voices[i]} for i in order]

    def told(self) -> list[OptionCount]:
        """What each idea got, the first at the head; nothing where the box stayed closed."""
        return [
            OptionCount(idea_id=UUID(row["idea_id"]), title=row["title"], voices=row["voices"])
            for row in self.counts or ()
        ]


def options_of(ideas: Sequence[tuple[UUID, str]]) -> list[dict[str, str]]:
    """Ideas as they stand on the ballot."""
    return [{"idea_id": str(idea), "title": title} for idea, title in ideas]
