"""The rules of diagnostic: what is asked, what was said, what the group draws from it."""

from services.diagnostic.model.asked import (
    HEARD,
    MOST_CHOICES,
    MOST_QUESTIONS,
    MOST_WORDS,
    Question,
    check_words,
    questions_of,
    usual_questions,
)
from services.diagnostic.model.heard import (
    FEW,
    Answer,
    Evidence,
    Need,
    heaviest_first,
    told_apart,
    weight,
)
from services.diagnostic.model.refusals import (
    LEAD,
    AlreadyPublished,
    AnswerUnclear,
    CommitteeGone,
    NoNeedYet,
    SurveyNotADraft,
    SurveyNotOpen,
    SurveyStillOpen,
)
from services.diagnostic.model.survey import Conclusion, Survey
from services.diagnostic.model.words import Actor, Channel, Kind, Place, State

__all__ = [
    "FEW",
    "HEARD",
    "LEAD",
    "MOST_CHOICES",
    "MOST_QUESTIONS",
    "MOST_WORDS",
    "Actor",
    "AlreadyPublished",
    "Answer",
    "AnswerUnclear",
    "Channel",
    "CommitteeGone",
    "Conclusion",
    "Evidence",
    "Kind",
    "Need",
    "NoNeedYet",
    "Place",
    "Question",
    "State",
    "Survey",
    "SurveyNotADraft",
    "SurveyNotOpen",
    "SurveyStillOpen",
    "check_words",
    "heaviest_first",
    "questions_of",
    "told_apart",
    "usual_questions",
    "weight",
]
