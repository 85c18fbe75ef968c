"""The sandbox: a key for a day, and made-up events in one's own feed."""

from typing import Any

from flask import Response, request

from services.integration import commands, schemas
from services.integration.pages.blueprint import BASE, as_json, blueprint, public
from services.integration.pages.feed import bearer, refuse_secrets
from shared.web.api import Reader
from shared.web.use import actor, use_cases


@blueprint.post("/sandbox")
def open_sandbox() -> Response:
    """A key for a day: as JSON, or alone as ``text/plain``."""
    address = request.remote_addr or ""
    made = use_cases().perform(commands.open_sandbox, actor=actor(), address=address)
    if request.accept_mimetypes.best == "text/plain":
        return _secret(Response(made["key"] + "\n", 201, mimetype="text/plain"))
    told = {
        "key": made["key"],
        "until": made["until"].isoformat(),
        "send": public(f"{BASE}/sandbox/events"),
        "read": public(f"{BASE}/events"),
        "help": public(f"{BASE}/premier-evenement"),
    }
    return _secret(as_json(told, status=201))


def _secret(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.post("/sandbox/events")
def send_made_up() -> Response:
    """The example of a type, into the sandbox of the key; the event that it became."""
    refuse_secrets(request.args)
    body = Reader().load_json(request, None)
    given: dict[str, Any] = schemas.MadeUp().load(body if isinstance(body, dict) else {})
    event = use_cases().perform(
        commands.send_made_up, actor=actor(), key=bearer(), kind=given["kind"]
    )
    return as_json(event, "application/cloudevents+json", 201)
