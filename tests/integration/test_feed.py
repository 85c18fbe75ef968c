"""The feed: what a grant opens, in the log's order, each once, whatever happens to the workers."""

import json
import shutil
from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.directory.events import CommitteeCreated
from services.integration import commands, tables
from services.integration.model import (
    CursorNotOurs,
    CursorOfAnotherLog,
    GrantNotInForce,
    KeyEnded,
    KeyMissing,
    KeyUnknown,
    TypeNotGranted,
)
from services.integration.service import service
from services.planning.events import ActionDayMoved, ServiceNeeded
from services.procurement.events import InvoicePaid
from shared.log import dead_letters
from shared.log.event_log import Message
from shared.log.rebuild import Rebuild
from shared.run.demonstration import settle
from tests.integration.world import COMMITTEES, SECTORS, World, fact, sealed, sector_of, world_of


def ids(events) -> list[str]:
    return [event["id"] for event in events]


def by_committee(events) -> dict[str, list[str]]:
    found = defaultdict(list)
    for event in events:
        found[event["partitionkey"]].append(event["id"])
    return found


def in_the_log(world: World) -> dict[str, list[str]]:
    """Every fact by its key, in the log's own order."""
    found = defaultdict(list)
    for batch in world.runtime.log.scan(["cac.facts"]):
        for record in batch:
            headers = dict(record.headers)
            if "ce_id" in headers:
                found[record.key.decode()].append(headers["ce_id"].decode())
    return found


def rebuilt(world: World) -> None:
    Rebuild(service, world.database, world.runtime.log, world.runtime.registry).run()


@pytest.mark.feature("Y3")
def test_all_facts_are_read_page_by_page_in_the_log_s_order_of_each_committee(world: World):
    world.say(*world.some(60))
    found = world.all_of(world.key(), limits=[7, 1, 13, 2, 50])
    assert by_committee(found) == in_the_log(world)


def test_a_fact_is_a_cloudevent_with_what_the_log_holds(world: World):
    told = fact(ServiceNeeded, COMMITTEES[1])
    world.say(told)
    event = world.all_of(world.key(types=[ServiceNeeded.type]))[0]
    assert event["specversion"] == "1.0"
    assert event["type"] == "cac.planning.service-needed.v1"
    assert event["source"] == "https://ville.example/planning"
    assert event["partitionkey"] == str(COMMITTEES[1]) == event["data"]["committee_id"]
    assert event["dataschema"].endswith("/integration/schemas/cac.planning.service-needed.v1.json")
    assert event["subject"] == told.subject()


def test_a_field_that_this_build_does_not_know_is_given_on(world: World):
    key = world.key(types=[ServiceNeeded.type])

    message = sealed(fact(ServiceNeeded, COMMITTEES[0]), world.runtime.clock.now())
    body = json.loads(message.value) | {"added_later": "yes"}
    world.runtime.log.send([message._replace(value=json.dumps(body).encode())]).wait(10)
    settle(world.runtime)
    assert world.all_of(key)[0]["data"]["added_later"] == "yes"


def test_only_granted_types_are_read_one_by_one_or_all_of_a_service(world: World):
    world.say(*world.some(30))
    one = world.all_of(world.key(types=[InvoicePaid.type]))
    assert {event["type"] for event in one} == {InvoicePaid.type}
    whole = world.all_of(world.key(types=["cac.planning.*"]))
    assert {e["type"] for e in whole} == {ServiceNeeded.type, ActionDayMoved.type}
    both = world.key(types=["cac.planning.*", InvoicePaid.type])
    narrowed = world.all_of(both, types=[ActionDayMoved.type])
    assert {event["type"] for event in narrowed} == {ActionDayMoved.type}


def test_a_type_that_is_not_granted_is_refused_by_name(world: World):
    key = world.key(types=["cac.planning.*"])
    with pytest.raises(TypeNotGranted, match="type d’événement") as refused:
        world.feed(key, types=[InvoicePaid.type])
    assert InvoicePaid.type in refused.value.missing


def test_only_facts_of_granted_committees_and_sectors_are_read(world: World):
    world.say(*world.some(60))
    one = world.all_of(world.key(scopes=[f"committee:{COMMITTEES[2]}"]))
    assert {event["partitionkey"] for event in one} == {str(COMMITTEES[2])}
    sectors = world.all_of(world.key(scopes=[f"sector:{SECTORS[0]}", f"sector:{SECTORS[1]}"]))
    wanted = {str(c) for n, c in enumerate(COMMITTEES) if sector_of(n) in SECTORS[:2]}
    assert {event["partitionkey"] for event in sectors} == wanted
    city = world.all_of(world.key(scopes=["city"]))
    assert "city" in {event["partitionkey"] for event in city}


def test_a_committee_that_comes_later_is_in_its_sector_s_scope_from_its_first_fact(world: World):

    key, later = world.key(scopes=[f"sector:{SECTORS[0]}"]), uuid4()
    after = world.feed(key, limit=500)["next"]
    born: Any = {"name": "CAC 99", "quartier": "Ailleurs", "sector": SECTORS[0], "number": 99}
    world.say(CommitteeCreated(committee_id=later, **born), fact(ServiceNeeded, later))
    kinds = [event["type"] for event in world.feed(key, after=after)["items"]]
    assert kinds == [CommitteeCreated.type, ServiceNeeded.type]


def test_names_of_people_are_never_in_the_feed(world: World):
    world.erase("agent")
    told = json.dumps(world.all_of(world.key()), ensure_ascii=False)
    assert "person-named" not in told
    assert "person-erased" not in told
    assert "Lucette" not in told


def test_the_end_of_the_feed_is_an_empty_page_with_the_same_cursor(world: World):
    world.say(*world.some(10))
    key = world.key()
    last = world.feed(key, limit=500)
    again = world.feed(key, after=last["next"])
    assert (again["items"], again["next"], again["more"]) == ([], last["next"], False)
    world.say(*world.some(1))
    assert len(world.feed(key, after=last["next"])["items"]) == 1


def test_a_page_read_twice_is_the_same(world: World):
    world.say(*world.some(30))
    key = world.key()
    first = world.feed(key, limit=5)
    assert world.feed(key, limit=5) == first
    second = world.feed(key, after=first["next"], limit=5)
    world.say(*world.some(5))
    assert ids(world.feed(key, after=first["next"], limit=5)["items"]) == ids(second["items"])


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=12),
    more=st.lists(st.integers(0, 6), max_size=6),
)
def test_any_sequence_of_pages_is_the_whole_list_each_once(world: World, sizes, more):
    """Also while facts come in between the pages."""
    key, found, after = world.key(), [], None
    left = list(more)
    for size in sizes * 20:
        page = world.feed(key, after=after, limit=size)
        assert len(page["items"]) <= size
        found += page["items"]
        after = page["next"]
        if left:
            world.say(*world.some(left.pop()))
        elif not page["more"]:
            break
    found += [] if not page["more"] else rest(world, key, after)
    assert by_committee(found) == in_the_log(world)
    assert len(ids(found)) == len(set(ids(found)))


def rest(world: World, key: str, after: str | None):
    found = []
    while True:
        page = world.feed(key, after=after, limit=500)
        found += page["items"]
        after = page["next"]
        if not page["more"]:
            return found


def test_a_rebuild_renumbers_nothing(world: World):
    world.say(*world.some(40))
    key = world.key()
    first = world.feed(key, limit=17)
    following = ids(world.feed(key, after=first["next"], limit=500)["items"])
    rebuilt(world)
    assert ids(world.feed(key, after=first["next"], limit=500)["items"]) == following
    assert world.feed(key, limit=17) == first


def test_a_restored_database_catches_up_and_no_reader_misses_or_doubles(world: World, tmp_path):
    world.say(*world.some(20))
    key = world.key()
    first = world.feed(key, limit=500)
    world.runtime.close()
    copy = tmp_path / "copy"
    shutil.copytree(world.runtime.settings.data, copy)

    world = world_of(world.runtime.settings)
    world.say(*world.some(15))
    second = world.feed(key, after=first["next"], limit=500)
    world.runtime.close()
    for file in world.runtime.settings.data.glob("integration.sqlite*"):
        file.unlink()
    for file in copy.glob("integration.sqlite*"):
        shutil.copy(file, world.runtime.settings.data)

    world = world_of(world.runtime.settings)
    waiting = world.feed(key, after=second["next"])
    assert (waiting["items"], waiting["next"]) == ([], second["next"])
    world.say(*world.some(9))
    third = world.feed(key, after=second["next"], limit=500)
    assert by_committee(first["items"] + second["items"] + third["items"]) == in_the_log(world)
    world.runtime.close()


def poison(world: World, committee) -> None:
    """A fact whose bytes no build can read."""

    message = sealed(fact(ServiceNeeded, committee), world.runtime.clock.now())
    world.runtime.log.send([message._replace(value=b'{"broken": ')]).wait(10)
    settle(world.runtime)


def test_what_waits_as_a_dead_letter_is_not_passed_by_any_reader(world: World):

    key = world.key()
    start = world.feed(key, limit=500)["next"]
    poison(world, COMMITTEES[0])
    world.say(*[fact(ServiceNeeded, committee) for committee in COMMITTEES for _ in range(3)])
    before = world.feed(key, after=start, limit=500)
    assert str(COMMITTEES[0]) not in {e["partitionkey"] for e in before["items"]}

    letter = world.cases.operate(dead_letters.waiting)[0]
    world.cases.operate(dead_letters.ask_drop, letter_id=letter["id"], reason="illisible")
    settle(world.runtime)
    after = world.feed(key, after=before["next"], limit=500)
    found = by_committee(before["items"] + after["items"])
    logged = in_the_log(world)
    for committee in COMMITTEES:
        assert found[str(committee)] == logged[str(committee)][-3:]


def test_a_fact_of_a_later_release_is_read_in_its_place_once_it_is_known(world: World):
    """A worker of the old release sets it aside: readers wait before it, then go on in order."""
    key = world.key(scopes=[f"committee:{COMMITTEES[0]}"])
    start = world.feed(key, limit=500)["next"]
    known = world.runtime.registry.classes.pop(ServiceNeeded.type)
    told = [fact(ServiceNeeded, COMMITTEES[0]), fact(ActionDayMoved, COMMITTEES[0])]
    world.say(*told)
    assert world.feed(key, after=start)["items"] == []
    world.runtime.registry.classes[ServiceNeeded.type] = known
    settle(world.runtime)
    kinds = [event["type"] for event in world.feed(key, after=start)["items"]]
    assert kinds == [ServiceNeeded.type, ActionDayMoved.type]


def test_an_event_that_the_log_has_twice_is_given_once(world: World):

    message = sealed(fact(ServiceNeeded, COMMITTEES[0]), world.runtime.clock.now())
    world.runtime.log.send([message]).wait(10)
    settle(world.runtime)
    world.runtime.log.send([message]).wait(10)
    settle(world.runtime)
    key = world.key(types=[ServiceNeeded.type])
    assert len(world.all_of(key)) == 1
    rebuilt(world)
    assert len(world.all_of(key)) == 1


def test_a_cursor_of_another_log_says_so(world: World):
    """The log was lost and replaced: « from here on » would be anywhere."""
    world.say(*world.some(10))
    key = world.key()
    cursor = world.feed(key, limit=500)["next"]
    with world.database.write() as connection:
        connection.execute(tables.feed_view.update().values(id=uuid4()))
    with pytest.raises(CursorOfAnotherLog):
        world.feed(key, after=cursor)


@pytest.mark.parametrize(
    "cursor", ["", "x", "é", "🌍", "bnVsbA", "W10", "WzEsMiwzXQ", "A" * 19_000, "/../", "%00"]
)
def test_what_is_no_cursor_is_refused(world: World, cursor):
    with pytest.raises(CursorNotOurs):
        world.feed(world.key(), after=cursor)


def test_a_cursor_of_another_grant_is_refused(world: World):
    cursor = world.feed(world.key())["next"]
    with pytest.raises(CursorNotOurs):
        world.feed(world.key(name="Un autre"), after=cursor)


def test_the_cursor_goes_on_with_a_new_key_of_the_same_grant(world: World):
    grant = world.granted()
    old = world.key(grant)
    cursor = world.feed(old, limit=3)["next"]
    new = world.key(grant)
    assert world.feed(new, after=cursor, limit=3) == world.feed(old, after=cursor, limit=3)


@given(text=st.text(max_size=60))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_is_taken_for_a_key(world: World, text):
    with pytest.raises((KeyUnknown, KeyMissing)):
        world.feed(text)


def test_a_key_with_one_other_character_opens_nothing(world: World):
    key = world.key()
    forged = key[:-1] + ("A" if key[-1] != "A" else "B")
    with pytest.raises(KeyUnknown):
        world.feed(forged)


def test_a_replaced_key_reads_for_some_days_more(world: World):
    grant = world.granted()
    old = world.key(grant)
    new = world.do(commands.issue_key, "administrator", grant_id=grant, overlap=7).key
    world.later(days=6)
    assert world.feed(old)
    world.later(days=2)
    with pytest.raises(KeyEnded):
        world.feed(old)
    assert world.feed(new)


def test_a_grant_reads_between_its_days_only(world: World):

    today = world.runtime.clock.today()
    key = world.key(since=today + timedelta(2), until=today + timedelta(4))
    with pytest.raises(GrantNotInForce):
        world.feed(key)
    world.later(days=3)
    assert world.feed(key)["items"]
    world.later(days=2)
    with pytest.raises(GrantNotInForce):
        world.feed(key)


def test_a_revoked_grant_reads_nothing_from_that_moment_on(world: World):
    grant = world.granted()
    key = world.key(grant)
    assert world.feed(key)
    world.do(commands.end_grant, "dpc", grant_id=grant, why="Le progiciel est remplacé")
    with pytest.raises(GrantNotInForce, match="vigueur"):
        world.feed(key)


def test_wider_terms_hold_from_the_next_read_on(world: World):
    world.say(*world.some(6))
    grant = world.granted(types=[InvoicePaid.type])
    key = world.key(grant)
    cursor = world.feed(key)["next"]
    today = world.runtime.clock.today()
    wider = {"types": ["cac.planning.*"], "scopes": ["city"], "since": today}
    world.do(commands.change_grant, "administrator", grant_id=grant, **wider)
    world.say(fact(ServiceNeeded, COMMITTEES[0]))
    assert [e["type"] for e in world.feed(key, after=cursor)["items"]] == [ServiceNeeded.type]
    assert len(world.all_of(key)) > 1


def test_no_message_that_is_not_an_event_stops_the_feed(world: World):
    key = world.key()
    start = world.feed(key, limit=500)["next"]
    message = Message("cac.facts", str(COMMITTEES[0]).encode(), b"hello", [])
    world.runtime.log.send([message]).wait(10)
    world.say(fact(ServiceNeeded, COMMITTEES[0]))
    assert len(world.feed(key, after=start)["items"]) == 1


def test_a_rebuild_makes_the_same_rows(world: World):
    def rows():
        with world.database.read() as connection:
            return sorted(map(repr, connection.execute(sa.select(tables.feed_view)).all()))

    world.say(*world.some(10))
    before = rows()
    rebuilt(world)
    assert rows() == before
