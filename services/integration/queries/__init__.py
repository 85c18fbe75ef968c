"""What is read in integration."""

from services.integration.model import (
    KEEPERS,
    MOST,
    READS_A_MINUTE,
    KeyInAddress,
    all_of,
    covers,
    is_key,
    service_of,
)
from services.integration.queries.catalogue import _entry, asyncapi, catalogue, event_card
from services.integration.queries.examples import BATCH, example_of, invented, message
from services.integration.queries.feed import feed
from services.integration.queries.grants import grant_card, grants, places
from services.integration.queries.readers import Reader, _reader
from services.integration.queries.words import OF, WORDS

__all__ = [
    "BATCH",
    "KEEPERS",
    "MOST",
    "OF",
    "READS_A_MINUTE",
    "WORDS",
    "KeyInAddress",
    "Reader",
    "_entry",
    "_reader",
    "all_of",
    "asyncapi",
    "catalogue",
    "covers",
    "event_card",
    "example_of",
    "feed",
    "grant_card",
    "grants",
    "invented",
    "is_key",
    "message",
    "places",
    "service_of",
]
