"""Rounds, ideas and advice: opened by a diagnostic, tied to needs, asked of those who know."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from services.decision import commands, queries, tables
from services.decision.events import AskedOf, Opinion
from services.decision.model import (
    AdviceOver,
    CharterFrozen,
    IdeaNotShown,
    IdeasClosed,
    NothingChosen,
    NotTheOneAsked,
    RoundOver,
    StillChoosing,
)
from shared.kernel.refusals import Forbidden, Invalid, NotFound, VersionOutdated
from shared.store.links import LinkExpired, LinkUnknown, LinkUsed
from tests.decision.world import (
    CLOSED_COMMITTEE,
    COMMITTEE,
    OTHER_COMMITTEE,
    RAVINE,
    RELAY,
    SHADE,
    World,
    person_id,
)

CREOLE = 'In zardin dann kartié : « na poin lonbraz » <b>Éou</b> ça \'na "fini" 🌴 مرحبا'


# rounds


@pytest.mark.feature("C1", "C2")
def test_a_published_diagnostic_opens_the_ideas_by_itself_for_three_weeks(world: World):
    diagnostic = uuid4()
    round_id = world.round(diagnostic)
    fact = world.fact("ideas-opened")
    assert fact["diagnostic_id"] == str(diagnostic)
    assert fact["until"] == (world.today + timedelta(21)).isoformat()
    assert [(n["title"], n["weight"]) for n in fact["needs"]] == [
        ("De l’ombre", 60), ("Une ravine propre", 35),
    ]  # fmt: skip
    assert any("à vous les idées" in text for text in world.told("member"))
    assert str(world.row(tables.rounds, round_id)["state"]) == "ideas"


def test_the_same_diagnostic_told_twice_opens_one_round(world: World):
    diagnostic = uuid4()
    assert world.round(diagnostic) == world.round(diagnostic)
    assert world.facts() == ["ideas-opened"]


@pytest.mark.feature("D1", "X1")
def test_a_choice_without_a_diagnostic_needs_a_reason_that_stays_written(world: World):
    given = {"committee_id": COMMITTEE, "title": "Fête des voisins"}
    for who in ("member", "sector", "other_lead"):
        with pytest.raises(Forbidden):
            world.do(commands.open_round_without_diagnostic, who, why="Parce que", **given)
    with pytest.raises(Invalid, match="pourquoi"):
        world.do(commands.open_round_without_diagnostic, "lead", why="bof", **given)
    why = "Date imposée par la Ville"
    world.do(commands.open_round_without_diagnostic, "dpc", why=why, **given)
    assert world.fact("ideas-opened")["why_without_diagnostic"] == why
    with pytest.raises(StillChoosing):
        world.do(commands.open_round_without_diagnostic, "lead", why=why, **given)


def test_a_closed_or_unknown_committee_chooses_nothing(world: World):
    given = {"title": "Fête", "why": "Une bonne raison"}
    command = commands.open_round_without_diagnostic
    with pytest.raises(RoundOver):
        world.do(command, "old_lead", committee_id=CLOSED_COMMITTEE, **given)
    with pytest.raises(NotFound):
        world.do(command, "system", committee_id=uuid4(), **given)


def test_without_a_diagnostic_an_idea_answers_no_recorded_need(world: World):
    round_id = world.do(
        commands.open_round_without_diagnostic, "lead", committee_id=COMMITTEE,
        title="Fête", why="Date imposée par la Ville",
    )  # fmt: skip
    world.idea(round_id, needs=[])


@pytest.mark.feature("C22")
def test_a_second_action_may_be_chosen_from_the_same_diagnostic(world: World):
    voting = world.vote()
    with pytest.raises(StillChoosing):
        world.do(commands.open_another_round, "lead", round_id=voting.round_id)
    voting.confirmed(["member", "lead", "third"], {0: 3})
    voting.close()
    again = world.do(commands.open_another_round, "lead", round_id=voting.round_id)
    known = world.row(tables.rounds, again)
    assert known["diagnostic_id"] == voting.round["diagnostic_id"]
    assert known["needs"] == voting.round["needs"]


def test_the_lead_moves_the_last_day_and_everybody_hears_it(world: World):
    round_id = world.round()
    later = world.today + timedelta(30)
    with pytest.raises(Forbidden):
        world.do(commands.move_ideas_end, "member", round_id=round_id, until=later)
    world.do(commands.move_ideas_end, "lead", round_id=round_id, until=later, version=1)
    assert world.fact("ideas-opened")["until"] == later.isoformat()
    with pytest.raises(VersionOutdated):
        world.do(commands.move_ideas_end, "lead", round_id=round_id, until=later, version=1)
    for day in (world.today - timedelta(1), world.today + timedelta(181)):
        with pytest.raises(Invalid):
            world.do(commands.move_ideas_end, "lead", round_id=round_id, until=day)
    world.later(31)
    assert any("Adoptez la charte" in text for text in world.told("lead"))


def test_the_dpc_annuls_a_choice_for_a_reason_and_another_round_may_open(world: World):
    voting = world.vote()
    with pytest.raises(NothingChosen):
        world.do(commands.annul_choice, "dpc", round_id=voting.round_id, why="Une bonne raison")
    voting.confirmed(["member", "lead", "third"], {0: 3})
    voting.close()
    with pytest.raises(Invalid, match="pourquoi"):
        world.do(commands.annul_choice, "dpc", round_id=voting.round_id, why="non")
    with pytest.raises(Forbidden):
        world.do(commands.annul_choice, "lead", round_id=voting.round_id, why="Une bonne raison")
    world.do(commands.annul_choice, "dpc", round_id=voting.round_id, why="Le lieu est condamné")
    fact = world.fact("choice-annulled")
    assert fact["action_id"] == str(voting.round["action_id"])
    assert fact["why"] == "Le lieu est condamné"
    world.do(commands.open_another_round, "lead", round_id=voting.round_id)


# ideas


@pytest.mark.feature("C2", "X2")
def test_an_idea_answers_at_least_one_need_and_a_need_without_idea_is_shown(world: World):
    round_id = world.round()
    for needs in ([], [uuid4()]):
        with pytest.raises(Invalid) as refused:
            world.idea(round_id, needs=needs)
        assert "needs" in refused.value.fields
    world.idea(round_id, needs=[SHADE])
    card = world.ask(queries.round_card, "member", round_id=round_id)
    assert [(need["title"], need["ideas"]) for need in card["needs"]] == [
        ("De l’ombre", 1), ("Une ravine propre", 0),
    ]  # fmt: skip
    assert "aucune idée encore" in world.page("member", f"/tours/{round_id}")


@pytest.mark.feature("C5")
def test_an_idea_says_where_when_how_much_and_is_said_more_exactly(world: World):
    round_id = world.round()
    idea = world.idea(round_id, estimate=Decimal("1200.50"))
    changed = world.said("Jardin partagé et composteur", needs=[SHADE, RAVINE])
    world.do(commands.change_idea, "second", idea_id=idea, version=1, **changed)
    with pytest.raises(VersionOutdated):
        world.do(commands.change_idea, "member", idea_id=idea, version=1, **changed)
    kept = world.row(tables.ideas, idea)
    assert kept["title"] == "Jardin partagé et composteur"
    assert kept["estimate"] is None


@pytest.mark.parametrize(
    "days, field",
    [
        ((-1, 3), "wished_from"),
        ((9, 3), "wished_to"),
        ((1, 200), "wished_to"),
        ((729, 740), "wished_to"),
    ],
)
def test_wished_days_lie_ahead_in_order_and_not_too_far(world: World, days, field):
    round_id = world.round()
    start, end = (world.today + timedelta(n) for n in days)
    with pytest.raises(Invalid) as refused:
        world.idea(round_id, wished_from=start, wished_to=end)
    assert field in refused.value.fields


@pytest.mark.feature("C1")
def test_a_residents_idea_waits_for_the_group_then_stands_on_the_list(world: World):
    round_id, idea_id = world.round(), uuid4()
    given = {"code": world.code(round_id), "idea_id": idea_id, **world.said(CREOLE[:100])}
    for _ in range(2):
        assert world.do(commands.propose_as_resident, "member", **given) == idea_id
    kept = world.row(tables.ideas, idea_id)
    assert (kept["proposed_by"], str(kept["state"])) == (None, "waiting")
    shown = world.ask(queries.round_by_code, None, code=world.code(round_id))
    assert (shown["listed"], shown["waiting"]) == ([], 1)
    with pytest.raises(IdeaNotShown):
        world.do(commands.back_idea, "member", idea_id=idea_id)
    world.do(commands.show_idea, "member", idea_id=idea_id)
    page = world.page(None, f"/q/{world.code(round_id)}")
    assert "&lt;b&gt;Éou" in page
    assert "<b>Éou" not in page


def test_ideas_come_until_the_last_day_and_never_once_people_vote(world: World):
    round_id = world.round()
    world.runtime.clock.advance(timedelta(22))
    with pytest.raises(IdeasClosed) as refused:
        world.idea(round_id)
    assert "peut le déplacer" in refused.value.unblocks
    voting = world.vote()
    for act in (
        lambda: world.idea(voting.round_id),
        lambda: world.do(commands.back_idea, "member", idea_id=voting.ideas[0]),
        lambda: world.do(commands.set_idea_aside, "lead", idea_id=voting.ideas[0], why="Trop cher"),
        lambda: world.question(voting.ideas[0]),
    ):
        with pytest.raises(IdeasClosed):
            act()


@pytest.mark.feature("C3")
def test_ideas_that_say_the_same_are_joined_with_their_trace(world: World):
    round_id = world.round()
    one, other = world.idea(round_id, "Jardin"), world.idea(round_id, "Potager", needs=[RAVINE])
    for who in ("member", "second"):
        world.do(commands.back_idea, who, idea_id=one)
    world.do(commands.back_idea, "member", idea_id=other)
    world.do(commands.merge_ideas, "lead", idea_id=one, into=other, why="La même chose")
    joined, kept = world.row(tables.ideas, one), world.row(tables.ideas, other)
    assert (str(joined["state"]), joined["merged_into"], joined["why"]) == (
        "merged", other, "La même chose",
    )  # fmt: skip
    assert set(kept["needs"]) == {str(SHADE), str(RAVINE)}
    assert kept["supports"] == 2
    with pytest.raises(IdeaNotShown):
        world.do(commands.show_idea, "member", idea_id=one)
    assert "Jardin" in world.page("member", f"/idees/{other}")
    foreign = world.idea(world.round())
    for into in (foreign, other):
        with pytest.raises(Invalid):
            world.do(commands.merge_ideas, "lead", idea_id=other, into=into)


@pytest.mark.feature("C8")
def test_an_idea_is_set_aside_with_a_reason_told_to_who_proposed_it_and_may_come_back(world):
    idea = world.idea(world.round())
    with pytest.raises(Forbidden):
        world.do(commands.set_idea_aside, "member", idea_id=idea, why="Trop cher")
    with pytest.raises(Invalid):
        world.do(commands.set_idea_aside, "lead", idea_id=idea, why="non")
    world.do(commands.set_idea_aside, "lead", idea_id=idea, why="Trop cher cette année")
    assert any("mise de côté" in text for text in world.told("member"))
    world.do(commands.show_idea, "member", idea_id=idea)
    assert world.row(tables.ideas, idea)["why"] == ""


def test_one_backs_an_idea_once_and_a_resident_once_by_form(world: World):
    round_id = world.round()
    idea, support = world.idea(round_id), uuid4()
    for _ in range(2):
        world.do(commands.back_idea, "second", idea_id=idea)
        world.do(
            commands.back_as_resident, None,
            code=world.code(round_id), idea_id=idea, support_id=support,
        )  # fmt: skip
    assert world.row(tables.ideas, idea)["supports"] == 2
    foreign = world.idea(world.round())
    with pytest.raises(Invalid):
        world.do(
            commands.back_as_resident, None,
            code=world.code(round_id), idea_id=foreign, support_id=uuid4(),
        )  # fmt: skip


@pytest.mark.feature("C21")
def test_what_binds_one_to_an_idea_is_said_and_the_group_sees_it(world: World):
    idea = world.idea(world.round(), interest="C’est mon association")
    assert "C’est mon association" in world.page("second", f"/idees/{idea}")
    world.do(commands.declare_interest, "second", idea_id=idea, what="Ma rue")
    world.do(commands.declare_interest, "member", idea_id=idea, what="")
    found = world.ask(queries.idea_card, "lead", idea_id=idea)["interests"]
    assert [(i["name"], i["what"]) for i in found] == [("Zoé Démo", "Ma rue")]
    assert "Ma rue" not in world.page(None, f"/q/{world.code(_round(world, idea))}")


def _round(world: World, idea):
    return world.row(tables.ideas, idea)["round_id"]


def test_a_person_of_another_committee_proposes_nothing_here(world: World):
    round_id = world.round()
    for who in ("stranger", "voirie", "annexe", "auditor"):
        with pytest.raises(Forbidden):
            world.idea(round_id, who=who)
    for who in ("sector", "dpc", "elu"):
        world.idea(round_id, who=who)


# advice


@pytest.mark.feature("C6", "C7", "C12")
def test_only_the_department_that_is_asked_says_what_it_can_do_and_on_what_conditions(world):
    idea = world.idea(world.round())
    advice = world.question(idea)
    said = {
        "opinion": Opinion.WITH_CONDITIONS,
        "why": "La rue est peu passante",
        "capacity": "Huit barrières",
        "conditions": "Rendre la rue à 22 h",
        "window_from": world.today + timedelta(90),
    }
    for who in ("sports", "elu", "member", "lead", "dpc"):
        with pytest.raises(Forbidden):
            world.do(commands.give_advice, who, advice_id=advice, **said)
    world.do(commands.give_advice, "voirie", advice_id=advice, **said)
    declared = world.fact("condition-declared")["condition"]
    assert (declared["by"], declared["capacity"]) == ("Voirie", "Huit barrières")
    assert world.fact("advice-given")["opinion"] == "with-conditions"
    with pytest.raises(AdviceOver):
        world.do(commands.give_advice, "voirie", advice_id=advice, **said)
    assert any("Un avis est arrivé" in text for text in world.told("lead"))


@pytest.mark.feature("C6", "C23", "X13")
def test_the_conditions_of_an_idea_go_with_the_action_that_is_chosen(world: World):
    round_id = world.round()
    idea = world.idea(round_id, estimate=Decimal("900.00"))
    advice = world.question(idea)
    said = {"opinion": Opinion.FAVOURABLE, "why": "Utile", "capacity": "Huit barrières"}
    world.do(commands.give_advice, "voirie", advice_id=advice, **said)
    world.adopt(world.charter(round_id, quorum_percent=0))
    vote_id = world.do(commands.open_vote, "lead", round_id=round_id)
    assert "Voirie" in world.page("member", f"/votes/{vote_id}")
    world.do(commands.cast_ballot, "member", vote_id=vote_id, choices=[idea])
    world.later(8)
    chosen = world.fact("action-chosen")
    assert [c["capacity"] for c in chosen["conditions"]] == ["Huit barrières"]
    assert chosen["estimate_incl_tax"] == "900.00"


def test_an_elu_is_asked_by_person_and_another_does_not_answer(world: World):
    idea = world.idea(world.round())
    with pytest.raises(Invalid, match="suit ce comité"):
        world.question(idea, asked_of=AskedOf.ELU, person=person_id("member"))
    advice = world.question(idea, asked_of=AskedOf.ELU, person=person_id("elu"))
    assert world.fact("advice-asked")["asked"] == "Élu·e référent·e"
    said = {"opinion": Opinion.UNFAVOURABLE, "why": "Un projet de la Ville existe"}
    with pytest.raises(Forbidden):
        world.do(commands.give_advice, "voirie", advice_id=advice, **said)
    world.do(commands.give_advice, "elu", advice_id=advice, **said)
    assert "condition-declared" not in world.facts()


def test_an_elu_of_the_committee_who_is_not_the_one_asked_is_refused(world: World):
    from services.directory.mirror.views import grants_view

    with world.database.write() as connection:
        row = {"id": uuid4(), "person": person_id("sector"), "role": "elu"}
        connection.execute(grants_view.insert(), row | {"scope": f"committee:{COMMITTEE}"})
    idea = world.idea(world.round())
    advice = world.question(idea, asked_of=AskedOf.ELU, person=person_id("sector"))
    with pytest.raises(NotTheOneAsked):
        world.do(
            commands.give_advice, "elu", advice_id=advice, opinion=Opinion.FAVOURABLE, why="Oui"
        )


def test_a_relay_answers_by_a_link_once(world: World):
    idea = world.idea(world.round())
    advice = world.question(idea, asked_of=AskedOf.RELAY, relay_id=RELAY)
    old = world.do(commands.issue_advice_link, "lead", advice_id=advice)
    secret = world.do(commands.issue_advice_link, "lead", advice_id=advice)
    said = {"opinion": Opinion.FAVOURABLE, "why": "Dix bénévoles", "capacity": "Une salle"}
    for wrong in (old, secret[:-1], "x"):
        with pytest.raises(LinkUnknown):
            world.do(commands.give_advice_by_link, None, secret=wrong, **said)
    world.page(None, f"/lien/{secret}")
    world.do(commands.give_advice_by_link, None, secret=secret, **said)
    with pytest.raises(LinkUsed):
        world.do(commands.give_advice_by_link, None, secret=secret, **said)
    assert "déjà servi" in world.page(None, f"/lien/{secret}", 409)
    assert world.row(tables.advices, advice)["capacity"] == "Une salle"


def test_a_link_is_for_a_relay_and_stops_when_the_time_is_over(world: World):
    idea = world.idea(world.round())
    with pytest.raises(Invalid, match="avec son compte"):
        world.do(commands.issue_advice_link, "lead", advice_id=world.question(idea))
    advice = world.question(idea, asked_of=AskedOf.RELAY, relay_id=RELAY)
    secret = world.do(commands.issue_advice_link, "lead", advice_id=advice)
    world.runtime.clock.advance(timedelta(40))
    with pytest.raises(LinkExpired):
        world.do(
            commands.give_advice_by_link, None, secret=secret, opinion=Opinion.FAVOURABLE, why="x"
        )


@pytest.mark.feature("C7")
def test_silence_is_reminded_of_then_told_to_the_dpc(world: World):
    idea = world.idea(world.round())
    world.question(idea, answer_by=world.today + timedelta(10))
    world.later(9)
    assert any("demain au plus tard" in text for text in world.told("voirie"))
    assert not any("à temps" in text for text in world.told("dpc"))
    world.later(3)
    assert any("n’a pas donné son avis à temps" in text for text in world.told("dpc"))
    assert any("n’a pas donné son avis à temps" in text for text in world.told("lead"))


def test_an_answer_in_time_leaves_nobody_to_remind(world: World):
    idea = world.idea(world.round())
    advice = world.question(idea)
    world.do(
        commands.give_advice, "voirie", advice_id=advice, opinion=Opinion.FAVOURABLE, why="Oui"
    )
    world.later(12)
    assert world.told("dpc") == []


@pytest.mark.parametrize(
    "said, field",
    [
        ({"why": ""}, "why"),
        ({"opinion": Opinion.WITH_CONDITIONS}, "conditions"),
    ],
)
def test_an_advice_has_its_reason_and_conditions_are_written(world: World, said, field):
    advice = world.question(world.idea(world.round()))
    given = {"opinion": Opinion.FAVOURABLE, "why": "Oui"} | said
    with pytest.raises(Invalid) as refused:
        world.do(commands.give_advice, "voirie", advice_id=advice, **given)
    assert field in refused.value.fields


def test_days_of_a_window_reversed_and_days_gone_by_are_refused(world: World):
    idea = world.idea(world.round())
    with pytest.raises(Invalid) as refused:
        world.question(idea, answer_by=world.today - timedelta(1))
    assert "answer_by" in refused.value.fields
    advice = world.question(idea)
    window = {"window_from": world.today + timedelta(9), "window_to": world.today}
    with pytest.raises(Invalid) as refused:
        world.do(
            commands.give_advice, "voirie", advice_id=advice, opinion=Opinion.FAVOURABLE, why="x",
            **window,
        )  # fmt: skip
    assert "window_to" in refused.value.fields


def test_whom_nobody_knows_is_not_asked(world: World):
    idea = world.idea(world.round())
    for changes in (
        {"department": "Inconnu"},
        {"asked_of": AskedOf.RELAY, "relay_id": uuid4()},
        {"asked_of": AskedOf.RELAY, "relay_id": None},
        {"asked_of": AskedOf.ELU, "person": None},
    ):
        with pytest.raises(Invalid):
            world.question(idea, **changes)


@pytest.mark.feature("C8")
def test_once_people_vote_no_advice_is_awaited_and_a_link_no_longer_works(world: World):
    round_id = world.round()
    idea = world.idea(round_id)
    advice, relay = (
        world.question(idea),
        world.question(idea, asked_of=AskedOf.RELAY, relay_id=RELAY),
    )
    secret = world.do(commands.issue_advice_link, "lead", advice_id=relay)
    world.adopt(world.charter(round_id))
    world.do(commands.open_vote, "lead", round_id=round_id)
    with pytest.raises(AdviceOver):
        world.do(
            commands.give_advice, "voirie", advice_id=advice, opinion=Opinion.FAVOURABLE, why="x"
        )
    with pytest.raises(LinkUnknown):
        world.do(
            commands.give_advice_by_link, None, secret=secret, opinion=Opinion.FAVOURABLE, why="x"
        )


# charters


@pytest.mark.feature("C11", "X7")
def test_an_adopted_charter_does_not_change_and_a_round_has_one(world: World):
    round_id = world.round()
    world.idea(round_id)
    charter = world.charter(round_id)
    with pytest.raises(CharterFrozen):
        world.charter(round_id)
    with pytest.raises(Forbidden):
        world.adopt(charter, "member")
    before = world.adopt(charter)
    with pytest.raises(CharterFrozen):
        world.do(commands.change_charter, "lead", charter_id=charter, **world.rules())
    with pytest.raises(CharterFrozen):
        world.adopt(charter)
    assert world.row(tables.charters, charter)["hash"] == before
    assert before in world.page(None, f"/tours/{round_id}/charte-adoptee")


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"voters": []}, "voters"),
        ({"opens_on": -1}, "opens_on"),
        ({"closes_on": -1, "meeting_on": None}, "closes_on"),
        ({"closes_on": 70, "meeting_on": None}, "closes_on"),
        ({"meeting_on": 9}, "meeting_on"),
        ({"shares": {"residents": "100"}}, "shares"),
        ({"shares": {"members": "60"}}, "shares"),
    ],
)
def test_rules_that_nobody_could_follow_are_refused_where_they_stand(world: World, changes, field):
    days = {
        name: world.today + timedelta(value) if isinstance(value, int) else value
        for name, value in changes.items()
    }
    with pytest.raises(Invalid) as refused:
        world.charter(world.round(), **days)
    assert field in refused.value.fields


@pytest.mark.feature("C10")
def test_shares_of_colleges_are_kept_ready_and_each_person_counts_for_one_today(world: World):
    round_id = world.round()
    world.idea(round_id)
    charter = world.charter(round_id, shares={"members": "1/3", "elus": "2/3"})
    assert world.row(tables.charters, charter)["shares"] == {"members": "1/3", "elus": "2/3"}
    world.adopt(charter)
    assert "sans effet sur ce compte" in world.page(None, f"/tours/{round_id}/charte-adoptee")


def test_an_agreement_still_to_come_is_none(world: World):
    round_id = world.round()
    world.idea(round_id)
    charter = world.charter(round_id)
    for changes in ({"agreed_on": world.today + timedelta(1)}, {"agreed": " "}):
        with pytest.raises(Invalid):
            world.adopt(charter, **changes)


def test_what_one_may_read_of_another_committee_is_nothing(world: World):
    round_id = world.round()
    for who in ("stranger", "other_lead", "voirie", "annexe"):
        with pytest.raises(Forbidden):
            world.ask(queries.round_card, who, round_id=round_id)
    assert world.ask(queries.my_rounds, "stranger")["items"] == []
    mine = world.ask(queries.my_rounds, "stranger", committee_id=OTHER_COMMITTEE)
    assert mine["items"] == []
