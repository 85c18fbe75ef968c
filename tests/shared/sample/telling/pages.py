"""The pages of telling: only what the gateway asks, with a session that is its own token."""

from flask import Blueprint, Response, request

from shared.web.gateway import COOKIES
from shared.web.tokens import HEADER

blueprint = Blueprint("telling_pages", __name__)


@blueprint.get("/session/token")
def token() -> Response:
    session = next((request.cookies[name] for name in COOKIES if name in request.cookies), "")
    return Response(status=204, headers={HEADER: session} if session else {})
