"""A committee that walks its road, fact by fact, as the services would tell it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.communication import events as communication
from services.decision import events as decision
from services.diagnostic import events as diagnostic
from services.language import FileRef
from services.planning import events as planning
from tests.monitoring.told import NOW, TODAY, Told, named

DAY = date(2027, 3, 20)
FILE = FileRef(owner="diagnostic", sha256="0" * 64, size=1, media_type="application/pdf")


class Walk:
    """The road of committee ``number``; its ids are those of its name."""

    def __init__(self, told: Told, number: int = 17) -> None:
        self.told = told
        self.cac = told.committee(number, days_ago=200)
        self.survey = named(f"survey {number}")
        self.round = named(f"round {number}")
        self.vote = named(f"vote {number}")
        self.action = named(f"road {number}")

    def tell(self, event: type[Any], /, days_ago: float = 1, **fields: Any) -> UUID:
        """A fact of this committee, of this journey."""
        by = fields.pop("decided_by", None)
        options = {"by": by, "quality": "lead"} if by else {}
        fact = event(committee_id=self.cac, **fields)
        return self.told.tell(fact, days_ago=days_ago, journey=self.survey, **options)

    def of_action(self, event: type[Any], /, days_ago: float = 1, **fields: Any) -> UUID:
        """A fact of its action."""
        return self.tell(event, days_ago, action_id=self.action, **fields)

    # listening

    def listens(self, until: date = TODAY + timedelta(10), days_ago: float = 100) -> None:
        self.tell(
            diagnostic.SurveyOpened,
            days_ago,
            survey_id=self.survey,
            title="Ce qui manque ici",
            theme=diagnostic.Theme.ANY,
            sectors=(),
            opens_on=TODAY,
            closes_on=until,
        )

    def closes_survey(self, answers: int = 112, days_ago: float = 95) -> None:
        self.tell(diagnostic.SurveyClosed, days_ago, survey_id=self.survey, answers=answers)

    def publishes(self, days_ago: float = 90) -> None:
        self.tell(
            diagnostic.DiagnosticPublished,
            days_ago,
            diagnostic_id=self.survey,
            survey_id=self.survey,
            title="Ce qui manque ici",
            theme=diagnostic.Theme.ANY,
            needs=(),
            answers=112,
            online=100,
            met=10,
            paper=2,
            findings="",
            report=FILE,
        )

    # choosing

    def gathers_ideas(self, until: date = TODAY + timedelta(5), days_ago: float = 89) -> None:
        self.tell(
            decision.IdeasOpened,
            days_ago,
            round_id=self.round,
            title="Que faire ensemble ?",
            needs=(),
            until=until,
            diagnostic_id=self.survey,
        )

    def asks_advice(self, person: UUID | None = None, days_ago: float = 80) -> UUID:
        advice = named(f"advice {self.cac}")
        self.tell(
            decision.AdviceAsked,
            days_ago,
            advice_id=advice,
            idea_id=named("idea"),
            round_id=self.round,
            asked_of=decision.AskedOf.ELU if person else decision.AskedOf.DEPARTMENT,
            asked="" if person else "Voirie",
            idea="Kabar lakour",
            question="Est-ce possible ?",
            answer_by=TODAY + timedelta(3),
            person=person,
        )
        return advice

    def adopts_charter(self, days_ago: float = 75) -> None:
        self.tell(
            decision.CharterAdopted,
            days_ago,
            charter_id=named("charter"),
            round_id=self.round,
            hash="abc",
            method=decision.Method.PLURALITY,
            voters=("members",),
            quorum_percent=50,
            no_quorum=decision.NoQuorum.SECOND_CALL,
            tie=decision.TieRule.RUN_OFF,
        )

    def opens_vote(
        self, closes_at: datetime = NOW + timedelta(days=2), days_ago: float = 70
    ) -> None:
        self.tell(
            decision.VoteOpened,
            days_ago,
            vote_id=self.vote,
            round_id=self.round,
            charter_hash="abc",
            options=(),
            electors=27,
            closes_at=closes_at,
        )

    def counts(
        self,
        outcome: decision.Outcome = decision.Outcome.CHOSEN,
        voted: int = 19,
        days_ago: float = 65,
    ) -> None:
        self.tell(
            decision.VoteClosed,
            days_ago,
            vote_id=self.vote,
            round_id=self.round,
            outcome=outcome,
            electors=27,
            voted=voted,
            blank=0,
            on_site=0,
            counts=(),
            follows="Un second vote sans quorum est ouvert.",
        )

    def chooses(self, wished: date = DAY, days_ago: float = 65) -> UUID:
        return self.of_action(
            decision.ActionChosen,
            days_ago,
            idea_id=named("idea"),
            round_id=self.round,
            title="Kabar lakour",
            aims="Se retrouver",
            needs=(),
            conditions=(),
            wished_from=wished,
            wished_to=wished,
            place="Préau",
            result=(),
            why="La plus soutenue",
            estimate_incl_tax=Decimal("3200.00"),
        )

    def to_the_choice(self) -> "Walk":
        self.listens()
        self.closes_survey()
        self.publishes()
        self.gathers_ideas()
        self.adopts_charter()
        self.opens_vote()
        self.counts()
        self.chooses()
        return self

    # carrying

    def adopts_plan(self, day: date = DAY, days_ago: float = 60) -> "Walk":
        self.of_action(
            planning.PlanAdopted,
            days_ago,
            title="Kabar lakour",
            day=day,
            fallback_day=day + timedelta(7),
            place="Préau",
            lead=named("Rita Fictif"),
        )
        return self

    def moves_day(self, day: date, why: planning.WhyMoved = planning.WhyMoved.CYCLONE) -> None:
        self.of_action(
            planning.ActionDayMoved,
            was=DAY,
            day=day,
            fallback_day=None,
            why=why,
            reason="Alerte orange",
            tight=2,
        )

    def asks_supplier(self, title: str = "Sonorisation", days_ago: float = 50) -> UUID:
        need = named(f"need {self.cac} {title}")
        self.of_action(
            planning.SupplierNeeded,
            days_ago,
            need_id=need,
            title=title,
            kind=planning.SupplyKind.HIRE,
            lines=(),
            place="Préau",
            needed_by=DAY,
            requested_by=named("Rita Fictif"),
        )
        return need

    def asks_service(self, answer_by: date = TODAY + timedelta(2), days_ago: float = 50) -> UUID:
        need = named(f"service {self.cac}")
        self.of_action(
            planning.ServiceNeeded,
            days_ago,
            need_id=need,
            department="Voirie",
            title="Fermer la rue",
            what="De 14 h à 22 h",
            place="Rue",
            on=DAY,
            answer_by=answer_by,
            requested_by=named("Rita Fictif"),
        )
        return need

    def asks_relay(self, days_ago: float = 50) -> UUID:
        need = named(f"relay {self.cac}")
        self.of_action(
            planning.RelayAsked,
            days_ago,
            need_id=need,
            relay_id=named("relay"),
            organisation="Asso Démo",
            what="Prêter des tables",
            effort="une demi-journée",
            window_from=DAY,
            window_to=DAY,
            answer_by=TODAY + timedelta(4),
            requested_by=named("Rita Fictif"),
        )
        return need

    def asks_print(self, days_ago: float = 50) -> UUID:
        need = named(f"print {self.cac}")
        self.of_action(
            planning.PrintNeeded,
            days_ago,
            need_id=need,
            title="Affiches",
            support=planning.Support.POSTER,
            quantity=60,
            page_format="A3",
            place="Mairie annexe",
            needed_by=DAY - timedelta(30),
            requested_by=named("Rita Fictif"),
        )
        return need

    def task(self, event: type[Any], title: str = "Appeler trois familles", **more: Any) -> UUID:
        task = named(f"task {self.cac} {title}")
        due = more.pop("due", TODAY + timedelta(3))
        self.of_action(event, task_id=task, title=title, due=due, **more)
        return task

    def takes_task(self, person: str, title: str = "Appeler trois familles", **more: Any) -> UUID:
        return self.task(planning.TaskAssigned, title, person=named(person), **more)

    # telling

    def adopts_strategy(self, days_ago: float = 45) -> None:
        self.of_action(
            communication.StrategyAdopted,
            days_ago,
            campaign_id=self.action,
            targets=(),
            channels=(communication.Channel.POSTING,),
            supports=(),
            gates=(),
        )

    def print_says(self, event: type[Any], need: UUID, /, **more: Any) -> UUID:
        request = named(f"request {need}")
        self.of_action(event, request_id=request, need_id=need, **more)
        return request

    def launches(self) -> None:
        self.of_action(
            communication.CampaignLaunched,
            campaign_id=self.action,
            channels=(),
            zones=(),
            starts=TODAY,
            ends=DAY,
            ready=(),
        )

    # the end

    def holds(self, on: date = TODAY - timedelta(1)) -> None:
        self.of_action(planning.ActionHeld, on=on, attendance=120)

    def reviews(self) -> None:
        self.of_action(
            planning.ActionReviewed,
            attendance=120,
            volunteers=9,
            volunteer_hours=30,
            spent_incl_tax=Decimal("1974.70"),
            worked="Le lieu",
            to_improve="La sono",
            do_again=True,
        )

    def closes(self, on: date = TODAY) -> None:
        self.of_action(planning.ActionClosed, on=on)
