"""Loads demonstration data as people would: through the commands, so through the events."""

import importlib
import importlib.util
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from types import ModuleType
from typing import Any
from uuid import UUID

from shared.kernel.rights import SYSTEM, Actor
from shared.log.event_log import Place
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings, SettingsError
from shared.service import Service
from shared.store.clock import monotonic
from shared.store.disk import hurried

CAST_DAYS_AGO = 400
"""People and money were there before the story begins."""
ROUNDS = 10_000
REST_SECONDS = 300.0
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Chapter:
    """What people did ``days_ago`` days before the demonstration is loaded."""

    days_ago: int
    tell: Callable[[Callable[..., Any]], None]


def load(product: Product, settings: Settings, *, say: Callable[[str], None]) -> None:
    """Load the demonstration of every service; what one says reaches the others.

    A service may offer in its ``demonstration`` package ``cast(perform)`` (who and what there is:
    people, money, catalogues) and ``STORY``, its chapters. ``perform(command, as_=person, **args)``
    acts as a person of the demonstration (with the roles they hold) or as the system. The
    chapters of all services are told in the order of their days, at a clock set to that day, so
    that the city has lived what it shows. With databases and a log of their own, time is not
    ours to set and workers that already run carry what is said: the cast alone is made.
    """
    if not settings.embedded:
        _load_among_workers(product, settings, say)
        return
    mark = settings.data / "demonstration"
    if mark.exists():
        say("Les données de démonstration sont déjà là.")
        return
    fresh = not list(settings.data.glob("*.sqlite"))
    runtime = product.runtime(settings)
    with runtime.alone(), hurried(settings.data) if fresh else nullcontext():
        say("Première ouverture : préparation des données de démonstration…")
        runtime.migrate()
        runtime.ensure_streams()
        _at(runtime, CAST_DAYS_AGO, partial(_cast, product, runtime, settle))
        _tell(product, runtime)
        runtime.close()
    mark.write_text("loaded\n")


def _demonstrations(product: Product, runtime: Runtime) -> Iterator[tuple[Service, ModuleType]]:
    for service in runtime.services:
        name = f"{product.package}.{service.name}.demonstration"
        if importlib.util.find_spec(name) is not None:
            yield service, importlib.import_module(name)


def _cast(product: Product, runtime: Runtime, rest: Callable[[Runtime], None]) -> None:
    for service, demonstration in _demonstrations(product, runtime):
        if hasattr(demonstration, "cast"):
            demonstration.cast(performer(runtime, service))
            rest(runtime)


def _at(runtime: Runtime, days_ago: int, tell: Callable[[], None]) -> None:
    """``tell``, and all that follows from it, at a clock set back ``days_ago`` days."""
    ago = timedelta(days=days_ago)
    runtime.clock.advance(-ago)
    try:
        tell()
        settle(runtime)
    finally:
        runtime.clock.advance(ago)


def _tell(product: Product, runtime: Runtime) -> None:
    """Every chapter on its day: the earliest first, on one day in the order of the services."""
    told = [
        (chapter, service)
        for service, demonstration in _demonstrations(product, runtime)
        for chapter in getattr(demonstration, "STORY", ())
    ]
    for chapter, service in sorted(told, key=lambda each: -each[0].days_ago):
        _at(runtime, chapter.days_ago, partial(chapter.tell, performer(runtime, service)))


def _load_among_workers(product: Product, settings: Settings, say: Callable[[str], None]) -> None:
    """In an empty installation only: invented people have no place among real ones."""
    if not settings.demonstration:
        raise SettingsError("Demonstration data is for an installation with RK_DEMONSTRATION=1.")
    runtime = product.runtime(settings)
    try:
        # What is compacted holds reports of workers too, from their first minute on.
        said = [stream.name for stream in product.streams if not stream.compacted]
        if any(runtime.log.ends(said).values()):
            say("Le journal contient déjà des faits : rien n’est ajouté.")
            return
        say("Préparation des données de démonstration…")
        _cast(product, runtime, wait_for_rest)
    finally:
        runtime.close()


def performer(runtime: Runtime, service: Service) -> Callable[..., Any]:
    """``perform(command, as_=…)`` on ``service``: as a person of the demonstration, or SYSTEM.

    ``perform.clock`` is the product's, for what a demonstration dates from now.
    """
    cases = runtime.use_cases[service.name]

    def perform(
        command: Callable[..., Any], *, as_: UUID | Actor = SYSTEM, **arguments: Any
    ) -> Any:
        actor = as_ if isinstance(as_, Actor) else _person(service, runtime, as_)
        return cases.perform(command, actor=actor, **arguments)

    perform.__dict__["clock"] = runtime.clock
    return perform


def _person(service: Service, runtime: Runtime, person: UUID) -> Actor:
    from shared.store.reading import Reading

    workplace = runtime.workplaces[service.name]
    for mirror in service.mirrors:
        if mirror.grants is not None:
            with workplace.database.read() as connection:
                reading = Reading(workplace, connection, Actor(person))
                return Actor(person, tuple(mirror.grants(reading, person)))
    return Actor(person)


def wait_for_rest(runtime: Runtime, seconds: float = REST_SECONDS) -> None:
    """Wait until workers that run elsewhere have nothing left to do; TimeoutError when they do."""
    until = monotonic() + seconds
    while monotonic() < until:
        before = _ends(runtime)
        # What one of them said while another was looked at shows in the ends.
        if all(worker.quiet() for worker in runtime.workers.values()) and before == _ends(runtime):
            return
        time.sleep(LOOK_SECONDS)
    raise TimeoutError("the workers do not come to rest: do they all run?")


def _ends(runtime: Runtime) -> dict[Place, int]:
    return dict(runtime.log.ends([stream.name for stream in runtime.streams]))


def settle(runtime: Runtime, asleep: Collection[str] = ()) -> None:
    """Relay, read and fire until nothing moves any more; without threads, in this process.

    The workers of services that are ``asleep`` do nothing meanwhile.
    """
    workers = [runtime.workers[name] for name in runtime.names if name not in asleep]
    for _ in range(ROUNDS):
        moved = sum(worker.settle_once() for worker in workers)
        if not moved and all(worker.quiet() for worker in workers):
            return
    raise TimeoutError("the product does not come to rest")
