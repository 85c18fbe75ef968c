"""What diagnostic tells the others: a survey is open, its needs are published.

Answers stay here: a fact says counts and needs in the committee's own words, never what one
person said.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.language import Fact, FileRef


class Theme(StrEnum):
    """The axes of the committees' actions (culture, solidarité, cadre de vie), or all of them."""

    CULTURE = "culture"
    SOLIDARITY = "solidarity"
    SURROUNDINGS = "surroundings"
    ANY = "any"


@dataclass(frozen=True, kw_only=True)
class PublishedNeed:
    """A need with what carries it: ``weight`` in percent of all answers, ``evidence`` answers."""

    need_id: UUID
    title: str
    weight: int
    evidence: int


@dataclass(frozen=True, kw_only=True)
class SurveyOpened(Fact):
    """A committee asks its neighbourhood, from ``opens_on`` to ``closes_on`` included."""

    survey_id: UUID
    title: str
    theme: Theme
    sectors: tuple[str, ...]
    opens_on: date
    closes_on: date

    def subject(self) -> str:
        return str(self.survey_id)


@dataclass(frozen=True, kw_only=True)
class SurveyClosed(Fact):
    """No answer is taken any more; ``answers`` were."""

    survey_id: UUID
    answers: int

    def subject(self) -> str:
        return str(self.survey_id)


@dataclass(frozen=True, kw_only=True)
class DiagnosticPublished(Fact):
    """What the neighbourhood needs, the heaviest first, with the report that shows the evidence.

    ``findings`` is the group's own summary; ``online``, ``met`` and ``paper`` count answers.
    """

    diagnostic_id: UUID
    survey_id: UUID
    title: str
    theme: Theme
    needs: tuple[PublishedNeed, ...]
    answers: int
    online: int
    met: int
    paper: int
    findings: str
    report: FileRef

    def subject(self) -> str:
        return str(self.diagnostic_id)
