"""The blueprint of the pages, and what they share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, request
from marshmallow import Schema

from services.planning import queries
from shared.web.forms import Form, submit
from shared.web.use import actor, use_cases

BASE = "/planning"
blueprint = Blueprint("planning_pages", __name__)


@blueprint.context_processor
def _of_every_page() -> dict[str, Any]:
    held = {str(grant.role) for grant in actor().grants}
    return {
        "base": BASE,
        "me": actor().person,
        "has": lambda *roles: bool(held.intersection(roles)),
        "today": use_cases().workplace.clock.today(),
        "plan_states": queries.PLAN_STATES,
        "task_states": queries.TASK_STATES,
        "need_kinds": queries.NEED_KINDS,
        "need_states": queries.NEED_STATES,
        "answers": queries.RELAY_ANSWERS,
        "doers": queries.DOERS,
        "whys": queries.WHYS,
        "supplies": queries.SUPPLIES,
        "supports": queries.SUPPORTS,
        "priorities": queries.PRIORITIES,
        "points": queries.INSTALLATION,
        "rows_of": rows_of,
        "options": options,
    }


def rows_of(labels: dict[Any, str]) -> list[dict[str, str]]:
    """Labels by value, as rows to touch want them."""
    return [{"value": str(value), "label": label} for value, label in labels.items()]


def options(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """Labels by value, as a menu wants them."""
    return [(str(value), label) for value, label in labels.items()]


def public(path: str) -> str:
    """The whole address of a path, as one sends it."""
    url: str = current_app.extensions["rk_settings"].public_url
    return url.rstrip("/") + path


def asked_after() -> str | None:
    """Where the page of a list begins, as the link of the page before says it."""
    return request.args.get("suite") or None


def wants_csv() -> bool:
    """Whether the list is asked for as a file."""
    return request.args.get("format") == "csv"


def deed(
    schema: Schema,
    command: Callable[..., Any],
    page: Callable[[Form], Any],
    *,
    then: str | Callable[[Any], str],
    done: str | Callable[[Any], str],
    **fixed: Any,
) -> Response:
    """Do what a form of ``page`` asks for; refused, the page comes again with what was typed."""
    return submit(schema, command, again=page, then=then, done=done, **fixed)
