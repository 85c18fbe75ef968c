"""The blueprint of the pages, and what they share: who looks, lists as CSV."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from services.procurement.schemas import CATEGORIES, KINDS, PRIORITIES
from shared.web import exports
from shared.web.formats import number
from shared.web.use import actor, use_cases

BASE = "/procurement"

blueprint = Blueprint("procurement_pages", __name__)

Column = tuple[str, Callable[[dict[str, Any]], Any]]


@blueprint.context_processor
def _of_every_page() -> dict[str, Any]:
    """The roles of the one who looks, and the words of the menus."""
    held = {str(grant.role) for grant in actor().grants}
    return {
        "held": held,
        "has": lambda *roles: bool(held.intersection(roles)),
        "categories": options(CATEGORIES),
        "kinds": options(KINDS),
        "priorities": options(PRIORITIES),
        "base": BASE,
        "today": use_cases().workplace.clock.today(),
        "counted": counted,
        "turn": _turn,
    }


def options(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """Labels by value, as a menu wants them."""
    return [(str(value), label) for value, label in labels.items()]


def at_the_desk() -> bool:
    """Whether the one who looks holds a role of the city that follows its money."""
    desk = {"dpc_officer", "finance_clerk", "auditor", "procurement_officer"}
    return any(grant.role in desk and grant.scope == "city" for grant in actor().grants)


def in_a_group() -> bool:
    """Whether the one who looks is of a committee."""
    return any(grant.role in {"member", "lead"} for grant in actor().grants)


def counted(quantity: Decimal, unit: str) -> str:
    """``1 jour``, ``6 pièces``: a quantity with its unit, in the plural from two on."""
    several = quantity >= 2 and unit[-1:] not in "sxz"
    return f"{number(quantity.normalize() + 0)}\u00a0{unit}{'s' if several else ''}"


def wants_csv() -> bool:
    """Whether the list is asked for as a file."""
    return request.args.get("format") == "csv"


def asked_after() -> str | None:
    """Where the page of a list begins, as the link of the page before says it."""
    return request.args.get("suite") or None


def _turn(found: dict[str, Any], label: str, **kept: Any) -> tuple[str, str, str]:
    """What ``next_page`` of the templates takes: the following page, its label, the first one."""
    held = {name: value for name, value in kept.items() if value}
    following = f"?{urlencode(held | {'suite': found['next']})}" if found["next"] else ""
    return following, label, f"?{urlencode(held)}" if asked_after() else ""


def as_csv(rows: Iterable[dict[str, Any]], columns: Sequence[Column], name: str) -> Response:
    """``rows`` as a file that spreadsheets open, sent as they come."""
    cells = ([_known(value(row)) for _, value in columns] for row in rows)
    return exports.as_csv(name, [label for label, _ in columns], cells)


def _known(value: Any) -> Any:
    return "" if value is None else value
