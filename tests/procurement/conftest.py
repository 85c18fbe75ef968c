"""Procurement in a temporary folder."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.run.settings import Settings
from tests.procurement.procurement_files import Actors
from tests.procurement.world import World, a_world, world_of


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world made once, whose folder each test copies: making tables takes half a second."""
    folder = tmp_path_factory.mktemp("prepared")
    world = a_world(folder)
    world.database.engine.dispose()
    return folder


@pytest.fixture
def world(prepared: Path, tmp_path: Path) -> World:
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    return world_of(Settings(data=folder))


@pytest.fixture
def on_postgresql(tmp_path: Path, database_urls: Callable[..., str]) -> Iterator[World]:
    settings = Settings(
        data=tmp_path / "postgresql",
        database_url=database_urls("directory", "procurement"),
        kafka_bootstrap_servers="127.0.0.1:1",
    )
    runtime = world_of(settings).runtime
    runtime.migrate()
    world = World(runtime)
    world.people()
    yield world
    runtime.close()


@pytest.fixture
def actors() -> Actors:
    """One person for each part."""
    return Actors()
