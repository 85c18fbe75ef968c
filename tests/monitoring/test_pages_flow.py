"""The page of the flow: what is late, and what becomes of a dead letter."""

from shared.testing.product import client
from tests.monitoring.browsing import page
from tests.monitoring.told import OFFICER, Told, named, who


def test_the_flow_says_what_is_late_silent_or_never_heard_of(city: Told):
    city.report("procurement", 60, lag=12, outbox_depth=2, outbox_age_seconds=31.0)
    city.settle()
    text = page(city, "/flux")
    assert "Sans nouvelles" in text
    assert "31 s" in text
    assert '<span class="rk-unknown">jamais</span>' in text
    assert "Qui administre l’installation les rejoue" in text
    assert "dead-letters list" not in text
    assert "dead-letters list" in page(city, "/flux", who("administrator"))


def a_dead_letter(told: Told) -> None:
    told.move(named("committee 17"), named("nowhere"), 2, after={"reserved": "1.00"})
    told.settle()


def test_a_dead_letter_is_dropped_with_a_reason_and_what_was_behind_it_goes_on(city: Told):
    a_dead_letter(city)
    city.purchase(named("committee 17"), "Derrière")
    city.settle()
    assert "Attend derrière un autre" in page(city, "/flux")
    browser = client(city.runtime, "monitoring", OFFICER)
    done = browser.post("/flux/lettres/1/ecarter", data={"reason": "Ligne d’essai"})
    assert done.status_code == 303
    assert "Demandé : écarter." in page(city, "/flux")
    city.settle()
    assert "Aucun fait n’attend ici." in page(city, "/flux")
    assert "Achat ouvert : Derrière" in page(city, f"/comites/{named('committee 17')}")


def test_a_dead_letter_is_not_dropped_without_a_reason_and_the_page_says_why(city: Told):
    a_dead_letter(city)
    browser = client(city.runtime, "monitoring", OFFICER)
    again = browser.post("/flux/lettres/1/ecarter", data={"reason": " "})
    assert again.status_code == 422
    assert "Répondez à cette question." in again.text
    assert "Demandé" not in page(city, "/flux")


def test_a_dead_letter_is_replayed_once_its_cause_is_mended(city: Told):
    cac = named("committee 17")
    late = named(f"line {cac} Jardin 2027")
    city.move(cac, late, 2, after={"reserved": "1.00"}, action_id=named("jardin"))
    city.settle()
    city.line(cac, title="Jardin")
    city.settle()
    browser = client(city.runtime, "monitoring", OFFICER)
    assert browser.post("/flux/lettres/1/rejouer").status_code == 303
    city.settle()
    assert "Aucun fait n’attend ici." in page(city, "/flux")
    assert "1,00 €" in page(city, f"/comites/{cac}")


def test_only_those_who_keep_the_installation_touch_a_dead_letter(city: Told):
    a_dead_letter(city)
    for actor, status in ((who("auditor"), 403), (who("delegate"), 403), (None, 401)):
        browser = client(city.runtime, "monitoring", actor)
        assert browser.post("/flux/lettres/1/rejouer").status_code == status
        assert browser.get("/flux").status_code == status


def test_a_letter_that_does_not_exist_is_not_found(city: Told):
    browser = client(city.runtime, "monitoring", OFFICER)
    assert browser.post("/flux/lettres/99/rejouer").status_code == 404
