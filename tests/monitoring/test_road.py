"""The road of a committee: each fact moves it on, says what is awaited now, and of whom."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.communication import events as communication
from services.decision import events as decision
from services.decision.events import Outcome
from services.monitoring import queries
from services.monitoring.tables import legs_view, needs_view, waits_view
from services.planning import events as planning
from tests.monitoring.asking import row_of
from tests.monitoring.told import TODAY, Told, named
from tests.monitoring.walked import DAY, FILE, Walk


def row(walk: Walk) -> dict[str, Any]:
    walk.told.settle()
    return row_of(walk.told.ask(queries.board), 17)


def awaited(walk: Walk) -> dict[str, str]:
    """What is awaited now, and of whom."""
    walk.told.settle()
    return {w["kind"]: w["awaited_role"] for w in walk.told.rows(waits_view) if w["open"]}


def wait(walk: Walk, kind: str) -> dict[str, Any]:
    walk.told.settle()
    [found] = [w for w in walk.told.rows(waits_view) if w["kind"] == kind]
    return found


def state_of(walk: Walk, need: UUID) -> str:
    walk.told.settle()
    [found] = [n for n in walk.told.rows(needs_view) if n["id"] == need]
    return str(found["state"])


# listening and choosing


@pytest.mark.feature("M1", "M9")
def test_an_open_survey_is_the_first_step_and_awaits_the_group_until_it_closes(told: Told):
    walk = Walk(told)
    walk.listens()
    found = row(walk)
    assert (found["place"], found["step_name"]) == (1, "État des lieux")
    assert awaited(walk) == {"listen": "member"}
    assert found["urgent"]["due"] == TODAY + timedelta(10)
    walk.closes_survey()
    assert awaited(walk) == {"publish": "lead"}


def test_a_published_diagnostic_leads_to_the_choice_which_is_the_second_step(told: Told):
    walk = Walk(told)
    walk.listens()
    walk.closes_survey()
    walk.publishes()
    walk.gathers_ideas()
    assert (row(walk)["place"], row(walk)["leg"]["id"]) == (2, walk.round)
    assert awaited(walk) == {"adopt-charter": "lead"}
    walk.adopts_charter()
    assert awaited(walk) == {"open-vote": "lead"}
    walk.opens_vote()
    assert awaited(walk) == {"vote": "member"}


def test_advice_is_awaited_of_the_one_who_is_asked_until_it_is_given_or_the_vote_opens(told: Told):
    walk = Walk(told)
    walk.gathers_ideas()
    advice = walk.asks_advice()
    assert (wait(walk, "advice")["asked"], wait(walk, "advice")["open"]) == ("Voirie", True)
    fields: dict[str, Any] = {"advice_id": advice, "idea_id": named("idea"), "round_id": walk.round}
    asked: dict[str, Any] = {"asked_of": decision.AskedOf.DEPARTMENT, "asked": "Voirie"}
    walk.tell(decision.AdviceGiven, **fields, **asked, opinion="favourable", why="Rien à redire")
    assert "advice" not in awaited(walk)
    walk.asks_advice(named("Dan Élu"))
    assert wait(walk, "advice")["person"] == named("Dan Élu")
    walk.opens_vote(days_ago=0.5)
    assert awaited(walk) == {"vote": "member"}


@pytest.mark.parametrize(
    "outcome, why",
    [
        (Outcome.NO_QUORUM, "Vote sans quorum, 19\u00a0votants sur 27"),
        (Outcome.TIE, "Vote sans gagnant, des idées sont à égalité"),
    ],
)
def test_a_vote_that_chooses_nothing_blocks_and_says_what_the_charter_makes_of_it(
    told: Told, outcome: Outcome, why: str
):
    walk = Walk(told)
    walk.gathers_ideas()
    walk.opens_vote()
    walk.counts(outcome)
    stuck = row(walk)["obstacle"]
    assert (stuck["why"], stuck["unblocks"]) == (why, "Un second vote sans quorum est ouvert.")
    assert (stuck["blocked"], stuck["unblocks_role"]) == (True, "lead")
    walk.opens_vote(days_ago=1)
    assert row(walk)["obstacle"] is None


def test_the_action_chosen_awaits_its_plan_and_its_strategy_two_months_before(told: Told):
    walk = Walk(told).to_the_choice()
    found = row(walk)
    assert (found["place"], found["leg"]["title"]) == (3, "Kabar lakour")
    assert awaited(walk) == {"adopt-plan": "lead", "adopt-strategy": "lead"}
    assert str(wait(walk, "adopt-plan")["due"]) == "2027-01-20"


def test_an_annulled_choice_goes_back_to_choosing(told: Told):
    walk = Walk(told).to_the_choice()
    walk.of_action(decision.ChoiceAnnulled, round_id=walk.round, why="Vice de forme")
    found = row(walk)
    assert (found["place"], found["leg"]["id"]) == (2, walk.round)
    assert found["obstacle"]["why"] == "Choix annulé\u00a0: Vice de forme"
    assert awaited(walk) == {"choose-again": "lead"}


# the plan and the day


def test_an_adopted_plan_counts_needs_and_campaign_back_from_its_day(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    assert row(walk)["place"] == 4
    assert awaited(walk) == {"hold-day": "lead", "send-needs": "lead", "adopt-strategy": "lead"}
    assert wait(walk, "hold-day")["due"] == DAY
    assert str(wait(walk, "send-needs")["due"]) == "2027-01-20"
    walk.adopts_strategy()
    assert awaited(walk) == {"hold-day": "lead", "send-needs": "lead", "launch": "lead"}
    assert str(wait(walk, "launch")["due"]) == "2027-02-20"


def test_what_is_counted_back_from_the_day_moves_with_it(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    walk.moves_day(DAY + timedelta(28))
    found = row(walk)["leg"]
    assert (found["day"], found["moved_from"], found["moved_why"]) == (
        DAY + timedelta(28),
        DAY,
        "cyclone",
    )
    assert wait(walk, "hold-day")["due"] == DAY + timedelta(28)
    assert str(wait(walk, "send-needs")["due"]) == "2027-02-17"
    walk.adopts_strategy(days_ago=0.5)
    assert str(wait(walk, "launch")["due"]) == "2027-03-17"


def test_a_cancelled_action_awaits_nothing_more_and_is_over(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    walk.asks_service()
    walk.of_action(planning.ActionCancelled, reason="Plus personne")
    found = row(walk)
    assert (found["over"], found["place"], awaited(walk)) == (True, 9, {})


def test_the_day_held_leads_to_the_bilan_then_to_the_end(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan(TODAY - timedelta(1))
    walk.adopts_strategy()
    walk.of_action(planning.InstallationSigned, place="Préau")
    assert row(walk)["place"] == 6
    walk.holds()
    assert (row(walk)["place"], awaited(walk)) == (7, {"review": "lead"})
    walk.reviews()
    assert (row(walk)["place"], awaited(walk)) == (8, {"close-action": "lead"})
    walk.closes()
    assert (row(walk)["place"], row(walk)["over"], awaited(walk)) == (9, True, {})


def test_a_new_survey_is_what_a_committee_lives_once_its_action_is_closed(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    walk.closes()
    walk.survey = named("second survey")
    walk.listens(days_ago=0.5)
    assert (row(walk)["place"], row(walk)["leg"]["id"]) == (1, walk.survey)


def test_of_two_actions_the_one_whose_day_comes_first_is_shown_and_the_other_is_said(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    assert not row(walk)["more"]
    first = walk.action
    walk.action = named("second action")
    walk.chooses(days_ago=2)
    walk.adopts_plan(DAY + timedelta(30), days_ago=1)
    assert (row(walk)["leg"]["id"], row(walk)["more"]) == (first, True)


# needs


def test_needs_are_met_when_each_has_somebody(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    service, relay = walk.asks_service(), walk.asks_relay()
    assert "send-needs" not in awaited(walk)
    assert (state_of(walk, service), row(walk)["place"]) == ("asked", 4)
    walk.of_action(planning.ServiceAccepted, need_id=service, department="Voirie")
    assert (state_of(walk, service), row(walk)["place"]) == ("secured", 4)
    told_yes: dict[str, Any] = {"relay_id": named("relay"), "organisation": "Asso Démo"}
    walk.of_action(planning.RelayAnswered, need_id=relay, **told_yes, answer="yes")
    assert row(walk)["place"] == 5
    assert awaited(walk).keys() == {"hold-day", "adopt-strategy"}


def test_a_department_that_declines_leaves_another_way_to_find(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    need = walk.asks_service()
    walk.of_action(
        planning.ServiceDeclined, need_id=need, department="Voirie", why="Une autre fête"
    )
    stuck = row(walk)["obstacle"]
    assert (stuck["kind"], stuck["why"]) == (
        "other-way",
        "Voirie ne peut pas\u00a0: Une autre fête",
    )
    assert (stuck["awaited_role"], stuck["asked"], state_of(walk, need)) == (
        "lead",
        None,
        "refused",
    )
    walk.of_action(planning.NeedWithdrawn, need_id=need, why="On fait sans")
    assert (row(walk)["obstacle"], state_of(walk, need)) == (None, "withdrawn")


def test_a_silent_department_is_for_the_dpc_to_unblock(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    need = walk.asks_service()
    walk.of_action(
        planning.AnswerOverdue,
        need_id=need,
        asked="Voirie",
        answer_by=TODAY,
        since=told.clock.now(),
    )
    found = row(walk)
    stuck = found["obstacle"]
    assert (stuck["why"], stuck["unblocks_role"]) == ("Voirie, sans réponse", "dpc_officer")
    assert (stuck["you_unblock"], stuck["deed"]) == (True, "Relancer")
    assert told.ask(queries.board)["counts"]["yours"] == 1
    walk.of_action(planning.ServiceAccepted, need_id=need, department="Voirie")
    assert row(walk)["obstacle"] is None


@pytest.mark.parametrize(
    "answer, kind", [("no", None), ("later", "relay-talk"), ("something-else", "relay-talk")]
)
def test_a_relay_that_does_not_say_yes_is_talked_to_or_given_up(
    told: Told, answer: str, kind: str | None
):
    walk = Walk(told).to_the_choice().adopts_plan()
    need = walk.asks_relay()
    said: dict[str, Any] = {
        "relay_id": named("relay"),
        "organisation": "Asso Démo",
        "words": "En avril",
    }
    walk.of_action(planning.RelayAnswered, need_id=need, **said, answer=answer)
    assert ("relay-talk" in awaited(walk)) == (kind is not None)
    assert state_of(walk, need) == ("refused" if answer == "no" else "asked")


def test_who_had_answered_for_another_day_is_asked_again(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    need = walk.asks_service()
    walk.of_action(planning.ServiceAccepted, need_id=need, department="Voirie", days_ago=3)
    by = TODAY + timedelta(9)
    moved: dict[str, Any] = {"needed_by": DAY + timedelta(7), "why": "Cyclone", "answer_by": by}
    walk.of_action(planning.NeedChanged, need_id=need, **moved)
    assert (state_of(walk, need), wait(walk, "service-answer")["due"]) == ("asked", by)
    assert awaited(walk)["service-answer"] == "department_agent"


# tasks


def test_a_task_awaits_the_one_who_took_it_until_it_is_done(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    walk.takes_task("Zoé Exemple")
    task = wait(walk, "task")
    assert (task["person"], task["open"]) == (named("Zoé Exemple"), True)
    walk.task(planning.TaskHandedBack)
    assert (wait(walk, "task-free")["person"], wait(walk, "task-free")["open"]) == (None, True)
    walk.task(planning.StandInFound, person=named("Max Démo"))
    assert wait(walk, "task")["person"] == named("Max Démo")
    walk.task(planning.TaskDone)
    assert "task" not in awaited(walk)
    walk.task(planning.TaskReopened)
    assert "task" in awaited(walk)


def test_a_task_follows_the_day_that_moved(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    walk.takes_task("Zoé Exemple", days_ago=3)
    since = wait(walk, "task")["since"]
    walk.task(planning.TaskMoved, due=TODAY + timedelta(30))
    moved = wait(walk, "task")
    assert (moved["due"], moved["queue"]) == (TODAY + timedelta(30), TODAY + timedelta(30))
    assert (moved["since"], moved["person"]) == (since, named("Zoé Exemple"))


def test_a_blocked_task_says_why_and_who_can_help(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    walk.task(planning.TaskBlocked, why="Personne n’a les clés", unblocks="Le club de sport")
    stuck = row(walk)["obstacle"]
    assert (stuck["why"], stuck["unblocks_name"]) == ("Personne n’a les clés", "Le club de sport")
    assert stuck["what"] == "Trouver qui fait une tâche"
    walk.task(planning.TaskUnblocked)
    assert row(walk)["obstacle"] is None
    walk.task(planning.HelpRequested, hands=3, what="Monter")
    told.settle()
    assert [w["hands"] for w in told.rows(waits_view) if w["subject_id"] == stuck["id"]] == [3]


# telling


@pytest.mark.feature("M9")
def test_a_print_is_awaited_of_each_in_turn(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    need = walk.asks_print()
    assert awaited(walk)["print-brief"] == "lead"
    due = DAY - timedelta(30)
    asked = {"title": "Affiches", "support": "poster", "quantity": 60, "needed_by": due}
    turns: list[tuple[type[Any], dict[str, Any], str, str]] = [
        (communication.PrintRequested, asked, "print-decide", "print_service"),
        (communication.PrintAccepted, {"hours": Decimal(4)}, "print-schedule", "print_service"),
        (
            communication.PrintScheduled,
            {"week": TODAY, "ready_by": due},
            "proof",
            "print_service",
        ),
        (communication.PrintUnscheduled, {"why": "Panne"}, "print-schedule", "print_service"),
        (
            communication.PrintScheduled,
            {"week": TODAY, "ready_by": due},
            "proof",
            "print_service",
        ),
        (
            communication.ProofPublished,
            {"edition": 1, "file": FILE},
            "sign-proof",
            "lead",
        ),
        (
            communication.ProofApproved,
            {"edition": 1, "file_hash": "0"},
            "print-deliver",
            "print_service",
        ),
    ]
    for event, fields, kind, role in turns:
        walk.print_says(event, need, **fields)
        assert (awaited(walk).get(kind), event.__name__) == (role, event.__name__)
    walk.print_says(communication.PrintDelivered, need, quantity=60, on=TODAY)
    assert not {"print-deliver", "proof", "print-brief"} & awaited(walk).keys()
    assert state_of(walk, need) == "secured"


def test_a_refused_print_is_for_the_lead_and_one_bought_outside_for_the_purchase(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    need = walk.asks_print()
    walk.print_says(communication.PrintRefused, need, why="Trop tard")
    assert row(walk)["obstacle"]["why"] == "Impression refusée\u00a0: Trop tard"
    assert state_of(walk, need) == "refused"
    outside: dict[str, Any] = {"title": "Affiches", "lines": (), "place": "", "needed_by": DAY}
    by = named("Rita Fictif")
    walk.print_says(communication.PrintPurchaseNeeded, need, **outside, requested_by=by)
    assert row(walk)["obstacle"] is None
    walk.print_says(communication.PrintScheduled, need, week=TODAY, ready_by=DAY, outside=True)
    assert awaited(walk)["print-deliver"] == "print_service"
    walk.print_says(communication.PrintCancelled, need, why="Plus besoin")
    assert "print-deliver" not in awaited(walk)
    assert state_of(walk, need) == "withdrawn"


def test_a_launched_campaign_leads_to_the_day_and_its_end_awaits_nothing(told: Told):
    walk = Walk(told).to_the_choice().adopts_plan()
    walk.adopts_strategy()
    walk.launches()
    assert (row(walk)["place"], awaited(walk)) == (6, {"hold-day": "lead"})
    walk.of_action(communication.CampaignEnded, campaign_id=walk.action, reach=900)
    [leg] = [leg for leg in told.rows(legs_view) if leg["id"] == walk.action]
    assert row(walk)["place"] == 6
    assert leg["launched_at"] is not None
