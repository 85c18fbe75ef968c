"""What decision tells the others: ideas, advice, charter, vote, the action chosen.

Counts are told once the vote is closed; a ballot is never in a fact.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.language import Fact


class Method(StrEnum):
    """How ballots are counted: one idea each, or every idea one agrees with."""

    PLURALITY = "plurality"
    APPROVAL = "approval"


class NoQuorum(StrEnum):
    """What the charter says follows when too few have voted."""

    EXTEND_ONCE = "extend-once"
    SECOND_CALL = "second-call"
    GIVE_UP = "give-up"


class TieRule(StrEnum):
    """What the charter says follows when ideas stand level at the head."""

    RUN_OFF = "run-off"
    HEAVIEST_NEED = "heaviest-need"
    DRAW = "draw"


class Outcome(StrEnum):
    """How a vote ended."""

    CHOSEN = "chosen"
    NO_QUORUM = "no-quorum"
    TIE = "tie"


class AskedOf(StrEnum):
    """Who is asked for advice."""

    DEPARTMENT = "department"
    ELU = "elu"
    RELAY = "relay"


class Opinion(StrEnum):
    """What an advice comes to."""

    FAVOURABLE = "favourable"
    WITH_CONDITIONS = "with-conditions"
    UNFAVOURABLE = "unfavourable"


@dataclass(frozen=True, kw_only=True)
class NeedAnswered:
    """A published need that ideas may answer, with its weight in percent."""

    need_id: UUID
    title: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class Option:
    """An idea on the ballot."""

    idea_id: UUID
    title: str


@dataclass(frozen=True, kw_only=True)
class OptionCount:
    """What an idea got; one voice a person holds for each idea named."""

    idea_id: UUID
    title: str
    voices: int


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What a department or a relay can do for an idea, and on what conditions."""

    by: str
    capacity: str
    conditions: str
    window_from: date | None = None
    window_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class IdeasOpened(Fact):
    """Ideas are gathered until ``until``; without a diagnostic only for a recorded reason.

    Told again under the same ``round_id`` when the last day moves.
    """

    round_id: UUID
    title: str
    needs: tuple[NeedAnswered, ...]
    until: date
    diagnostic_id: UUID | None = None
    why_without_diagnostic: str = ""

    def subject(self) -> str:
        return str(self.round_id)


@dataclass(frozen=True, kw_only=True)
class AdviceFact(Fact):
    """Something about an advice on an idea; ``asked`` names a department or an organisation."""

    advice_id: UUID
    idea_id: UUID
    round_id: UUID
    asked_of: AskedOf
    asked: str

    def subject(self) -> str:
        return str(self.advice_id)


@dataclass(frozen=True, kw_only=True)
class AdviceAsked(AdviceFact):
    """A department, an élu·e (``person``) or a relay is asked what it can do, by a day."""

    idea: str
    question: str
    answer_by: date
    person: UUID | None = None
    relay_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ConditionDeclared(AdviceFact):
    """What the one asked can do, and on what conditions."""

    condition: Condition


@dataclass(frozen=True, kw_only=True)
class AdviceGiven(AdviceFact):
    """The advice, with its reason."""

    opinion: Opinion
    why: str


@dataclass(frozen=True, kw_only=True)
class CharterAdopted(Fact):
    """The rules of the vote are agreed and frozen: ``hash`` is that of their text.

    ``quorum_percent`` is of the electors; ``voters`` are the colleges that vote, by code.
    """

    charter_id: UUID
    round_id: UUID
    hash: str
    method: Method
    voters: tuple[str, ...]
    quorum_percent: int
    no_quorum: NoQuorum
    tie: TieRule

    def subject(self) -> str:
        return str(self.round_id)


@dataclass(frozen=True, kw_only=True)
class VoteOpened(Fact):
    """People may vote until ``closes_at``; ``call`` is 1, then 2 for a second call or a run-off.

    Told again under the same ``vote_id``, with a later ``closes_at``, when the charter extends it.
    """

    vote_id: UUID
    round_id: UUID
    charter_hash: str
    options: tuple[Option, ...]
    electors: int
    closes_at: datetime
    call: int = 1

    def subject(self) -> str:
        return str(self.vote_id)


@dataclass(frozen=True, kw_only=True)
class VoteClosed(Fact):
    """The count, once and for all; ``follows`` says what the charter makes of it.

    ``voted`` persons voted, ``blank`` of them for no idea; ``on_site`` were counted in a room.
    Without a quorum the box stays closed: there are no ``counts``.
    """

    vote_id: UUID
    round_id: UUID
    outcome: Outcome
    electors: int
    voted: int
    blank: int
    on_site: int
    counts: tuple[OptionCount, ...]
    follows: str
    call: int = 1

    def subject(self) -> str:
        return str(self.vote_id)


@dataclass(frozen=True, kw_only=True)
class ActionChosen(Fact):
    """The committee carries this action; ``action_id`` is new. Everything else begins here.

    ``estimate_incl_tax`` is None when nobody could say; ``result`` the counts that chose it.
    """

    idea_id: UUID
    round_id: UUID
    title: str
    aims: str
    needs: tuple[NeedAnswered, ...]
    conditions: tuple[Condition, ...]
    wished_from: date
    wished_to: date
    place: str
    result: tuple[OptionCount, ...]
    why: str
    estimate_incl_tax: Decimal | None = None

    def subject(self) -> str:
        return str(self.action_id)


@dataclass(frozen=True, kw_only=True)
class ChoiceAnnulled(Fact):
    """The choice does not hold: everything opened for the action is freed."""

    round_id: UUID
    why: str

    def subject(self) -> str:
        return str(self.action_id)
