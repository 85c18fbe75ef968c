"""The pages of monitoring in the browser of somebody."""

from typing import Any

from shared.kernel.rights import Actor
from shared.testing.product import client
from tests.monitoring.told import OFFICER, Told, named

ACTION = named("action")


def get(told: Told, path: str, actor: Actor | None = OFFICER, **options: Any) -> Any:
    return client(told.runtime, "monitoring", actor).get(path, **options)


def page(told: Told, path: str, actor: Actor | None = OFFICER) -> str:
    response = get(told, path, actor)
    assert response.status_code == 200, response.text
    return " ".join(response.text.replace("\u00a0", " ").split())
