"""Monitoring in a temporary folder."""

import shutil
from pathlib import Path

import pytest

from services.procurement.events import Step
from tests.monitoring.browsing import ACTION
from tests.monitoring.told import TODAY, Told


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


@pytest.fixture
def city(told: Told) -> Told:
    """Two committees: one late with money, one of which nothing is known but its name."""
    cac = told.committee(17, days_ago=9)
    told.envelope(cac, days_ago=8)
    line = told.line(cac, action_id=ACTION, days_ago=7)
    told.person("Rita Fictif")
    purchase = told.purchase(cac, action_id=ACTION, by="Rita Fictif", quality="lead", days_ago=6)
    told.step(
        cac, purchase, Step.CHECK, Step.VALIDATE, "delegate", TODAY.replace(day=8),
        action_id=ACTION, days_ago=4,
    )  # fmt: skip
    told.move(cac, line, 2, after={"reserved": "640.00"}, action_id=ACTION, days_ago=3)
    told.committee(2, days_ago=50)
    told.report("monitoring", 0)
    told.settle()
    return told
