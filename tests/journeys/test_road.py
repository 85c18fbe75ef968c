"""The whole road in one process: walked, told twice, slept through, replayed, forgotten."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.__main__ import product
from shared.log import consumer as consuming
from shared.log.consumer import Consumer
from shared.log.rebuild import Rebuild
from shared.log.wire import arrive
from shared.store.unit_of_work import UnitOfWork
from shared.store.views import Views
from tests.journeys.embedded import EmbeddedStage
from tests.journeys.road import NAMED, SEEN, Road
from tests.journeys.road.passing import NAME
from tests.journeys.road.turning_back import Annulled, GivenUp
from tests.journeys.whole import digest, every_table

# What the thread of the action shows from the choice to the closing, with all between.
THREAD = {
    *("action-chosen", "budget-opened", "budget-changed", "plan-adopted", "action-day-moved"),
    *("task-assigned", "task-handed-back", "task-done", "supplier-needed", "print-needed"),
    *("service-needed", "relay-asked", "service-accepted", "relay-answered", "need-changed"),
    *("purchase-opened", "quotes-requested", "quote-received", "quotes-opened"),
    *("quote-validated", "purchase-order-issued", "delivery-certified", "invoice-received"),
    *("invoice-paid", "strategy-adopted", "print-requested", "print-accepted"),
    *("print-scheduled", "print-purchase-needed", "proof-published", "proof-approved"),
    *("print-delivered", "campaign-launched", "distribution-reported", "campaign-ended"),
    *("installation-signed", "action-held", "action-reviewed", "action-closed"),
}
# While these steps are taken the workers of these services sleep: each in the middle of the road,
# at a time when nobody waits for it.
NAPS: dict[str, tuple[str, ...]] = {
    "survey_opened": ("directory", "diagnostic", "planning", "integration"),
    "answered_by_residents": ("directory", "diagnostic", "planning", "integration"),
    "answered_to_a_member": ("directory", "diagnostic", "planning", "integration"),
    "answered_on_paper": ("directory", "diagnostic", "planning", "integration"),
    "needs_drawn": ("directory", "diagnostic", "planning", "integration"),
    "ideas_proposed": ("decision", "procurement", "communication"),
    "advice_given": ("decision", "procurement", "communication"),
    "cards_given": ("decision", "procurement", "communication"),
    "closed_by_its_timer": ("communication", "monitoring", "planning", "procurement"),
    "tasks_taken": ("communication", "procurement", "monitoring", "decision"),
    "needs_answered": ("communication", "monitoring", "procurement", "diagnostic"),
    "slot_given": ("decision", "monitoring", "procurement", "directory"),
    "installation_signed": ("communication", "procurement", "monitoring", "integration"),
}


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a city in which nothing has happened yet."""
    folder = tmp_path_factory.mktemp("city") / "cast"
    EmbeddedStage(folder).runtime.close()
    return folder


@pytest.fixture(scope="module")
def staged(cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], EmbeddedStage]:
    """A stage of its own for each play."""

    def make() -> EmbeddedStage:
        return EmbeddedStage(shutil.copytree(cast, tmp_path_factory.mktemp("play") / "data"))

    return make


@pytest.fixture(scope="module")
def played(
    common: Path, staged: Callable[[], EmbeddedStage]
) -> tuple[EmbeddedStage, Road, dict[str, Any]]:
    """The road as it was walked once, and what was seen at its end."""
    stage = staged()
    road = Road(stage, 44)
    seen = road.play()
    (common / "seen").write_text(repr(seen), encoding="utf-8")
    (common / "seen").rename(common / SEEN)
    return stage, road, seen


def test_the_road_is_walked_from_the_first_answer_to_the_closed_action(played):
    _, _, seen = played
    assert (seen["plan"], seen["campaign"]) == ("closed", ("ended", 1, 120))
    assert {state for _, state in seen["tasks"]} == {"done"}
    assert seen["line"]["paid"] == seen["line"]["voted"] == "2235.10"
    assert set(NAMED) <= THREAD <= set(seen["facts"])


def test_each_fact_of_the_thread_says_what_caused_it(played):
    """From the choice, one comes to every fact that a policy said because of another."""
    _, road, _ = played
    facts = road.cast.officer.ask(f"/monitoring/api/v1/actions/{road.action}/thread")["facts"]
    known = {fact["id"]: fact for fact in facts}
    chosen = next(f for f in facts if "action-chosen" in f["type"])
    opened = [f for f in facts if "budget-opened" in f["type"] or "purchase-opened" in f["type"]]
    assert {known[f["cause"]]["type"] for f in opened} == {
        "cac.decision.action-chosen.v1",
        "cac.planning.supplier-needed.v1",
        "cac.communication.print-purchase-needed.v1",
    }
    assert {f["correlation"] for f in facts} == {chosen["correlation"]}
    assert all(f["sentence"] for f in facts)


def test_the_boards_made_anew_from_the_whole_log_are_the_same(played):
    stage, _, _ = played
    for service in [s for s in stage.runtime.services if s.views]:
        database = stage.runtime.workplaces[service.name].database
        before = digest(database, service.views)
        folded = Rebuild(service, database, stage.runtime.log, stage.runtime.registry).run()
        assert folded > 0, service.name
        assert digest(database, service.views) == before, service.name


def test_nobody_waits_and_nothing_could_not_be_handled(played):
    stage, _, _ = played
    for name, workplace in stage.runtime.workplaces.items():
        with workplace.database.read() as connection:
            for table in ("dead_letters", "outbox"):
                found = connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar()
                assert found == 0, (name, table)


def test_a_name_that_was_erased_on_the_way_is_in_no_table_and_in_no_file(played):
    stage, _, _ = played
    for service in stage.runtime.services:
        with stage.runtime.workplaces[service.name].database.read() as connection:
            for table in every_table(stage.runtime, service.name):
                rows = map(repr, connection.execute(sa.select(table)))
                assert not [row for row in rows if NAME in row], table.name
    for file in stage.runtime.settings.data.rglob("*"):
        if file.is_file():
            assert NAME.encode() not in file.read_bytes(), file


def test_each_service_sleeps_for_a_while_the_others_go_on_and_it_catches_up(staged, played):
    stage = staged()
    owed: list[tuple[Callable[[], Any], str]] = []

    def before(step: str) -> None:
        if step not in NAPS and owed:
            stage.asleep = set()
            for condition, what in owed:
                stage.eventually(condition, what)
            owed.clear()
        stage.asleep = set(NAPS.get(step, ()))

    def confirms(condition: Callable[[], Any], what: str) -> None:
        if stage.asleep:
            owed.append((condition, what))
        else:
            stage.eventually(condition, what)

    stage.confirms = confirms
    assert {name for names in NAPS.values() for name in names} == set(product.names)
    assert Road(stage, 44, before).play() == played[2]


def test_every_policy_told_twice_has_one_effect(staged, played, monkeypatch):
    """Each fact that a service reacts to is given to its policy once more: no row changes."""
    stage = staged()
    wrong: list[str] = []
    told: set[tuple[str, str]] = set()
    once = Consumer._transaction

    def twice(consumer: Consumer, records: Any, *, alone: bool = False) -> None:
        once(consumer, records, alone=alone)
        for record in records:
            arrival = arrive(record)
            handler = consumer.handlers.get(arrival.type) if arrival else None
            if handler is None or handler.policy is None:
                continue
            told.add((consumer.service.name, arrival.type))
            if _changes(consumer, handler.policy.react, consumer.registry.read(arrival)):
                wrong.append(f"{consumer.service.name} on {arrival.type}")

    monkeypatch.setitem(consuming.BATCH, "sqlite", 1)
    monkeypatch.setattr(Consumer, "_transaction", twice)
    seen = Road(stage, 44).play()
    for road in (GivenUp(stage, 43), Annulled(stage, 42)):
        for step in road.steps:
            step()
    assert not wrong
    assert seen == played[2]
    declared = {(s.name, cls.type) for s in stage.runtime.services for cls in s.reacts}
    assert told == declared


def _changes(consumer: Consumer, react: Callable[..., None], envelope: Any) -> bool:
    """Whether a row of the service's own truth is another once a policy was told."""
    database, state = consumer.workplace.database, consumer.service.state
    with database.write() as connection:
        written = connection.connection.driver_connection
        before = written.total_changes
        uow = UnitOfWork(consumer.workplace, connection, command="", views=Views(connection))
        uow.handling(envelope, react.__name__)
        react(uow, envelope.event)
        uow.event_handled()
        uow.finish()
        if written.total_changes == before:
            return False
        # Until the commit, whoever reads sees what was there before.
        with database.read() as reading:
            return any(_rows(connection, table) != _rows(reading, table) for table in state)


def _rows(connection: sa.Connection, table: sa.Table) -> list[Any]:
    return sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {table.name}")))
