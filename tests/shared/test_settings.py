"""What settings are when some are not given."""

from datetime import timedelta

import pytest

from shared.run.settings import Settings
from shared.store.clock import Clock


@pytest.mark.parametrize(
    "given, address",
    [
        ({}, "http://127.0.0.1:8000"),
        ({"RK_PORT": "8080"}, "http://127.0.0.1:8080"),
        ({"RK_PORT": "8080", "RK_PUBLIC_URL": "https://cac.example"}, "https://cac.example"),
    ],
    ids=str,
)
def test_the_address_that_is_told_is_the_one_that_answers(given, address):
    assert Settings.read(given).public_url == address


def test_the_clock_is_moved_by_seconds_or_by_what_a_file_says_at_that_moment(tmp_path):
    def ahead(clock: Clock) -> int:
        return round((clock.now() - Clock().now()).total_seconds())

    given = {"RK_DEMONSTRATION": "1"}
    fixed = Clock(Settings.read(given | {"RK_NOW_OFFSET": "90"}).offset)
    file = tmp_path / "now"
    told = Clock(Settings.read(given | {"RK_NOW_OFFSET": str(file)}).offset)
    assert (ahead(fixed), ahead(told)) == (90, 0)
    file.write_text("3600\n")
    assert ahead(told) == 3600
    told.advance(timedelta(minutes=1))
    file.write_text("7200")
    assert ahead(told) == 7260
