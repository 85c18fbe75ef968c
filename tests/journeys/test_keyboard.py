"""The product by keyboard alone: Tab, Enter, Space and what one writes. Each stop must be seen."""

from datetime import date, timedelta

import pytest

from services.directory.demonstration import lead_of, members_of, persona_id
from shared.store.clock import Clock
from shared.testing.until import until
from tests.journeys.keys import Keys
from tests.journeys.site import PHONE, furnished_site

ACTION = "form.rk-form button.rk-btn-main"
HEAD = "header a:has-text('{}')"


@pytest.fixture(scope="module")
def site(common):
    with furnished_site(common, "written-to") as site:
        yield site


@pytest.fixture
def at_keyboard(browser, site):
    """Opens a page in front of somebody; at the end, whatever was hard to see on the way fails."""
    opened = []

    def sit_down(person=None, path="/", width=1280):
        context = site.visitor(browser, person, width)
        page = context.new_page()
        page.goto(path)
        opened.append((context, Keys(page)))
        return opened[-1][1]

    yield sit_down
    for context, _ in opened:
        context.close()
    wrong = [told for _, keys in opened for told in keys.wrong]
    assert not wrong, "\n".join(wrong)


def twin_day(after: date) -> date:
    """The next day whose number is its month's: typed alike in every order of a date."""
    day = after
    while day.day != day.month:
        day += timedelta(days=1)
    return day


def typed(day: date) -> str:
    return f"{day:%m%d%Y}"


def test_one_enters_with_a_code_that_came_by_mail(at_keyboard):
    keys = at_keyboard(path="/directory/entrer", width=PHONE)
    keys.skip()
    keys.tab_to("[name=email]")
    keys.write("jules@")
    keys.press("Enter")
    keys.page.wait_for_selector("#erreurs")
    assert keys.page.title().startswith("Erreur")
    assert keys.first_fault() == "champ-email"
    keys.press("Control+A")
    keys.write("jules.montagne@exemple.re")
    keys.press("Enter")
    keys.page.wait_for_url("**/entrer/code")
    mails = at_keyboard(path="/directory/courriels")
    code = mails.page.inner_text("article >> nth=0").split("Rond Kozé\u00a0: ")[1][:6]
    keys.fill("code", code)
    keys.press("Enter")
    keys.page.wait_for_url("**/monitoring/")
    assert keys.page.title().startswith("La ville")


def test_a_member_asks_for_something_and_is_led_to_what_was_forgotten(at_keyboard):
    keys = at_keyboard(members_of(14)[0], "/procurement/besoins", PHONE)
    keys.follow("main a:has-text('Demander quelque chose')")
    keys.skip()
    keys.fill("title", "Chaises pliantes")
    keys.follow(ACTION)
    assert keys.page.title().startswith("Erreur")
    assert keys.page.input_value("[name=title]") == "Chaises pliantes"
    assert keys.first_fault() == "champ-kind"
    keys.write("Loc")
    keys.fill("family", "mobilier")
    keys.fill("lines-0-label", "Chaise")
    keys.fill("lines-0-quantity", "40")
    keys.fill("lines-0-unit", "pièce")
    keys.fill("place", "Préau de l’école")
    keys.fill("needed_by", typed(twin_day(Clock().today() + timedelta(days=60))))
    keys.follow(ACTION)
    assert keys.page.inner_text("h1").startswith("Chaises pliantes")
    assert keys.page.locator("[role=status]").count() == 1


def test_quotes_are_asked_registered_typed_and_one_is_proposed(at_keyboard, site):
    closing = twin_day(Clock().today() + timedelta(days=1))
    page = ask_for_quotes(at_keyboard(persona_id("aline.exemple")), closing)
    after_closing(site, closing)
    type_the_quotes(at_keyboard(persona_id("aline.exemple"), page))
    keys = at_keyboard(persona_id("marc.fictif"), page)
    keys.follow("main a:has-text('Comparer et proposer')")
    assert keys.page.locator("table th.rk-chosen, thead th[scope=col]").count() == 2
    keys.tab_to("[name=quote_id]")
    keys.fill("why", "Livre avant le jour.")
    keys.tab_to("[name=no_interest]")
    keys.press("Space")
    keys.follow(ACTION)
    assert "Proposé à la validation" in keys.page.inner_text("[role=status]")


def ask_for_quotes(keys: Keys, closing: date) -> str:
    keys.follow(HEAD.format("Consultations"))
    keys.follow("main a:has-text('Bacs de plantation')")
    page = keys.page.url
    for _ in range(3):
        keys.tab_to("[name=suppliers]")
        keys.press("Space")
    keys.fill("closes_on", typed(closing))
    keys.follow(ACTION)
    for letters in asked_suppliers(keys)[:2]:
        keys.tab_to("[name=supplier_id]")
        keys.write(letters[:3])  # a space would open the list
        keys.tab_to("[name=file]")
        with keys.page.expect_file_chooser() as chooser:
            keys.press("Space")
        chooser.value.set_files(
            {"name": "devis.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 devis"}
        )
        keys.follow(f"form[enctype] {ACTION.split()[-1]}")
    assert keys.page.locator("main li:has-text('reçu le')").count() == 2
    return page


def asked_suppliers(keys: Keys) -> list[str]:
    return keys.page.locator("[name=supplier_id] option:not([value=''])").all_inner_texts()


def after_closing(site, closing: date) -> None:
    """The same site, a day after the closing: its timer opens the quotes."""
    later = closing + timedelta(days=1) - Clock().today()
    site.stop()
    site.environment["RK_NOW_OFFSET"] = str(later.total_seconds())
    site.start()


def type_the_quotes(keys: Keys) -> None:
    page = keys.page.url
    until(lambda: keys.page.reload() and keys.page.locator("td:has-text('à saisir')").count() == 2)
    for place, price in enumerate(("31", "33")):
        keys.follow(f"main tbody tr:nth-child({place + 1}) th a")
        keys.fill("lines-0-unit_price_excl_tax", price)
        keys.fill("lines-0-vat_rate", "8,5")
        keys.fill("score_delay", "12")
        keys.fill("score_environment", "12")
        keys.follow(ACTION)
        assert keys.page.locator("#erreurs").count() == 0, keys.page.inner_text("#erreurs")
        keys.page.goto(page)


def test_a_delegate_validates_knowing_the_money_before_and_after(at_keyboard):
    keys = at_keyboard(persona_id("eva.delegation"), width=PHONE)
    keys.skip()
    keys.follow("main a:has-text('Sonorisation et scène')")
    assert {"Avant", "Après"} <= set(keys.page.inner_text("main").split("\n"))
    keys.skip()
    keys.follow("main button:has-text('Refuser')")
    assert keys.first_fault() == "champ-reason"
    keys.tab_to("[name=no_interest]")
    keys.press("Space")
    keys.follow("main button:has-text('Valider et réserver')")
    assert "argent réservé" in keys.page.inner_text("[role=status]")


def test_the_board_is_sorted_filtered_and_followed_to_the_thread_of_an_action(at_keyboard):
    keys = at_keyboard(persona_id("lucette.modele"))
    keys.skip()
    keys.follow("thead a:has-text('Comité')")
    assert keys.page.locator("th[aria-sort] a:has-text('Comité')").count() == 1
    keys.skip()
    keys.tab_to("[name=bloque]")
    keys.press("Space")
    keys.follow("main button:has-text('Filtrer')")
    rows = keys.page.locator("tbody tr:has(td)").count()
    assert 0 < rows < 44
    keys.follow("main a:text-is('CAC 17')")
    keys.follow("main a[href$='/fil']")
    assert keys.page.inner_text("h1").startswith("Le fil de l’action")
    keys.follow("main table a:has-text('n°')")


def test_a_member_votes_and_may_change_their_mind(at_keyboard):
    keys = at_keyboard(members_of(18)[1], "/decision/", PHONE)
    keys.skip()
    keys.follow("main a[href*='/decision/votes/']")
    vote = keys.page.url
    keys.follow(ACTION)
    assert keys.page.title().startswith("Erreur")
    assert keys.first_fault().startswith("champ-choices")
    keys.press("Space")
    keys.follow(ACTION)
    assert keys.page.url.endswith("/recu")
    keys.page.goto(vote)
    assert "déjà voté" in keys.page.inner_text("main")
    assert keys.page.locator("main [name=choices]:checked").count() == 0
    keys.tab_to("[name=choices]")
    keys.press("ArrowDown")
    keys.follow(ACTION)
    assert keys.page.url.endswith("/recu")


def test_a_task_is_taken_done_and_told_to_all(at_keyboard):
    keys = at_keyboard(members_of(17)[1], "/planning/mes-taches", PHONE)
    keys.skip()
    keys.follow("main button:has-text('Je prends')")
    assert keys.page.locator("[role=status]").count() == 1
    keys.follow("main a[href*='/planning/taches/']")
    title = keys.page.inner_text("h1")
    keys.follow("main button:has-text('C’est fait')")
    assert keys.page.locator("[role=status]").count() == 1
    assert title in keys.page.content()


def test_a_print_is_asked_for_with_all_that_the_workshop_must_know(at_keyboard):
    keys = at_keyboard(lead_of(26), "/communication/")
    keys.follow("main a[href*='/communication/campagnes/']")
    keys.follow("main a[href$='/demander']")
    keys.follow("main button[name=send]")
    assert keys.page.title().startswith("Erreur")
    assert keys.first_fault() == "champ-title"
    keys.write("Tract du vide-grenier")
    choose_next(keys, "support")
    keys.fill("quantity", "200")
    keys.fill("page_format", "A5")
    for menu in ("colours", "paper"):
        choose_next(keys, menu)
    keys.fill("text", "Vide-grenier, venez nombreux")
    keys.fill("zones", "Le quartier")
    keys.fill("place", "Mairie annexe")
    keys.fill("needed_by", typed(twin_day(Clock().today() + timedelta(days=30))))
    choose_next(keys, "contact")
    keys.fill("logo", "Logo en couleurs")
    for tick in ("printer_mention", "french_text", "image_rights"):
        keys.tab_to(f"[name={tick}]")
        keys.press("Space")
    keys.follow("main button[name=send]")
    assert keys.page.locator("#erreurs").count() == 0, keys.page.inner_text("#erreurs")
    assert "envoyée" in keys.page.inner_text("[role=status]")


def choose_next(keys: Keys, name: str) -> None:
    """The first choice of a menu, which asks for one."""
    keys.tab_to(f"[name={name}]")
    keys.press("ArrowDown")
