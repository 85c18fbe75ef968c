"""The words of this service: where rounds, ideas, advices, votes and counts in a room stand."""

from enum import StrEnum


class RoundState(StrEnum):
    """Where a choice stands."""

    IDEAS = "ideas"
    VOTE = "vote"
    CHOSEN = "chosen"
    GIVEN_UP = "given-up"
    ANNULLED = "annulled"


class IdeaState(StrEnum):
    """Where an idea stands; a resident's waits for the group to look at it."""

    WAITING = "waiting"
    SHOWN = "shown"
    MERGED = "merged"
    SET_ASIDE = "set-aside"


class AdviceState(StrEnum):
    """Where an advice stands."""

    ASKED = "asked"
    GIVEN = "given"
    CLOSED = "closed"


class College(StrEnum):
    """Who may have a vote (guide, sheet 2); the charter says which of them do."""

    MEMBERS = "members"
    ELUS = "elus"
    SERVICES = "services"
    RESIDENTS = "residents"
    RELAYS = "relays"


WITH_CARDS = (College.RESIDENTS, College.RELAYS)
"""Colleges of people without an account: they vote with a numbered card."""


class Call(StrEnum):
    """Why people are called to vote."""

    FIRST = "first"
    SECOND = "second"
    RUN_OFF = "run-off"


class VoteState(StrEnum):
    """Whether people may vote."""

    OPEN = "open"
    CLOSED = "closed"


class Way(StrEnum):
    """How somebody voted."""

    WEB = "web"
    HANDS = "hands"
    PAPER = "paper"


class CountState(StrEnum):
    """A count made in a room: entered by one person, confirmed by a second one."""

    ENTERED = "entered"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"
