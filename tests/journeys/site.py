"""The product in one process with its demonstration, as somebody at a browser finds it."""

import shutil
import tempfile
from pathlib import Path

from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext

from services.__main__ import product
from shared.run.demonstration import load
from shared.run.settings import Settings
from shared.testing.part import LOOPBACK
from tests.deploy.processes import Process

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESK = 390, 1280
HEIGHTS = {PHONE: 844, DESK: 900}


class Site(Process):
    """``python -m services`` on data of its own."""

    def __init__(self, data: Path) -> None:
        given = {"RK_DATA": str(data), "RK_DEMONSTRATION": "1"}
        super().__init__("everything-web", ["python", "-m", "services"], given)
        self.environment["RK_PUBLIC_URL"] = self.url

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def visitor(
        self, browser: Browser, person=None, width: int = DESK, **options
    ) -> BrowserContext:
        """A browser of its own, in which ``person`` has entered."""
        context = browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="fr-FR",
            timezone_id="Indian/Reunion",
            **options,
        )
        if person is not None:
            entered = context.request.post(
                f"/directory/personas/{person}",
                headers={"Sec-Fetch-Site": "same-origin"},
                max_redirects=0,
            )
            assert entered.status == 303, entered.text()
        return context


def prepared(base: Path) -> Path:
    """The demonstration's data under ``base``, made once for all the processes that test."""
    model = base / "demonstration"
    with FileLock(base / "demonstration.lock"):
        if not (model / "demonstration").exists():
            # Whoever was cut off has left half of it.
            shutil.rmtree(model, ignore_errors=True)
            load(product, Settings(data=model, demonstration=True), say=lambda text: None)
    return model


def furnished_site(base: Path, name: str) -> Site:
    """A site of its own under ``base``; whoever asks again for ``name`` begins anew."""
    own = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=base))
    return Site(Path(shutil.copytree(prepared(base), own, dirs_exist_ok=True)))
