"""« Mon comité »: the next thing of each, what is awaited of others, the road in words, the money."""

import re
from datetime import date, timedelta

import pytest

from services.monitoring import queries
from services.planning import events as planning
from shared.kernel.refusals import Forbidden, NotFound
from shared.kernel.rights import Actor, Grant
from tests.monitoring.browsing import get, page
from tests.monitoring.told import TODAY, Told, named, who
from tests.monitoring.walked import DAY, Walk

MINE = f"committee:{named('committee 17')}"


def member(name: str = "Zoé Exemple", role: str = "member") -> Actor:
    return who(role, MINE, name)


@pytest.fixture
def walk(told: Told) -> Walk:
    walk = Walk(told).to_the_choice().adopts_plan()
    told.settle()
    return walk


@pytest.mark.feature("P4", "M9")
def test_the_next_thing_is_ones_own_task_even_behind_what_presses_others(walk: Walk):
    walk.takes_task("Zoé Exemple", due=TODAY + timedelta(30))
    for n in range(12):
        walk.takes_task("Max Démo", f"Autre tâche {n}", due=TODAY + timedelta(n))
    walk.told.settle()
    found = walk.told.ask(queries.my_committee, member())
    assert found["next_thing"]["what"] == "Appeler trois familles"
    assert len(found["awaited"]) == 8
    assert not any(wait["yours"] for wait in found["awaited"])


def test_who_has_no_task_is_told_what_their_role_is_awaited_for(walk: Walk):
    lead = walk.told.ask(queries.my_committee, member(role="lead"))
    assert lead["next_thing"]["due"] == date(2027, 1, 20)
    assert walk.told.ask(queries.my_committee, member())["next_thing"] is None


def test_a_task_that_is_done_is_not_asked_for_any_more(walk: Walk):
    walk.takes_task("Zoé Exemple")
    walk.task(planning.TaskDone)
    walk.told.settle()
    assert walk.told.ask(queries.my_committee, member())["next_thing"] is None


@pytest.mark.feature("M11")
def test_one_reads_ones_own_committees_only(walk: Walk):
    other = walk.told.committee(2)
    walk.told.settle()
    with pytest.raises(NotFound):
        walk.told.ask(queries.my_committee, member(), committee_id=other)
    with pytest.raises(Forbidden):
        walk.told.ask(queries.my_committee, who("relay"))
    nowhere = walk.told.ask(queries.my_committee, who("member", f"committee:{named('gone')}"))
    assert nowhere["committee"] is None


def test_the_page_says_the_next_thing_the_wait_the_road_and_the_money(walk: Walk):
    told = walk.told
    walk.takes_task("Zoé Exemple")
    walk.asks_service()
    line = told.line(walk.cac, action_id=walk.action)
    told.move(walk.cac, line, 2, after={"reserved": "640.00"}, action_id=walk.action)
    told.settle()
    text = page(told, "/mon-comite", member())
    assert "Dans 67 jours, samedi 20 mars 2027." in text
    assert "Votre prochaine chose à faire" in text
    assert "Avant le vendredi 15 janvier." in text
    task = named(f"task {walk.cac} Appeler trois familles")
    assert f'method="post" action="/planning/taches/{task}/faite"' in text
    assert "Répondre au comité" in text
    assert "Fermer la rue · Voirie" in text
    for words in ("19 votes, clos le 8 novembre", "plan adopté le 13 novembre, 1 tâche prise"):
        assert words in text
    assert "0 sur 1 besoin assuré" in text
    assert "samedi 20 mars, repli le 27 mars" in text
    assert "2 560,00 €" in text
    for link in (f"/directory/comites/{walk.cac}", f"/planning/actions/{walk.action}/besoins"):
        assert f'href="{link}"' in text


def test_where_nothing_began_the_page_leads_to_a_first_survey(told: Told):
    told.committee(17)
    told.settle()
    text = page(told, "/mon-comite", member(role="lead"))
    assert "Pour commencer" in text
    assert 'href="/diagnostic/ecoutes/nouvelle"' in text


def test_once_an_action_is_closed_the_page_leads_to_another_road(walk: Walk):
    walk.closes()
    walk.told.settle()
    text = page(walk.told, "/mon-comite", member())
    assert "Et après ?" in text
    assert "close le 12 janv." in text


def test_of_several_actions_each_has_its_page(walk: Walk):
    first = walk.action
    walk.action = named("second action")
    walk.chooses(days_ago=2)
    walk.adopts_plan(DAY + timedelta(30), days_ago=1)
    walk.told.settle()
    text = page(walk.told, "/mon-comite", member())
    assert "Le comité mène aussi" in text
    other = re.search(r'href="/monitoring(/mon-comite\?[^"]*action=[^"]+)"', text)
    assert other is not None
    text = page(walk.told, other[1].replace("&amp;", "&"), member())
    assert "dimanche 18 avril" not in text
    assert "lundi 19 avril 2027" in text
    assert str(first) in text


def test_a_moved_day_is_said_with_its_reason(walk: Walk):
    walk.moves_day(DAY + timedelta(7))
    walk.told.settle()
    assert "Reporté du 20 mars : cyclone" in page(walk.told, "/mon-comite", member())


def test_who_has_several_committees_chooses_one(walk: Walk):
    other = walk.told.committee(2)
    walk.told.settle()
    elu = Actor(named("Dan Élu"), (Grant("elu", MINE), Grant("elu", f"committee:{other}")))
    text = page(walk.told, "/mon-comite", elu)
    assert "Mes comités" in text
    assert "Étape 4 sur 8 : Besoins" in text
    assert "Rien n’a commencé." in text
    assert f"/monitoring/mon-comite?comite={walk.cac}" in text
    assert "Kabar lakour" in page(walk.told, f"/mon-comite?comite={walk.cac}", elu)


@pytest.mark.parametrize("query", ["?comite=nonsense", "?action=%27", "?action=" + str(named("x"))])
def test_an_address_written_by_hand_shows_ones_committee(walk: Walk, query: str):
    assert get(walk.told, f"/mon-comite{query}", member()).status_code == 200
