"""The chapters: envelopes and suppliers long ago, then each purchase on its days."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

from stdnum import luhn

from services.procurement import commands
from services.procurement.demonstration.asking import BUYER, DPC, Perform, road_of
from services.procurement.demonstration.purchases import MADE_UP, PURCHASES, SUPPLIERS, Bought
from services.procurement.demonstration.walking import Walking
from shared.run.demonstration import Chapter

_AHEAD = timedelta(days=545)
"""From the cast, over the whole story to the furthest day of an action."""

# Days ago of what happens to a purchase, by how far it has come; « request » closes before the
# step that follows it.
_COMPARED = (("request", 14), ("type", 5))
_TO_ORDER = (("request", 40), ("type", 31), ("check", 29), ("validate", 26), ("commit", 21))
_LATELY: dict[str, tuple[tuple[str, int], ...]] = {
    "needed": (("ask", 5),),
    "question": (("ask", 14), ("question", 5)),
    "quoting": (("request", 4),),
    "opened": (("request", 14),),
    "compared": _COMPARED,
    "checked": (("request", 21), ("type", 10), ("check", 4)),
    "more": (("request", 21), ("type", 10), ("check", 6), ("more", 2)),
    "validated": (("request", 26), ("type", 14), ("check", 10), ("validate", 4)),
    "committed": (("request", 31), ("type", 21), ("check", 14), ("validate", 10), ("commit", 3)),
    "ordered": (*_TO_ORDER, ("sign", 14)),
    "delivered": (*_TO_ORDER, ("sign", 14), ("certify", 3)),
    "invoiced": (*_TO_ORDER, ("sign", 14), ("certify", 5), ("bill", 3)),
}
_CLOSES = {"quoting": 10, "opened": 10}
_LONG_AGO = (
    *(("request", 160), ("type", 149), ("check", 147)),
    *(("validate", 140), ("commit", 138), ("sign", 130)),
)
_OVER = {
    "partly": ("certify",),
    "invoiced": ("certify", "bill"),
    "paid": ("certify", "bill", "pay"),
}
_AFTER_THE_DAY = {"certify": 0, "bill": 4, "pay": 10}


def days_of(bought: Bought) -> list[tuple[str, int]]:
    """What happens to a purchase, and how many days ago."""
    day = road_of(bought.committee).day or 0
    if day > 0:
        return list(_LATELY[bought.until])
    after = [(step, -day - _AFTER_THE_DAY[step]) for step in _OVER[bought.until]]
    return [*_LONG_AGO, *after]


def cast(perform: Perform) -> None:
    """Envelopes of every year of the story, and suppliers."""
    today = perform.clock.today()  # type: ignore[attr-defined]
    for year in range(today.year, (today + _AHEAD).year + 1):
        perform(commands.open_envelopes, as_=DPC, year=year, amount=Decimal(7000))
    made_up = {name: _siret(n) for n, name in enumerate(MADE_UP, 1)}
    for name, siret in (SUPPLIERS | made_up).items():
        perform(commands.name_supplier, as_=BUYER, name=name, identifier=siret)


def _siret(number: int) -> str:
    """A number that passes the checks and that no company has: it begins with zeros."""
    siren = f"{number:08d}"
    siren += luhn.calc_check_digit(siren)
    establishment: str = f"{siren}0001"
    return establishment + str(luhn.calc_check_digit(establishment))


def _day(days_ago: int, perform: Perform) -> None:
    """What happened on that day, to every purchase."""
    for bought in PURCHASES:
        for step, day in days_of(bought):
            if day == days_ago:
                _take(step, bought, Walking(perform, bought, days_ago))


def _take(step: str, bought: Bought, walking: Walking) -> None:
    if step == "request":
        days = dict(days_of(bought))
        walking.request(_CLOSES.get(bought.until) or days["request"] - days["type"] - 1)
        return
    deed: Callable[[], None] = getattr(walking, step)
    deed()


STORY = tuple(
    Chapter(day, partial(_day, day))
    for day in sorted({day for bought in PURCHASES for _, day in days_of(bought)}, reverse=True)
)
