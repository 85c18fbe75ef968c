"""docs/journey.md draws what the services declare: each arrow, and each fact of the road."""

import re
from pathlib import Path

import pytest

from services.__main__ import product

TEXT = (Path(__file__).parents[2] / "docs" / "journey.md").read_text(encoding="utf-8")
ON_THE_ROAD = ("diagnostic", "decision", "planning", "procurement", "communication")
SERVICES = {service.name: service for service in product.services if service.name in ON_THE_ROAD}
PUBLISHED = {
    name: {cls.__name__ for cls in service.publishes} for name, service in SERVICES.items()
}
PRODUCER = {fact: name for name, facts in PUBLISHED.items() for fact in facts}

_ARROW = re.compile(r"^\s*(\w+)->>(\w+): (\w+)$", re.MULTILINE)
_NOTE = re.compile(r"^\s*Note over (\w+): (.+)$", re.MULTILINE)
_FACT = re.compile(r"\b(?:[A-Z][a-z]+){2,}\b")
_QUOTED = re.compile(r"`([A-Z]\w+)`")

ARROWS = set(_ARROW.findall(TEXT))
NOTED = {(name, fact) for name, said in _NOTE.findall(TEXT) for fact in _FACT.findall(said)}


def declared() -> set[tuple[str, str, str]]:
    """Who acts on whose facts: producer, consumer, fact."""
    return {
        (PRODUCER[cls.__name__], name, cls.__name__)
        for name, service in SERVICES.items()
        for cls in service.reacts
        if cls.__name__ in PRODUCER
    }


def test_every_arrow_is_a_fact_on_which_that_service_acts():
    assert not sorted(ARROWS - declared())


def test_every_fact_on_which_a_service_of_the_road_acts_is_an_arrow():
    assert not sorted(declared() - ARROWS)


@pytest.mark.parametrize("name", ON_THE_ROAD)
def test_each_service_has_all_its_facts_on_the_road(name: str):
    drawn = {fact for producer, _, fact in ARROWS if producer == name}
    drawn |= {fact for producer, fact in NOTED if producer == name}
    assert drawn == PUBLISHED[name]


def test_a_fact_that_is_noted_moves_nobody():
    assert not {fact for _, fact in NOTED} & {fact for _, _, fact in ARROWS}


def test_every_fact_named_in_the_words_exists():
    named = set(_QUOTED.findall(TEXT))
    assert named
    assert not sorted(named - set(PRODUCER))


def test_departments_may_be_given_every_fact_of_the_road():
    (integration,) = (service for service in product.services if service.name == "integration")
    heard = {cls.__name__ for cls in integration.hears()}
    assert not sorted(set(PRODUCER) - heard)
