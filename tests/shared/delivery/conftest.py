"""The two ways to run, for tests of delivery."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.shared.delivery.stage import Stage, staged


@pytest.fixture(params=["embedded", "real"])
def stage(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Stage]:
    """A stage of this test alone, on each of the two stores."""
    yield from _staged(request, tmp_path_factory)


@pytest.fixture(scope="module", params=["embedded", "real"])
def common(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Stage]:
    """A stage that the tests of a module share: each uses its own stories."""
    yield from _staged(request, tmp_path_factory)


@pytest.fixture
def embedded(tmp_path_factory: Any) -> Iterator[Stage]:
    """A stage on SQLite and the embedded log."""
    with staged(tmp_path_factory.mktemp("stage")) as made:
        yield made


@pytest.fixture
def real(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Stage]:
    """A stage on PostgreSQL and Kafka."""
    parts = [request.getfixturevalue(name) for name in ("kafka", "postgresql")]
    with staged(tmp_path_factory.mktemp("stage"), *parts) as made:
        yield made


def _staged(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Stage]:
    parts = []
    if request.param == "real":
        parts = [request.getfixturevalue(name) for name in ("kafka", "postgresql")]
    with staged(tmp_path_factory.mktemp("stage"), *parts) as made:
        yield made
