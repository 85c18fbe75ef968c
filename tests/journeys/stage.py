"""Where a journey is played, and who plays in it."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from services.directory.demonstration import elu_of, lead_of, members_of, persona_id
from services.directory.demonstration.invented import SECTORS
from tests.journeys.program import Program


class Stage(Protocol):
    """Where the journey is played."""

    def enter(self, person: UUID) -> Program:
        """The program of a person who is signed in."""

    def nobody(self) -> Program:
        """The program of somebody without an account."""

    def today(self) -> date:
        """The day in La Réunion."""

    def closing(self) -> datetime:
        """When a request for quotes may close."""

    def eventually(self, condition: Callable[[], Any], what: str) -> Any:
        """What ``condition`` answers once facts have arrived and what is due has happened."""

    def confirms(self, condition: Callable[[], Any], what: str) -> None:
        """The same, where nothing is done with the answer: a stage may ask later."""

    def rest(self) -> None:
        """Wait until nothing moves any more."""

    def passes(self, moment: datetime) -> None:
        """It is ``moment``; what falls due happens by itself."""

    def leap(self, moment: datetime) -> None:
        """Time passes until ``moment``; what fell due meanwhile has happened."""


class Cast:
    """The people whom one committee meets, each with their own program."""

    def __init__(self, stage: Stage, number: int) -> None:
        self._stage, self.number = stage, number
        self.sector = next(s for s, numbers in SECTORS.items() if number in numbers)
        self.ids: dict[str, UUID | str] = {
            "lead": lead_of(number),
            "member": members_of(number)[0],
            "neighbour": members_of(number)[1],
            "elu": elu_of(self.sector),
        }

    def again(self) -> None:
        """After a long time everybody enters anew."""
        for name in list(vars(self)):
            if isinstance(vars(self)[name], Program):
                delattr(self, name)

    def _persona(self, login: str) -> Program:
        return self._stage.enter(persona_id(login))

    @cached_property
    def lead(self) -> Program:
        return self._stage.enter(lead_of(self.number))

    @cached_property
    def member(self) -> Program:
        return self._stage.enter(members_of(self.number)[0])

    @cached_property
    def neighbour(self) -> Program:
        """The other member."""
        return self._stage.enter(members_of(self.number)[1])

    @cached_property
    def guest(self) -> Program:
        """Somebody who is there for a while."""
        return self._stage.enter(UUID(str(self.ids["guest"])))

    @cached_property
    def elu(self) -> Program:
        return self._stage.enter(elu_of(self.sector))

    @cached_property
    def officer(self) -> Program:
        """Of the DPC-CAC."""
        return self._persona("lucette.modele")

    @cached_property
    def buyer(self) -> Program:
        return self._persona("aline.exemple")

    @cached_property
    def delegate(self) -> Program:
        """Who validates."""
        return self._persona("eva.delegation")

    @cached_property
    def signer(self) -> Program:
        """Who signs orders."""
        return self._persona("hugo.delegation")

    @cached_property
    def clerk(self) -> Program:
        """Of the finance department."""
        return self._persona("paul.essai")

    @cached_property
    def printer(self) -> Program:
        """Of the Service communication."""
        return self._persona("noe.modele")

    @cached_property
    def agent(self) -> Program:
        """Of the department « Voirie »."""
        return self._persona("ines.voirie")

    @cached_property
    def desk(self) -> Program:
        """Of a mairie annexe."""
        return self._persona("marie.annexe")

    @property
    def nobody(self) -> Program:
        """Somebody without an account: never the same browser."""
        return self._stage.nobody()
