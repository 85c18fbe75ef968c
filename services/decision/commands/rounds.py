"""Rounds: opened by a published diagnostic, or by somebody for a reason; moved, annulled."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.decision.commands.support import (
    GROUP,
    at,
    code,
    page_of,
    people_of,
    tell,
)
from services.decision.model import DPC, Round, RoundOver, RoundState
from services.directory import mirror
from services.directory.mirror import Role
from shared.kernel.refusals import NotFound
from shared.store.unit_of_work import UnitOfWork

END = "end-ideas"


def open_round_from_diagnostic(
    uow: UnitOfWork,
    *,
    committee_id: UUID,
    diagnostic_id: UUID,
    title: str,
    needs: Sequence[dict[str, Any]],
) -> None:
    """A diagnostic is published: gather ideas for three weeks, for the needs it says."""
    if uow.find_all(Round, diagnostic_id=diagnostic_id):
        return
    _opened(uow, committee_id, title, list(needs), None, diagnostic_id=diagnostic_id)


def _opened(
    uow: UnitOfWork,
    committee_id: UUID,
    title: str,
    needs: list[dict[str, Any]],
    until: date | None,
    **more: Any,
) -> UUID:
    made = Round(
        id=more.pop("round_id", None) or uow.new_id(),
        committee_id=committee_id,
        code=code(8),
        title=title,
        needs=needs,
        until=until or uow.today + Round.USUAL,
        **more,
    )
    made.open(uow.today)
    uow.add(made)
    _schedule_end(uow, made)
    text = f"« {made.title} » : à vous les idées, jusqu’au {made.until:%d/%m/%Y}."
    tell(uow, people_of(uow, committee_id, *GROUP), text, page_of(made.id))
    return made.id


def _schedule_end(uow: UnitOfWork, found: Round) -> None:
    uow.schedule(END, found.id, at(found.until + timedelta(1), 8))


def open_round_without_diagnostic(
    uow: UnitOfWork,
    *,
    committee_id: UUID,
    title: str,
    why: str,
    until: date | None = None,
    round_id: UUID | None = None,
) -> UUID:
    """Gather ideas though nobody was listened to, for a reason that stays written.

    Refuses without a reason, for a closed committee, and while it is choosing already.
    """
    committee = mirror.committee(uow, committee_id)
    if committee is None:
        raise NotFound("Ce comité n’existe pas.")
    if committee["closed_on"] is not None:
        raise RoundOver(
            rule="Seul un comité en activité choisit une action.",
            missing="Un comité en activité : son quartier est suivi par un autre.",
            unblocks=DPC,
        )
    _check_none_under_way(uow, committee_id)
    return _opened(uow, committee_id, title, [], until, why_without=why.strip(), round_id=round_id)


def _check_none_under_way(uow: UnitOfWork, committee_id: UUID) -> None:
    for known in uow.find_all(Round, committee_id=committee_id):
        known.check_over()


def open_another_round(
    uow: UnitOfWork,
    *,
    round_id: UUID,
    title: str = "",
    until: date | None = None,
    new_round_id: UUID | None = None,
) -> UUID:
    """Choose again, or a second action, from the same needs; refuses while one is choosing.

    After a vote that chose nothing, a choice annulled, or an action already chosen.
    """
    before = uow.get(Round, round_id)
    _check_none_under_way(uow, before.committee_id)
    return _opened(
        uow,
        before.committee_id,
        title or before.title,
        before.needs,
        until,
        diagnostic_id=before.diagnostic_id,
        why_without=before.why_without,
        round_id=new_round_id,
    )


def move_ideas_end(
    uow: UnitOfWork, *, round_id: UUID, until: date, version: int | str | None = None
) -> None:
    """Gather ideas until another day; refuses a day gone by, and once people vote."""
    found = uow.get(Round, round_id, version=version)
    found.move_until(until, uow.today)
    _schedule_end(uow, found)


def end_ideas(uow: UnitOfWork, *, subject: UUID) -> None:
    """The last day for ideas is over: the rules of the vote are to be agreed."""
    found = uow.get(Round, subject)
    if found.state is RoundState.IDEAS and found.until < uow.today:
        text = f"« {found.title} » : les idées sont là. Adoptez la charte du vote, ensemble."
        tell(uow, people_of(uow, found.committee_id, Role.LEAD), text, page_of(found.id))


def annul_choice(uow: UnitOfWork, *, round_id: UUID, why: str) -> None:
    """The choice does not hold: what was opened for the action is freed; refuses without a reason.

    The lead may open another round from the same needs.
    """
    found = uow.get(Round, round_id, hot=True)
    found.annul(why)
    text = f"« {found.title} » : le choix est annulé. La raison est sur la page du tour."
    tell(uow, people_of(uow, found.committee_id, *GROUP), text, page_of(found.id))
