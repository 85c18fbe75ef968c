"""One print of the demonstration, deed by deed."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.communication import commands, queries
from services.communication.demonstration.briefs import brief_of, need_of
from services.communication.demonstration.prints import OFFERS, Told
from services.communication.demonstration.proving import proof_of
from services.directory.demonstration import ROADS, action_id, lead_of, members_of, persona_id
from shared.kernel.refusals import NotFound

Perform = Callable[..., Any]
PRINTER = persona_id("noe.modele")
ROAD = {road.committee: road for road in ROADS}


def today(perform: Perform) -> date:
    today: date = perform.clock.today()  # type: ignore[attr-defined]
    return today


def campaign_of(perform: Perform, number: int) -> dict[str, Any] | None:
    """The campaign of a committee, if its action was chosen."""
    try:
        card: dict[str, Any] = perform(queries.campaign, campaign_id=action_id(number))
    except NotFound:
        return None
    return card


class Printing:
    """One print of the demonstration, on one day."""

    def __init__(self, perform: Perform, told: Told, days_ago: int) -> None:
        self.perform, self.told = perform, told
        self.number, self.road = told.committee, ROAD[told.committee]
        self.loaded_on = today(perform) + timedelta(days_ago)

    def do(self, deed: str) -> None:
        """What was done with it."""
        getattr(self, deed)(self._card() if deed not in ("ask", "draft") else None)

    def _found(self) -> dict[str, Any] | None:
        """Planning may have asked for it: then that request is this one."""
        card = campaign_of(self.perform, self.number)
        prints = card["prints"] if card else []
        return next((row for row in prints if row["support"] == self.told.support), None)

    def _card(self) -> dict[str, Any]:
        found = self._found()
        assert found is not None
        card: dict[str, Any] = self.perform(queries.print_request, request_id=found["id"])
        return card

    def _brief(self) -> dict[str, Any]:
        return brief_of(self.told, self.road, self.loaded_on)

    def draft(self, card: None) -> None:
        if self._found() is None:
            brief = self._brief() | {"text": "", "logo": "", "image_rights": False}
            self._open(brief, send=False)

    def ask(self, card: None) -> None:
        found = self._found()
        if found is None:
            self._open(self._brief(), send=True)
            return
        member = members_of(self.number)[0]
        said = {"request_id": found["id"], "send": True, "brief": self._brief()}
        self.perform(commands.complete_brief, as_=member, **said)

    def _open(self, brief: dict[str, Any], *, send: bool) -> None:
        said = {"need_id": need_of(self.told), "send": send, "brief": brief}
        member, campaign = members_of(self.number)[0], action_id(self.number)
        self.perform(commands.open_print, as_=member, campaign_id=campaign, **said)

    def accept(self, card: dict[str, Any]) -> None:
        hours = Decimal(self.told.hours or OFFERS[self.told.support][0])
        self._printer(commands.accept_print, card, hours=hours)

    def place(self, card: dict[str, Any]) -> None:
        if self.told.week is None:
            week = card["tried"]["fit"].monday
        else:
            monday = self.loaded_on - timedelta(self.loaded_on.weekday())
            week = monday + timedelta(7 * self.told.week)
        self._printer(commands.schedule_print, card, week=week, urgent=self.told.urgent)

    def proof(self, card: dict[str, Any]) -> None:
        day = self.loaded_on + timedelta(self.road.day or 0)
        file = proof_of(self.number, self.road.title, day, len(card["proofs"]) + 1)
        self._printer(commands.publish_proof, card, file=file)

    def sign(self, card: dict[str, Any]) -> None:
        seen = {"request_id": card["id"], "seen": card["current"]["sha256"]}
        self.perform(commands.approve_proof, as_=lead_of(self.number), **seen)

    def correct(self, card: dict[str, Any]) -> None:
        seen = {"request_id": card["id"], "seen": card["current"]["sha256"]}
        reason = self.told.words["correct"]
        self.perform(commands.ask_corrections, as_=lead_of(self.number), reason=reason, **seen)

    def print(self, card: dict[str, Any]) -> None:
        self._printer(commands.start_printing, card)

    def deliver(self, card: dict[str, Any]) -> None:
        on = {"quantity": self.told.quantity, "on": today(self.perform)}
        self._printer(commands.deliver_prints, card, **on)

    def refuse(self, card: dict[str, Any]) -> None:
        self._printer(commands.refuse_print, card, reason=self.told.words["refuse"])

    def outside(self, card: dict[str, Any]) -> None:
        self._printer(commands.send_outside, card, reason=self.told.words["outside"])

    def _printer(self, command: Any, card: dict[str, Any], **said: Any) -> None:
        self.perform(command, as_=PRINTER, request_id=card["id"], **said)
