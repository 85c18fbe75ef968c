"""Choosing: ideas, advice, charter, vote, the action."""

from datetime import date

from services.decision.events import (
    ActionChosen,
    AdviceAsked,
    AdviceGiven,
    AskedOf,
    CharterAdopted,
    ChoiceAnnulled,
    IdeasOpened,
    Outcome,
    VoteClosed,
    VoteOpened,
)
from services.directory.mirror import Role
from services.monitoring.projections.facts import day_of, remember_the_fact
from services.monitoring.projections.sentences.saying import because
from services.monitoring.projections.waits import (
    LONGEST,
    awaits,
    nothing_more,
    over,
    over_for,
    part_of,
)
from services.monitoring.tables import ACTION, CHOICE, OVER, actions_view, legs_view
from shared.kernel.calendar import last_worked, months_before
from shared.store.clock import local
from shared.store.views import Views
from shared.web.formats import plural

ASKED_ROLE = {
    AskedOf.DEPARTMENT: Role.DEPARTMENT_AGENT,
    AskedOf.ELU: Role.ELU,
    AskedOf.RELAY: Role.RELAY,
}


def ideas_opened(views: Views, fact: IdeasOpened) -> None:
    """The committee listens no more: it chooses. A diagnostic has the id of its survey."""
    remember_the_fact(views, fact)
    views.put(
        legs_view,
        fact.round_id,
        leg="choice",
        committee_id=fact.committee_id,
        journey=views.event.correlation_id or fact.round_id,
        rank=CHOICE - day_of(views).toordinal(),
        title=fact.title,
        ideas_until=fact.until,
    )
    if fact.diagnostic_id is not None:
        views.put(legs_view, fact.diagnostic_id, rank=OVER - day_of(views).toordinal())
    awaits(
        views, fact.round_id, fact, "adopt-charter", fact.title, Role.LEAD, fact.until,
        leg=fact.round_id,
    )  # fmt: skip


def advice_asked(views: Views, fact: AdviceAsked) -> None:
    """Somebody is asked what they think, and what they can do."""
    remember_the_fact(views, fact)
    awaits(
        views,
        fact.advice_id,
        fact,
        "advice",
        fact.idea,
        ASKED_ROLE[fact.asked_of],
        fact.answer_by,
        leg=fact.round_id,
        asked=fact.asked,
        person=fact.person,
    )


def advice_given(views: Views, fact: AdviceGiven) -> None:
    """Nobody waits for it any more."""
    remember_the_fact(views, fact)
    over(views, fact.advice_id)


def charter_adopted(views: Views, fact: CharterAdopted) -> None:
    """The rules are known: the vote can be opened."""
    remember_the_fact(views, fact)
    views.put(legs_view, fact.round_id, charter_at=views.event.time)
    awaits(views, fact.round_id, fact, "open-vote", "", Role.LEAD, leg=fact.round_id)


def vote_opened(views: Views, fact: VoteOpened) -> None:
    """People vote; opinions on ideas are not awaited any more."""
    remember_the_fact(views, fact)
    views.put(
        legs_view,
        fact.round_id,
        vote_id=fact.vote_id,
        vote_closes_at=fact.closes_at,
        vote_closed_at=None,
        outcome=None,
        electors=fact.electors,
        voted=None,
    )
    over_for(views, fact.round_id)
    awaits(
        views, fact.vote_id, fact, "vote", "", Role.MEMBER, local(fact.closes_at).date(),
        leg=fact.round_id,
    )  # fmt: skip


def vote_closed(views: Views, fact: VoteClosed) -> None:
    """Counted: an action follows by itself, or what the charter says is to be done."""
    remember_the_fact(views, fact)
    views.put(
        legs_view,
        fact.round_id,
        vote_closed_at=views.event.time,
        outcome=str(fact.outcome),
        electors=fact.electors,
        voted=fact.voted,
    )
    over(views, fact.vote_id)
    if fact.outcome is not Outcome.CHOSEN:
        awaits(
            views,
            fact.round_id,
            fact,
            "follow-up",
            "",
            Role.LEAD,
            leg=fact.round_id,
            blocked=True,
            why=_why_nothing_is_chosen(fact),
            unblocks=fact.follows[:LONGEST],
            unblocks_role=Role.LEAD,
        )


def _why_nothing_is_chosen(fact: VoteClosed) -> str:
    if fact.outcome is Outcome.TIE:
        return "Vote sans gagnant, des idées sont à égalité"
    return f"Vote sans quorum, {plural(fact.voted, 'votant')} sur {fact.electors}"


def action_chosen(views: Views, fact: ActionChosen) -> None:
    """The committee carries an action: its plan and its campaign are to be agreed on."""
    remember_the_fact(views, fact)
    assert fact.action_id is not None
    views.put(actions_view, fact.action_id, title=fact.title)
    views.put(
        legs_view,
        fact.action_id,
        leg="action",
        committee_id=fact.committee_id,
        journey=views.event.correlation_id or fact.action_id,
        rank=ACTION + fact.wished_from.toordinal(),
        title=fact.title,
        round_id=fact.round_id,
        chosen_at=views.event.time,
        wished_from=fact.wished_from,
        place=fact.place,
    )
    views.put(legs_view, fact.round_id, rank=OVER - day_of(views).toordinal())
    over(views, fact.round_id)
    due = two_months_before(fact.wished_from)
    awaits(
        views, fact.action_id, fact, "adopt-plan", fact.title, Role.LEAD, due, service="planning"
    )  # fmt: skip
    awaits(
        views,
        part_of(fact.action_id, "strategy"),
        fact,
        "adopt-strategy",
        fact.title,
        Role.LEAD,
        due,
        service="communication",
        subject=fact.action_id,
        before_day=True,
    )


def choice_annulled(views: Views, fact: ChoiceAnnulled) -> None:
    """The action is no more; the committee chooses again."""
    remember_the_fact(views, fact)
    assert fact.action_id is not None
    on = day_of(views).toordinal()
    views.put(
        legs_view,
        fact.action_id,
        rank=OVER - on,
        stopped_at=views.event.time,
        stopped_why=fact.why,
    )
    views.put(legs_view, fact.round_id, rank=CHOICE - on)
    nothing_more(views, fact.action_id)
    awaits(
        views, fact.round_id, fact, "choose-again", "", Role.LEAD, leg=fact.round_id,
        blocked=True, why=f"Choix annulé{because(fact.why)}", unblocks_role=Role.LEAD,
        action_id=None,
    )  # fmt: skip


def two_months_before(day: date) -> date:
    """« J − 2 mois » for an office: calendar months, then the working day before."""
    return last_worked(months_before(day, 2))
