"""Ideas: from the group or from residents, backed, joined, set aside, never lost."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.decision import tables
from services.decision.commands.support import page_of, people_of, tell
from services.decision.model import Advice, Idea, IdeaState, Round
from services.decision.queries import _round_of_code
from services.directory.mirror import Role
from shared.kernel.refusals import Invalid
from shared.kernel.rights import ANONYMOUS
from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork


def propose_idea(
    uow: UnitOfWork,
    *,
    round_id: UUID,
    title: str,
    aims: str,
    place: str,
    wished_from: date,
    wished_to: date,
    needs: Sequence[UUID] = (),
    estimate: Decimal | None = None,
    interest: str = "",
    idea_id: UUID | None = None,
) -> UUID:
    """Propose an action that answers at least one of the needs; it stands on the list at once.

    Refuses after the last day, days in the past or in the wrong order, and a foreign need.
    ``interest`` is what binds the one who proposes to it.
    """
    found = uow.get(Round, round_id)
    idea = _made(
        uow, found, idea_id, title=title, aims=aims, place=place,
        wished_from=wished_from, wished_to=wished_to, needs=needs, estimate=estimate,
    )  # fmt: skip
    idea.proposed_by = uow.actor.person
    if uow.actor.person is not None:
        idea.declare(uow.actor.person, interest)
    return uow.add(idea).id


def _made(
    uow: UnitOfWork, found: Round, idea_id: UUID | None, needs: Sequence[UUID], **said: Any
) -> Idea:
    found.check_gathering(uow.today)
    found.check_needs(needs)
    idea = Idea(
        id=idea_id or uow.new_id(),
        round_id=found.id,
        committee_id=found.committee_id,
        journey=found.journey,
        needs=[str(need) for need in dict.fromkeys(needs)],
        **said,
    )
    idea.check_days(uow.today)
    return idea


@retryable
def propose_as_resident(
    uow: UnitOfWork,
    *,
    code: str,
    idea_id: UUID,
    title: str,
    aims: str,
    place: str,
    wished_from: date,
    wished_to: date,
    needs: Sequence[UUID] = (),
    estimate: Decimal | None = None,
) -> UUID:
    """Propose without an account; the group looks at it before it stands on the list.

    ``idea_id`` is minted by the form: sent twice, it is one idea. Refuses as ``propose_idea`` does.
    """
    uow.actor = ANONYMOUS
    found = uow.get(Round, _round_of_code(uow, code))
    known = uow.find(Idea, id=idea_id)
    if known is not None:
        if known.round_id != found.id:
            raise Invalid("Cette idée appartient à un autre tour.")
        return known.id
    idea = _made(
        uow, found, idea_id, title=title, aims=aims, place=place,
        wished_from=wished_from, wished_to=wished_to, needs=needs, estimate=estimate,
    )  # fmt: skip
    idea.state = IdeaState.WAITING
    text = f"« {found.title} » : une idée du quartier attend d’être regardée."
    tell(uow, people_of(uow, found.committee_id, Role.LEAD), text, page_of(found.id))
    return uow.add(idea).id


def change_idea(
    uow: UnitOfWork,
    *,
    idea_id: UUID,
    title: str,
    aims: str,
    place: str,
    wished_from: date,
    wished_to: date,
    needs: Sequence[UUID] = (),
    estimate: Decimal | None = None,
    version: int | str | None = None,
) -> None:
    """Say an idea more exactly, until the vote opens; refuses what is not on the list."""
    idea, found = _before_the_vote(uow, idea_id, version)
    found.check_needs(needs)
    idea.change(
        title=title, aims=aims, place=place, wished=(wished_from, wished_to),
        estimate=estimate, needs=needs, today=uow.today,
    )  # fmt: skip


def _before_the_vote(
    uow: UnitOfWork, idea_id: UUID, version: int | str | None = None
) -> tuple[Idea, Round]:
    idea = uow.get(Idea, idea_id, version=version)
    found = uow.get(Round, idea.round_id, hot=True)
    found.check_before_the_vote()
    return idea, found


def show_idea(uow: UnitOfWork, *, idea_id: UUID) -> None:
    """Put an idea on the list: a resident's, once looked at, or one that was set aside."""
    idea, _ = _before_the_vote(uow, idea_id)
    idea.show()


def set_idea_aside(uow: UnitOfWork, *, idea_id: UUID, why: str) -> None:
    """Take an idea off the list, for a reason that stays written; nobody's advice is awaited."""
    idea, _ = _before_the_vote(uow, idea_id)
    idea.set_aside(why)
    _close_advices(uow, idea_id)
    text = f"« {idea.title} » est mise de côté. La raison est sur sa page."
    tell(uow, [idea.proposed_by], text, f"/decision/idees/{idea_id}")


def merge_ideas(uow: UnitOfWork, *, idea_id: UUID, into: UUID, why: str = "") -> None:
    """Join an idea to another that says the same: needs and backers go on with it.

    Refuses an idea of another round, and one that is not on the list.
    """
    idea, _ = _before_the_vote(uow, idea_id)
    other = uow.get(Idea, into)
    idea.merge_into(other, why)
    _close_advices(uow, idea_id)
    _move_supports(uow, idea, other)
    text = f"« {idea.title} » est réunie à « {other.title} »."
    tell(uow, [idea.proposed_by], text, f"/decision/idees/{into}")


def _move_supports(uow: UnitOfWork, idea: Idea, other: Idea) -> None:
    """Whoever backed both counts once."""
    table = tables.supports
    known = sa.select(table.c.person).where(
        table.c.idea_id == other.id, table.c.person.is_not(None)
    )
    mine = table.c.idea_id == idea.id
    moved = (
        table.update()
        .where(mine, table.c.person.is_(None) | table.c.person.not_in(known))
        .values(idea_id=other.id)
    )
    uow.connection.execute(moved)
    uow.connection.execute(table.delete().where(mine))
    counted = sa.select(sa.func.count()).where(table.c.idea_id == other.id)
    idea.supports, other.supports = 0, int(uow.value(counted))


def _close_advices(uow: UnitOfWork, idea_id: UUID) -> None:
    for advice in uow.find_all(Advice, idea_id=idea_id):
        advice.close()


@retryable
def back_idea(uow: UnitOfWork, *, idea_id: UUID) -> None:
    """Back an idea, once a person."""
    _back(uow, idea_id, uow.new_id(), uow.actor.person)


@retryable
def back_as_resident(uow: UnitOfWork, *, code: str, idea_id: UUID, support_id: UUID) -> None:
    """Back an idea without an account; the same ``support_id`` counts once.

    Such backing shows interest, it decides nothing: nobody's name is asked.
    """
    uow.actor = ANONYMOUS
    idea = uow.get(Idea, idea_id)
    if idea.round_id != _round_of_code(uow, code):
        raise Invalid("Cette idée n’est pas sur cette page.")
    _back(uow, idea_id, support_id, None)


def _back(uow: UnitOfWork, idea_id: UUID, support_id: UUID, person: UUID | None) -> None:
    idea = uow.get(Idea, idea_id, hot=True)
    uow.get(Round, idea.round_id).check_before_the_vote()
    idea.check_shown()
    table = tables.supports
    same = table.c.id == support_id
    if person is not None:
        same |= (table.c.idea_id == idea_id) & (table.c.person == person)
    if uow.row(sa.select(table.c.id).where(same)) is None:
        row = {"id": support_id, "idea_id": idea_id, "person": person}
        uow.connection.execute(table.insert(), row)
        idea.supports += 1


def declare_interest(uow: UnitOfWork, *, idea_id: UUID, what: str) -> None:
    """Say what binds one to an idea (« c’est mon association »); the group sees it.

    Nothing said takes it back. Refuses once people vote.
    """
    idea, _ = _before_the_vote(uow, idea_id)
    assert uow.actor.person is not None
    idea.declare(uow.actor.person, what)
