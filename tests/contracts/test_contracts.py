"""Every message ever written still loads: the log is kept for ever, and departments read it."""

import json
import subprocess
import typing

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from shared.log.catalogue import asyncapi, schema
from shared.log.wire import decoder, encode
from tests.contracts.examples import FOLDER, known, product

ROOT = FOLDER.parents[1]
EXAMPLES = sorted(FOLDER.glob("*/*.json"))
CHECK = Draft202012Validator.FORMAT_CHECKER


def read(file):
    return json.loads(file.read_text(encoding="utf-8"))


def name_of(file):
    return f"{file.parent.name}/{file.stem}"


def test_every_event_has_an_example():
    missing = [kind for kind in known() if not (FOLDER / kind / "0001.json").exists()]
    assert not missing, "write them with: python -m tests.contracts.examples"


def test_every_published_event_is_known():
    published = {cls.type for service in product.services for cls in service.publishes}
    assert published <= set(known())


@pytest.mark.parametrize("file", EXAMPLES, ids=name_of)
def test_an_example_of_a_class_that_was_ever_published_has_that_class(file):
    """From events.py a published class is never deleted: an old message must still be read."""
    assert file.parent.name in known()


@pytest.mark.parametrize("file", EXAMPLES, ids=name_of)
def test_every_example_ever_written_still_loads(file):
    found = read(file)
    event = decoder(known()[found["type"]])(found["data"])
    assert found["type"] == file.parent.name == event.type
    assert found["partitionkey"] == event.key()
    while hasattr(event, "upcast"):
        event = event.upcast()
    assert event.type in known()


def keys(value, at=""):
    """Every path of ``value``."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{at}/{name}"
            yield from keys(inner, f"{at}/{name}")
    if isinstance(value, list):
        for inner in value:
            yield from keys(inner, at + "[]")


@pytest.mark.parametrize("file", EXAMPLES, ids=name_of)
def test_dumping_an_example_loses_no_key_and_changes_no_value(file):
    found = read(file)["data"]
    dumped = json.loads(encode(decoder(known()[file.parent.name])(found)))
    assert set(keys(found)) <= set(keys(dumped))
    assert {name: dumped[name] for name in found} == found


@pytest.mark.parametrize("file", EXAMPLES, ids=name_of)
def test_every_example_is_what_its_schema_says(file):
    described = schema(known()[file.parent.name])
    Draft202012Validator.check_schema(described)
    problems = Draft202012Validator(described, format_checker=CHECK).iter_errors(read(file)["data"])
    assert [error.message for error in problems] == []


@pytest.mark.parametrize("kind", known())
def test_a_field_that_this_build_does_not_know_is_ignored(kind):
    found = read(FOLDER / kind / "0001.json")["data"]
    assert decoder(known()[kind])(found | {"added_later": 1}) == decoder(known()[kind])(found)


@pytest.mark.parametrize("kind", known())
def test_what_has_a_default_may_be_missing(kind):
    """As in messages older than the field."""
    found = read(FOLDER / kind / "0001.json")["data"]
    required = set(schema(known()[kind])["required"])
    least = {name: value for name, value in found.items() if name in required}
    assert decoder(known()[kind])(least)


def test_every_event_that_somebody_hears_is_published_by_somebody():
    published = {cls for service in product.services for cls in service.publishes}
    plumbing = {"cac.notices.notice-issued.v1", "cac.flow.flow-reported.v1"}
    heard = {cls for service in product.services for cls in service.hears()}
    assert {cls.type for cls in heard - published} <= plumbing


def test_nobody_hears_a_version_that_is_upcast():
    for service in product.services:
        assert not [cls.type for cls in service.hears() if hasattr(cls, "upcast")]


def test_an_upcast_is_pure_and_ends_at_what_is_published():
    published = {cls for service in product.services for cls in service.publishes}
    for cls in known().values():
        if hasattr(cls, "upcast"):
            target = typing.get_type_hints(cls.upcast)["return"]
            assert hasattr(target, "upcast") or target in published


def test_facts_hold_no_name_and_no_contact_of_a_person():
    """Names of organisations may; people are ids, except on the stream where one can be erased."""
    personal = {"email", "phone", "address", "first_name", "last_name", "display_name", "contact"}
    for cls in known().values():
        if not cls.stream.compacted:
            fields = set(schema(cls)["properties"])
            assert not fields & personal, cls.type


def git(*arguments):
    """What git answers about this folder; None where there is no repository or no such thing."""
    command = ["git", "-c", "safe.directory=*", *arguments]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def test_an_example_that_was_released_is_never_changed():
    release = git("describe", "--tags", "--abbrev=0")
    if not release:
        pytest.skip("nothing was released yet")
    assert git("diff", "--name-only", "--diff-filter=MDR", release, "--", "*.json") == ""


def test_the_catalogue_of_the_product_is_asyncapi():
    official = ROOT / "node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json"
    if not official.exists():
        pytest.skip("npm ci has not been run")
    described = json.loads(asyncapi(product.services, product.streams))
    Draft7Validator(read(official)).validate(described)
    assert set(described["components"]["messages"]) == set(known())
