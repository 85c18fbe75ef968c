"""Answers: given without an account, told to a member, or written on paper."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.diagnostic import tables
from services.diagnostic.commands.support import code as new_code
from services.diagnostic.model import HEARD, Actor, Answer, Channel, Place, Survey
from services.diagnostic.queries import _UNKNOWN_CODE
from shared.kernel.refusals import Invalid, NotFound
from shared.kernel.rights import ANONYMOUS
from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork


@retryable
def answer_survey(
    uow: UnitOfWork,
    *,
    code: str,
    answer_id: UUID,
    words: dict[str, str],
    who: Actor | None = None,
) -> str:
    """Take the answer of somebody who needs no account; returns the code of the receipt.

    ``words`` are by the key of the question. ``answer_id`` is minted by the form: sent twice, it
    is one answer. Refuses outside the days of the survey.
    """
    # A member may answer too, signed in on the same phone: nobody is noted beside what is said.
    uow.actor = ANONYMOUS
    found = uow.value(sa.select(tables.surveys.c.id).where(tables.surveys.c.code == code.upper()))
    if found is None:
        raise NotFound(_UNKNOWN_CODE)
    return _take(uow, found, answer_id, words, Channel.ONLINE, actor=who)


@retryable
def record_answer(
    uow: UnitOfWork,
    *,
    survey_id: UUID,
    words: dict[str, str],
    who: Actor,
    place: Place,
    sector: str | None = None,
    answer_id: UUID | None = None,
) -> str:
    """Write down what somebody said to a member, by question or freely; returns its code."""
    identity = answer_id or uow.new_id()
    more = {"actor": who, "place": place, "sector": sector or None}
    return _take(uow, survey_id, identity, words, Channel.MET, **more)


@retryable
def type_paper_answer(
    uow: UnitOfWork,
    *,
    survey_id: UUID,
    words: dict[str, str],
    who: Actor | None = None,
    answer_id: UUID | None = None,
) -> str:
    """Type in a sheet of paper, marked so, also in the days after the closing; returns its code."""
    identity = answer_id or uow.new_id()
    return _take(uow, survey_id, identity, words, Channel.PAPER, actor=who)


def _take(
    uow: UnitOfWork,
    survey_id: UUID,
    answer_id: UUID,
    words: dict[str, str],
    channel: Channel,
    **more: Any,
) -> str:
    known = uow.find(Answer, id=answer_id)
    if known is not None and known.survey_id != survey_id:
        raise Invalid("Cette réponse appartient à une autre écoute.")
    if known is not None:
        return known.code
    survey = uow.get(Survey, survey_id, hot=True)
    if more.get("sector") not in (None, *survey.sectors):
        raise Invalid("Choisissez dans la liste.", fields={"sector": "Choisissez dans la liste."})
    keys = {question.key for question in survey.asked()}
    keys |= {HEARD} if channel is not Channel.ONLINE else set()
    said = {key: text for key, text in words.items() if key in keys and text}
    survey.take(said, channel, uow.today)
    answer = Answer(
        id=answer_id,
        survey_id=survey_id,
        code=new_code(9),
        channel=channel,
        words=said,
        received_at=uow.now,
        recorded_by=uow.actor.person,
        **more,
    )
    return uow.add(answer).code
