"""What may be read of diagnostic; names beginning with ``_`` are look-ups of our own."""

from services.diagnostic.queries.coverage import _counts_by_channel
from services.diagnostic.queries.labels import (
    ACTORS,
    CHANNELS,
    KINDS,
    PLACES,
    STATES,
    THEMES,
)
from services.diagnostic.queries.needs import answers_of, need_card
from services.diagnostic.queries.report import _report_of, report
from services.diagnostic.queries.scopes import (
    READERS,
    _scope_of_committee,
    _scope_of_need,
    _scope_of_survey,
)
from services.diagnostic.queries.surveys import (
    _UNKNOWN_CODE,
    my_surveys,
    open_surveys,
    paper_count,
    receipt,
    survey_by_code,
    survey_card,
    surveys_to_type,
    typing_card,
)

__all__ = [
    "ACTORS",
    "CHANNELS",
    "KINDS",
    "PLACES",
    "READERS",
    "STATES",
    "THEMES",
    "_UNKNOWN_CODE",
    "_counts_by_channel",
    "_report_of",
    "_scope_of_committee",
    "_scope_of_need",
    "_scope_of_survey",
    "answers_of",
    "my_surveys",
    "need_card",
    "open_surveys",
    "paper_count",
    "receipt",
    "report",
    "survey_by_code",
    "survey_card",
    "surveys_to_type",
    "typing_card",
]
