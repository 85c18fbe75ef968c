"""What decision does when others speak: over the log itself, once, also when told twice."""

from datetime import timedelta
from uuid import uuid4

import sqlalchemy as sa

from services.decision import tables
from services.decision.service import service
from services.diagnostic.events import DiagnosticPublished, PublishedNeed, Theme
from services.language import FileRef
from shared.run.demonstration import settle
from shared.store.tables import outbox
from shared.store.unit_of_work import UnitOfWork
from tests.decision.world import COMMITTEE, World


def published() -> DiagnosticPublished:
    diagnostic = uuid4()
    return DiagnosticPublished(
        committee_id=COMMITTEE,
        diagnostic_id=diagnostic,
        survey_id=diagnostic,
        title="Autour de l’école",
        theme=Theme.ANY,
        needs=(PublishedNeed(need_id=uuid4(), title="De l’ombre", weight=43, evidence=12),),
        answers=28,
        online=15,
        met=9,
        paper=4,
        findings="On attend au soleil.",
        report=FileRef(owner="diagnostic", sha256="0" * 64, size=1, media_type="application/pdf"),
    )


def test_the_ideas_of_a_diagnostic_follow_its_journey_and_open_once(world: World):
    event = published()
    handler = service.handlers()[DiagnosticPublished.type]
    assert handler.policy is not None
    for _ in range(2):
        with world.database.write() as connection:
            uow = UnitOfWork(world.runtime.workplaces["decision"], connection)
            handler.policy.react(uow, event)
            uow.finish()
    rounds = world.rows(tables.rounds)
    assert len(rounds) == 1
    assert rounds[0]["needs"][0]["weight"] == 43
    with world.database.read() as connection:
        headers = connection.execute(sa.select(outbox.c.headers)).scalars().first()
    assert str(event.survey_id) in str(headers)


def test_a_vote_runs_to_its_end_by_timers_alone(world: World):
    voting = world.vote(quorum_percent=0)
    voting.cast("member", 0)
    world.runtime.clock.advance(timedelta(8))
    settle(world.runtime)
    assert str(voting.round["state"]) == "chosen"
    assert voting.row["minutes"]
