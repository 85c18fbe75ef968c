"""The whole product, furnished once for all the processes that test."""

import os
from pathlib import Path

import pytest

from tests.journeys.site import prepared
from tests.journeys.whole import furnished

LAST = "test_every_process_leaves_when_it_is_told_to"


HERE = Path(__file__).parent
# Whoever comes first loads the demonstration, on a machine that may be busy with other tests.
PATIENCE = 600


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Journeys take their time; what ends every process is asked last: or all would start again."""
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(PATIENCE))
    items.sort(key=lambda item: item.name == LAST)


@pytest.fixture(scope="session")
def common(tmp_path_factory):
    """A folder that the processes of one run of tests share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def whole(common, tmp_path_factory):
    """All services with the demonstration's data; whoever asks for it changes nothing."""
    runtime = furnished(prepared(common), tmp_path_factory.getbasetemp() / "furnished")
    yield runtime
    runtime.close()
