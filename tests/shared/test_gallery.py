"""Every component as a browser sees it: accessible, inside the screen, within the content policy."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.shared.gallery import create_app

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PAGES = [
    "/",
    "/?light=1",
    "/lists",
    "/thread",
    "/thread?long=1",
    "/question",
    "/problem/409",
    "/problem/404",
    "/problem/500",
    "/text",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = pytest.mark.skipif(not AXE.exists(), reason="npm ci has not been run")


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def look(browser: Browser, address: str, width: int, **options: Any) -> tuple[Page, list[str]]:
    """The page at this width, and what the browser complained of."""
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    complaints: list[str] = []
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    return page, complaints


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_stays_within_the_screen(
    browser: Browser, gallery: str, path: str
) -> None:
    """On a phone and on a desk, by day and by night."""
    page, complaints = look(browser, gallery + path, 1280, color_scheme="light")
    found: dict[str, list[str]] = {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        found[f"{width}, light"] = violations(page)
        over = sideways(page)
        page.emulate_media(color_scheme="dark")
        found[f"{width}, dark"] = violations(page)
        assert max(over, sideways(page)) <= 0, width
    page.close()
    assert complaints == []
    assert {where: told for where, told in found.items() if told} == {}


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_no_page_scrolls_sideways_between_the_grids(
    browser: Browser, gallery: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    wide = []
    for path in PAGES:
        page.goto(gallery + path)
        if sideways(page) > 0:
            wide.append(path)
    page.close()
    assert wide == []


def test_the_server_can_choose_dark_whatever_the_system_says(
    browser: Browser, gallery: str
) -> None:
    page, _ = look(browser, f"{gallery}/?theme=dark", 1280, color_scheme="light")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    found = violations(page)
    page.close()
    assert ground == "rgb(18, 24, 26)"
    assert found == []


def test_paper_is_light_without_the_shell(browser: Browser, gallery: str) -> None:
    page, _ = look(browser, f"{gallery}/lists?theme=dark", 1047, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    shown = {
        name: page.locator(name).first.is_visible()
        for name in (".rk-top", ".rk-bottom", ".rk-filters", ".rk-printed", ".rk-table")
    }
    chip = page.evaluate("getComputedStyle(document.querySelector('.rk-chip-late')).borderTopWidth")
    page.close()
    assert ink == "rgb(29, 36, 39)"
    assert shown == {
        ".rk-top": False,
        ".rk-bottom": False,
        ".rk-filters": False,
        ".rk-printed": True,
        ".rk-table": True,
    }
    assert chip == "2px"


def test_targets_on_a_phone_are_large_enough(browser: Browser, gallery: str) -> None:
    page, _ = look(browser, f"{gallery}/", 390)
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            '.rk-btn, .rk-bottom a, .rk-more a, .rk-more button, .rk-choice label, .rk-input, '
            + '.rk-tallies a, .rk-brand, .rk-me, .rk-foot a')]
          .filter(e => e.offsetParent !== null && e.getBoundingClientRect().height < 44)
          .map(e => e.className + ' ' + e.textContent.trim())"""
    )
    main = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.rk-btn-main')].map(e => e.offsetHeight))"
    )
    page.close()
    assert small == []
    assert main >= 52


def test_a_refused_form_is_walked_by_keyboard(browser: Browser, gallery: str) -> None:
    page, _ = look(browser, f"{gallery}/", 1280)
    assert page.evaluate("document.activeElement.id") == "erreurs"
    assert page.title().startswith("Erreur")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    described = page.evaluate("document.activeElement.getAttribute('aria-describedby')")
    page.close()
    assert described is not None


def test_the_first_key_leads_to_the_content(browser: Browser, gallery: str) -> None:
    page, _ = look(browser, f"{gallery}/lists", 1280)
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.activeElement.closest('main') !== null")
    page.close()
    assert skip == "Aller au contenu"
    assert inside


def test_plus_leads_to_all_links_without_a_script(browser: Browser, gallery: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{gallery}/lists")
    page.get_by_role("link", name="Plus", exact=True).click()
    assert page.get_by_role("button", name="Se déconnecter").is_visible()
    assert page.get_by_role("link", name="Services et relais").is_visible()
    context.close()


def test_a_page_for_all_weighs_little(browser: Browser, gallery: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(int(answer.headers["content-length"])))
    page.goto(f"{gallery}/question", wait_until="networkidle")
    page.close()
    assert sum(sizes) < 24_000  # the page itself is not compressed here
