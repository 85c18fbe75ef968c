"""What may be done in diagnostic; one function is one transaction."""

from services.diagnostic.commands.asking import (
    change_questions,
    change_survey,
    close_survey,
    end_survey,
    open_survey,
    prepare_survey,
)
from services.diagnostic.commands.concluding import (
    change_need,
    draw_need,
    drop_need,
    publish_diagnostic,
)
from services.diagnostic.commands.listening import (
    answer_survey,
    record_answer,
    type_paper_answer,
)

__all__ = [
    "answer_survey",
    "change_need",
    "change_questions",
    "change_survey",
    "close_survey",
    "draw_need",
    "drop_need",
    "end_survey",
    "open_survey",
    "prepare_survey",
    "publish_diagnostic",
    "record_answer",
    "type_paper_answer",
]
