"""The whole product, furnished once for all the processes that test."""

import os

import pytest

from tests.journeys.site import prepared
from tests.journeys.whole import furnished

LAST = "test_every_process_leaves_when_it_is_told_to"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What ends every process is asked last: in any other place they would all start again."""
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
