"""The sample product opened in a temporary folder, and somebody to use it."""

import logging
import shutil
import uuid

import pytest
import structlog

from shared.run.settings import Settings
from shared.testing.product import client, opened, person
from tests.shared.sample import product

ANNE = uuid.UUID("0193f0a0-0000-7000-8000-00000000000a")
EVERYWHERE = (("teller", "all"), ("chief", "all"))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A folder of data as it is after the first migration, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    opened(product, folder).close()
    return folder


@pytest.fixture
def place(migrated, tmp_path):
    """The sample, without threads."""
    folder = tmp_path / "data"
    shutil.copytree(migrated, folder)
    runtime = product.runtime(Settings(data=folder))
    yield runtime
    runtime.close()


@pytest.fixture
def anne():
    """Somebody who may do everything."""
    return person(*EVERYWHERE, person_id=ANNE)


@pytest.fixture
def web(place, anne):
    """Anne's browser, at telling."""
    return client(place, "telling", anne)


@pytest.fixture
def anyone(place):
    """A browser in which nobody is signed in."""
    return client(place, "telling")


class Program:
    """A program that asks the API of telling, with a new key for each demand."""

    def __init__(self, browser):
        self.browser = browser

    def send(self, method, path, body=None, key=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if method == "POST":
            named.setdefault("Idempotency-Key", key or str(uuid.uuid4()))
        return self.browser.open(f"/api/v1{path}", method=method, json=body, headers=named)

    def post(self, path, body=None, **options):
        return self.send("POST", path, body, **options)

    def get(self, path):
        return self.send("GET", path)

    def story(self, title="Ti Jean"):
        return self.post("/stories", {"title": title}).get_json()["id"]


@pytest.fixture
def program(web):
    """A program of Anne's."""
    return Program(web)


@pytest.fixture
def stranger(anyone):
    """A program of nobody's."""
    return Program(anyone)


@pytest.fixture
def logging_restored():
    """Whatever a command sets up for its process is gone after the test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
