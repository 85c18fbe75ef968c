"""The blueprint of the pages, and what they share."""

from typing import Any

from flask import Blueprint, Response, current_app, request

from services.decision import queries
from shared.web.forms import Form
from shared.web.use import use_cases

BASE = "/decision"
blueprint = Blueprint("decision_pages", __name__)


@blueprint.context_processor
def _of_every_page() -> dict[str, Any]:
    return {
        "base": BASE,
        "today": use_cases().workplace.clock.today(),
        "round_states": queries.ROUND_STATES,
        "idea_states": queries.IDEA_STATES,
        "outcomes": queries.OUTCOMES,
        "calls": queries.CALLS,
        "ways": queries.WAYS,
        "in_a_room": queries.IN_A_ROOM,
        "asked_of": queries.ASKED_OF,
        "opinions": queries.OPINIONS,
        "colleges": queries.COLLEGE_NAMES,
        "methods": queries.METHOD_NAMES,
        "without_quorum": queries.NO_QUORUM_NAMES,
        "ties": queries.TIE_NAMES,
        "rows_of": rows_of,
    }


def rows_of(labels: dict[Any, str]) -> list[dict[str, str]]:
    """Labels by value, as rows to touch want them."""
    return [{"value": str(value), "label": label} for value, label in labels.items()]


def public(path: str) -> str:
    """The whole address of a path, as it goes on a poster."""
    url: str = current_app.extensions["rk_settings"].public_url
    return url.rstrip("/") + path


def asked_after() -> str | None:
    """Where the page of a list begins, as the link of the page before says it."""
    return request.args.get("suite") or None


def wants_csv() -> bool:
    """Whether the list is asked for as a file."""
    return request.args.get("format") == "csv"


def ticked(form: Form, name: str, kept: list[Any] = []) -> list[str]:  # noqa: B006 - only read
    """The boxes that are ticked: as posted, else as they are kept."""
    if hasattr(form.values, "getlist"):
        return list(form.values.getlist(name))
    return [str(value) for value in form.values.get(name, kept) or kept]


def again(page: str, status: int) -> Response:
    """A page shown again, with the status of what refused it."""
    response = current_app.make_response(page)
    response.status_code = status
    return response


def tour(round_id: Any) -> str:
    """The page of a round."""
    return f"{BASE}/tours/{round_id}"
