"""Monitoring made again from the log: a city's facts a second, against reading them bare."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from services.__main__ import product
from services.language import FACTS
from services.monitoring.service import service
from services.planning import events as planning
from services.procurement.events import BudgetMove, Step
from shared.log.consumer import Consumer
from shared.log.rebuild import Rebuild
from shared.run.runtime import Runtime
from shared.store.workplace import Sealed
from tests.bench.ground import (
    ROUNDS,
    Figure,
    Ground,
    append_bare,
    median,
    read_bare,
    seconds,
    spread,
)
from tests.monitoring.told import TODAY, Still, Told
from tests.monitoring.walked import Walk

WALKS = 600
TASKS, PURCHASES = 10, 3


def measure(ground: Ground) -> Iterator[Figure]:
    """The views of monitoring in a rebuild, over a bare consumer of the same topic."""
    messages = a_city_of_facts()
    again, live, bare = [], [], []
    for _ in range(ROUNDS):
        with ground.distributed(product, ["monitoring"]) as runtime:
            topic = f"{runtime.settings.kafka_prefix}{FACTS.name}"
            append_bare(ground, topic, messages)
            live.append(len(messages) / seconds(partial(_read_all, runtime)))
            database = runtime.workplaces["monitoring"].database
            once = Rebuild(service, database, runtime.log, runtime.registry)
            again.append(len(messages) / seconds(once.run))
            bare.append(read_bare(ground, topic, FACTS.partitions, len(messages)))
    told = f"rebuild {spread(again)}, live {spread(live)}, bare read {spread(bare)}"
    ratio = median(again) / median(bare)
    yield Figure("rebuild of monitoring", "kafka-python consumer", ratio, 0.12, 0.22, told)


def _read_all(runtime: Runtime) -> None:
    consumer = Consumer(service, runtime.workplaces["monitoring"], runtime.log, runtime.registry)
    left = sum(runtime.log.ends([FACTS.name]).values())
    while left > 0:
        left -= consumer.step(0.2)
    consumer.close()


class _Recorder(Told):
    """Keeps the facts that are told as the log holds them."""

    def __init__(self) -> None:
        self.clock = Still()
        self.sealed: list[Sealed] = []
        self._count = 0
        self.last: UUID | None = None

    def tell(self, event: Any, **options: Any) -> UUID:
        return super().tell(event, **{"cause": self.last} | options)

    def append(self, sealed: Sealed) -> None:
        self.sealed.append(sealed)


def a_city_of_facts() -> list[Sealed]:
    """Roads walked from the survey to the end, each with its tasks, purchases and money."""
    told = _Recorder()
    for number in range(WALKS):
        walk = Walk(told, number).to_the_choice()
        told.envelope(walk.cac)
        line = told.line(walk.cac, action_id=walk.action)
        walk.adopts_plan()
        for n in range(TASKS):
            walk.takes_task("Zoé Exemple", f"Tâche {n}")
            walk.task(planning.TaskDone, f"Tâche {n}")
        walk.asks_service()
        walk.asks_print()
        for n in range(PURCHASES):
            _buy(told, walk, line, n)
        walk.adopts_strategy()
        walk.launches()
        walk.holds()
        walk.reviews()
        walk.closes()
    return told.sealed


_STEPS = (Step.REQUEST_QUOTES, Step.OPEN_QUOTES, Step.CHECK, Step.VALIDATE, Step.COMMIT)


def _buy(told: Told, walk: Walk, line: UUID, n: int) -> None:
    walk.asks_supplier(f"Achat {n}")
    purchase = told.purchase(walk.cac, f"Achat {n}", action_id=walk.action)
    for step, following in zip(_STEPS, (*_STEPS[1:], Step.SIGN_ORDER), strict=True):
        told.step(walk.cac, purchase, step, following, "delegate", TODAY, action_id=walk.action)
    for move in (BudgetMove.RESERVE, BudgetMove.COMMIT):
        seq = 2 + n * 2 + (move is BudgetMove.COMMIT)
        told.move(walk.cac, line, seq, move, "100.00", action_id=walk.action, purchase_id=purchase)
    told.step(walk.cac, purchase, Step.CERTIFY, action_id=walk.action)
