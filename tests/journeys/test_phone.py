"""Each person's part on a phone of 390 px, without a script: from their page to what it answers."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page

from services.directory.demonstration import lead_of, members_of, persona_id
from shared.store.clock import Clock
from tests.journeys.site import PHONE, furnished_site

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site(common):
    with furnished_site(common, "on-a-phone") as site:
        yield site


@pytest.fixture
def phone(browser, site):
    """Opens a page on somebody's phone."""
    held = []

    def hold(person, path="/"):
        context = site.visitor(browser, person, PHONE, java_script_enabled=False)
        held.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield hold
    for context in held:
        context.close()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def tick(page: Page, name: str, place: int = 0) -> None:
    """A choice, by what is written beside it: boxes are drawn by their labels."""
    box = page.locator(f"main [name='{name}']").nth(place)
    page.locator(f"label[for='{box.get_attribute('id')}']").click()
    assert box.is_checked()


def press(page: Page, name: str) -> Locator:
    """Press a button of the page; what the next one says happened."""
    page.locator("main").get_by_role("button", name=name).first.click()
    page.wait_for_load_state()
    assert page.evaluate(SIDEWAYS) == 0, page.url
    assert page.locator("#erreurs").count() == 0, page.inner_text("#erreurs")
    return page.locator("[role=status]")


def test_a_member_notes_what_somebody_said(phone):
    page = phone(members_of(25)[0], "/diagnostic/")
    follow(page, "Noter une réponse")
    tick(page, "who", 1)
    tick(page, "place", 2)
    page.fill("[name=w-heard]", "Un banc à l’ombre, devant la boutik.")
    assert "noté" in press(page, "Noter").inner_text()


def test_the_annexe_types_an_answer_in_and_hands_out_a_card(phone):
    page = phone(persona_id("marie.annexe"), "/diagnostic/saisie")
    page.locator("main a[href*='/diagnostic/saisie/']").first.click()
    tick(page, "w-missing")
    assert press(page, "Saisir et passer à la suivante").is_visible()
    page.goto("/decision/cartes")
    page.select_option("[name=committee_id]", index=1)
    press(page, "Faire la carte")
    assert page.locator("main").inner_text().count("Carte") >= 1


def test_a_lead_publishes_the_diagnostic(phone):
    page = phone(lead_of(34), "/monitoring/mon-comite")
    follow(page, "Y aller")
    page.fill("[name=findings]", "Les voisins se croisent sans se parler.")
    page.fill("[name=agreed]", "Réunion à la case, à main levée")
    assert press(page, "Publier le diagnostic").is_visible()


def test_a_member_proposes_an_idea_for_a_need(phone):
    page = phone(lead_of(10), "/decision/")
    follow(page, "Proposer une idée")
    wished = Clock().today() + timedelta(100)
    page.fill("[name=title]", "Un banc devant la boutik")
    tick(page, "needs")
    page.fill("[name=aims]", "Que les anciens s’asseyent à l’ombre.")
    page.fill("[name=place]", "Devant la boutik")
    page.fill("[name=wished_from]", str(wished))
    page.fill("[name=wished_to]", str(wished + timedelta(20)))
    assert press(page, "Proposer cette idée").is_visible()
    assert "Un banc devant la boutik" in page.inner_text("main")


def test_a_member_votes(phone):
    page = phone(members_of(13)[1], "/decision/")
    follow(page, "Voter")
    tick(page, "choices", 1)
    press(page, "Déposer mon bulletin")
    assert page.url.endswith("/recu")


def test_a_lead_sees_what_a_day_gives_then_adopts_the_plan(phone):
    page = phone(lead_of(15), "/monitoring/mon-comite")
    follow(page, "Y aller")
    day = date.fromisoformat(page.input_value("[name=day]"))
    page.fill("[name=fallback_day]", str(day + timedelta(7)))
    page.fill("[name=agreed]", "Neuf présents, à main levée")
    press(page, "Voir ce que ce jour donne")
    assert page.input_value("[name=agreed]") == "Neuf présents, à main levée"
    assert press(page, "Adopter le plan").is_visible()


def test_a_member_takes_a_task_and_says_that_it_is_done(phone):
    page = phone(members_of(15)[1], "/planning/mes-taches")
    assert press(page, "Je prends").is_visible()
    assert press(page, "C’est fait").is_visible()


def test_an_agent_accepts_what_their_service_is_asked(phone):
    page = phone(persona_id("ines.voirie"), "/planning/demandes")
    follow(page, "Répondre")
    page.fill("[name=conditions]", "Deux bénévoles aux barrières.")
    assert press(page, "Accepter").is_visible()


def test_a_lead_signs_a_proof(phone):
    page = phone(lead_of(8), "/communication/")
    follow(page, "Ouvrir le BAT")
    assert press(page, "Signer ce BAT").is_visible()


def test_a_member_says_where_prints_were_handed_out(phone):
    page = phone(members_of(16)[0], "/communication/")
    page.locator("main a[href*='/communication/campagnes/']").first.click()
    follow(page, "Noter une distribution")
    tick(page, "request_id")
    page.fill("[name=count]", "12")
    tick(page, "zone", 1)
    assert press(page, "Noter").is_visible()


def test_a_delegate_validates_and_the_clerk_numbers_the_commitment(phone):
    page = phone(persona_id("eva.delegation"), "/procurement/a-approuver")
    page.locator("main a[href*='/procurement/a-approuver/']").first.click()
    tick(page, "no_interest")
    assert press(page, "Valider et réserver").is_visible()
    page = phone(persona_id("paul.essai"), "/procurement/a-numeroter")
    page.locator("[name=number]").first.fill("2027-004512")
    assert "Engagement enregistré" in press(page, "Enregistrer l’engagement").inner_text()


def test_a_lead_certifies_what_came(phone):
    page = phone(lead_of(6), "/procurement/livraisons")
    page.locator("main a[href*='/procurement/livraisons/']").first.click()
    tick(page, "was_there")
    assert "Livraison certifiée" in press(page, "Certifier ce que j’ai vu").inner_text()
