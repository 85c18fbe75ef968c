"""From the log alone, or with facts that come twice: the same views, on both databases."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from services.communication import events as communication
from services.decision.events import Outcome
from services.monitoring import queries
from services.monitoring.service import service
from services.planning import events as planning
from services.procurement.events import BudgetShortfall, QuoteRefused, Step
from shared.log.embedded import EmbeddedLog
from shared.log.rebuild import Rebuild
from tests.monitoring.browsing import page
from tests.monitoring.told import TODAY, Still, Told, named, who
from tests.monitoring.walked import DAY, FILE, Walk


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def anywhere(
    request: pytest.FixtureRequest, tmp_path: Path, database_urls: Callable[..., str]
) -> Iterator[Told]:
    log = EmbeddedLog(tmp_path / "log.sqlite", Still())
    url: dict[str, Any] = {}
    if request.param == "PostgreSQL":
        url = {
            "database_url": database_urls("monitoring"),
            "kafka_bootstrap_servers": "not-asked:9092",
        }
    told = Told(tmp_path, event_log=log, **url)
    yield told
    told.runtime.close()
    log.close()


def four_roads(told: Told) -> None:
    """One walked to its end, one in the middle of everything, one without quorum, one stopped."""
    ended = Walk(told, 1).to_the_choice().adopts_plan(TODAY - timedelta(9))
    ended.adopts_strategy()
    ended.launches()
    ended.of_action(planning.InstallationSigned, place="Préau")
    ended.holds()
    ended.reviews()
    ended.closes()
    busy(Walk(told, 2).to_the_choice().adopts_plan())
    waiting = Walk(told, 3)
    waiting.listens()
    waiting.closes_survey()
    waiting.publishes()
    waiting.gathers_ideas()
    waiting.asks_advice()
    waiting.adopts_charter()
    waiting.opens_vote()
    waiting.counts(Outcome.NO_QUORUM)
    stopped = Walk(told, 4).to_the_choice().adopts_plan()
    stopped.asks_relay()
    stopped.of_action(planning.ActionCancelled, reason="Plus personne")
    told.report("monitoring", 3)
    told.settle()


def busy(walk: Walk) -> None:
    told, cac = walk.told, walk.cac
    told.envelope(cac, days_ago=59)
    line = told.line(cac, "2000.00", action_id=walk.action, days_ago=58)
    told.tell(
        BudgetShortfall(
            committee_id=cac, line_id=line, year=2027, asked=Decimal(3200), granted=Decimal(2000)
        )
    )
    need = walk.asks_supplier()
    for n in range(3):
        purchase = told.purchase(cac, f"Achat {n}", action_id=walk.action, days_ago=40)
        told.step(
            cac, purchase, Step.CHECK, Step.VALIDATE, "delegate", TODAY + timedelta(n - 1),
            action_id=walk.action, days_ago=30,
        )  # fmt: skip
    after = {"voted": "2000.00", "reserved": "640.00"}
    told.move(cac, line, 2, after=after, action_id=walk.action, days_ago=20)
    walk.of_action(QuoteRefused, 19, purchase_id=purchase, need_id=need, why="Trop cher")
    service_need, relay, printed = walk.asks_service(), walk.asks_relay(), walk.asks_print()
    walk.of_action(planning.ServiceDeclined, 18, need_id=service_need, department="V", why="Non")
    walk.of_action(
        planning.AnswerOverdue, 17, need_id=relay, asked="Asso", answer_by=TODAY,
        since=told.clock.now(),
    )  # fmt: skip
    walk.adopts_strategy(16)
    walk.print_says(
        communication.PrintRequested, printed, title="Affiches", support="poster", quantity=60,
        needed_by=DAY,
    )  # fmt: skip
    walk.print_says(communication.ProofPublished, printed, edition=1, file=FILE)
    walk.takes_task("Zoé Exemple")
    walk.task(planning.TaskBlocked, "Autre", why="Sans clés", unblocks="Le club")
    walk.moves_day(DAY + timedelta(7))


@pytest.mark.feature("M10", "Y10")
def test_the_whole_log_into_empty_views_gives_the_same_boards(anywhere: Told):
    four_roads(anywhere)
    before, board = anywhere.views(), anywhere.ask(queries.board)
    assert len(before) > 10
    assert all(before[name] for name in ("legs_view", "waits_view", "needs_view", "facts_view"))
    with anywhere.database.write() as connection:
        for view in service.views:
            connection.execute(sa.delete(view))
    runtime = anywhere.runtime
    Rebuild(service, anywhere.database, runtime.log, runtime.registry).run()
    assert anywhere.views() == before
    assert anywhere.ask(queries.board) == board


@pytest.mark.feature("M10")
@pytest.mark.parametrize("seed", range(3))
def test_facts_delivered_again_in_any_order_count_once(told: Told, seed: int):
    told_once: list[tuple[Any, Any]] = []
    tell = told.tell

    def noted(event: Any, **options: Any) -> Any:
        identity = tell(event, **options)
        told_once.append((identity, event))
        return identity

    told.tell = noted  # type: ignore[method-assign]
    four_roads(told)
    before = told.views()
    again = told_once * 2
    Random(seed).shuffle(again)
    for identity, event in again:
        tell(replace(event), again=identity)
    told.settle()
    assert told.views() == before


def statements(told: Told, path: str, role: str) -> int:
    asked: list[str] = []

    def note(*given: Any) -> None:
        asked.append(given[2])

    somebody = who(role, "city" if role == "dpc_officer" else f"committee:{named('committee 2')}")
    page(told, path, somebody)
    sa.event.listen(told.database.engine, "before_cursor_execute", note)
    page(told, path, somebody)
    sa.event.remove(told.database.engine, "before_cursor_execute", note)
    return len(asked)


@pytest.mark.parametrize(
    "path, role, most",
    [
        ("/", "dpc_officer", 20),
        ("/bloque", "dpc_officer", 20),
        ("/attendu", "dpc_officer", 20),
        ("/attentes", "dpc_officer", 15),
        ("/mon-comite", "member", 30),
        (f"/actions/{named('road 2')}/fil", "member", 20),
    ],
)
def test_a_page_asks_the_database_as_often_however_much_happens(
    told: Told, path: str, role: str, most: int
):
    four_roads(told)
    before = statements(told, path, role)
    assert before <= most
    walk = Walk(told, 2)
    for n in range(30):
        walk.takes_task("Zoé Exemple", f"Tâche {n}")
        walk.task(planning.TaskBlocked, f"Bloquée {n}", why="x", unblocks="y")
    for number in range(5, 12):
        Walk(told, number).to_the_choice().adopts_plan()
    told.settle()
    assert statements(told, path, role) == before


@pytest.mark.feature("M1")
def test_the_thread_of_an_action_begins_with_its_survey_and_ends_with_what_is_awaited(told: Told):
    four_roads(told)
    found = told.ask(queries.thread, action_id=named("road 2"))
    events = [fact["event"] for fact in found["facts"]]
    assert events[0] == "SurveyOpened"
    road = ["DiagnosticPublished", "IdeasOpened", "VoteClosed", "ActionChosen", "PlanAdopted"]
    assert [event for event in events if event in road] == road
    assert {fact["lane"] for fact in found["facts"]} == {
        "Diagnostic", "Décision", "Planification", "Achats", "Communication",
    }  # fmt: skip
    follows = {fact["event"]: fact["follows"] for fact in found["facts"]}
    names = {fact["id"]: fact["event"] for fact in found["facts"]}
    assert names[follows["ActionChosen"]] == "VoteClosed"
    assert names[follows["PlanAdopted"]] == "ActionChosen"
    assert names[follows["ProofPublished"]] == "PrintRequested"
    assert {wait["service"] for wait in found["awaited"]} >= {"planning", "procurement"}
    assert (found["place"], str(found["leg"]["day"])) == (4, "2027-03-27")


def test_a_thread_of_hundreds_of_facts_is_read_in_the_same_questions(told: Told):
    walk = Walk(told, 2).to_the_choice().adopts_plan()
    for n in range(300):
        walk.takes_task("Zoé Exemple", f"Tâche {n}")
    told.settle()
    text = page(told, f"/actions/{walk.action}/fil")
    assert "Tâche prise : Tâche 299" in text
    assert statements(told, f"/actions/{walk.action}/fil", "member") <= 20
