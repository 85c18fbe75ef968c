"""Makes the pictures of the README and of the pages per role: ``python -m tests.journeys.pictures``.

On the demonstration, freshly loaded into a folder of its own, in Chromium: what a person sees on
their first screen, no more. An argument is a folder where the demonstration is loaded already.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Browser, Page, sync_playwright

from services.directory.demonstration import elu_of, lead_of, members_of, persona_id
from services.directory.demonstration.road import action_id
from shared.testing.parts import chromium
from tests.journeys.palette import reduced
from tests.journeys.site import DESK, PHONE, Site, prepared

IMAGES = Path(__file__).parents[2] / "docs" / "images"
MOST = 80_000
"""Bytes of a picture."""

Way = Callable[[Page], object]


@dataclass(frozen=True)
class Picture:
    """What ``person`` sees at the end of a way; with ``account=False``, as anybody there would."""

    name: str
    person: UUID
    way: Way
    width: int = DESK
    account: bool = True


def at(path: str) -> Way:
    """Straight to a page."""
    return lambda page: page.goto(path)


def followed(path: str, selector: str) -> Way:
    """To a page, then by the first link there that ``selector`` finds."""

    def way(page: Page) -> None:
        page.goto(path)
        href = page.locator(selector).first.get_attribute("href")
        page.goto(str(href))

    return way


def given_link(page: Page) -> None:
    """As a relay who is handed the link that a member has just made."""
    page.goto(f"/planning/actions/{action_id(17)}/besoins")
    page.get_by_role("link", name="Club Démo").first.click()
    page.get_by_role("button", name="Faire un lien pour répondre").click()
    link = page.locator("main b", has_text="/planning/lien/").inner_text()
    page.goto(link[link.index("/planning") :])


def by_poster(service: str, first: str) -> Way:
    """By the address that the page behind the link ``first`` gives to residents."""

    def way(page: Page) -> None:
        followed(f"/{service}/", first)(page)
        address = re.search(rf"/{service}/q/\w+", page.content())
        assert address, page.url
        page.goto(address[0])

    return way


def voting_by_card(page: Page) -> None:
    """As a resident of a committee whose charter gives them a voice."""
    by_poster("decision", "main a[href*='/decision/tours/']")(page)
    page.get_by_role("link", name="Voter avec ma carte").click()


PICTURES = (
    Picture("ville-1280", persona_id("lucette.modele"), at("/monitoring/")),
    Picture(
        "resident-question-390",
        members_of(25)[0],
        by_poster("diagnostic", "text=Voir et partager"),
        PHONE,
        account=False,
    ),
    Picture("resident-vote-390", members_of(13)[0], voting_by_card, PHONE, account=False),
    Picture("member-390", members_of(8)[0], at("/monitoring/mon-comite"), PHONE),
    Picture("member-tasks-390", members_of(17)[0], at("/planning/mes-taches"), PHONE),
    Picture("lead-390", lead_of(6), at("/monitoring/mon-comite"), PHONE),
    Picture(
        "lead-proof-390",
        lead_of(8),
        followed("/monitoring/mon-comite", "main a[href$='/bat']"),
        PHONE,
    ),
    Picture("elu-390", elu_of("Secteur Chaudron"), at("/monitoring/mon-comite"), PHONE),
    Picture("relay-390", members_of(17)[0], given_link, PHONE, account=False),
    Picture("sector-officer-1280", persona_id("nadia.chaudron"), at("/monitoring/bloque")),
    Picture(
        "procurement-officer-1280", persona_id("aline.exemple"), at("/procurement/a-approuver")
    ),
    Picture(
        "delegate-1280",
        persona_id("eva.delegation"),
        followed("/procurement/a-approuver", "tbody th a"),
    ),
    Picture("finance-clerk-1280", persona_id("paul.essai"), at("/procurement/a-numeroter")),
    Picture("department-agent-1280", persona_id("ines.voirie"), at("/planning/demandes")),
    Picture("print-service-1280", persona_id("noe.modele"), at("/communication/plan")),
    Picture(
        "annexe-desk-1280",
        persona_id("marie.annexe"),
        followed("/diagnostic/saisie", "tbody th a"),
    ),
    Picture(
        "auditor-1280",
        persona_id("ana.controle"),
        at(f"/monitoring/actions/{action_id(2)}/fil"),
    ),
    Picture("administrator-1280", persona_id("guy.technique"), at("/monitoring/flux")),
)


def taken(picture: Picture, site: Site, browser: Browser) -> bytes:
    """What the screen shows, as a PNG of few colours."""
    context = site.visitor(browser, picture.person, picture.width)
    page = context.new_page()
    picture.way(page)
    if not picture.account:
        context.clear_cookies()
        page.reload()
    page.wait_for_load_state("networkidle")
    image = reduced(page.screenshot(), browser)
    context.close()
    return image


def main(given: list[str]) -> int:
    """Make them all, and say which one is too heavy."""
    heavy = []
    with (
        tempfile.TemporaryDirectory(prefix="rond-koze-pictures-") as folder,
        sync_playwright() as p,
    ):
        model = Path(given[0]) if given else prepared(Path(folder))
        data = Path(shutil.copytree(model, Path(folder) / "site"))
        found = chromium()
        browser = p.chromium.launch(executable_path=str(found.path), args=list(found.arguments))
        with Site(data) as site:
            for picture in PICTURES:
                image = taken(picture, site, browser)
                (IMAGES / f"{picture.name}.png").write_bytes(image)
                print(f"{picture.name}: {len(image)} bytes", flush=True)
                heavy += [picture.name] if len(image) > MOST else []
        browser.close()
    if heavy:
        print(f"Heavier than {MOST} bytes: {', '.join(heavy)}", file=sys.stderr)
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
