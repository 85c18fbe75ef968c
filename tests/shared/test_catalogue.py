"""The catalogue of events: valid by the standards, complete, and equal to what is sent."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from shared.kernel.event import Event, Stream
from shared.log.catalogue import asyncapi, example, schema
from shared.log.wire import decoder, encode
from tests.shared.sample import product
from tests.shared.sample.telling import events

ROOT = Path(__file__).parents[2]
OFFICIAL = ROOT / "node_modules/@asyncapi/specs/schemas/3.0.0-without-$id.json"
CHECK = Draft202012Validator.FORMAT_CHECKER


@pytest.fixture(scope="module")
def document():
    return json.loads(asyncapi(product.services, product.streams))


def follow(document, ref):
    place = document
    for step in ref.removeprefix("#/").split("/"):
        place = place[step.replace("~1", "/").replace("~0", "~")]
    return place


def refs(value):
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from refs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from refs(inner)


def test_it_is_asyncapi_by_the_standards_own_schema(document):
    if not OFFICIAL.exists():
        pytest.skip("npm ci has not been run")
    official = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(official).validate(document)


def test_the_standards_own_schema_would_see_a_mistake(document):
    if not OFFICIAL.exists():
        pytest.skip("npm ci has not been run")
    official = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    wrong = document | {"operations": {"x": {"action": "shout", "channel": {"$ref": "#/x"}}}}
    assert list(jsonschema.Draft7Validator(official).iter_errors(wrong))


def test_every_reference_leads_somewhere(document):
    for ref in refs(document):
        assert follow(document, ref), ref


def test_every_stream_is_a_channel_and_every_event_a_message(document):
    assert set(document["channels"]) == {stream.name for stream in product.streams}
    known = {cls.type for cls in product.known if "stream" in dir(cls)}
    assert known <= set(document["components"]["messages"]) | {"cac.telling.told.v1"}


def test_an_older_version_says_what_to_read_it_as(document):
    older = document["components"]["messages"]["cac.telling.line-told.v1"]
    assert older["description"] == "Older: read it as cac.telling.line-told.v2."


def test_it_says_who_sends_and_who_hears_what(document):
    operations = document["operations"]
    told = "#/channels/sample.said/messages/cac.telling.line-told.v2"
    assert {"$ref": told} in operations["telling.send.sample.said"]["messages"]
    assert {"$ref": told} in operations["counting.receive.sample.said"]["messages"]
    assert "telling.receive.sample.said" not in operations


def test_every_example_is_what_its_schema_says(document):
    for message in document["components"]["messages"].values():
        described = follow(document, message["payload"]["$ref"])
        whole = {**described, "components": document["components"]}
        for shown in message["examples"]:
            Draft202012Validator(whole, format_checker=CHECK).validate(shown["payload"])


STORY = st.builds(
    events.LineToldV2,
    story_id=st.uuids(),
    number=st.integers(0, 2**53),
    text=st.text(max_size=20).filter(lambda text: text.isprintable()),
    price=st.decimals(0, 10**12, places=2),
)


@given(STORY)
def test_whatever_is_sent_is_what_the_schema_says(event):
    sent = json.loads(encode(event))
    Draft202012Validator(schema(events.LineToldV2), format_checker=CHECK).validate(sent)
    assert decoder(events.LineToldV2)(sent) == event


@pytest.mark.parametrize(
    "change",
    [{"story_id": "x"}, {"number": "3"}, {"price": 12.5}, {"price": "12,50"}, {"text": None}],
    ids=str,
)
def test_the_schema_refuses_what_the_reader_refuses(change):
    wrong = json.loads(encode(example(events.LineToldV2))) | change
    validator = Draft202012Validator(schema(events.LineToldV2), format_checker=CHECK)
    assert not validator.is_valid(wrong)
    with pytest.raises((TypeError, ValueError, ArithmeticError)):
        decoder(events.LineToldV2)(wrong)


@dataclass(frozen=True, kw_only=True)
class Part:
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Assembled(Event):
    """Made of parts."""

    stream: ClassVar[Stream] = events.SAID
    id: UUID
    parts: tuple[Part, ...] = ()
    best: Part | None = None
    tags: tuple[str, ...] = ()


def test_a_schema_stands_alone_with_all_its_parts():
    described = schema(Assembled)
    Draft202012Validator.check_schema(described)
    assert "Part" in described["$defs"]
    assert described["required"] == ["id"]
    assert described["description"] == "Made of parts."
    sent = json.loads(encode(example(Assembled, {"tags": "new"})))
    assert sent["tags"] == ["new"]
    Draft202012Validator(described, format_checker=CHECK).validate(sent)


def test_an_event_cannot_hold_what_has_no_form_on_the_wire():
    @dataclass(frozen=True, kw_only=True)
    class Odd(Event):
        stream: ClassVar[Stream] = events.SAID
        odd: bytes = b""

    with pytest.raises(TypeError, match="bytes"):
        schema(Odd)
