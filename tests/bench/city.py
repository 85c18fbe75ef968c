"""The board of the city with 10 000 actions and a million facts, against the same with a hundred.

Views are filled in bulk, as folds would have left them: in both, every committee has an action
under way, things awaited and something blocked, so that both pages say as much.
"""

import gc
import json
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask.testing import FlaskClient

from services.__main__ import product
from services.directory.mirror.views import committees_view
from services.monitoring import tables
from shared.kernel.rights import Actor, Grant
from shared.log.embedded import EmbeddedLog
from shared.run.keys import new_pair
from shared.run.settings import Settings
from shared.store.clock import Clock, local
from shared.testing.product import client
from tests.bench.ground import ROUNDS, Figure, Ground, median, percentile, seconds, spread

COMMITTEES = 44
FEW, MANY = 100, 10_000
FACTS = 1_000_000
WAITS, NEEDS = 20, 6
PAGES = 150
OFFICER = Actor(UUID(int=1), (Grant("dpc_officer", "city"),))
NOW = Clock().now()
TODAY = local(NOW).date()


def measure(ground: Ground) -> Iterator[Figure]:
    """The whole page, over the application of the service, on each database."""
    for database in ("SQLite", "PostgreSQL"):
        with ExitStack() as stack:
            few = stack.enter_context(_City(ground, database, FEW, FACTS * FEW // MANY))
            many = stack.enter_context(_City(ground, database, MANY, FACTS))
            ratio, told = _compared(few, many)
        yield Figure(
            f"city board, 10 000 actions, {database}", "with 100 actions", ratio, 1.5, 1.1, told,
            at_most=True,
        )  # fmt: skip


def _compared(few: FlaskClient, many: FlaskClient) -> tuple[float, str]:
    """p99 over p99, page after page in turn, so that both meet the same moments of the machine."""
    for browser in (few, many) * 10:
        _page(browser)
    # What filling left behind is not looked through again while pages are made.
    gc.collect()
    gc.freeze()
    ratios, short, long = [], [], []
    for _ in range(ROUNDS):
        small, large = [], []
        for _ in range(PAGES):
            small.append(_page(few))
            large.append(_page(many))
        short.append(percentile(small, 0.99))
        long.append(percentile(large, 0.99))
        ratios.append(long[-1] / short[-1])
    told = f"p99 {spread(long, ' ms')}, with 100 actions {spread(short, ' ms')}"
    return median(ratios), told


def _page(browser: FlaskClient) -> float:
    def ask() -> None:
        answer = browser.get("/")
        assert answer.status_code == 200, answer.status
        assert answer.text.count("<tr>") >= COMMITTEES

    return seconds(ask) * 1000


class _City:
    """Monitoring with so many actions and facts, and the officer's browser."""

    def __init__(self, ground: Ground, database: str, actions: int, facts: int) -> None:
        folder = Path(tempfile.mkdtemp(dir=ground.folder))
        options: dict[str, Any] = {}
        if database == "PostgreSQL":
            name = f"b{uuid.uuid4().hex[:8]}_"
            ground.postgresql.create_database(f"{name}monitoring")
            options["database_url"] = ground.postgresql.url(f"{name}{{service}}", "postgres")
            options["kafka_bootstrap_servers"] = "not-asked:9092"
            private, public = new_pair()
            options["token_private_key"] = json.dumps(private)
            options["token_public_keys"] = json.dumps(public)
        self._log = EmbeddedLog(folder / "log.sqlite", Clock())
        settings = Settings(data=folder, **options)
        self._runtime = product.runtime(settings, ["monitoring"], event_log=self._log)
        self._runtime.migrate()
        self._runtime.ensure_streams()
        engine = self._runtime.workplaces["monitoring"].database.engine
        fill(engine, actions, facts)

    def __enter__(self) -> FlaskClient:
        return client(self._runtime, "monitoring", OFFICER)

    def __exit__(self, *_: object) -> None:
        self._runtime.close()
        self._log.close()


@dataclass(frozen=True)
class _Action:
    """Action ``number``; of each committee the first tenth, one at least, is under way."""

    number: int
    actions: int

    @property
    def id(self) -> UUID:
        return UUID(int=1000 + self.number)

    @property
    def committee(self) -> UUID:
        return committee(self.number % COMMITTEES)

    @property
    def live(self) -> bool:
        return self.number < max(COMMITTEES, self.actions // 10)


def committee(number: int) -> UUID:
    """The id of a committee."""
    return UUID(int=10 + number)


def fill(engine: sa.Engine, actions: int, facts: int) -> None:
    """As folds leave the views of a city."""
    made = [_Action(number, actions) for number in range(actions)]
    with engine.begin() as connection:
        for table, rows in (
            (committees_view, _committees()),
            (tables.pulse_view, _pulses()),
            (tables.years_view, _years()),
            (tables.legs_view, [_leg(action) for action in made]),
            (tables.waits_view, [_wait(a, n) for a in made for n in range(WAITS)]),
            (tables.needs_view, [_need(a, n) for a in made for n in range(NEEDS)]),
        ):
            connection.execute(sa.insert(table), rows)
        connection.execute(_facts(connection.dialect.name, facts, actions))
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(sa.text("VACUUM ANALYZE"))


def _committees() -> Sequence[dict[str, Any]]:
    return [
        {"id": committee(n), "number": n, "name": f"CAC {n:02d}", "quartier": "Q", "sector": "S"}
        for n in range(COMMITTEES)
    ]


def _pulses() -> Sequence[dict[str, Any]]:
    return [
        {"committee_id": committee(n), "last_fact_at": NOW, "opened": 3, "ended": 1}
        for n in range(COMMITTEES)
    ]


def _years() -> Sequence[dict[str, Any]]:
    amounts = {"voted": Decimal(5000), "reserved": Decimal(640), "committed": Decimal(410)}
    return [
        {"committee_id": committee(n), "year": TODAY.year, "envelope": Decimal(7000)} | amounts
        for n in range(COMMITTEES)
    ]


def _leg(action: _Action) -> dict[str, Any]:
    day = TODAY + timedelta(60 if action.live else -60)
    rank = day.toordinal() if action.live else tables.OVER - day.toordinal()
    return {
        "id": action.id,
        "leg": "action",
        "committee_id": action.committee,
        "journey": UUID(int=10**9 + action.number),
        "rank": rank,
        "title": "Kabar lakour",
        "chosen_at": NOW,
        "day": day,
        "adopted_at": NOW,
        "closed_on": None if action.live else TODAY,
    }


def _wait(action: _Action, n: int) -> dict[str, Any]:
    due = TODAY + timedelta(n - 2)
    return {
        "id": UUID(int=10**12 + action.number * WAITS + n),
        "service": "planning",
        "kind": "task",
        "committee_id": action.committee,
        "leg_id": action.id,
        "action_id": action.id,
        "subject_id": action.id,
        "title": "Appeler trois familles",
        "awaited_role": "member",
        "due": due,
        "queue": due,
        "since": NOW,
        "open": action.live and n % 4 == 0,
        "blocked": n == 4,
        "why": "Personne n’a les clés" if n == 4 else None,
    }


def _need(action: _Action, n: int) -> dict[str, Any]:
    return {
        "id": UUID(int=10**15 + action.number * NEEDS + n),
        "action_id": action.id,
        "kind": "purchase",
        "title": "Sonorisation",
        "state": "secured" if n else "asked",
    }


_SERIES = {
    "sqlite": (
        "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {0})",
        "printf('%032x', {0})",
    ),
    "postgresql": (
        "WITH series(n) AS (SELECT generate_series(1, {0}))",
        "lpad(to_hex({0}), 32, '0')::uuid",
    ),
}


def _facts(dialect: str, facts: int, actions: int) -> sa.TextClause:
    """``facts`` rows made by the database itself: a million in Python would take a minute."""
    series, identity = _SERIES[dialect]
    columns = "id, type, at, place, committee_id, action_id, correlation, sentence"
    values = ", ".join(
        (
            identity.format("n::bigint + 1000000000" if "::" in identity else "n + 1000000000"),
            "'cac.planning.task-done.v1'",
            ":at",
            "n",
            identity.format(f"10 + n % {COMMITTEES}"),
            identity.format(f"1000 + n % {actions}"),
            identity.format(f"1000 + n % {actions}"),
            "'Tâche faite : appeler trois familles pour prêter leur cour'",
        )
    )
    text = f"INSERT INTO facts_view ({columns}) {series.format(facts)} SELECT {values} FROM series"
    moment = sa.bindparam("at", NOW, type_=tables.facts_view.c.at.type)
    return sa.text(text).bindparams(moment)
