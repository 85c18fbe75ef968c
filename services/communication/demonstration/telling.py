"""Tells it: the workshop and its weeks, strategies, prints step by step, what is handed out."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from services.communication import commands
from services.communication.demonstration.printing import (
    PRINTER,
    ROAD,
    Perform,
    Printing,
    campaign_of,
    today,
)
from services.communication.demonstration.prints import (
    HOURS,
    OFFERS,
    PLANNED,
    PRINTS,
    RESERVE,
    ROUNDS,
    ZONES,
)
from services.communication.events import Channel
from services.directory.demonstration import (
    Road,
    Stage,
    action_id,
    lead_of,
    members_of,
    roads,
)
from shared.run.demonstration import Chapter

_ADOPTED = {160: (Stage.CLOSED, Stage.HELD, Stage.REVIEWED), 66: (Stage.READY, Stage.POSTPONED)}
_ADOPTED_LATER = 60
_PEOPLE = ("Les familles de l’école", "Les voisins qui ne sortent plus", "Les jeunes du terrain")
_AGREED = "Réunion du comité à la case, huit présents, à main levée"
_DAYS = ("conception", "review", "proof", "printing", "delivery")


def cast(perform: Perform) -> None:
    """The workshop: its usual week, its catalogue."""
    hours = {"hours": Decimal(HOURS), "reserve": Decimal(RESERVE)}
    perform(commands.set_capacity, as_=PRINTER, **hours)
    for support, (usual, days, conditions) in OFFERS.items():
        perform(
            commands.set_offer,
            as_=PRINTER,
            support=support,
            hours=Decimal(usual),
            conditions=conditions,
            **dict(zip(_DAYS, days, strict=True)),
        )


def _adopt(perform: Perform, road: Road) -> None:
    number = road.committee
    if campaign_of(perform, number) is None:
        return
    mine = [told for told in PRINTS if told.committee == number and told.deeds[0][1] != "draft"]
    supports = [{"support": t.support, "quantity": t.quantity} for t in mine]
    public = _PEOPLE[number % len(_PEOPLE)]
    perform(
        commands.adopt_strategy,
        as_=lead_of(number),
        campaign_id=action_id(number),
        targets=[
            {"public": public, "place": ZONES[0], "message": f"{road.title} : nou atann aou !"},
            {"public": "Les commerçants", "place": ZONES[1], "message": "Une affiche en vitrine ?"},
        ],
        channels=[Channel.DOOR_TO_DOOR, Channel.SCHOOLS, Channel.MARKETS, Channel.WHATSAPP],
        supports=supports,
        gates=["plan", *(str(row["support"]) for row in supports)],
        zones=list(ZONES),
        agreed=_AGREED,
    )


def _hand_out(perform: Perform, road: Road, shares: tuple[int, ...]) -> None:
    """Members report what they handed out, zone by zone."""
    card = campaign_of(perform, road.committee)
    if card is None or not card["open"]:
        return
    for place, share in enumerate(shares):
        for row in card["stock"]:
            count = row["left"] * share // 100 // len(shares)
            if count:
                _report(perform, road.committee, row["id"], place, count)


def _report(perform: Perform, number: int, request: UUID, place: int, count: int) -> None:
    perform(
        commands.report_distribution,
        as_=members_of(number)[place % 2],
        campaign_id=action_id(number),
        request_id=request,
        zone=ZONES[(number + place) % len(ZONES)],
        count=count,
    )


def _weeks(perform: Perform, days_ago: int) -> None:
    """One week of the past without a press, one of the coming ones without its designer."""
    monday = today(perform) - timedelta(today(perform).weekday())
    if days_ago == _ADOPTED_LATER:
        kept = {"monday": monday + timedelta(14), "hours": Decimal(28), "why": "presse en révision"}
        perform(commands.set_week, as_=PRINTER, **kept)
    if days_ago == 0:
        kept = {
            "monday": monday + timedelta(14),
            "hours": Decimal(20),
            "why": "un graphiste en congé",
        }
        perform(commands.set_week, as_=PRINTER, **kept)


def _strategies(days_ago: int) -> list[Road]:
    stages = list(_ADOPTED.get(days_ago, ()))
    if days_ago == _ADOPTED_LATER:
        return [*roads(Stage.COMMUNICATION), *(ROAD[number] for number in PLANNED)]
    return roads(*stages)


def _day(days_ago: int, perform: Perform) -> None:
    """What happened on that day, everywhere."""
    for road in _strategies(days_ago):
        _adopt(perform, road)
    for told in PRINTS:
        for day, deed in told.deeds:
            if day == days_ago and campaign_of(perform, told.committee) is not None:
                Printing(perform, told, days_ago).do(deed)
    for day, stages, shares in ROUNDS:
        if day == days_ago:
            for road in roads(*stages):
                _hand_out(perform, road, shares)
    _weeks(perform, days_ago)


def _days() -> list[int]:
    days = {day for told in PRINTS for day, _ in told.deeds}
    days |= {day for day, _, _ in ROUNDS} | set(_ADOPTED) | {_ADOPTED_LATER, 0}
    return sorted(days, reverse=True)


STORY = tuple(Chapter(day, partial(_day, day)) for day in _days())
