"""Needs of the invented committees: said, and answered by those who are asked."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.communication.demonstration.prints import PRINTS, WORDS, Told
from services.directory.demonstration import (
    Road,
    action_id,
    lead_of,
    members_of,
    need_id,
    persona_id,
    relay_id,
)
from services.directory.demonstration.invented import SECTORS
from services.planning import commands
from services.planning.demonstration.said import (
    ANSWERED,
    CALLED,
    CONDITIONS,
    WAITING,
    WHYS,
    Called,
    Wanted,
)
from services.planning.events import SupplyKind, Support
from services.procurement.demonstration.purchases import PURCHASES, Bought
from shared.kernel.rights import ANONYMOUS

Perform = Callable[..., Any]
LATELY = 12
"""Days ago on which what is awaited today was asked."""
_AGENTS = {
    "Voirie": persona_id("ines.voirie"),
    "Fêtes et logistique": persona_id("yvon.logistique"),
}


def ask(perform: Perform, road: Road, day: date, today: date) -> None:
    """All that the committee says when it says its needs; ``today`` is that of the demonstration."""
    number = road.committee
    for bought in PURCHASES:
        if bought.committee == number:
            _buy(perform, bought, min(today + timedelta(bought.days), day))
    for told in PRINTS:
        if told.committee == number:
            _print(perform, told)
    for wanted, _ in ANSWERED.get(number, ()):
        _service(perform, number, wanted, day, day - timedelta(20))
    for called in CALLED.get(number, ()):
        _relay(perform, number, called, day)


def _buy(perform: Perform, bought: Bought, needed_by: date) -> None:
    """The same need as the service achats has in its own story; prints go their own way."""
    if str(bought.kind) == "print":
        return
    number = bought.committee
    lines = [
        {"label": label, "quantity": Decimal(quantity), "unit": unit}
        for label, quantity, unit in bought.lines
    ]
    perform(
        commands.ask_supplier,
        as_=members_of(number)[0],
        action_id=action_id(number),
        title=bought.title,
        supply=SupplyKind(str(bought.kind)),
        lines=lines,
        needed_by=needed_by,
        place="Cour de l’école",
        priority=1 if bought.days < 30 else 2,
        owner=lead_of(number),
        estimate_incl_tax=Decimal(bought.estimate) if bought.estimate else None,
        need_id=need_id(number, bought.title),
    )


def _print(perform: Perform, told: Told) -> None:
    """The same print as the communication completes and follows in its own story."""
    title, page_format, _, _ = WORDS[told.support]
    perform(
        commands.ask_print,
        as_=members_of(told.committee)[1],
        action_id=action_id(told.committee),
        title=title,
        support=Support(str(told.support)),
        quantity=told.quantity,
        page_format=page_format,
        owner=lead_of(told.committee),
        need_id=need_id(told.committee, title),
    )


def _service(perform: Perform, number: int, wanted: Wanted, day: date, answer_by: date) -> None:
    perform(
        commands.ask_service,
        as_=lead_of(number),
        action_id=action_id(number),
        department=wanted.department,
        title=wanted.title,
        what=wanted.what,
        on=day,
        answer_by=answer_by,
        need_id=need_id(number, wanted.title),
    )


def _relay(perform: Perform, number: int, called: Called, day: date) -> None:
    perform(
        commands.ask_relay,
        as_=members_of(number)[1],
        action_id=action_id(number),
        relay_id=_organisation(number, called),
        what=called.what,
        effort=called.effort,
        window_from=day - timedelta(7),
        window_to=day,
        answer_by=day - timedelta(10),
        need_id=need_id(number, called.what),
    )


def _organisation(number: int, called: Called) -> UUID:
    sector = next(name for name, quartiers in SECTORS.items() if number in quartiers)
    return relay_id(f"{called.organisation} {sector.rpartition(' ')[2]}")


def answer(perform: Perform, road: Road) -> None:
    """Agents answer on their page, organisations by their link."""
    number = road.committee
    for wanted, yes in ANSWERED.get(number, ()):
        _answer_service(perform, number, wanted, yes)
    for called in CALLED.get(number, ()):
        need = need_id(number, called.what)
        secret = perform(commands.issue_need_link, as_=members_of(number)[1], need_id=need)
        if called.answer is not None:
            said = {"answer": called.answer, "words": called.words}
            perform(commands.answer_by_link, as_=ANONYMOUS, secret=secret, **said)


def _answer_service(perform: Perform, number: int, wanted: Wanted, yes: bool) -> None:
    agent, need = _AGENTS[wanted.department], need_id(number, wanted.title)
    if yes:
        said = {"conditions": CONDITIONS[wanted.department]}
        perform(commands.accept_service, as_=agent, need_id=need, **said)
    else:
        perform(commands.decline_service, as_=agent, need_id=need, why=WHYS[wanted.department])


def ask_lately(perform: Perform, road: Road, today: date) -> None:
    """What departments have not answered yet; for some it is late."""
    assert road.day is not None
    day = today + timedelta(road.day)
    for wanted, days in WAITING.get(road.committee, ()):
        _service(perform, road.committee, wanted, day, today + timedelta(days))
