"""The whole product, furnished once for the tests that only look."""

import pytest

from tests.journeys.whole import furnished


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """All services with the demonstration's data; whoever asks for it changes nothing."""
    runtime = furnished(tmp_path_factory.mktemp("furnished"))
    yield runtime
    runtime.close()
