"""Advice: asked by a day, given by the one asked, reminded of, and told when nobody answers."""

from datetime import date, timedelta
from uuid import UUID

from services.decision.commands.support import BASE, at, people_of, tell
from services.decision.events import AskedOf, Opinion
from services.decision.model import (
    Advice,
    AdviceState,
    Idea,
    NotTheOneAsked,
    Round,
    Said,
    wrong,
)
from services.decision.queries import LINK
from services.directory import mirror
from services.directory.mirror import CITY, Role
from shared.kernel import calendar
from shared.perform import unkept
from shared.store import links
from shared.store.unit_of_work import UnitOfWork

REMIND, OVERDUE = "remind-advice", "advice-overdue"


def ask_advice(
    uow: UnitOfWork,
    *,
    idea_id: UUID,
    question: str,
    answer_by: date,
    asked_of: AskedOf,
    department: str = "",
    person: UUID | None = None,
    relay_id: UUID | None = None,
    advice_id: UUID | None = None,
) -> UUID:
    """Ask a department, an élu·e or a relay what they think and what they can do, by a day.

    Refuses a day gone by, somebody unknown, and an idea that is not on the list.
    """
    idea = uow.get(Idea, idea_id)
    found = uow.get(Round, idea.round_id)
    found.check_before_the_vote()
    idea.check_shown()
    advice = Advice(
        id=advice_id or uow.new_id(),
        round_id=found.id,
        idea_id=idea_id,
        committee_id=found.committee_id,
        journey=found.journey,
        asked_of=asked_of,
        asked=_called(uow, found.committee_id, asked_of, department, person, relay_id),
        question=question,
        answer_by=answer_by,
        asked_by=uow.actor.person,
        department=department if asked_of is AskedOf.DEPARTMENT else None,
        person=person if asked_of is AskedOf.ELU else None,
        relay_id=relay_id if asked_of is AskedOf.RELAY else None,
    )
    advice.ask(idea.title, uow.today)
    uow.add(advice)
    _schedule(uow, advice)
    text = f"Un comité demande un avis sur « {idea.title} », avant le {answer_by:%d/%m/%Y}."
    tell(uow, _asked(uow, advice), text, f"{BASE}/avis/{advice.id}")
    return advice.id


def _called(
    uow: UnitOfWork,
    committee_id: UUID,
    asked_of: AskedOf,
    department: str,
    person: UUID | None,
    relay_id: UUID | None,
) -> str:
    """How the one asked is called; a person is called by what they are, never by name."""
    if asked_of is AskedOf.DEPARTMENT:
        if not mirror.people_with(uow, Role.DEPARTMENT_AGENT, [f"department:{department}"]):
            raise wrong("department", "Choisissez un service où quelqu’un peut répondre.")
        return department
    if asked_of is AskedOf.ELU:
        if person not in people_of(uow, committee_id, Role.ELU):
            raise wrong("person", "Choisissez un·e élu·e qui suit ce comité.")
        return "Élu·e référent·e"
    relay = mirror.relay(uow, relay_id) if relay_id else None
    if relay is None or not relay["active"]:
        raise wrong("relay_id", "Choisissez une structure de la liste.")
    return str(relay["organisation"])


def _asked(uow: UnitOfWork, advice: Advice) -> set[UUID]:
    """Those with an account who can answer."""
    if advice.asked_of is AskedOf.ELU and advice.person:
        return {advice.person}
    if advice.asked_of is AskedOf.DEPARTMENT:
        scope = [f"department:{advice.department}"]
        return {row["person"] for row in mirror.people_with(uow, Role.DEPARTMENT_AGENT, scope)}
    return set()


def _schedule(uow: UnitOfWork, advice: Advice) -> None:
    remind = calendar.last_worked(advice.answer_by - timedelta(1))
    if remind > uow.today:
        uow.schedule(REMIND, advice.id, at(remind, 8))
    uow.schedule(OVERDUE, advice.id, at(advice.answer_by + timedelta(1), 8))


def give_advice(
    uow: UnitOfWork,
    *,
    advice_id: UUID,
    opinion: Opinion,
    why: str,
    capacity: str = "",
    conditions: str = "",
    window_from: date | None = None,
    window_to: date | None = None,
) -> None:
    """Say what one thinks, and what one can do on what conditions; once, before the vote.

    Refuses anybody but the one who is asked.
    """
    advice = uow.get(Advice, advice_id, hot=True)
    if uow.actor.person not in _asked(uow, advice):
        raise NotTheOneAsked(
            rule="Seul celui à qui l’avis est demandé peut dire ce qu’il peut faire.",
            missing=f"L’avis de : {advice.asked}.",
            unblocks=advice.asked,
        )
    said = Said(
        opinion=opinion, why=why, capacity=capacity, conditions=conditions,
        window_from=window_from, window_to=window_to,
    )  # fmt: skip
    _give(uow, advice, said)


def _give(uow: UnitOfWork, advice: Advice, said: Said) -> None:
    advice.give(said, uow.actor.person, uow.now)
    uow.unschedule(REMIND, advice.id)
    uow.unschedule(OVERDUE, advice.id)
    title = uow.get(Idea, advice.idea_id).title
    leads = people_of(uow, advice.committee_id, Role.LEAD)
    page = f"{BASE}/idees/{advice.idea_id}"
    tell(uow, leads | {advice.asked_by}, f"Un avis est arrivé sur « {title} ».", page)


@unkept
def issue_advice_link(uow: UnitOfWork, *, advice_id: UUID) -> str:
    """The secret of a link by which a relay answers once; an earlier one stops working.

    Shown once: only its hash is kept. Departments and élu·es answer with their account.
    """
    advice = uow.get(Advice, advice_id)
    advice.check_awaited()
    if advice.asked_of is not AskedOf.RELAY:
        raise wrong("", "Un service ou un·e élu·e répond avec son compte, sans lien.")
    return links.issue(uow, LINK, advice.id, at(advice.answer_by + timedelta(8)))


def give_advice_by_link(
    uow: UnitOfWork,
    *,
    secret: str,
    opinion: Opinion,
    why: str,
    capacity: str = "",
    conditions: str = "",
    window_from: date | None = None,
    window_to: date | None = None,
) -> None:
    """Answer without an account, once, at the end of a link."""
    advice = uow.get(Advice, links.follow(uow, LINK, secret), hot=True)
    said = Said(
        opinion=opinion, why=why, capacity=capacity, conditions=conditions,
        window_from=window_from, window_to=window_to,
    )  # fmt: skip
    _give(uow, advice, said)


def remind_advice(uow: UnitOfWork, *, subject: UUID) -> None:
    """The answer is due tomorrow: tell who is asked, and who asked."""
    advice = uow.find(Advice, id=subject)
    if advice is None or advice.state is not AdviceState.ASKED:
        return
    title = uow.get(Idea, advice.idea_id).title
    text = f"« {title} » : votre avis est attendu demain au plus tard."
    tell(uow, _asked(uow, advice), text, f"{BASE}/avis/{advice.id}")
    text = f"« {title} » : {advice.asked} n’a pas encore donné son avis. Rappelez-les."
    tell(uow, [advice.asked_by], text, f"{BASE}/idees/{advice.idea_id}")


def advice_overdue(uow: UnitOfWork, *, subject: UUID) -> None:
    """Nobody answered in time: who asked is told, and the DPC, who can unblock it."""
    advice = uow.find(Advice, id=subject)
    if advice is None or advice.state is not AdviceState.ASKED:
        return
    title = uow.get(Idea, advice.idea_id).title
    text = f"« {title} » : {advice.asked} n’a pas donné son avis à temps."
    dpc = {row["person"] for row in mirror.people_with(uow, Role.DPC_OFFICER, [CITY])}
    leads = people_of(uow, advice.committee_id, Role.LEAD)
    tell(uow, dpc | leads | {advice.asked_by}, text, f"{BASE}/idees/{advice.idea_id}")
