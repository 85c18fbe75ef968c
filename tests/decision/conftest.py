"""Decision in a temporary folder."""

import shutil
from pathlib import Path

import pytest

from shared.run.settings import Settings
from tests.decision.world import World, a_world, world_of


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
