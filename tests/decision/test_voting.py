"""One person, one voice, over web, cards and rooms, whatever the order; and what follows a count."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.decision import commands, tables
from services.decision.events import Method, NoQuorum, TieRule
from services.decision.model import (
    AlreadyCountedInTheRoom,
    CardUnknown,
    CharterMissing,
    CountNotConfirmed,
    CountOver,
    IdeasToLookAt,
    NoElectors,
    NotAnElector,
    NotYetTheDay,
    SecondPersonNeeded,
    TooFewIdeas,
    VoteOver,
    Way,
)
from services.decision.model.refusals import NoVoteOpen
from shared.kernel.refusals import Forbidden, Invalid, SignInNeeded
from tests.decision.world import COMMITTEE, ELECTORS, OTHER_COMMITTEE, RAVINE, World


@pytest.mark.feature("C16", "C22", "C23")
def test_a_clear_outcome_chooses_the_action_by_itself_at_the_closing(world: World):
    voting = world.vote("Jardin", "Kabar")
    for name, place in (("member", 0), ("second", 1), ("third", 0), ("elu", 0)):
        voting.cast(name, place)
    voting.cast("lead")
    voting.end()
    closed, chosen = world.fact("vote-closed"), world.fact("action-chosen")
    assert (closed["outcome"], closed["electors"], closed["voted"], closed["blank"]) == (
        "chosen", 5, 5, 1,
    )  # fmt: skip
    assert [(c["title"], c["voices"]) for c in chosen["result"]] == [("Jardin", 3), ("Kabar", 1)]
    assert chosen["title"] == "Jardin"
    assert [need["title"] for need in chosen["needs"]] == ["De l’ombre"]
    assert "3 voix" in chosen["why"]
    assert "De l’ombre (60 %)" in chosen["why"]
    assert chosen["action_id"] == str(voting.round["action_id"])
    assert str(voting.round["state"]) == "chosen"


@pytest.mark.feature("C16")
def test_a_ballot_is_changed_until_the_closing_and_the_last_one_counts(world: World):
    voting = world.vote(quorum_percent=0)
    voting.cast("member", 0)
    voting.cast("member", 1)
    voting.cast("member")
    voting.cast("member", 1)
    voting.end()
    assert voting.counts() == {"Kabar": 1, "Jardin": 0}
    assert voting.row["voted"] == 1


def test_nobody_votes_after_the_closing_not_even_before_it_is_counted(world: World):
    voting = world.vote(quorum_percent=0)
    world.runtime.clock.advance(timedelta(8))
    with pytest.raises(VoteOver):
        voting.cast("member", 0)
    world.fire()
    with pytest.raises(VoteOver):
        voting.cast("member", 0)


@pytest.mark.feature("C24")
@pytest.mark.parametrize("who", ["stranger", "sector", "dpc", "voirie", "auditor"])
def test_whoever_is_not_on_the_list_does_not_vote_whatever_their_role(world: World, who):
    voting = world.vote()
    with pytest.raises(NotAnElector) as refused:
        voting.cast(who, 0)
    assert refused.value.status == 403
    assert refused.value.missing


def test_somebody_who_is_not_signed_in_does_not_vote_without_a_card(world: World):
    voting = world.vote()
    with pytest.raises(SignInNeeded):
        world.do(commands.cast_ballot, None, vote_id=voting.id, choices=voting.ideas[:1])


@pytest.mark.feature("C10", "C24")
def test_the_charter_says_which_colleges_vote(world: World):
    round_id = world.round()
    idea = world.idea(round_id)
    world.question(idea)
    world.adopt(world.charter(round_id, voters=["services"]))
    vote_id = world.do(commands.open_vote, "lead", round_id=round_id)
    world.do(commands.cast_ballot, "sector", vote_id=vote_id, choices=[idea])
    world.do(commands.cast_ballot, "voirie", vote_id=vote_id, choices=[idea])
    for who in ("sports", "member", "lead", "elu"):
        with pytest.raises(NotAnElector):
            world.do(commands.cast_ballot, who, vote_id=vote_id, choices=[idea])


def test_an_idea_that_is_not_on_the_ballot_is_refused_and_nothing_is_lost(world: World):
    voting = world.vote()
    other = world.vote("Tournoi")
    voting.cast("member", 0)
    with pytest.raises(Invalid, match="pas sur le bulletin"):
        world.do(commands.cast_ballot, "member", vote_id=voting.id, choices=other.ideas)
    assert len(world.rows(tables.ballots)) == 1


@pytest.mark.feature("C15", "C17")
def test_a_resident_votes_with_a_card_and_changes_the_ballot_with_the_same(world: World):
    card = world.card()
    voting = world.vote(voters=["members", "residents"], quorum_percent=0)
    voting.with_card(card, 0)
    voting.with_card(card, 1)
    spaced = f"{card['number'][:3].lower()} {card['number'][3:]}"
    voting.with_card(card, 1, number=spaced)
    voting.end()
    assert voting.counts() == {"Kabar": 1, "Jardin": 0}


@pytest.mark.feature("C15")
def test_a_forged_or_foreign_or_late_or_lost_card_is_refused_in_a_sentence(world: World):
    card, foreign = world.card(), world.card(committee_id=OTHER_COMMITTEE)
    lost = world.card()
    voting = world.vote(voters=["residents"])
    late = world.card()
    world.do(commands.withdraw_card, "annexe", number=lost["number"])
    slip = card["number"][:-1] + ("A" if card["number"][-1] != "A" else "B")
    for number, secret, sentence in (
        (slip, card["secret"], "vérifiez chaque caractère"),
        ("12345", card["secret"], "neuf lettres"),
        (card["number"], foreign["secret"], "ne vont pas ensemble"),
        (foreign["number"], foreign["secret"], "pas sur la liste"),
        (late["number"], late["secret"], "remise après son ouverture"),
        (lost["number"], lost["secret"], "a été retirée"),
    ):
        with pytest.raises(CardUnknown, match=sentence) as refused:
            voting.with_card(card, 0, number=number, secret=secret)
        assert refused.value.fields["number"]
    assert world.rows(tables.ballots) == []


def test_a_card_does_not_vote_where_the_charter_names_no_residents(world: World):
    card = world.card()
    voting = world.vote()
    with pytest.raises(CardUnknown, match="ne fait pas voter les cartes"):
        voting.with_card(card, 0)


def test_a_card_finds_no_vote_before_it_opens(world: World):
    card, round_id = world.card(), world.round()
    with pytest.raises(NoVoteOpen):
        world.do(
            commands.cast_card_ballot, None, code=world.code(round_id), blank=True,
            number=card["number"], secret=card["secret"],
        )  # fmt: skip


# rooms


@pytest.mark.feature("C14", "C17")
def test_a_web_ballot_of_somebody_in_the_room_is_set_aside_and_they_are_told(world: World):
    voting = world.vote()
    voting.cast("member", 1)
    voting.cast("third", 1)
    voting.confirmed(["member", "lead"], {0: 2})
    assert any("mis de côté" in text for text in world.told("member"))
    assert not any("mis de côté" in text for text in world.told("third"))
    voting.close()
    assert voting.counts() == {"Jardin": 2, "Kabar": 1}
    closed = world.fact("vote-closed")
    assert (closed["voted"], closed["on_site"]) == (3, 2)


@pytest.mark.feature("C17")
def test_whoever_was_counted_in_the_room_does_not_vote_again(world: World):
    voting = world.vote()
    voting.confirmed(["member", "lead"], {0: 2})
    with pytest.raises(AlreadyCountedInTheRoom, match="Vous avez déjà voté"):
        voting.cast("member", 1)
    with pytest.raises(AlreadyCountedInTheRoom):
        voting.count(["member"], {1: 1})


@pytest.mark.feature("C14")
def test_two_persons_stand_for_a_count(world: World):
    voting = world.vote()
    made = voting.count(["member", "lead"], {0: 2})
    with pytest.raises(SecondPersonNeeded):
        world.do(commands.confirm_count, "lead", count_id=made)
    with pytest.raises(Forbidden):
        world.do(commands.confirm_count, "stranger", count_id=made)
    with pytest.raises(CountNotConfirmed):
        voting.close()
    world.do(commands.drop_count, "lead", count_id=made)
    with pytest.raises(CountOver):
        world.do(commands.confirm_count, "second", count_id=made)
    again = voting.confirmed(["member", "lead", "third"], {0: 3})
    with pytest.raises(CountOver):
        world.do(commands.confirm_count, "member", count_id=again)
    voting.close()
    assert voting.counts()["Jardin"] == 3


def test_a_count_that_nobody_confirmed_is_not_taken_at_the_hour_of_the_closing(world: World):
    voting = world.vote(quorum_percent=0)
    voting.cast("member", 1)
    voting.count(["member", "lead"], {0: 2})
    voting.end()
    assert voting.counts() == {"Kabar": 1, "Jardin": 0}


def test_figures_that_so_many_people_cannot_have_given_are_refused(world: World):
    voting = world.vote()
    with pytest.raises(Invalid, match="Le compte n’est pas juste"):
        voting.count(["member", "lead"], {0: 3})
    with pytest.raises(Invalid, match="Cochez"):
        voting.count([], {})
    other = world.vote("Tournoi")
    strange = [other.elector("member")]
    given = {"way": Way.HANDS, "present": strange, "voices": {voting.ideas[0]: 1}}
    with pytest.raises(Invalid, match="liste de ce vote"):
        world.do(commands.enter_count, "lead", vote_id=voting.id, **given)


@pytest.mark.feature("C15", "C17", "X11", "Z1")
def test_papers_of_cards_are_counted_by_the_annexe_and_set_their_web_ballots_aside(world: World):
    cards = [world.card() for _ in range(3)]
    voting = world.vote(voters=["residents"], quorum_percent=0, meeting_on=None)
    voting.with_card(cards[0], 1)
    voting.with_card(cards[2], 1)
    numbers = [card["number"] for card in cards[:2]]
    made = voting.count([], {0: 2}, who="annexe", way=Way.PAPER, cards=numbers)
    world.do(commands.confirm_count, "lead", count_id=made)
    with pytest.raises(AlreadyCountedInTheRoom):
        voting.with_card(cards[1], 1)
    voting.end()
    assert voting.counts() == {"Jardin": 2, "Kabar": 1}


def test_hands_are_counted_on_the_day_of_the_meeting_that_the_charter_names(world: World):
    early = world.vote(meeting_on=world.today + timedelta(3))
    with pytest.raises(NotYetTheDay):
        early.count(["member"], {0: 1})
    without = world.vote(meeting_on=None)
    with pytest.raises(NotYetTheDay, match="Ce n’est pas encore"):
        without.count(["member"], {0: 1})


def test_a_vote_is_closed_early_only_by_the_meeting_that_the_charter_announced(world: World):
    voting = world.vote()
    voting.cast("member", 0)
    with pytest.raises(NotYetTheDay):
        voting.close()
    with pytest.raises(Forbidden):
        voting.close("member")
    voting.confirmed(["lead", "second", "third"], {0: 3})
    voting.close()
    with pytest.raises(VoteOver):
        voting.close()


steps = st.lists(
    st.tuples(
        st.sampled_from(["web", "card", "hands", "paper"]),
        st.sampled_from(["member", "second", "third", "lead", "elu"]),
        st.integers(0, 1),
    ),
    max_size=9,
)


@pytest.mark.feature("C17", "X11")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_one_voice_a_person_over_all_ways_whatever_their_order(world: World, steps):
    """An oracle that keeps each person's last word: a room is final, the web may be replaced."""
    cards = {name: world.card() for name in ELECTORS}
    voting = world.vote(voters=["members", "elus", "residents"], quorum_percent=0, tie=TieRule.DRAW)
    words: dict[str, tuple[str, int]] = {}
    for way, name, place in steps:
        holder = name if way in ("web", "hands") else f"card of {name}"
        final = words.get(holder, ("", 0))[0] in ("hands", "paper")
        try:
            if way == "web":
                voting.cast(name, place)
            elif way == "card":
                voting.with_card(cards[name], place)
            else:
                here = [name] if way == "hands" else []
                numbers = [cards[name]["number"]] if way == "paper" else []
                made = voting.count(here, {place: 1}, way=Way(way), cards=numbers)
                world.do(commands.confirm_count, "dpc", count_id=made)
        except AlreadyCountedInTheRoom:
            assert final
        else:
            assert not final
            words[holder] = (way, place)
    voting.close_now()
    voted = [place for _, place in words.values()]
    expected = {"Jardin": voted.count(0), "Kabar": voted.count(1)}
    assert voting.row["voted"] == len(words)
    assert voting.counts() == expected
    assert voting.row["on_site"] == len([w for w, _ in words.values() if w in ("hands", "paper")])


# without a quorum


@pytest.mark.feature("C20")
def test_without_a_quorum_the_vote_is_extended_once_with_its_ballots(world: World):
    voting = world.vote(no_quorum=NoQuorum.EXTEND_ONCE, quorum_percent=60)
    voting.cast("member", 0)
    voting.cast("second", 0)
    voting.end()
    assert voting.row["extended"]
    assert world.facts().count("vote-opened") == 2
    assert world.facts().count("vote-closed") == 0
    voting.cast("third", 1)
    voting.end()
    assert voting.counts() == {"Jardin": 2, "Kabar": 1}
    assert str(voting.round["state"]) == "chosen"


@pytest.mark.feature("C20")
def test_extended_and_still_without_a_quorum_the_box_is_burnt_and_another_round_may_open(world):
    voting = world.vote(no_quorum=NoQuorum.EXTEND_ONCE, quorum_percent=60)
    voting.cast("member", 0)
    voting.end()
    voting.end()
    closed = world.fact("vote-closed")
    assert (closed["outcome"], closed["voted"], closed["counts"]) == ("no-quorum", 1, [])
    assert "nouveau tour" in closed["follows"]
    assert world.rows(tables.ballots) == []
    assert str(voting.round["state"]) == "given-up"
    again = world.do(commands.open_another_round, "lead", round_id=voting.round_id)
    assert world.row(tables.rounds, again)["needs"] == voting.round["needs"]


@pytest.mark.feature("C20")
def test_without_a_quorum_a_second_call_opens_at_once_and_needs_none(world: World):
    voting = world.vote(no_quorum=NoQuorum.SECOND_CALL, quorum_percent=60)
    voting.cast("member", 1)
    voting.end()
    assert voting.row["counts"] is None
    opened = world.fact("vote-opened")
    assert opened["call"] == 2
    world.do(
        commands.cast_ballot, "second", vote_id=UUID(opened["vote_id"]), choices=voting.ideas[:1]
    )
    voting.end()
    assert world.fact("action-chosen")["title"] == "Jardin"
    assert world.fact("vote-closed")["voted"] == 1


@pytest.mark.feature("C20")
def test_a_vote_given_up_tells_the_lead_what_comes_next(world: World):
    voting = world.vote(no_quorum=NoQuorum.GIVE_UP, quorum_percent=100)
    voting.cast("member", 0)
    voting.end()
    assert any("Un nouveau tour" in text for text in world.told("lead"))
    assert "Ouvrir un nouveau tour" in world.page("lead", f"/tours/{voting.round_id}")


def test_when_nobody_named_an_idea_nothing_is_chosen_and_a_round_may_open_again(world: World):
    voting = world.vote(quorum_percent=0)
    voting.cast("member")
    voting.end()
    assert world.fact("vote-closed")["outcome"] == "no-quorum"
    assert str(voting.round["state"]) == "given-up"


# ties


def tied(world: World, tie: TieRule, **rules):
    round_id = world.round()
    ideas = [world.idea(round_id, "Kabar", needs=[RAVINE]), world.idea(round_id, "Jardin")]
    world.adopt(world.charter(round_id, tie=tie, **rules))
    vote_id = world.do(commands.open_vote, "lead", round_id=round_id)
    for name, place in (("member", 0), ("second", 1), ("third", 0), ("lead", 1)):
        world.do(commands.cast_ballot, name, vote_id=vote_id, choices=[ideas[place]])
    world.later(8)
    return round_id, vote_id, ideas


@pytest.mark.feature("C20")
def test_a_tie_is_given_to_the_idea_that_answers_the_heaviest_need(world: World):
    tied(world, TieRule.HEAVIEST_NEED)
    assert world.fact("action-chosen")["title"] == "Jardin"
    assert "besoin le plus lourd" in world.fact("action-chosen")["why"]


@pytest.mark.feature("C20")
def test_a_tie_leads_to_a_run_off_between_those_at_the_head_then_to_a_choice(world: World):
    _, vote_id, ideas = tied(world, TieRule.RUN_OFF)
    assert world.fact("vote-closed")["outcome"] == "tie"
    opened = world.fact("vote-opened")
    assert {option["title"] for option in opened["options"]} == {"Kabar", "Jardin"}
    assert world.row(tables.votes, vote_id)["seed"] == ""
    for name, place in (("member", 0), ("second", 1)):
        world.do(
            commands.cast_ballot, name, vote_id=UUID(opened["vote_id"]), choices=[ideas[place]]
        )
    world.later(8)
    assert world.fact("action-chosen")["title"] == "Jardin"
    assert world.facts().count("vote-closed") == 2


@pytest.mark.feature("C20", "X12")
def test_a_draw_uses_the_seed_whose_hash_was_in_the_charter(world: World):
    import hashlib

    round_id, vote_id, ideas = tied(world, TieRule.DRAW)
    seed = world.row(tables.votes, vote_id)["seed"]
    charter = next(c for c in world.rows(tables.charters) if c["round_id"] == round_id)
    assert hashlib.sha256(seed.encode()).hexdigest() in charter["text"]
    by_hand = min(ideas, key=lambda i: hashlib.sha256(f"{seed}:{i}".encode()).hexdigest())
    assert world.fact("action-chosen")["idea_id"] == str(by_hand)
    assert seed in world.page(None, f"/tours/{round_id}/resultat")


def test_approval_counts_every_idea_one_agrees_with(world: World):
    voting = world.vote("A", "B", "C", method=Method.APPROVAL, quorum_percent=0)
    voting.cast("member", 0, 1)
    voting.cast("second", 1, 2)
    voting.cast("third", 1)
    voting.end()
    assert voting.counts() == {"B": 3, "A": 1, "C": 1}


# opening


@pytest.mark.feature("C11")
def test_nobody_votes_without_an_adopted_charter(world: World):
    round_id = world.round()
    world.idea(round_id)
    with pytest.raises(CharterMissing):
        world.do(commands.open_vote, "lead", round_id=round_id)
    world.charter(round_id)
    with pytest.raises(CharterMissing):
        world.do(commands.open_vote, "lead", round_id=round_id)


def test_a_vote_opens_by_itself_on_its_day_and_once(world: World):
    round_id = world.round()
    world.idea(round_id)
    world.adopt(world.charter(round_id))
    world.later(0.5)
    opened = world.fact("vote-opened")["vote_id"]
    assert str(world.do(commands.open_vote, "lead", round_id=round_id)) == opened
    assert world.facts().count("vote-opened") == 1


def test_a_vote_does_not_open_before_the_day_of_its_charter(world: World):
    round_id = world.round()
    world.idea(round_id)
    day = world.today + timedelta(2)
    world.adopt(world.charter(round_id, opens_on=day, meeting_on=None))
    with pytest.raises(NotYetTheDay):
        world.do(commands.open_vote, "lead", round_id=round_id)


def test_what_keeps_a_vote_from_opening_is_told_to_the_lead(world: World):
    round_id = world.round()
    world.idea(round_id)
    world.adopt(world.charter(round_id, voters=["residents"]))
    with pytest.raises(NoElectors):
        world.do(commands.open_vote, "lead", round_id=round_id)
    world.later(0.5)
    assert any("n’a pas pu s’ouvrir" in text for text in world.told("lead"))


def test_one_votes_on_at_least_one_idea_and_none_that_waits(world: World):
    round_id = world.round()
    charter = world.charter(round_id)
    with pytest.raises(TooFewIdeas):
        world.adopt(charter)
    from uuid import uuid4

    waiting = world.do(
        commands.propose_as_resident, None, code=world.code(round_id), idea_id=uuid4(),
        **world.said("Un banc"),
    )  # fmt: skip
    with pytest.raises(IdeasToLookAt, match="attendent encore"):
        world.adopt(charter)
    world.do(commands.show_idea, "member", idea_id=waiting)
    world.adopt(charter)


def test_a_member_named_after_the_opening_is_not_on_the_list(world: World):
    from uuid import uuid4

    from services.directory.mirror.views import grants_view
    from tests.decision.world import person_id

    voting = world.vote()
    with world.database.write() as connection:
        row = {"id": uuid4(), "person": person_id("stranger"), "role": "member"}
        connection.execute(grants_view.insert(), row | {"scope": f"committee:{COMMITTEE}"})
    with pytest.raises(NotAnElector):
        voting.cast("stranger", 0)


def test_two_ballots_of_one_person_in_the_same_second_are_one_voice(world: World):
    voting = world.vote(quorum_percent=0)
    start, failed = Barrier(6), []

    def vote(place: int) -> None:
        start.wait()
        try:
            voting.cast("member", place % 2)
        except Exception as error:  # noqa: BLE001 - told to the test
            failed.append(error)

    threads = [Thread(target=vote, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    voting.end()
    assert voting.row["voted"] == sum(voting.counts().values()) == 1


@pytest.mark.feature("C11", "X7", "X11")
def test_the_minutes_are_an_accessible_file_with_the_hash_of_the_charter(world: World):
    voting = world.vote()
    voting.confirmed(["member", "lead", "third"], {0: 3})
    voting.close()
    world.fire()
    from services.decision.queries import _minutes_of
    from shared.store.reading import Reading
    from tests.decision.world import actor

    with world.database.read() as connection:
        reading = Reading(world.runtime.workplaces["decision"], connection, actor("system"))
        data = _minutes_of(reading, voting.id)
    assert data is not None
    charter = world.rows(tables.charters)[0]
    assert data["hash"] == charter["hash"]
    assert "compte confirmé à deux" in data["rooms"][0]
    assert "Démo" not in str(data)
    assert voting.row["minutes"]["media_type"] == "application/pdf"
