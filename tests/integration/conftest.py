"""Integration in a temporary folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.run.settings import Settings
from tests.integration.world import World, a_world, world_of


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world made once, whose folder each test copies: making tables takes half a second."""
    folder = tmp_path_factory.mktemp("prepared")
    world = a_world(folder)
    world.runtime.close()
    return folder


@pytest.fixture
def world(prepared: Path, tmp_path: Path) -> Iterator[World]:
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    made = world_of(Settings(data=folder))
    yield made
    made.runtime.close()
