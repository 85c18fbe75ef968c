"""The blueprint of the pages, and the words they share."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request

from services.communication import queries
from services.communication.pages.schedule import schedule, weeks_head
from shared.web.use import actor, use_cases

BASE = "/communication"
blueprint = Blueprint("communication_pages", __name__)


@blueprint.context_processor
def _of_every_page() -> dict[str, Any]:
    held = {str(grant.role) for grant in actor().grants}
    return {
        "base": BASE,
        "today": use_cases().workplace.clock.today(),
        "held": held,
        "has": lambda *roles: bool(held.intersection(roles)),
        "supports": options(queries.SUPPORTS),
        "colours": options(queries.COLOURS),
        "papers": options(queries.PAPERS),
        "channels": options(queries.CHANNELS),
        "gate_name": queries.gate_name,
        "schedule": schedule,
        "weeks_head": weeks_head,
        "turn": _turn,
    }


def options(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """Labels by value, as a menu wants them."""
    return [(str(value), label) for value, label in labels.items()]


def asked_after() -> str | None:
    """Where the page of a list begins, as the link of the page before says it."""
    return request.args.get("suite") or None


def wants_csv() -> bool:
    """Whether the list is asked for as a file."""
    return request.args.get("format") == "csv"


def over() -> bool:
    """Whether what is over is asked for."""
    return request.args.get("clos") == "1"


def _turn(found: dict[str, Any], label: str, **kept: Any) -> tuple[str, str, str]:
    """What ``next_page`` of the templates takes: the following page, its label, the first one."""
    held = {name: value for name, value in kept.items() if value}
    following = f"?{urlencode(held | {'suite': found['next']})}" if found["next"] else ""
    return following, label, f"?{urlencode(held)}" if asked_after() else ""
