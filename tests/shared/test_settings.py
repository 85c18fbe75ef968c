"""What settings are when some are not given."""

import pytest

from shared.run.settings import Settings


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
