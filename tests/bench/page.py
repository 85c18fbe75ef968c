"""A resident's first page on a new phone: what a browser that keeps nothing yet has to fetch."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from services.__main__ import product
from services.diagnostic import commands, queries
from services.diagnostic.events import Theme
from services.directory import demonstration
from shared.kernel.rights import SYSTEM
from shared.run.demonstration import performer, settle
from shared.testing.parts import chromium
from shared.testing.product import opened
from tests.bench.ground import Figure, Ground
from tests.bench.sites import started


def measure(ground: Ground) -> Iterator[Figure]:
    """The first question of a survey, as the code of a poster opens it."""
    data = Path(tempfile.mkdtemp(dir=ground.folder))
    code = _open_survey(data)
    with started("services", [], "/health/live", RK_DATA=str(data)) as site:
        site.until("/health/ready")
        fetched = _fetched(f"http://127.0.0.1:{site.port}/diagnostic/q/{code}")
    kilobytes, told = (
        sum(fetched) / 1000,
        f"{len(fetched)} requests, the largest {max(fetched)} bytes",
    )
    yield Figure("a resident's first page, KB", "none", kilobytes, 66, 40, told, at_most=True)
    yield Figure(
        "a resident's first page, requests", "none", len(fetched), 6, 4, told, at_most=True
    )


def _open_survey(data: Path) -> str:
    runtime = opened(product, data, ["directory", "diagnostic"])
    directory = runtime.services[0]
    demonstration.cast(performer(runtime, directory))
    settle(runtime)
    cases, today = runtime.use_cases["diagnostic"], runtime.clock.today()
    survey = cases.perform(
        commands.prepare_survey,
        actor=SYSTEM,
        committee_id=demonstration.committee_id(17),
        title="Que manque-t-il autour de chez vous ?",
        theme=Theme.SURROUNDINGS,
        opens_on=today,
        closes_on=today + timedelta(14),
    )
    cases.perform(commands.open_survey, actor=SYSTEM, survey_id=survey)
    code: str = cases.ask(queries.survey_card, actor=SYSTEM, survey_id=survey)["code"]
    runtime.close()
    return code


def _fetched(url: str) -> list[int]:
    """Bytes over the wire of each request, headers and all."""
    found = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.path, args=list(found.arguments))
        page = browser.new_page(viewport={"width": 390, "height": 844})
        sizes = _watched(page)
        page.goto(url, wait_until="networkidle")
        browser.close()
    return sizes


def _watched(page: Page) -> list[int]:
    sizes: list[int] = []

    def finished(said: dict[str, Any]) -> None:
        sizes.append(round(said["encodedDataLength"]))

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", finished)
    return sizes
