"""The blueprint that every module of this package adds its pages to."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request

blueprint = Blueprint("monitoring_pages", __name__)
BASE = "/monitoring"


def asked(name: str, among: Any = None) -> str | None:
    """The answer ``name`` of the address; None when it is empty or not ``among`` what may be."""
    value = request.args.get(name, "")[:100]
    return value if value and (among is None or value in among) else None


def cursor(name: str = "suite") -> str | None:
    """Where a list goes on, as the link of the page before says it."""
    return request.args.get(name) or None


def number(name: str) -> int | None:
    """The same as a small whole number; None for anything else."""
    value = request.args.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 6 else None


def address(path: str, **values: Any) -> str:
    """``path`` with ``values`` after it; those that are empty are left out."""
    given = {name: str(value) for name, value in values.items() if value}
    return f"{BASE}{path}?{urlencode(given)}" if given else f"{BASE}{path}"


@blueprint.context_processor
def _of_every_page() -> dict[str, Any]:
    return {"address": address, "choices_of": lambda values: [(v, v) for v in values]}
