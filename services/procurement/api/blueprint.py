"""The blueprint of the API, and the version that a program says it read."""

from flask import request

from shared.web.api import Blueprint

blueprint = Blueprint("procurement", description="Needs, quotes, approvals, budgets, orders")


def version_read() -> str | None:
    """The version that the program read, from If-Match."""
    return request.headers.get("If-Match", "").strip('W/" ') or None
