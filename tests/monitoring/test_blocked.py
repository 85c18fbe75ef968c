"""What blocks, what is late, who unblocks: lists that lead to where it is done."""

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from services.__main__ import product
from services.monitoring import queries
from services.monitoring.queries.kinds import KINDS, page_of
from services.monitoring.queries.words import STEPS
from services.planning import events as planning
from services.procurement import events as procurement
from services.procurement.events import BudgetShortfall
from tests.monitoring.asking import awaiting
from tests.monitoring.browsing import get, page
from tests.monitoring.told import OFFICER, TODAY, Told, named, who
from tests.monitoring.walked import Walk


@pytest.fixture
def stuck(told: Told) -> Walk:
    """Short of money, a silent department, a task blocked, a purchase late."""
    walk = Walk(told).to_the_choice().adopts_plan()
    line = told.line(walk.cac, "2000.00", action_id=walk.action)
    told.tell(
        BudgetShortfall(
            committee_id=walk.cac,
            line_id=line,
            year=2027,
            asked=Decimal(3200),
            granted=Decimal(2000),
        )
    )
    need = walk.asks_service(TODAY - timedelta(4))
    overdue: dict[str, Any] = {"asked": "Voirie", "answer_by": TODAY - timedelta(4)}
    walk.of_action(planning.AnswerOverdue, need_id=need, since=told.clock.now(), **overdue)
    walk.task(planning.TaskBlocked, why="Personne n’a les clés", unblocks="Le club")
    awaiting(told, walk.cac, TODAY - timedelta(6), action_id=walk.action)
    told.settle()
    return walk


@pytest.mark.feature("X21", "M7")
def test_what_blocks_says_why_who_unblocks_and_where(stuck: Walk):
    found = stuck.told.ask(queries.blocked)
    said = {w["kind"]: (w["why"], w["unblocks_name"], w["you_unblock"]) for w in found["blocked"]}
    assert said["transfer"] == (
        "Crédits insuffisants, il manque 1\u00a0200,00\u00a0€",
        "DPC-CAC",
        True,
    )
    assert said["service-answer"] == ("Voirie, sans réponse", "DPC-CAC", True)
    assert ("Personne n’a les clés", "Le club", False) in said.values()
    assert [w["kind"] for w in found["late"]] == ["validate"]
    assert (found["blocked_count"], found["late_count"]) == (3, 1)


def test_what_one_can_unblock_oneself_stands_apart(stuck: Walk):
    mine = stuck.told.ask(queries.blocked, yours=True)
    assert {w["kind"] for w in mine["blocked"]} == {"transfer", "service-answer"}
    assert mine["late"] == []
    delegate = stuck.told.ask(queries.blocked, who("delegate"), yours=True)
    assert ([w["kind"] for w in delegate["late"]], delegate["blocked"]) == (["validate"], [])


@pytest.mark.feature("M11")
def test_blocked_lists_and_their_files_keep_to_the_scope(stuck: Walk):
    elsewhere = who("sector_officer", "sector:Secteur Centre")
    assert stuck.told.ask(queries.blocked, elsewhere)["blocked"] == []
    text = get(stuck.told, "/bloque.csv", elsewhere).text
    assert len(text.strip().splitlines()) == 1
    assert get(stuck.told, "/bloque", who("member")).status_code == 403


def test_the_page_and_its_file_say_the_same(stuck: Walk):
    text = page(stuck.told, "/bloque")
    assert "Bloqué <small" in text
    assert "À vous : trouver les crédits" in text
    assert "À vous : relancer" in text
    rows = list(csv.reader(io.StringIO(get(stuck.told, "/bloque.csv").text), delimiter=";"))
    assert len(rows) == 1 + 3 + 1
    assert "À débloquer par vous" in page(stuck.told, "/bloque?vous=1")


def test_money_found_later_leaves_the_rest_to_find_then_nothing(stuck: Walk):
    told = stuck.told
    line = named(f"line {stuck.cac} Kabar lakour 2027")
    after = {"voted": "2000.00", "transferred": "700.00"}
    told.move(stuck.cac, line, 2, after=after, action_id=stuck.action)
    told.settle()
    [short] = [w for w in told.ask(queries.blocked)["blocked"] if w["kind"] == "transfer"]
    assert "il manque 500,00" in short["why"]
    told.move(stuck.cac, line, 3, after=after | {"transferred": "1200.00"}, action_id=stuck.action)
    told.settle()
    assert "transfer" not in {w["kind"] for w in told.ask(queries.blocked)["blocked"]}


def test_a_refused_purchase_leaves_another_way_to_find_unless_the_need_is_withdrawn(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    need = walk.asks_supplier()
    purchase: dict[str, Any] = {"purchase_id": named("p"), "need_id": need}
    walk.of_action(procurement.QuoteRefused, **purchase, why="Trop cher")
    told.settle()
    [stuck] = told.ask(queries.blocked)["blocked"]
    assert (stuck["kind"], stuck["why"]) == ("other-way", "Dossier refusé\u00a0: Trop cher")
    assert stuck["title"] == "Sonorisation"
    walk.of_action(planning.NeedWithdrawn, need_id=need, why="On s’en passe")
    walk.of_action(procurement.PurchaseCancelled, **purchase, why="Besoin retiré")
    told.settle()
    assert told.ask(queries.blocked)["blocked"] == []


@pytest.mark.parametrize("yours", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_the_page_where_a_thing_is_done_exists(kind: str, yours: bool):
    identity = named("x")
    path = page_of({"kind": kind, "subject_id": identity, "leg_id": identity}, yours)
    name = path.split("/")[1]
    app = Flask(__name__)
    app.register_blueprint(product.service(name).pages, url_prefix=f"/{name}")
    assert app.url_map.bind("ville.example").match(path)


def test_a_sort_of_thing_is_said_in_words(told: Told):
    walk = Walk(told).to_the_choice()
    told.settle()
    text = page(told, "/attendu", OFFICER)
    assert "Adopter le plan" in text
    assert "Adopter la stratégie de communication" in text
    assert f"/planning/actions/{walk.action}/adopter" in text
    assert set(STEPS) <= set(KINDS)
