"""The blueprint of the pages, and the words they share."""

from typing import Any

from flask import Blueprint, current_app, request

from services.diagnostic import queries
from shared.web.use import use_cases

BASE = "/diagnostic"
blueprint = Blueprint("diagnostic_pages", __name__)


@blueprint.context_processor
def _of_every_page() -> dict[str, Any]:
    return {
        "base": BASE,
        "today": use_cases().workplace.clock.today(),
        "themes": queries.THEMES,
        "states": queries.STATES,
        "kinds": queries.KINDS,
        "actors": queries.ACTORS,
        "places": queries.PLACES,
        "channels": queries.CHANNELS,
        "options": options,
        "said": said,
    }


def public(path: str) -> str:
    """The whole address of a path, as it goes on a poster."""
    url: str = current_app.extensions["rk_settings"].public_url
    return url.rstrip("/") + path


def options(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """Labels by value, as a menu wants them."""
    return [(str(value), label) for value, label in labels.items()]


def said(questions: list[dict[str, Any]], words: dict[str, str]) -> tuple[str, list[str]]:
    """What an answer says: what was chosen, in one line, then what was said in free words."""
    chosen = [words.get(q["key"], "") for q in questions if q["kind"] != "text"]
    free = [words.get(q["key"], "") for q in questions if q["kind"] == "text"]
    lines = [text.replace("\n", ", ") for text in chosen if text]
    return " · ".join(lines), [text for text in (*free, words.get("heard", "")) if text]


def words_of_form() -> dict[str, str]:
    """The fields ``w-…`` of a form by the key of their question, several choices a line each."""
    words = {}
    for name, values in request.form.lists():
        if name.startswith("w-"):
            text = "\n".join(value.strip() for value in values if value.strip())
            words[name[2:]] = text.replace("\r\n", "\n")
    return words


def asked_after() -> str | None:
    """Where the page of a list begins, as the link of the page before says it."""
    return request.args.get("suite") or None


def wants_csv() -> bool:
    """Whether the list is asked for as a file."""
    return request.args.get("format") == "csv"
