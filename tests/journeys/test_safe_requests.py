"""Looking changes nothing: every GET of every service, as somebody who may see everything."""

import itertools

import pytest

from services.directory.events import CITY, Role
from shared.testing.product import client, person
from tests.journeys.whole import NOWHERE, Known, digests, endpoints


@pytest.fixture(scope="module")
def everybody(whole):
    """Somebody of the demonstration, with every role on the whole city."""
    known = Known(whole).of("directory", "person_id")[0]
    return person(*((role, CITY) for role in Role), person_id=known)


def addresses(whole, each=3):
    known = Known(whole)
    for endpoint in endpoints(whole):
        if endpoint.method == "GET":
            names = [name for name, _ in endpoint.arguments]
            for values in itertools.islice(asked(known, endpoint, names), each):
                yield endpoint, endpoint.path(values)


def asked(known, endpoint, names):
    """A thing that exists, others, and one that does not."""
    kinds = dict(endpoint.arguments)
    choices = [
        [*known.of(endpoint.service, name)[:3], NOWHERE]
        if kinds[name] == "UUIDConverter"
        else ["x"]
        for name in names
    ]
    for values in itertools.product(*choices):
        yield dict(zip(names, values, strict=True))


def test_nothing_changes_on_get_and_nothing_breaks(whole, everybody):
    before = digests(whole)
    wrong, met = [], 0
    for endpoint, path in addresses(whole):
        answer = client(whole, endpoint.service, everybody).get(path)
        met += 1
        if answer.status_code >= 500:
            wrong.append(f"{endpoint} {path}: {answer.status_code}")
    changed = [name for name, digest in digests(whole).items() if digest != before[name]]
    assert met > 30
    assert not changed
    assert not wrong


def test_nothing_changes_for_who_is_nobody_either(whole):
    before = digests(whole)
    for endpoint, path in addresses(whole):
        answer = client(whole, endpoint.service).get(path)
        assert answer.status_code < 500, f"{endpoint}: {answer.status_code}"
    assert digests(whole) == before


def test_head_and_options_are_as_safe(whole, everybody):
    before = digests(whole)
    for endpoint, path in addresses(whole, each=1):
        for method in ("HEAD", "OPTIONS"):
            client(whole, endpoint.service, everybody).open(path, method=method)
    assert digests(whole) == before
