"""A survey, from its draft to its diagnostic (guide, sheet 1)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from services.diagnostic.events import (
    DiagnosticPublished,
    PublishedNeed,
    SurveyClosed,
    SurveyOpened,
    Theme,
)
from services.diagnostic.model.asked import Question, check_words
from services.diagnostic.model.heard import Need, heaviest_first, weight
from services.diagnostic.model.refusals import (
    LEAD,
    AlreadyPublished,
    NoNeedYet,
    SurveyNotADraft,
    SurveyNotOpen,
    SurveyStillOpen,
    wrong,
)
from services.diagnostic.model.words import Channel, State
from shared.kernel.aggregate import Aggregate
from shared.kernel.event import FileRef


@dataclass(frozen=True, kw_only=True)
class Conclusion:
    """What the group says at the end, and how it agreed to say it."""

    findings: str
    agreed: str
    agreed_on: date

    def check(self, today: date) -> None:
        """Refuse a summary that says nothing, and an agreement that is still to come."""
        if not self.findings.strip():
            raise wrong("findings", "Écrivez en quelques phrases ce que le groupe retient.")
        if not self.agreed.strip():
            raise wrong("agreed", "Dites comment le groupe s’est mis d’accord.")
        if self.agreed_on > today:
            raise wrong("agreed_on", "Ce jour est à venir : dites quand le groupe a décidé.")


@dataclass(eq=False, kw_only=True)
class Survey(Aggregate):
    """A committee asks its neighbourhood; the journey of an action begins here."""

    id: UUID
    committee_id: UUID
    code: str
    title: str
    theme: Theme
    sectors: list[str]
    questions: list[dict[str, Any]]
    opens_on: date
    closes_on: date
    prepared_by: UUID | None = None
    state: State = State.DRAFT
    answers: int = 0
    findings: str = ""
    agreed: str = ""
    agreed_on: date | None = None
    report: dict[str, Any] | None = None
    published_at: datetime | None = None
    version: int = 1
    LONGEST: ClassVar[int] = 120

    @property
    def journey(self) -> UUID:  # type: ignore[override]
        """What begins with this survey carries its id to the end."""
        return self.id

    def asked(self) -> list[Question]:
        """The questions."""
        return [Question.read(kept) for kept in self.questions]

    def check_days(self, today: date) -> None:
        """From today on, in order, and not for ever."""
        if self.opens_on < today:
            raise wrong("opens_on", "L’ouverture est déjà passée : choisissez un jour à venir.")
        if self.closes_on < self.opens_on:
            raise wrong("closes_on", "La clôture vient après l’ouverture.")
        if (self.closes_on - self.opens_on).days > self.LONGEST:
            raise wrong("closes_on", f"Une écoute dure {self.LONGEST} jours au plus.")

    def change(self, title: str, sectors: Sequence[str], opens_on: date, closes_on: date) -> None:
        """Other words or days, while nobody has been asked yet."""
        self._still_a_draft()
        self.title, self.sectors = title, list(sectors)
        self.opens_on, self.closes_on = opens_on, closes_on

    def ask_again(self, questions: Sequence[Question]) -> None:
        """Other questions, while nobody has been asked yet."""
        self._still_a_draft()
        self.questions = [question.kept() for question in questions]

    def open(self, today: date) -> None:
        """Let people answer; from now on the questions stay as they are.

        A day of opening that went by while the draft was discussed becomes today.
        """
        self._still_a_draft()
        self.opens_on = max(self.opens_on, today)
        self.check_days(today)
        self.state = State.OPEN
        self.record(
            SurveyOpened(
                committee_id=self.committee_id,
                survey_id=self.id,
                title=self.title,
                theme=self.theme,
                sectors=tuple(self.sectors),
                opens_on=self.opens_on,
                closes_on=self.closes_on,
            )
        )

    def _still_a_draft(self) -> None:
        if self.state is not State.DRAFT:
            raise SurveyNotADraft(
                rule="Une écoute s’ouvre une fois, et ses questions ne changent plus ensuite.",
                missing="Rien : les réponses déjà données doivent rester comparables.",
                unblocks=f"{LEAD} peut clore cette écoute et en préparer une autre.",
            )

    def takes_answers(self, today: date) -> bool:
        """Whether one may answer that day."""
        return self.state is State.OPEN and self.opens_on <= today <= self.closes_on

    def take(self, words: dict[str, str], channel: Channel, today: date) -> None:
        """Check an answer and count it; paper may still be typed in after the closing."""
        late = channel is Channel.PAPER and self.state in (State.OPEN, State.CLOSED)
        if not self.takes_answers(today) and not late:
            raise SurveyNotOpen(
                rule=f"On répond du {self.opens_on:%d/%m/%Y} au {self.closes_on:%d/%m/%Y}.",
                missing="Une écoute ouverte.",
                unblocks=f"{LEAD} dit quand la prochaine s’ouvre.",
            )
        check_words(self.asked(), words, all_of=channel is Channel.ONLINE)
        self.answers += 1

    def close(self) -> bool:
        """Take no more answers; False when it was so already."""
        if self.state is State.DRAFT:
            raise SurveyNotOpen(
                rule="Une écoute qui n’a pas été ouverte ne se clôt pas.", unblocks=LEAD
            )
        if self.state is not State.OPEN:
            return False
        self.state = State.CLOSED
        self.record(
            SurveyClosed(committee_id=self.committee_id, survey_id=self.id, answers=self.answers)
        )
        return True

    def may_draw_needs(self) -> None:
        """Needs are drawn from the opening until they are published."""
        if self.state is State.PUBLISHED:
            raise AlreadyPublished(
                rule="Un diagnostic publié ne change plus.",
                missing="Une nouvelle écoute, si le quartier a autre chose à dire.",
                unblocks=LEAD,
            )
        if self.state is State.DRAFT:
            raise SurveyNotOpen(
                rule="On tire les besoins de ce qui a été dit.",
                missing="Une écoute ouverte, et des réponses.",
                unblocks=LEAD,
            )

    def check_publishable(self, needs: Sequence[Need]) -> None:
        """Refuse while people may answer, without a need, or with one that rests on nothing."""
        self.may_draw_needs()
        if self.state is State.OPEN:
            raise SurveyStillOpen(
                rule="On publie une fois que chacun a pu répondre.",
                missing=f"La clôture, prévue le {self.closes_on:%d/%m/%Y}.",
                unblocks=f"{LEAD} peut clore plus tôt.",
            )
        bare = [need.title for need in needs if not need.evidence]
        if not needs or bare:
            raise NoNeedYet(
                rule="Un diagnostic dit des besoins, et chacun s’appuie sur au moins une réponse.",
                missing=f"Une réponse pour : {', '.join(bare)}." if bare else "Un premier besoin.",
                unblocks="Tout membre du comité",
            )

    def publish(
        self,
        needs: Sequence[Need],
        conclusion: Conclusion,
        counts: Mapping[Channel, int],
        report: FileRef,
        now: datetime,
    ) -> None:
        """Say what the neighbourhood needs; ideas open from there."""
        self.check_publishable(needs)
        self.state, self.published_at = State.PUBLISHED, now
        self.findings, self.agreed = conclusion.findings.strip(), conclusion.agreed.strip()
        self.agreed_on, self.report = conclusion.agreed_on, asdict(report)
        self.record(
            DiagnosticPublished(
                committee_id=self.committee_id,
                diagnostic_id=self.id,
                survey_id=self.id,
                title=self.title,
                theme=self.theme,
                needs=tuple(self._told(need) for need in heaviest_first(needs)),
                answers=self.answers,
                online=counts.get(Channel.ONLINE, 0),
                met=counts.get(Channel.MET, 0),
                paper=counts.get(Channel.PAPER, 0),
                findings=self.findings,
                report=report,
            )
        )

    def _told(self, need: Need) -> PublishedNeed:
        carried = len(need.evidence)
        share = weight(carried, self.answers)
        return PublishedNeed(need_id=need.id, title=need.title, weight=share, evidence=carried)
