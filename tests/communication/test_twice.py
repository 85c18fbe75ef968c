"""Each policy, told the same fact twice, has one effect: a list that a new policy must join."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from services.communication import commands, tables
from services.communication.service import service
from services.decision import events as decision
from services.language import Fact
from services.planning import events as planning
from services.procurement import events as procurement
from tests.communication.world import ACTION, COMMITTEE, OTHER_ACTION, World, person_id

OF: dict[str, Any] = {"committee_id": COMMITTEE, "action_id": ACTION}


def needed(world: World) -> UUID:
    """The need of a print that the plan asked for, placed."""
    need = uuid4()
    request = world.needed(need)
    sent = {"request_id": request, "send": True, "brief": world.brief()}
    world.do(commands.complete_brief, "member", **sent)
    return need


def placed(world: World) -> UUID:
    need = needed(world)
    request = world.request_of(need)
    world.do(commands.accept_print, "printer", request_id=request, hours=Decimal(8))
    world.place(request)
    return need


def away(world: World) -> UUID:
    need = needed(world)
    sent = {"request_id": world.request_of(need), "reason": "Trop grand"}
    world.do(commands.send_outside, "printer", **sent)
    return need


def ordered(world: World) -> UUID:
    need = away(world)
    world.do(commands.book_outside, None, need_id=need, ready_by=world.day(50))
    return need


def quote(world: World, need: UUID) -> Fact:
    return procurement.QuoteValidated(
        **OF,
        need_id=need,
        purchase_id=uuid4(),
        quote_id=uuid4(),
        kind=procurement.NeedKind.PRINT,
        category=procurement.Category.SUPPLIES,
        supplier_id=uuid4(),
        supplier="Imprimerie Témoin",
        lines=(),
        amount_excl_tax=Decimal(200),
        vat=Decimal(17),
        amount_incl_tax=Decimal(217),
        line_id=uuid4(),
        content_hash="0" * 64,
        delivery_date=world.day(50),
    )


def certified(world: World, need: UUID) -> Fact:
    return procurement.DeliveryCertified(
        **OF,
        need_id=need,
        purchase_id=uuid4(),
        delivery_id=uuid4(),
        delivered_on=world.today,
        amount_incl_tax=Decimal(217),
        total=True,
    )


def chosen(world: World) -> Fact:
    return decision.ActionChosen(
        committee_id=COMMITTEE,
        action_id=OTHER_ACTION,
        idea_id=uuid4(),
        round_id=uuid4(),
        title="Kabar",
        aims="Se retrouver",
        needs=(),
        conditions=(),
        wished_from=world.day(80),
        wished_to=world.day(90),
        place="Le Chaudron",
        result=(),
        why="Le plus de voix",
    )


def adopted(world: World) -> Fact:
    world.strategy(gates=["plan"])
    return planning.PlanAdopted(
        **OF,
        title="Fête de quartier",
        day=world.day(90),
        fallback_day=None,
        place="Marché",
        lead=person_id("lead"),
    )


def moved(world: World) -> Fact:
    world.placed()
    return planning.ActionDayMoved(
        **OF,
        was=world.day(100),
        day=world.day(60),
        fallback_day=None,
        why=planning.WhyMoved.CYCLONE,
        reason="Alerte",
    )


def printed(world: World) -> Fact:
    return planning.PrintNeeded(
        **OF,
        need_id=uuid4(),
        title="Banderole",
        support=planning.Support.BANNER,
        quantity=1,
        page_format="2 × 1 m",
        place="Case",
        needed_by=world.day(70),
        requested_by=person_id("member"),
    )


def cancelled(world: World) -> Fact:
    placed(world)
    return planning.ActionCancelled(**OF, reason="Cyclone")


def held(world: World) -> Fact:
    placed(world)
    return planning.ActionHeld(**OF, on=world.today, attendance=120)


def annulled(world: World) -> Fact:
    placed(world)
    return decision.ChoiceAnnulled(**OF, round_id=uuid4(), why="Vice de forme")


def stopped(cls: Any) -> Callable[[World], Fact]:
    return lambda w: cls(**OF, need_id=away(w), purchase_id=uuid4(), why="Trop cher")


TOLD: dict[type[Fact], Callable[[World], Fact]] = {
    decision.ActionChosen: chosen,
    decision.ChoiceAnnulled: annulled,
    planning.PlanAdopted: adopted,
    planning.ActionDayMoved: moved,
    planning.ActionCancelled: cancelled,
    planning.ActionHeld: held,
    planning.PrintNeeded: printed,
    planning.NeedChanged: lambda w: planning.NeedChanged(
        **OF, need_id=placed(w), needed_by=w.day(15), why="Plus tôt"
    ),
    planning.NeedWithdrawn: lambda w: planning.NeedWithdrawn(**OF, need_id=placed(w), why="Non"),
    procurement.QuoteValidated: lambda w: quote(w, away(w)),
    procurement.QuoteRefused: stopped(procurement.QuoteRefused),
    procurement.PurchaseCancelled: stopped(procurement.PurchaseCancelled),
    procurement.DeliveryCertified: lambda w: certified(w, ordered(w)),
}


def everything(world: World) -> dict[str, list[dict[str, Any]]]:
    """All that the service keeps, and the facts that it has told."""
    with world.database.read() as connection:
        kept = {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in tables.metadata.sorted_tables
        }
    return kept | {"told": [{"type": kind} for kind in world.facts()]}


def test_every_fact_on_which_the_service_acts_is_tried():
    assert set(TOLD) == set(service.reacts)


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.__name__)
def test_a_fact_heard_twice_has_one_effect(world: World, kind: type[Fact]):
    fact = TOLD[kind](world)
    before = everything(world)
    world.hears(fact)
    once = everything(world)
    assert once != before
    world.hears(fact)
    assert everything(world) == once
