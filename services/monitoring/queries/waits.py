"""What is awaited, as people read it: of whom, since when, with how much slack, done where."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from services.directory import mirror
from services.directory.mirror import CITY, Role, committee_scope, sector_scope
from services.monitoring.queries.kinds import deed_of, page_of, said
from services.monitoring.queries.slack import level
from services.monitoring.queries.words import awaited_name
from services.monitoring.tables import waits_view
from shared.kernel.calendar import slack
from shared.store.reading import Reading

Row = dict[str, Any]
w = waits_view.c

SHOWN = (
    w.id,
    w.service,
    w.kind,
    w.committee_id,
    w.leg_id,
    w.action_id,
    w.subject_id,
    w.title,
    w.awaited_role,
    w.asked,
    w.person,
    w.due,
    w.queue,
    w.since,
    w.blocked,
    w.why,
    w.unblocks,
    w.unblocks_role,
    w.hands,
    w.last_fact,
)


class People:
    """Who is behind persons and roles, read once for a page."""

    def __init__(self, read: Reading, waits: Iterable[Row]) -> None:
        waits = list(waits)
        self._read = read
        self._names = mirror.names_of(read, [wait["person"] for wait in waits])
        self._leads: dict[str, str] = {}
        roles = {role for wait in waits for role in (wait["awaited_role"], wait["unblocks_role"])}
        if Role.LEAD in roles:
            scopes = {committee_scope(c) for wait in waits if (c := wait["committee_id"])}
            for row in mirror.people_with(read, Role.LEAD, scopes):
                self._leads.setdefault(row["scope"], row["name"])

    def named(self, role: str | None, committee_id: UUID | None) -> str | None:
        """A role, with the name of who leads the committee when it is that one."""
        name = awaited_name(role)
        lead = self._leads.get(committee_scope(committee_id)) if committee_id else None
        return f"{lead}, {name}" if role == Role.LEAD and lead else name

    def awaited(self, wait: Row) -> str | None:
        """Of whom it is awaited: a person, a department, an organisation, a role."""
        if wait["person"]:
            return self._names.get(wait["person"])
        return wait["asked"] or self.named(wait["awaited_role"], wait["committee_id"])

    def unblocks(self, wait: Row) -> str | None:
        """Who can make it go on."""
        role = wait["unblocks_role"]
        named = self.named(role, wait["committee_id"]) if role else None
        return named or wait["unblocks"] or self.awaited(wait)


class Mine:
    """What of it is for the one who asks."""

    def __init__(self, read: Reading, committees: Mapping[UUID, Row]) -> None:
        self._read = read
        self._committees = committees
        self._scopes: dict[str, frozenset[str]] = {}

    def holds(self, role: str | None, committee_id: UUID | None) -> bool:
        """Whether the one who asks holds ``role`` on this committee today."""
        if role is None:
            return False
        if role not in self._scopes:
            self._scopes[role] = self._read.scopes(role)
        known = self._committees.get(committee_id) if committee_id else None
        covers = {CITY} if known is None else {CITY, sector_scope(known["sector"])}
        if committee_id is not None:
            covers.add(committee_scope(committee_id))
        return bool(self._scopes[role] & covers)

    def awaited(self, wait: Row) -> bool:
        """Whether it is awaited of the one who asks."""
        if wait["person"] is not None:
            return bool(wait["person"] == self._read.actor.person)
        return self.holds(wait["awaited_role"], wait["committee_id"])

    def unblocks(self, wait: Row) -> bool:
        """Whether the one who asks can make it go on."""
        if wait["blocked"] and wait["unblocks_role"]:
            return self.holds(wait["unblocks_role"], wait["committee_id"])
        return self.awaited(wait)


def described_waits(read: Reading, rows: list[Row], committees: Mapping[UUID, Row]) -> list[Row]:
    """Rows of ``SHOWN`` with what only today, and the one who reads, tell of them."""
    people, mine = People(read, rows), Mine(read, committees)
    return [_described(read, row, people, mine) for row in rows]


def _described(read: Reading, row: Row, people: People, mine: Mine) -> Row:
    days = slack(read.today, row["due"]) if row["due"] else None
    yours = mine.awaited(row)
    return row | {
        "what": said(row),
        "deed": deed_of(row),
        "slack": days,
        "level": level(days),
        "awaited_name": people.awaited(row),
        "unblocks_name": people.unblocks(row),
        "yours": yours,
        "you_unblock": mine.unblocks(row),
        "href": page_of(row, yours),
    }
