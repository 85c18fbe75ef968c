"""Monitoring in a temporary folder."""

import shutil
from pathlib import Path

import pytest

from tests.monitoring.told import Told


@pytest.fixture(scope="session")
def prepared_monitoring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder made once, which each test copies: making tables takes half a second."""
    folder = tmp_path_factory.mktemp("monitoring")
    told = Told(folder)
    told.runtime.close()
    return folder


@pytest.fixture
def told(prepared_monitoring: Path, tmp_path: Path) -> Told:
    folder = tmp_path / "data"
    shutil.copytree(prepared_monitoring, folder)
    return Told(folder)
