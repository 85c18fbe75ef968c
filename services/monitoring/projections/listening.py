"""Listening: a survey opened, closed, published."""

from services.diagnostic.events import DiagnosticPublished, SurveyClosed, SurveyOpened
from services.directory.mirror import Role
from services.monitoring.projections.facts import day_of, remember_the_fact
from services.monitoring.projections.waits import awaits, over
from services.monitoring.tables import SURVEY, legs_view
from shared.store.views import Views


def survey_opened(views: Views, fact: SurveyOpened) -> None:
    """A committee begins a road: it listens."""
    remember_the_fact(views, fact)
    views.put(
        legs_view,
        fact.survey_id,
        leg="survey",
        committee_id=fact.committee_id,
        journey=views.event.correlation_id or fact.survey_id,
        rank=SURVEY - day_of(views).toordinal(),
        title=fact.title,
        opens_on=fact.opens_on,
        closes_on=fact.closes_on,
    )
    awaits(
        views, fact.survey_id, fact, "listen", fact.title, Role.MEMBER, fact.closes_on,
        leg=fact.survey_id,
    )  # fmt: skip


def survey_closed(views: Views, fact: SurveyClosed) -> None:
    """What was said is to be published."""
    remember_the_fact(views, fact)
    views.put(legs_view, fact.survey_id, closed_at=views.event.time, answers=fact.answers)
    awaits(views, fact.survey_id, fact, "publish", "", Role.LEAD, leg=fact.survey_id)


def diagnostic_published(views: Views, fact: DiagnosticPublished) -> None:
    """The first step of the road is done."""
    remember_the_fact(views, fact)
    views.put(legs_view, fact.survey_id, published_at=views.event.time, answers=fact.answers)
    over(views, fact.survey_id)
