"""The pages as a browser sees them: accessible, within the screen, within the content policy."""

import logging
import threading
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from services.directory import commands, demonstration
from services.language import STREAMS
from shared.run.demonstration import performer, settle
from shared.run.product import Product
from shared.testing.product import opened

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LUCETTE = demonstration.persona_id("lucette.modele")
CAC = demonstration.committee_id(17)

ANONYMOUS = ["/entrer", "/personas", "/courriels", "/aide", "/donnees-personnelles"]
OFFICER = [
    "/compte",
    "/compte/effacer",
    "/messages",
    "/personnes",
    "/personnes?search=zzz",
    "/personnes/inviter",
    f"/personnes/{demonstration.persona_id('eva.delegation')}",
    f"/personnes/{LUCETTE}/roles",
    "/delegations",
    "/delegations/nouvelle",
    "/delegations/fin-de-mandat",
    "/comites",
    "/comites/nouveau",
    f"/comites/{CAC}",
    f"/comites/{CAC}/inviter",
    f"/comites/{CAC}/fermer",
    "/structures",
    "/structures/nouvelle",
    f"/structures/{demonstration.relay_id('Club Démo Est')}",
]

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="npm ci has not been run")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demonstration, served behind its gateway."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    product = Product(names=("directory",), streams=STREAMS)
    runtime = opened(product, tmp_path_factory.mktemp("data"), demonstration=True)
    do = performer(runtime, runtime.services[0])
    demonstration.cast(do)
    do(commands.keep_message, person_id=LUCETTE, text="Un devis attend.", link="/directory/aide")
    settle(runtime)
    server = make_server("127.0.0.1", 0, runtime.front, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/directory"
    server.shutdown()
    runtime.close()


def faults(page):
    """What axe finds, and by how much the page is wider than the screen."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    told = [f"{v['id']}: {n['target']}" for v in found["violations"] for n in v["nodes"]]
    root = "document.documentElement"
    over = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    return told + ([f"{over} px too wide"] if over > 0 else [])


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_accessible_and_within_the_screen(browser, site, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    complaints = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    found = {}
    for path in ANONYMOUS:
        page.goto(site + path)
        found[path] = faults(page)
    page.goto(f"{site}/personas")
    page.locator(f"form[action$='{LUCETTE}'] button").click()
    for path in OFFICER:
        page.goto(site + path)
        found[path] = faults(page)
    page.close()
    assert {path: told for path, told in found.items() if told} == {}
    assert complaints == []


def test_a_refused_form_is_accessible_and_its_summary_leads_to_the_field(browser, site):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{site}/entrer")
    page.fill("#champ-email", "zoe@")
    page.keyboard.press("Enter")
    page.wait_for_selector("#erreurs")
    found = faults(page)
    page.click("#erreurs a")
    focused = page.evaluate("document.activeElement.id")
    page.close()
    assert found == []
    assert focused == "champ-email"


def test_one_enters_by_keyboard_alone(browser, site):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{site}/entrer")
    page.focus("#champ-email")
    page.keyboard.type("jules.montagne@exemple.re")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entrer/code")
    mails = browser.new_page()
    mails.goto(f"{site}/courriels")
    code = mails.inner_text("article >> nth=0").split("Rond Kozé\u00a0: ")[1][:6]
    mails.close()
    page.focus("#champ-code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/comites")
    assert "Jules Secteur" in page.inner_text("header") + page.inner_text("main, nav#plus")
    page.close()
