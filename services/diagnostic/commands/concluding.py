"""Needs drawn from answers, and what the group publishes of them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.diagnostic import tables
from services.diagnostic.commands.support import tell
from services.diagnostic.model import LEAD, Conclusion, Need, Survey
from services.diagnostic.queries import _counts_by_channel, _report_of
from services.directory.mirror import Role
from shared.kernel.refusals import Invalid
from shared.store.unit_of_work import UnitOfWork


def draw_need(
    uow: UnitOfWork,
    *,
    survey_id: UUID,
    title: str,
    answers: list[UUID],
    need_id: UUID | None = None,
) -> UUID:
    """Say a need in the group's words, carried by these answers; refuses foreign answers.

    Refuses for a draft, and once the diagnostic is published.
    """
    _may_draw(uow, survey_id)
    last = sa.select(sa.func.max(tables.needs.c.position)).where(
        tables.needs.c.survey_id == survey_id
    )
    place = (uow.value(last) or 0) + 1
    need = Need(id=need_id or uow.new_id(), survey_id=survey_id, title=title, position=place)
    need.rest_on(_own(uow, survey_id, answers))
    return uow.add(need).id


def change_need(
    uow: UnitOfWork,
    *,
    need_id: UUID,
    title: str,
    answers: list[UUID],
    shown: list[UUID] | None = None,
    version: int | str | None = None,
) -> None:
    """Say a need otherwise, or rest it on other answers; refuses once it is published.

    Of the answers ``shown`` (all by default), ``answers`` carry the need and the others do not.
    """
    need = uow.get(Need, need_id, version=version)
    _may_draw(uow, need.survey_id)
    need.title = title
    need.rest_on(_own(uow, need.survey_id, answers), shown)


def drop_need(uow: UnitOfWork, *, need_id: UUID) -> None:
    """Take a need away again; refuses once it is published."""
    need = uow.get(Need, need_id)
    _may_draw(uow, need.survey_id)
    uow.delete(need)


def publish_diagnostic(
    uow: UnitOfWork, *, survey_id: UUID, findings: str, agreed: str, agreed_on: date
) -> None:
    """Publish what the neighbourhood needs, once the group agreed (``agreed`` says how).

    Ideas open from there. Refuses while people may still answer, without a need, or with a need
    that rests on nothing.
    """
    survey = uow.get(Survey, survey_id, hot=True)
    needs = uow.find_all(Need, survey_id=survey_id)
    survey.check_publishable(needs)
    said = Conclusion(findings=findings, agreed=agreed, agreed_on=agreed_on)
    said.check(uow.today)
    told = {"findings": findings, "agreed": agreed, "agreed_on": agreed_on, "at": uow.now}
    pdf = uow.gateway("Documents").report(_report_of(uow, survey_id, told))
    kept = uow.files.put(pdf, "application/pdf")
    survey.publish(needs, said, _counts_by_channel(uow, survey_id), kept, uow.now)
    text = f"Le diagnostic « {survey.title} » est publié : à vous les idées."
    page = f"/diagnostic/{survey.id}/rapport"
    tell(uow, survey.committee_id, text, page, Role.MEMBER, Role.LEAD)


def _may_draw(uow: UnitOfWork, survey_id: UUID) -> None:
    """Hold the survey while its needs change: nobody publishes them in the same second."""
    uow.get(Survey, survey_id, hot=True).may_draw_needs()


def _own(uow: UnitOfWork, survey_id: UUID, answers: Sequence[UUID]) -> list[UUID]:
    """``answers`` once each; refuses one that is not of this survey."""
    table = tables.answers
    wanted = list(dict.fromkeys(answers))
    found = uow.rows(
        sa.select(table.c.id).where(table.c.survey_id == survey_id, table.c.id.in_(wanted))
    )
    if len(found) < len(wanted):
        text = "Une des réponses choisies n’est pas de cette écoute."
        raise Invalid(text, fields={"answers": text}, unblocks=LEAD)
    return wanted
