"""What decision, planning and communication say of one action, and what became of its money."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

import sqlalchemy as sa

from services.communication import events as communication
from services.decision import events as decision
from services.planning import events as planning
from services.procurement import commands, queries, tables
from tests.procurement.world import COMMITTEE, JOURNEY, World, person_id

ACTION = uuid5(JOURNEY, "action")
OF_ACTION: dict[str, Any] = {"committee_id": COMMITTEE, "action_id": ACTION}


def open_years(world: World, *years: int, amount: int = 7000) -> None:
    for year in years:
        world.do(commands.open_envelopes, "dpc", year=year, amount=Decimal(amount))


def chosen(
    day: date, estimate: str | None = "3200.00", action: UUID = ACTION
) -> decision.ActionChosen:
    return decision.ActionChosen(
        committee_id=COMMITTEE,
        action_id=action,
        idea_id=uuid5(JOURNEY, "idea"),
        round_id=uuid5(JOURNEY, "round"),
        title="Kabar lakour",
        aims="Que le quartier se retrouve",
        needs=(),
        conditions=(),
        wished_from=day,
        wished_to=day,
        place="Sainte-Clotilde",
        result=(),
        why="Le plus de voix",
        estimate_incl_tax=Decimal(estimate) if estimate else None,
    )


def annulled() -> decision.ChoiceAnnulled:
    return decision.ChoiceAnnulled(
        **OF_ACTION, round_id=uuid5(JOURNEY, "round"), why="Vote à refaire"
    )


def adopted(day: date) -> planning.PlanAdopted:
    return planning.PlanAdopted(
        **OF_ACTION,
        title="Kabar lakour",
        day=day,
        fallback_day=None,
        place="Cour de l’école",
        lead=person_id("lead"),
    )


def moved(was: date, day: date) -> planning.ActionDayMoved:
    return planning.ActionDayMoved(
        **OF_ACTION,
        was=was,
        day=day,
        fallback_day=None,
        why=planning.WhyMoved.CYCLONE,
        reason="Alerte orange",
    )


def cancelled() -> planning.ActionCancelled:
    return planning.ActionCancelled(**OF_ACTION, reason="Le lieu est fermé")


def closed(on: date) -> planning.ActionClosed:
    return planning.ActionClosed(**OF_ACTION, on=on)


def needed(needed_by: date, **changes: Any) -> planning.SupplierNeeded:
    values: dict[str, Any] = {
        **OF_ACTION,
        "need_id": uuid4(),
        "title": "Sonorisation et scène",
        "kind": planning.SupplyKind.HIRE,
        "lines": (planning.NeededLine(label="Sono", quantity=Decimal(1), unit="jour"),),
        "place": "Cour de l’école",
        "needed_by": needed_by,
        "requested_by": person_id("member"),
        "owner": person_id("lead"),
        "priority": 1,
        "estimate_incl_tax": Decimal("2000.00"),
        "details": "Avec un technicien",
    }
    return planning.SupplierNeeded(**(values | changes))


def print_needed(needed_by: date, need_id: UUID) -> communication.PrintPurchaseNeeded:
    return communication.PrintPurchaseNeeded(
        **OF_ACTION,
        request_id=uuid4(),
        need_id=need_id,
        title="Flyers du kabar",
        lines=(communication.PrintLine(label="Flyers, A5", quantity=Decimal(500), unit="pièce"),),
        place="Mairie annexe",
        needed_by=needed_by,
        requested_by=person_id("lead"),
    )


def changed(need_id: UUID, needed_by: date) -> planning.NeedChanged:
    return planning.NeedChanged(
        **OF_ACTION, need_id=need_id, needed_by=needed_by, why="Le jour a bougé"
    )


def withdrawn(need_id: UUID) -> planning.NeedWithdrawn:
    return planning.NeedWithdrawn(**OF_ACTION, need_id=need_id, why="Une association prête")


# what became of it


def lines(world: World, action: UUID = ACTION) -> list[dict[str, Any]]:
    """The lines of an action, by year."""
    table = tables.budget_lines
    select = sa.select(table).where(table.c.action_id == action).order_by(table.c.year)
    with world.database.read() as connection:
        return [dict(row) for row in connection.execute(select).mappings()]


def envelope(world: World, year: int) -> tuple[Decimal, Decimal]:
    """The amount and what is allotted of the committee's envelope."""
    found = world.ask(queries.envelopes_of_year, "dpc", year=year)
    row = next(r for r in found["rows"] if r["committee"]["id"] == COMMITTEE)
    return row["envelope"]["amount"], row["envelope"]["allotted"]


def purchase_of(world: World, need_id: UUID) -> dict[str, Any]:
    table = tables.purchases
    with world.database.read() as connection:
        found = connection.execute(sa.select(table).where(table.c.need_id == need_id))
        return dict(found.mappings().one())


def count(world: World, table: sa.Table) -> int:
    with world.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def notices(world: World) -> list[str]:
    """The texts of what people are told, in order."""
    import json

    from shared.store.tables import outbox

    with world.database.read() as connection:
        rows = connection.execute(
            sa.select(outbox.c.payload)
            .where(outbox.c.type.contains("notice-issued"))
            .order_by(outbox.c.id)
        )
        return [json.loads(row.payload)["text"] for row in rows]


def money_is_all_there(world: World, *years: int) -> None:
    """Ledger and counters agree, lines fit in their envelopes to the cent, nothing is negative."""
    assert world.ask(queries.ledger_differences, "dpc") == []
    for year in years:
        amount, allotted = envelope(world, year)
        table = tables.budget_lines
        with world.database.read() as connection:
            rows = connection.execute(
                sa.select(table).where(table.c.committee_id == COMMITTEE, table.c.year == year)
            )
            voted = [row.voted for row in rows]
        assert sum(voted) == allotted <= amount


def in_days(world: World, days: int) -> date:
    return world.today + timedelta(days)
