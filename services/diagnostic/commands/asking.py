"""Surveys: prepared by the group, opened and closed by its lead."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from services.diagnostic.commands.support import code, tell
from services.diagnostic.events import Theme
from services.diagnostic.model import CommitteeGone, Survey, questions_of, usual_questions
from services.directory import mirror
from services.directory.mirror import Role
from shared.kernel.refusals import NotFound
from shared.store.clock import LOCAL
from shared.store.unit_of_work import UnitOfWork

_GROUP = (Role.MEMBER, Role.LEAD)


def prepare_survey(
    uow: UnitOfWork,
    *,
    committee_id: UUID,
    title: str,
    theme: Theme,
    opens_on: date,
    closes_on: date,
    sectors: Sequence[str] = (),
    questions: list[dict[str, Any]] | None = None,
    survey_id: UUID | None = None,
) -> UUID:
    """Prepare a survey; without ``questions``, with the usual ones of its theme. Nobody sees it.

    ``sectors`` are parts of the neighbourhood; none given, the committee's own. Refuses an
    unknown or closed committee, and days in the past or in the wrong order.
    """
    committee = _in_activity(uow, committee_id)
    asked = questions_of(questions) if questions else usual_questions(theme)
    survey = Survey(
        id=survey_id or uow.new_id(),
        committee_id=committee_id,
        code=code(8),
        title=title,
        theme=theme,
        sectors=list(sectors) or [committee["quartier"]],
        questions=[question.kept() for question in asked],
        opens_on=opens_on,
        closes_on=closes_on,
        prepared_by=uow.actor.person,
    )
    survey.check_days(uow.today)
    return uow.add(survey).id


def _in_activity(uow: UnitOfWork, committee_id: UUID) -> dict[str, Any]:
    committee = mirror.committee(uow, committee_id)
    if committee is None:
        raise NotFound("Ce comité n’existe pas.")
    if committee["closed_on"] is not None:
        raise CommitteeGone(
            rule="Seul un comité en activité ouvre une écoute.",
            missing="Un comité en activité : son quartier est suivi par un autre.",
            unblocks="La DPC-CAC",
        )
    return committee


def change_survey(
    uow: UnitOfWork,
    *,
    survey_id: UUID,
    title: str,
    opens_on: date,
    closes_on: date,
    sectors: Sequence[str] = (),
    version: int | str | None = None,
) -> None:
    """Other words, days or places of a draft; refuses once it is open."""
    survey = uow.get(Survey, survey_id, version=version)
    survey.change(title, sectors or survey.sectors, opens_on, closes_on)
    survey.check_days(uow.today)


def change_questions(
    uow: UnitOfWork,
    *,
    survey_id: UUID,
    questions: list[dict[str, Any]],
    version: int | str | None = None,
) -> None:
    """Ask something else, before anybody was asked; refuses an opened survey.

    A question is ``{"text", "kind", "choices"}``, one choice a line.
    """
    uow.get(Survey, survey_id, version=version).ask_again(questions_of(questions))


def open_survey(uow: UnitOfWork, *, survey_id: UUID) -> None:
    """Let people answer until the closing; refuses what is no draft, or a closed committee."""
    survey = uow.get(Survey, survey_id)
    _in_activity(uow, survey.committee_id)
    survey.open(uow.today)
    the_day_after = datetime.combine(survey.closes_on + timedelta(1), time(), LOCAL)
    uow.schedule("end-survey", survey.id, the_day_after)
    text = f"L’écoute « {survey.title} » est ouverte : partagez-la, notez ce que vous entendez."
    tell(uow, survey.committee_id, text, _page(survey), *_GROUP)


def close_survey(uow: UnitOfWork, *, survey_id: UUID) -> None:
    """Take no more answers, before the day that was said; refuses a draft."""
    uow.unschedule("end-survey", survey_id)
    uow.get(Survey, survey_id, hot=True).close()


def end_survey(uow: UnitOfWork, *, subject: UUID) -> None:
    """The last day is over: the group may draw its needs."""
    survey = uow.get(Survey, subject, hot=True)
    if survey.close():
        text = f"L’écoute « {survey.title} » est finie : tirez-en les besoins."
        tell(uow, survey.committee_id, text, _page(survey), *_GROUP)


def _page(survey: Survey) -> str:
    return f"/diagnostic/ecoutes/{survey.id}"
