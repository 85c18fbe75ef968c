"""Who voted is known, what was voted is counted, and nothing ties one to the other.

Every table, every row that waits for the log, every line of the log and every file of the database
is searched for the link.
"""

import json
import logging
from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.decision import commands, tables
from services.decision.model import box_id
from shared.store.tables import audit, idempotency
from shared.store.tables import metadata as plumbing
from tests.decision.world import World, person_id


def everything(world: World) -> dict[str, list[Any]]:
    """Every row of every table of this service, the plumbing's too, as text."""
    with world.database.read() as connection:
        return {
            table.name: [
                json.dumps(list(row), default=str) for row in connection.execute(sa.select(table))
            ]
            for table in (*tables.metadata.sorted_tables, *plumbing.sorted_tables)
        }


@pytest.mark.feature("C19")
def test_no_row_of_any_table_names_both_a_voter_and_a_choice_of_a_ballot(world: World):
    voting = world.vote("Jardin", "Kabar", "Tournoi")
    voting.cast("member", 0)
    voting.cast("second", 1)
    voting.cast("member", 2)
    card = world.card()
    assert card
    for _ in ("while it is open", "once it is closed"):
        rows = everything(world)
        voters = {str(person_id(name)) for name in ("member", "second")}
        voters |= {str(row["id"]) for row in world.rows(tables.electors)}
        for name, found in rows.items():
            for row in found:
                voter = any(v in row for v in voters)
                tied = voter and any(str(idea) in row for idea in voting.ideas)
                # An idea names who proposed it, and who backs it: that is no ballot.
                if name not in ("ideas", "supports") and "propose_idea" not in row:
                    assert not tied, name
        voting.end()


@pytest.mark.feature("C19")
def test_the_audit_notes_that_one_voted_and_never_what(world: World):
    voting = world.vote()
    voting.cast("member", 1)
    with world.database.read() as connection:
        query = sa.select(audit).where(audit.c.command == "cast_ballot")
        noted = [dict(row) for row in connection.execute(query).mappings()]
    assert [(row["person"], row["subject_type"]) for row in noted] == [
        (person_id("member"), "Elector")
    ]
    assert list(noted[0]["changes"]) == ["voted"]
    assert str(voting.ideas[1]) not in str(noted)
    voting.end()
    with world.database.read() as connection:
        closed = connection.execute(sa.select(audit.c.changes)).scalars().all()
    assert "choices" not in str(closed)


@pytest.mark.feature("C19")
def test_a_key_sent_with_a_ballot_leaves_no_row_that_could_be_tried(world: World):
    """A fingerprint of a few possible ballots could be tried one by one."""
    voting = world.vote(quorum_percent=0)
    headers = {"Idempotency-Key": "the same each time"}
    browser = world.browser("member")
    for place in (0, 1):
        body = {"choices": [str(voting.ideas[place])]}
        answer = browser.post(f"/api/v1/votes/{voting.id}/ballot", json=body, headers=headers)
        assert answer.status_code == 204, answer.text
    with world.database.read() as connection:
        kept = connection.execute(sa.select(idempotency.c.command)).scalars().all()
    assert "cast_ballot" not in kept
    voting.end()
    assert voting.row["voted"] == 1


@pytest.mark.feature("C19")
def test_nothing_is_logged_of_a_ballot_nor_shown_on_an_error_page(world: World, caplog):
    voting = world.vote(quorum_percent=0)
    chosen = str(voting.ideas[1])
    with caplog.at_level(logging.DEBUG):
        browser = world.browser("member")
        assert browser.post(f"/votes/{voting.id}", data={"choices": chosen}).status_code == 303
        stranger = world.browser("stranger").post(f"/votes/{voting.id}", data={"choices": chosen})
        voting.end()
        late = world.browser("member").post(f"/votes/{voting.id}", data={"choices": chosen})
    assert stranger.status_code == 403
    assert late.status_code == 409
    assert chosen not in caplog.text
    assert chosen not in stranger.text


@pytest.mark.feature("C19")
def test_no_fact_and_no_notice_tells_who_voted_or_what(world: World):
    voting = world.vote()
    before = len(world.outbox())
    voting.cast("member", 0)
    voting.cast("second", 1)
    assert len(world.outbox()) == before
    voting.end()
    told = [data for kind, data in world.outbox() if kind in ("vote-opened", "vote-closed")]
    for name in ("member", "second"):
        assert str(person_id(name)) not in str(told)


@pytest.mark.feature("C16", "C19")
def test_the_closing_erases_the_link_in_its_own_transaction(world: World):
    voting = world.vote()
    for name in ("member", "second", "elu"):
        voting.cast(name, 0)
    keys = {row["vote_id"]: row["key"] for row in world.rows(tables.box_keys)}
    tied = {box_id(keys[voting.id], row["id"]) for row in world.rows(tables.electors)}
    assert {row["id"] for row in world.rows(tables.ballots)} < tied
    voting.end()
    assert world.rows(tables.box_keys) == []
    after = {row["id"] for row in world.rows(tables.ballots)}
    assert len(after) == 3
    assert not after & tied


@pytest.mark.feature("C19")
def test_the_key_and_the_ties_are_gone_from_the_file_itself(world: World):
    voting = world.vote(quorum_percent=0)
    voting.cast("member", 0)
    key = world.rows(tables.box_keys)[0]["key"]
    tie = world.rows(tables.ballots)[0]["id"]
    voting.end()
    with world.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert world.database.path is not None
    written = world.database.path.read_bytes()
    assert key not in written
    assert tie.encode() not in written


def test_ballots_do_not_lie_in_the_order_in_which_people_voted(world: World):
    """Rows come in the order of their ids, which are of chance: all orders are met in time."""
    orders = set()
    for _ in range(60):
        voting = world.vote("A", "B", "C", quorum_percent=0)
        for place, name in enumerate(("member", "second", "third")):
            voting.cast(name, place)
        with world.database.read() as connection:
            query = sa.text("SELECT choices FROM ballots WHERE vote_id = :vote")
            found = connection.execute(query, {"vote": voting.id.hex}).scalars().all()
        places = {str(idea): place for place, idea in enumerate(voting.ideas)}
        orders.add(tuple(places[json.loads(text)[0]] for text in found))
        voting.close_now()
        if orders == set(permutations(range(3))):
            return
    raise AssertionError(f"only these orders: {orders}")


@pytest.mark.feature("C19")
def test_while_people_vote_nobody_is_told_how_many_have_voted_nor_what(world: World):
    voting = world.vote()
    voting.cast("member", 0)
    voting.cast("second", 0)
    api = world.browser("lead").get(f"/api/v1/votes/{voting.id}").json
    assert api["voted"] is None
    assert not api["counts"]
    assert world.browser(None).get(f"/api/v1/votes/{voting.id}/ballots").status_code == 404
    for path in (f"/votes/{voting.id}", f"/tours/{voting.round_id}", f"/votes/{voting.id}/salle"):
        assert "2 votants" not in world.page("lead", path).replace("\u00a0", " ")


def test_a_box_of_a_few_ballots_is_not_shown(world: World):
    voting = world.vote()
    voting.cast("member", 0)
    voting.cast("second", 0)
    voting.cast("third", 0)
    voting.end()
    answer = world.browser(None).get(f"/api/v1/votes/{voting.id}/ballots")
    assert answer.status_code == 409
    assert "5 bulletins" in answer.json["rule"]


@pytest.mark.feature("C19")
def test_anybody_can_count_the_box_again(world: World):
    voting = world.vote()
    for place, name in enumerate(("member", "second", "third", "lead", "elu")):
        voting.cast(name, int(place < 3))
    voting.end()
    shown = world.browser(None).get(f"/api/v1/votes/{voting.id}/ballots").json
    assert sorted(box[0] for box in shown["items"]).count(str(voting.ideas[1])) == 3
    assert voting.counts() == {"Kabar": 3, "Jardin": 2}


def test_a_list_of_those_in_a_room_is_emptied_at_the_closing(world: World):
    voting = world.vote()
    voting.confirmed(["member", "lead", "third"], {0: 3})
    assert world.rows(tables.room_counts)[0]["present"]
    voting.close()
    kept = world.rows(tables.room_counts)[0]
    assert (kept["present"], kept["persons"]) == ([], 3)


def test_the_same_card_is_not_shown_twice_and_its_secret_is_kept_nowhere(world: World):
    card_id = uuid4()
    card = world.card(card_id=card_id)
    rows = str(everything(world))
    assert card["number"] not in rows
    assert card["secret"] not in rows
    from services.decision.model import CardAlreadyGiven

    with pytest.raises(CardAlreadyGiven):
        world.do(
            commands.give_card,
            "annexe",
            committee_id=world.rows(tables.cards)[0]["committee_id"],
            college="residents",
            card_id=card_id,
        )
