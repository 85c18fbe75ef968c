"""The pages of procurement in the browser of somebody."""

from flask.testing import FlaskClient

from shared.testing.product import client
from tests.procurement.world import World, actor


def as_(world: World, who: str) -> FlaskClient:
    """The browser of ``who``, signed in now."""
    return client(world.runtime, "procurement", actor(who))


def page(world: World, who: str, path: str, status: int = 200) -> str:
    """A page as ``who`` reads it."""
    response = as_(world, who).get(path)
    assert response.status_code == status, response.text[:2000]
    return response.text
