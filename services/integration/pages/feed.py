"""The feed: ``GET /integration/events``, for programs that hold a key."""

import hashlib
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Response, request
from werkzeug.datastructures import MultiDict

from services.integration import commands, queries, schemas
from services.integration.pages.blueprint import BASE, blueprint, public
from shared.web.use import actor, use_cases

_SECRETS = ("key", "cle", "api_key", "apikey", "token", "access_token", "bearer", "authorization")
COME_AGAIN_SECONDS = 5


@blueprint.get("/events")
def events() -> Response:
    """The next page of events, in the log's order; the cursor is in the headers."""
    refuse_secrets(request.args)
    asked: dict[str, Any] = schemas.FeedAsked().load(_asked(request.args))
    cases, key = use_cases(), bearer()
    cases.perform(commands.note_reading, actor=actor(), key=key)
    found = cases.ask(queries.feed, actor=actor(), key=key, **asked)
    return _answer(found, asked)


def bearer() -> str | None:
    """The key of ``Authorization: Bearer``, None without one."""
    scheme, _, key = request.headers.get("Authorization", "").strip().partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None


def refuse_secrets(arguments: MultiDict[str, str]) -> None:
    """A key in the address is refused, also under another name: it is in journals by now."""
    values = (value for _, values in arguments.lists() for value in values)
    if any(name.lower() in _SECRETS for name in arguments) or any(map(queries.is_key, values)):
        raise queries.KeyInAddress()


def _asked(arguments: MultiDict[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {name: value for name, value in arguments.items() if value != ""}
    if "type" in arguments:
        given["type"] = [kind for kind in arguments.getlist("type") if kind]
    return given


def _answer(found: dict[str, Any], asked: dict[str, Any]) -> Response:
    body = orjson.dumps(found["items"])
    response = Response(body, mimetype=queries.BATCH)
    kinds = [("type", kind) for kind in asked["types"]]
    going_on = urlencode([("after", found["next"]), ("limit", asked["limit"]), *kinds])
    response.headers["Link"] = f'<{public(BASE)}/events?{going_on}>; rel="next"'
    response.headers["RK-Cursor"] = found["next"]
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization"
    if not found["more"]:
        response.headers["Retry-After"] = str(COME_AGAIN_SECONDS)
    response.set_etag(hashlib.sha256(body + found["next"].encode()).hexdigest()[:32])
    return response.make_conditional(request)  # type: ignore[return-value]
