"""Every page of the product, as each person finds it from link to link, on a phone and on a desk."""

import re
from datetime import timedelta

import pytest

from services.directory.demonstration import elu_of, lead_of, members_of, persona_id
from shared.store.clock import Clock
from tests.journeys.crawl import Looking, Walk
from tests.journeys.site import AXE, PHONE, furnished_site
from tests.journeys.whole import endpoints

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="npm ci has not been run")

PERSONAS = {
    "nobody": None,
    "member": members_of(17)[0],
    "lead": lead_of(6),
    "élu·e": elu_of("Secteur Chaudron"),
    "sector officer": persona_id("nadia.chaudron"),
    "DPC officer": persona_id("lucette.modele"),
    "procurement officer": persona_id("aline.exemple"),
    "delegate": persona_id("eva.delegation"),
    "finance clerk": persona_id("paul.essai"),
    "auditor": persona_id("ana.controle"),
    "department agent": persona_id("ines.voirie"),
    "annexe desk": persona_id("marie.annexe"),
    "member who listens": members_of(25)[0],
    "lead who begins again": lead_of(44),
    "lead who concludes": lead_of(34),
    "lead who gathers ideas": lead_of(10),
    "lead with a charter to adopt": lead_of(39),
    "member who votes": members_of(13)[1],
    "lead with a plan to adopt": lead_of(15),
    "procurement officer who types quotes": persona_id("marc.fictif"),
    "administrator": persona_id("guy.technique"),
    "print service": persona_id("noe.modele"),
    "lead who signs a proof": lead_of(8),
    "member who hands out": members_of(16)[0],
    "member with a print to complete": members_of(26)[0],
}
# What is answered as a file, though its name does not say so.
DOCUMENTS = frozenset(
    {
        "/communication/demandes/<id>/bat/<id>",
        "/procurement/achats/<id>/bon-de-commande",
        "/procurement/achats/<id>/devis/<id>",
    }
)
# Addresses that no link leads to: why.
NOT_WALKED = {
    "/decision/lien/<id>": "shown once to whoever makes it",
    "/decision/q/<id>/merci": "after a resident's idea",
    "/decision/q/<id>/recu": "after the ballot of a card",
    "/decision/r/<id>": "the short address of a result",
    "/decision/votes/<id>/recu": "after a ballot",
    "/diagnostic/q/<id>/recu/<id>": "after the last question: looked at by a resident, below",
    "/diagnostic/r/<id>": "the short address of a report, as a poster gives it",
    "/directory/": "leads everybody to their first page",
    "/directory/entrer/code": "after a form: walked by keyboard",
    "/directory/mon-comite": "leads to one's committee whoever kept its address",
    "/directory/session/token": "for the gateway",
    "/integration/events": "for programs that hold a key",
    "/planning/lien/<id>": "shown once to whoever makes it: looked at by a relay",
    "/procurement/achats/<id>/contrat": "a file, where the need is large enough to want one",
    "/procurement/lien/<id>": "shown once to the officer, for a supplier: its own tests read it",
    "/procurement/reports/<id>": "where money is held on the line of an action that changed year",
    "/procurement/besoins": "leads to the needs of one's committee, or asks which one",
}


@pytest.fixture(scope="session")
def site(common):
    with furnished_site(common, "looked-at") as site:
        yield site


@pytest.fixture(scope="session")
def looking(browser, site):
    """Everybody's walk through the whole product."""
    looking = Looking(DOCUMENTS)
    for place, (who, person) in enumerate(PERSONAS.items()):
        context = site.visitor(browser, person)
        Walk(looking, context, who, place).walk(*starts(context, who, person))
        context.close()
    return looking


def starts(context, who, person):
    """Where somebody begins; which of the consultations in a list is met first is chance."""
    yield "/" if person else "/directory/personas"
    if who == "procurement officer who types quotes":
        listed = context.request.get("/procurement/api/v1/purchases?state=comparing").json()
        yield f"/procurement/consultations/{listed['items'][0]['id']}"


def test_every_link_that_somebody_is_shown_opens_for_them(looking):
    assert looking.wrong["status"] == []


def test_no_page_breaks_a_rule_of_accessibility_that_a_program_can_see(looking):
    assert {width for _, width in looking.judged} == {390, 1280}
    assert looking.wrong["axe"] == []


def test_every_page_fits_its_screen_has_one_heading_and_targets_for_fingers(looking):
    assert looking.wrong["measure"] == []


def test_no_browser_complains_of_a_script_or_of_the_content_policy(looking):
    assert looking.wrong["console"] == []


def test_every_page_of_the_product_was_looked_at_by_somebody(looking, whole):
    pages = {
        re.sub(r"<[^>]+>", "<id>", f"/{found.service}{found.rule}")
        for found in endpoints(whole)
        if found.method == "GET" and not found.rule.startswith("/api/")
    }
    assert pages - set(looking.met) == set(NOT_WALKED)


def test_everybody_has_pages_to_open(looking):
    seen = {who: sum(who in met for met in looking.met.values()) for who in PERSONAS}
    assert min(seen.values()) >= 6
    assert seen["DPC officer"] > 30


def test_without_a_script_one_enters_asks_and_follows(browser, site):
    page = site.visitor(browser, width=PHONE, java_script_enabled=False).new_page()
    page.goto("/directory/personas")
    page.get_by_text("Secteur Est", exact=True).click()
    page.locator(f"form[action$='{members_of(22)[0]}'] button").click()
    page.get_by_role("link", name="Plus", exact=True).click()
    page.locator("#plus").get_by_role("link", name="Besoins", exact=True).click()
    page.get_by_role("link", name="Demander quelque chose").click()
    page.get_by_role("button", name="Envoyer").click()
    assert page.title().startswith("Erreur")
    page.locator("#erreurs a").first.click()
    assert page.locator("[aria-invalid=true]").first.is_visible()
    write_a_need(page)
    page.get_by_role("button", name="Envoyer").click()
    assert page.locator("h1").inner_text().startswith("Goûter des marcheurs")
    assert page.locator("[role=status]").is_visible()
    page.get_by_role("link", name="Nos besoins").click()
    page.get_by_role("link", name="Goûter des marcheurs").wait_for()
    page.get_by_role("link", name="Plus", exact=True).click()
    page.locator("#plus").get_by_role("button", name="Se déconnecter").click()
    assert page.get_by_role("link", name="Entrer").first.is_visible()
    page.context.close()


def write_a_need(page):
    page.fill("[name=title]", "Goûter des marcheurs")
    page.select_option("[name=kind]", index=1)
    page.fill("[name=family]", "goûter")
    page.fill("[name=lines-0-label]", "Goûter")
    page.fill("[name=lines-0-quantity]", "30")
    page.fill("[name=lines-0-unit]", "personne")
    page.fill("[name=place]", "Préau")
    page.fill("[name=needed_by]", str(Clock().today() + timedelta(days=60)))


def test_without_a_script_the_board_is_sorted_and_filtered(browser, site):
    context = site.visitor(browser, PERSONAS["DPC officer"], java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator("thead").get_by_role("link", name="Comité").click()
    assert page.locator("th[aria-sort] a").inner_text().startswith("Comité")
    page.check("[name=bloque]")
    page.get_by_role("button", name="Filtrer").click()
    assert 0 < page.locator("tbody tr:has(td)").count() < 44
    context.close()


def test_without_a_script_or_an_account_a_resident_answers_in_french_then_in_creole(browser, site):
    context = site.visitor(browser, PERSONAS["member who listens"])
    page = context.new_page()
    page.goto("/diagnostic/")
    page.get_by_role("link", name="Voir et partager").click()
    address = page.get_by_role("link", name="Voir comme un habitant").get_attribute("href")
    context.close()
    context = site.visitor(browser, width=PHONE, java_script_enabled=False)
    page = context.new_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    assert len(requests) <= 6
    page.get_by_role("button", name="Continuer").click()
    assert page.title().startswith("Erreur")
    page.get_by_text("Une ravine propre").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Question précédente").click()
    assert page.get_by_label("Une ravine propre").is_checked()
    while page.get_by_role("button", name="Continuer").count():
        page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer ma réponse").click()
    page.locator("output").wait_for()
    assert context.cookies() == []
    page.get_by_role("link", name="Kréol").click()
    assert "Mersi" in page.locator("h1").inner_text()
    context.close()
