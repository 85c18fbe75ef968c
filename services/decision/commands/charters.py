"""The charter: drafted by the group, adopted by its lead, frozen."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from services.decision.commands.support import GROUP, at, page_of, people_of, tell
from services.decision.commands.votes import BEGIN, check_ideas
from services.decision.events import Method, NoQuorum, TieRule
from services.decision.model import Charter, CharterFrozen, College, Round, shares_of, wrong
from services.directory import mirror
from shared.store.clock import local
from shared.store.unit_of_work import UnitOfWork


def prepare_charter(
    uow: UnitOfWork,
    *,
    round_id: UUID,
    method: Method,
    voters: Sequence[College],
    quorum_percent: int,
    no_quorum: NoQuorum,
    tie: TieRule,
    opens_on: date,
    closes_on: date,
    closes_hour: int = 20,
    meeting_on: date | None = None,
    extra_days: int = 7,
    shares: Mapping[str, str] | None = None,
    criteria: str = "",
    charter_id: UUID | None = None,
) -> UUID:
    """Draft the rules of the vote; refuses days reversed or gone by, and a second charter."""
    found = uow.get(Round, round_id, hot=True)
    found.check_before_the_vote()
    if uow.find(Charter, round_id=round_id) is not None:
        raise CharterFrozen(
            "Ce tour a déjà une charte.",
            rule="Un tour a une seule charte.",
            missing="Corrigez celle qui est préparée.",
        )
    charter = Charter(
        id=charter_id or uow.new_id(),
        round_id=round_id,
        committee_id=found.committee_id,
        journey=found.journey,
        method=method,
        voters=[str(college) for college in voters],
        quorum_percent=quorum_percent,
        no_quorum=no_quorum,
        tie=tie,
        opens_on=opens_on,
        closes_at=at(closes_on, closes_hour),
        seed=secrets.token_hex(16),
        meeting_on=meeting_on,
        extra_days=extra_days,
        shares=shares_of(shares or {}),
        criteria=criteria,
    )
    charter.check(uow.today, closes_on)
    return uow.add(charter).id


def change_charter(
    uow: UnitOfWork,
    *,
    charter_id: UUID,
    method: Method,
    voters: Sequence[College],
    quorum_percent: int,
    no_quorum: NoQuorum,
    tie: TieRule,
    opens_on: date,
    closes_on: date,
    closes_hour: int = 20,
    meeting_on: date | None = None,
    extra_days: int = 7,
    shares: Mapping[str, str] | None = None,
    criteria: str = "",
    version: int | str | None = None,
) -> None:
    """Other rules, while they are a draft; refuses once they are adopted."""
    charter = uow.get(Charter, charter_id, version=version)
    charter.check_draft()
    charter.method, charter.voters = method, [str(college) for college in voters]
    charter.quorum_percent, charter.no_quorum, charter.tie = quorum_percent, no_quorum, tie
    charter.opens_on, charter.closes_at = opens_on, at(closes_on, closes_hour)
    charter.meeting_on, charter.extra_days = meeting_on, extra_days
    charter.shares, charter.criteria = shares_of(shares or {}), criteria
    charter.check(uow.today, closes_on)


def adopt_charter(uow: UnitOfWork, *, charter_id: UUID, agreed: str, agreed_on: date) -> str:
    """Freeze the rules, once the group agreed (``agreed`` says how); returns their hash.

    Refuses an agreement still to come, days gone by, and while ideas wait to be looked at.
    The vote opens by itself on its day.
    """
    charter = uow.get(Charter, charter_id, hot=True)
    charter.check_draft()
    if agreed_on > uow.today:
        raise wrong("agreed_on", "Ce jour est à venir : dites quand le groupe a décidé.")
    found = uow.get(Round, charter.round_id)
    found.check_before_the_vote()
    check_ideas(uow, found)
    closes = local(charter.closes_at)
    charter.check(uow.today, closes.date())
    committee = mirror.committee(uow, found.committee_id) or {"name": "", "quartier": ""}
    heading = [
        f"Comité : {committee['name']}, {committee['quartier']}",
        f"Choix : {found.title}, n° {found.id}",
    ]
    charter.adopt(agreed, agreed_on, heading, _said(closes), uow.now)
    uow.schedule(BEGIN, found.id, max(at(charter.opens_on, 8), uow.now))
    text = f"« {found.title} » : la charte du vote est adoptée. On vote dès le {charter.opens_on:%d/%m/%Y}."
    tell(uow, people_of(uow, found.committee_id, *GROUP), text, page_of(found.id))
    return charter.hash


def _said(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y} à {moment.hour} h"
