"""The line of an action: it opens by itself, follows the year of the day, ends with the action."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from services.procurement.commands.support import tell_buyers, tell_dpc, tell_leads
from services.procurement.events import BudgetMove
from services.procurement.model import (
    AwaitedLine,
    BudgetLine,
    Decider,
    Envelope,
    Purchase,
    WaitsFor,
    in_euros,
)
from services.procurement.model.refusals import need_reason
from services.procurement.model.steps import FINAL
from shared.kernel.refusals import NotFound
from shared.store.unit_of_work import UnitOfWork

LOOK_AGAIN = "open-awaited-line"
_A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Wanted:
    """The line that an action should have; ``asked`` is None when nobody could say how much."""

    action_id: UUID
    committee_id: UUID
    title: str
    year: int
    asked: Decimal | None


def open_action_line(
    uow: UnitOfWork,
    *,
    action_id: UUID,
    committee_id: UUID,
    title: str,
    day: date,
    estimate_incl_tax: Decimal | None,
) -> None:
    """Open the line of an action that was chosen, in the envelope of the year of ``day``.

    Up to its estimate or what there is; without an estimate at zero; without an envelope it
    waits. Each is said. Chosen twice, it is one line.
    """
    if uow.find(AwaitedLine, id=action_id) or uow.find_all(BudgetLine, action_id=action_id):
        return
    asked = estimate_incl_tax or None
    _open_or_wait(uow, Wanted(action_id, committee_id, title, day.year, asked))


def follow_year(uow: UnitOfWork, action_id: UUID, year: int) -> None:
    """Have the line of an action be of ``year``: moved, awaited, or left to the DPC to decide."""
    lines = sorted(uow.find_all(BudgetLine, action_id=action_id), key=lambda line: line.year)
    living = [line for line in lines if not line.ended]
    waiting = _awaiting(uow, action_id)
    if any(line.year == year for line in living):
        _no_longer(uow, waiting)
    elif waiting and waiting.year == year:
        return
    elif living:
        _move(uow, living[-1], year)
    elif waiting:
        _open_or_wait(uow, replace(_wanted(waiting), year=year))


def open_awaited_line(uow: UnitOfWork, *, subject: UUID) -> None:
    """Timer, a moment later: an envelope opened at the very moment an action began to wait."""
    waiting = _awaiting(uow, subject)
    if waiting is None or waiting.waits_for is not WaitsFor.ENVELOPE:
        return
    if _envelope(uow, waiting.committee_id, waiting.year) is not None:
        _had(uow, waiting)


def open_what_waited(uow: UnitOfWork, committee_id: UUID, year: int) -> None:
    """The envelope is open: the actions that waited for it have their line."""
    here = {"committee_id": committee_id, "year": year, "waits_for": WaitsFor.ENVELOPE}
    for waiting in uow.find_all(AwaitedLine, **here):
        _had(uow, waiting)


def _had(uow: UnitOfWork, waiting: AwaitedLine) -> None:
    old = uow.find(BudgetLine, id=waiting.line_id) if waiting.line_id else None
    if old is not None and not old.ended:
        _move(uow, old, waiting.year)
    else:
        _open_or_wait(uow, _wanted(waiting))


def carry_over_line(uow: UnitOfWork, *, action_id: UUID) -> UUID:
    """Carry what is left of an action's line over to the year of its day, above that envelope.

    What is held stays where it is. Refuses when nothing waits for it, or no envelope is open.
    """
    waiting, line, envelope = _to_decide(uow, action_id)
    old = uow.get(Envelope, line.envelope_id, hot=True)
    reason = f"Report sur {waiting.year}"
    rest = line.give_back(old, uow.now, BudgetMove.CARRY, reason)
    if rest:
        old.carry_to(envelope, rest)
    return _decided(uow, waiting, line, envelope, rest)


def leave_line(uow: UnitOfWork, *, action_id: UUID, reason: str) -> UUID:
    """Carry nothing over, with a reason: the rest goes back to its envelope, and the action has a
    line of as much in the envelope of the year of its day, or what there is."""
    reason = need_reason(reason, "reason", "Dites pourquoi l’argent n’est pas reporté.")
    waiting, line, envelope = _to_decide(uow, action_id)
    old = uow.get(Envelope, line.envelope_id, hot=True)
    rest = line.give_back(old, uow.now, BudgetMove.RELEASE, f"Pas de report : {reason}")
    return _decided(uow, waiting, line, envelope, rest)


def _to_decide(uow: UnitOfWork, action_id: UUID) -> tuple[AwaitedLine, BudgetLine, Envelope]:
    waiting = _awaiting(uow, action_id)
    if waiting is None or waiting.waits_for is not WaitsFor.DECISION or waiting.line_id is None:
        raise NotFound("Ce report est déjà décidé, ou n’est plus à décider.")
    line = uow.get(BudgetLine, waiting.line_id, hot=True)
    envelope = _envelope(uow, waiting.committee_id, waiting.year)
    if envelope is None:
        raise NotFound(
            f"L’enveloppe {waiting.year} de ce comité n’est pas ouverte.",
            rule="La ligne d’une action est dans l’enveloppe de l’année de son jour.",
            missing=f"L’enveloppe {waiting.year}.",
            unblocks="La DPC-CAC l’ouvre dans « Enveloppes ».",
            role="dpc_officer",
        )
    return waiting, line, envelope


def _decided(
    uow: UnitOfWork, waiting: AwaitedLine, line: BudgetLine, envelope: Envelope, rest: Decimal
) -> UUID:
    _no_longer(uow, waiting)
    new = _line_in(uow, envelope, replace(_wanted(waiting), asked=rest or None))
    _purchases_follow(uow, line, new)
    text = f"« {new.title} » a sa ligne {new.year} : {in_euros(new.granted)}."
    if line.spoken_for:
        text += f" {in_euros(line.spoken_for)} restent sur {line.year}."
    tell_leads(uow, new.committee_id, text, f"/procurement/lignes/{new.id}")
    return new.id


def _open_or_wait(uow: UnitOfWork, wanted: Wanted) -> None:
    envelope = _envelope(uow, wanted.committee_id, wanted.year)
    if envelope is None:
        _wait(uow, wanted, WaitsFor.ENVELOPE)
        return
    line = _line_in(uow, envelope, wanted)
    if line.asked is None:
        text = (
            f"La ligne de « {line.title} » est ouverte à zéro : personne n’a estimé ce qu’il faut."
        )
        tell_dpc(uow, line.committee_id, text, f"/procurement/lignes/{line.id}")
    _say_short(uow, line)
    line_is_there(uow, line)


def line_is_there(uow: UnitOfWork, line: BudgetLine) -> None:
    """An action has its line: nothing waits for it, and what it buys without a line is paid by it."""
    assert line.action_id is not None
    waiting = _awaiting(uow, line.action_id)
    if waiting is not None and waiting.year == line.year:
        _no_longer(uow, waiting)
    for purchase in uow.find_all(Purchase, action_id=line.action_id):
        if purchase.line_id is None and purchase.state not in FINAL:
            purchase.follow_line(Decider.system(uow.now), line.id)


def _line_in(uow: UnitOfWork, envelope: Envelope, wanted: Wanted) -> BudgetLine:
    known = uow.find(BudgetLine, action_id=wanted.action_id, year=envelope.year)
    if known is not None:
        line = uow.get(BudgetLine, known.id, hot=True)
        # What is still held on it from before comes on top of what the action now wants.
        asked = None if wanted.asked is None else wanted.asked + line.spoken_for
        line.resume(envelope, asked, uow.now)
        return line
    line = BudgetLine(
        uow.new_id(),
        wanted.committee_id,
        envelope.id,
        envelope.year,
        wanted.title,
        wanted.action_id,
    )
    line.journey = uow.cause.correlation_id if uow.cause else None
    line.open(envelope, wanted.asked, uow.now)
    return uow.add(line)


def _move(uow: UnitOfWork, line: BudgetLine, year: int) -> None:
    """Move a line on which nothing is held to another year; else the DPC decides."""
    line, action_id = uow.get(BudgetLine, line.id, hot=True), line.action_id
    assert action_id is not None
    asked = max(line.asked or line.granted, line.granted) or None
    wanted = Wanted(action_id, line.committee_id, line.title, year, asked)
    if line.spoken_for:
        _wait(uow, wanted, WaitsFor.DECISION, line)
        return
    envelope = _envelope(uow, line.committee_id, year)
    if envelope is None:
        _wait(uow, wanted, WaitsFor.ENVELOPE, line)
        return
    _no_longer(uow, _awaiting(uow, action_id))
    old = uow.get(Envelope, line.envelope_id, hot=True)
    line.give_back(old, uow.now, BudgetMove.MOVE, f"Ligne déplacée en {year}")
    new = _line_in(uow, envelope, wanted)
    _purchases_follow(uow, line, new)
    _say_short(uow, new)


def _purchases_follow(uow: UnitOfWork, old: BudgetLine, new: BudgetLine) -> None:
    """What holds no money on the old line is paid by the new one."""
    for purchase in uow.find_all(Purchase, line_id=old.id):
        if purchase.state in FINAL or any(old.held(purchase.id)):
            continue
        if purchase.validated_on is None and purchase.follow_line(Decider.system(uow.now), new.id):
            text = f"« {purchase.title} » change de ligne de budget : à contrôler de nouveau."
            tell_buyers(uow, purchase, text)


def end_action_line(uow: UnitOfWork, *, action_id: UUID) -> None:
    """The action is over: each of its lines gives back what is not held. Twice changes nothing."""
    _no_longer(uow, _awaiting(uow, action_id))
    for line in uow.find_all(BudgetLine, action_id=action_id):
        line = uow.get(BudgetLine, line.id, hot=True)
        envelope = uow.get(Envelope, line.envelope_id, hot=True)
        line.give_back(envelope, uow.now, BudgetMove.RELEASE, "L’action est terminée")


def _say_short(uow: UnitOfWork, line: BudgetLine) -> None:
    if line.asked is not None and line.granted < line.asked:
        text = (
            f"La ligne de « {line.title} » est ouverte avec {in_euros(line.granted)} "
            f"sur {in_euros(line.asked)} : l’enveloppe {line.year} n’a pas plus."
        )
        tell_dpc(uow, line.committee_id, text, f"/procurement/lignes/{line.id}")
        tell_leads(uow, line.committee_id, text, f"/procurement/lignes/{line.id}")


def _wait(
    uow: UnitOfWork, wanted: Wanted, waits_for: WaitsFor, line: BudgetLine | None = None
) -> None:
    waiting = uow.find(AwaitedLine, id=wanted.action_id)
    if waiting is None:
        identity = (wanted.action_id, wanted.committee_id, wanted.year, wanted.title)
        waiting = uow.add(AwaitedLine(*identity, uow.now, waits_for))
    waiting.wait(waits_for, wanted.year, uow.now, line.id if line else None)
    waiting.asked = wanted.asked
    page, text = f"enveloppes?annee={wanted.year}", f"l’enveloppe {wanted.year} de son comité"
    if line is not None and waits_for is WaitsFor.DECISION:
        page, text = f"reports/{waiting.id}", f"une décision sur le report de {line.year}"
    else:
        uow.schedule(LOOK_AGAIN, waiting.id, uow.now + _A_MOMENT)
    said = f"« {wanted.title} » attend {text}."
    tell_dpc(uow, wanted.committee_id, said, f"/procurement/{page}")


def _no_longer(uow: UnitOfWork, waiting: AwaitedLine | None) -> None:
    if waiting is not None:
        waiting.over()
        uow.unschedule(LOOK_AGAIN, waiting.id)


def _awaiting(uow: UnitOfWork, action_id: UUID) -> AwaitedLine | None:
    found = uow.find(AwaitedLine, id=action_id)
    return found if found is not None and found.waits_for is not None else None


def _wanted(waiting: AwaitedLine) -> Wanted:
    return Wanted(waiting.id, waiting.committee_id, waiting.title, waiting.year, waiting.asked)


def _envelope(uow: UnitOfWork, committee_id: UUID, year: int) -> Envelope | None:
    found = uow.find(Envelope, committee_id=committee_id, year=year)
    return uow.get(Envelope, found.id, hot=True) if found else None
