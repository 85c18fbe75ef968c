"""The blueprint of the pages, and what they share: who looks, lists as CSV, downloads."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, request

from services.procurement.schemas import CATEGORIES, KINDS, PRIORITIES
from shared.kernel.event import FileRef
from shared.web.formats import number
from shared.web.use import actor, use_cases

BASE = "/procurement"
blueprint = Blueprint("procurement_pages", __name__)

Column = tuple[str, Callable[[dict[str, Any]], Any]]
_EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
_FORMULA = re.compile(r"^\s*[=+\-@\t\r|%]")


@blueprint.context_processor
def _of_every_page() -> dict[str, Any]:
    """The roles of the one who looks, and the words of the menus."""
    held = {str(grant.role) for grant in actor().grants}
    return {
        "held": held,
        "has": lambda *roles: bool(held.intersection(roles)),
        "categories": options(CATEGORIES),
        "kinds": options(KINDS),
        "priorities": options(PRIORITIES),
        "base": BASE,
        "today": use_cases().workplace.clock.today(),
        "counted": counted,
    }


def options(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """Labels by value, as a menu wants them."""
    return [(str(value), label) for value, label in labels.items()]


def at_the_desk() -> bool:
    """Whether the one who looks holds a role of the city that follows its money."""
    desk = {"dpc_officer", "finance_clerk", "auditor", "procurement_officer"}
    return any(grant.role in desk and grant.scope == "city" for grant in actor().grants)


def counted(quantity: Decimal, unit: str) -> str:
    """``1 jour``, ``6 pièces``: a quantity with its unit, in the plural from two on."""
    several = quantity >= 2 and unit[-1:] not in "sxz"
    return f"{number(quantity.normalize() + 0)}\u00a0{unit}{'s' if several else ''}"


def wants_csv() -> bool:
    """Whether the list is asked for as a file."""
    return request.args.get("format") == "csv"


def as_csv(rows: Iterable[dict[str, Any]], columns: Sequence[Column], name: str) -> Response:
    """``rows`` as a file that spreadsheets open; a cell is never taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([label for label, _ in columns])
    for row in rows:
        writer.writerow([_cell(value(row)) for _, value in columns])
    body = "\ufeff" + out.getvalue()
    response = Response(body, mimetype="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def download(ref: FileRef, name: str) -> Response:
    """A file, always as an attachment and never guessed at by the browser."""
    data = use_cases().workplace.files.open(ref)
    response = Response(data, mimetype=ref.media_type)
    extension = _EXTENSIONS.get(ref.media_type, "bin")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
