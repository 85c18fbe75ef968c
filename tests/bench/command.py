"""A command over HTTP with all that surrounds it, against one bare INSERT; then embedded."""

import json
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from shared.kernel.rights import Actor
from shared.run import keys
from shared.run.runtime import Runtime
from shared.testing.product import opened, signed
from shared.web.tokens import HEADER
from tests.bench.ground import ROUNDS, Figure, Ground, median, percentile, spread
from tests.bench.sites import ask, started
from tests.shared.sample import product

EACH = 150
CLIENTS = 8
PATH = "/telling/api/v1/stories"


def measure(ground: Ground) -> Iterator[Figure]:
    """PostgreSQL: requests a second. SQLite: the slowest of people who write and think."""
    ours, bare = [], []
    for _ in range(ROUNDS):
        with ground.distributed() as runtime:
            bare.append(_bare(runtime.settings.database_of("telling")))
            ours.append(_ours(runtime))
    told = f"command {spread(ours)}, bare {spread(bare)}"
    ratio = median(ours) / median(bare)
    yield Figure("command over HTTP", "bare Flask, one INSERT", ratio, 0.5, 0.65, told)
    yield _embedded(ground.folder)


def _token(runtime: Runtime) -> dict[str, str]:
    return {HEADER: signed(runtime, Actor(uuid.uuid4()), minutes=60)}


def _ours(runtime: Runtime) -> float:
    private, public = keys.new_pair()
    settings = runtime.settings
    environment = {
        "DATABASE_URL": settings.database_url,
        "KAFKA_BOOTSTRAP_SERVERS": settings.kafka_bootstrap_servers,
        "KAFKA_PREFIX": settings.kafka_prefix,
        "TOKEN_PUBLIC_KEYS": json.dumps(public),
    }
    signer = product.runtime(type(settings)(token_private_key=json.dumps(private)), [])
    with started("tests.shared.sample", ["telling", "web"], "/health/live", **environment) as site:
        headers = _token(signer)
        ask(site.port, PATH, clients=CLIENTS, each=10, headers=headers)
        asked = ask(site.port, PATH, clients=CLIENTS, each=EACH, headers=headers)
        if asked.refused:
            raise RuntimeError(f"{asked.refused} commands were refused")
        return asked.rate


def _bare(url: str) -> float:
    with started("tests.bench.bare_site", [], "/", BARE_URL=url) as site:
        ask(site.port, "/stories", clients=CLIENTS, each=10, headers={})
        return ask(site.port, "/stories", clients=CLIENTS, each=EACH, headers={}).rate


def _embedded(folder: Path) -> Figure:
    """16 people who write, then think for 0.2 s: the slowest hundredth of their requests.

    They have written for two seconds before: what a process and its workers still import at
    their first facts is part of its start, which has a figure of its own.
    """
    ours, bare, refused = [], [], 0
    for _ in range(ROUNDS):
        data = Path(tempfile.mkdtemp(dir=folder))
        runtime = opened(product, data)
        headers = _token(runtime)
        runtime.close()
        with started("tests.shared.sample", [], "/health/ready", RK_DATA=str(data)) as site:
            # The sample's sessions are their own tokens: the gateway is part of what is measured.
            cookie = {"Cookie": f"rk_session={headers[HEADER]}"}
            ask(site.port, PATH, clients=16, each=10, think=0.2, headers=cookie)
            asked = ask(site.port, PATH, clients=16, each=40, think=0.2, headers=cookie)
        ours.append(percentile(asked.spent, 0.99))
        refused += asked.refused
        url = f"sqlite:///{data / 'bare.sqlite'}"
        with started("tests.bench.bare_site", [], "/", BARE_URL=url) as site:
            ask(site.port, "/stories", clients=16, each=10, think=0.2, headers={})
            asked = ask(site.port, "/stories", clients=16, each=40, think=0.2, headers={})
        bare.append(percentile(asked.spent, 0.99))
        shutil.rmtree(data, ignore_errors=True)
    told = f"p99 {spread(ours, ' ms')}, bare {spread(bare, ' ms')}, {refused} refused"
    ratio = median(ours) / median(bare) if not refused else float("inf")
    return Figure(
        "embedded, 16 people writing, p99", "the same endpoint bare, with a lock",
        ratio, 3, 2, told, at_most=True,
    )  # fmt: skip
