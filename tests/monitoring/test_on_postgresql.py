"""The same folds and reads on PostgreSQL: what monitoring says does not depend on the database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.monitoring import queries
from services.monitoring.service import service
from services.procurement.events import BudgetMove, PurchaseCancelled, Step
from shared.log.embedded import EmbeddedLog
from shared.log.rebuild import Rebuild
from tests.monitoring.told import TODAY, Still, Told, named


@pytest.fixture
def on_postgresql(tmp_path: Path, database_urls: Callable[..., str]) -> Iterator[Told]:
    log = EmbeddedLog(tmp_path / "log.sqlite", Still())
    told = Told(
        tmp_path,
        event_log=log,
        database_url=database_urls("monitoring"),
        kafka_bootstrap_servers="not-asked:9092",
    )
    yield told
    told.runtime.close()
    log.close()


def a_year(told: Told) -> None:
    for number in (1, 2):
        cac, action = told.committee(number, days_ago=9), named(f"action {number}")
        told.envelope(cac, days_ago=8)
        line = told.line(cac, action_id=action, days_ago=7)
        purchase = told.purchase(cac, action_id=action, by="Rita Fictif", days_ago=6)
        told.step(
            cac, purchase, Step.CHECK, Step.VALIDATE, "delegate", TODAY.replace(day=8),
            action_id=action, days_ago=4,
        )  # fmt: skip
        after = {"paid": f"{number}00.10", "reserved": "12.34"}
        told.move(cac, line, 2, BudgetMove.SPEND, after=after, action_id=action)
    told.purchase(cac, "Sans étape")
    told.tell(
        PurchaseCancelled(
            committee_id=cac, purchase_id=purchase, need_id=named("n"), why="trop long " * 60
        )
    )
    told.report("procurement", 3, lag=2, outbox_age_seconds=1.5)
    told.report("monitoring", 3)
    told.settle()


def said(told: Told) -> dict[str, Any]:
    """Everything that monitoring answers to an officer."""
    one = named("committee 1")
    return {
        "board": told.ask(queries.board),
        "money": told.ask(queries.board, sort="-paid", blocked=True, step="validate"),
        "behind": told.ask(queries.committees_behind),
        "purchases": told.ask(queries.purchases, committee=1),
        "awaited": told.ask(queries.awaited),
        "committee": told.ask(queries.committee, committee_id=one),
        "thread": told.ask(queries.thread, action_id=named("action 1")),
        "flow": told.ask(queries.flow),
        "letters": told.ask(queries.letters),
    }


def test_both_databases_give_the_same_answers(told: Told, on_postgresql: Told):
    for each in (told, on_postgresql):
        a_year(each)
    here, there = said(told), said(on_postgresql)
    for name, answer in here.items():
        assert there[name] == answer, name


def test_a_rebuild_on_postgresql_gives_the_same_views(on_postgresql: Told):
    a_year(on_postgresql)
    before = on_postgresql.views()
    runtime = on_postgresql.runtime
    Rebuild(service, on_postgresql.database, runtime.log, runtime.registry).run()
    assert on_postgresql.views() == before
