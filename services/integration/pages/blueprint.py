"""The blueprint of the pages, and what they share."""

from typing import Any

import orjson
from flask import Blueprint, Response, current_app
from markupsafe import Markup

from services.integration import queries
from shared.web.use import ask

BASE = "/integration"
blueprint = Blueprint("integration_pages", __name__)


@blueprint.context_processor
def _of_every_page() -> dict[str, Any]:
    return {"base": BASE, "public": public, "coded": coded}


def coded(text: str) -> Markup:
    """A text of the code, with what stands between double backquotes as code."""
    parts = text.split("``")
    inside = Markup("<code>{}</code>")
    return Markup("").join(inside.format(p) if n % 2 else p for n, p in enumerate(parts))


@blueprint.after_request
def _bearer(response: Response) -> Response:
    """Here one is known by a key, not by a session."""
    if response.status_code == 401 and response.mimetype == "application/problem+json":
        response.headers["WWW-Authenticate"] = 'Bearer realm="rond-koze"'
    return response


def public(path: str) -> str:
    """The whole address of a path, as a command in a terminal wants it."""
    url: str = current_app.extensions["rk_settings"].public_url
    return url.rstrip("/") + path


Events = dict[tuple[str, str], list[dict[str, Any]]]


def by_service(**sought: str) -> Events:
    """The facts of the catalogue by the service that says them: (name, title)."""
    found: Events = {}
    for row in ask(queries.catalogue, **sought):
        found.setdefault((row["service"], row["title"]), []).append(row)
    return found


def as_json(value: Any, mimetype: str = "application/json", status: int = 200) -> Response:
    """``value`` for a program; two blanks a level, since people look at it too."""
    return Response(readable(value) + "\n", status, mimetype=mimetype)


def readable(value: Any) -> str:
    """JSON to be read by people."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
