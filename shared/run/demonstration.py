"""Loads demonstration data as people would: through the commands, so through the events."""

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any
from uuid import UUID

from shared.kernel.rights import SYSTEM, Actor
from shared.run.product import Product
from shared.run.runtime import Runtime
from shared.run.settings import Settings
from shared.service import Service

ROUNDS = 10_000


def load(product: Product, settings: Settings, *, say: Callable[[str], None]) -> None:
    """Load the demonstration of each service in turn; what one says reaches the next.

    A service offers ``demonstration.load(perform)`` where ``perform(command, as_=person, **args)``
    acts as a person of the demonstration (with the roles they hold) or as the system.
    """
    mark = settings.data / "demonstration"
    if mark.exists():
        say("Les données de démonstration sont déjà là.")
        return
    runtime = product.runtime(settings)
    with runtime.alone():
        say("Première ouverture : préparation des données de démonstration…")
        runtime.migrate()
        runtime.ensure_streams()
        for service in runtime.services:
            name = f"{product.package}.{service.name}.demonstration"
            if importlib.util.find_spec(name) is not None:
                importlib.import_module(name).load(performer(runtime, service))
                settle(runtime)
        runtime.close()
    mark.write_text("loaded\n")


def performer(runtime: Runtime, service: Service) -> Callable[..., Any]:
    """``perform(command, as_=…)`` on ``service``: as a person of the demonstration, or SYSTEM."""
    cases = runtime.use_cases[service.name]

    def perform(
        command: Callable[..., Any], *, as_: UUID | Actor = SYSTEM, **arguments: Any
    ) -> Any:
        actor = as_ if isinstance(as_, Actor) else _person(service, runtime, as_)
        return cases.perform(command, actor=actor, **arguments)

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


def settle(runtime: Runtime) -> None:
    """Relay, read and fire until nothing moves any more; without threads, in this process."""
    for _ in range(ROUNDS):
        moved = sum(worker.settle_once() for worker in runtime.workers.values())
        if not moved and all(worker.quiet() for worker in runtime.workers.values()):
            return
    raise TimeoutError("the product does not come to rest")
