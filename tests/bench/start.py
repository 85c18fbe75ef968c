"""The product in one process: from its second start to the first page, and what it holds.

The first page is answered before all services are open; what the process holds is measured when
all are, and each has been asked for a page.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from services.__main__ import product
from shared.testing.product import opened
from tests.bench.ground import ROUNDS, Figure, Ground, median, spread
from tests.bench.sites import started

AS_INSTALLED = "tests.bench.as_installed"


def measure(ground: Ground) -> Iterator[Figure]:
    """Against a bare Flask and SQLAlchemy process on one SQLite file."""
    data = Path(tempfile.mkdtemp(dir=ground.folder))
    opened(product, data).close()
    ready, whole, bare_ready, held, bare_held = [], [], [], [], []
    url = f"sqlite:///{data / 'bare.sqlite'}"
    for _ in range(ROUNDS):
        with started(AS_INSTALLED, ["services"], "/directory/entrer", RK_DATA=str(data)) as site:
            ready.append(site.ready_after * 1000)
            whole.append(site.until("/health/ready") * 1000)
            for name in product.names:
                site.until(f"/{name}/api/v1/openapi.json")
            held.append(site.memory() / 2**20)
        with started(AS_INSTALLED, ["tests.bench.bare_site"], "/", BARE_URL=url) as site:
            bare_ready.append(site.ready_after * 1000)
            bare_held.append(site.memory() / 2**20)
    against = "bare Flask + SQLAlchemy"
    told = (
        f"{spread(ready, ' ms')}, bare {spread(bare_ready, ' ms')}; all {len(product.names)} "
        f"services at work after {spread(whole, ' ms')}"
    )
    ratio = median(ready) / median(bare_ready)
    yield Figure("start to first page", against, ratio, 4, 2.5, told, at_most=True)
    told = f"{spread(held, ' MiB')}, bare {spread(bare_held, ' MiB')}"
    yield Figure("memory", against, median(held) / median(bare_held), 3, 2, told, at_most=True)
