"""What people take away: tables as CSV, and files.

A CSV opens in a French spreadsheet: semicolons, a byte order mark, and no cell that computes.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Response

from shared.kernel.event import FileRef
from shared.store.clock import LOCAL
from shared.web.use import actor, use_cases

IN_A_FILE = 500
"""How many rows of a file are asked for at once."""
_COMPUTES = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


_EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def cell(value: Any) -> str:
    """``value`` as a French spreadsheet reads it; unknown is said, text never becomes a formula.

    A text that begins like a formula is preceded by an apostrophe, also behind spaces.
    """
    if value is None:
        return "inconnu"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    if isinstance(value, datetime):
        return value.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date | int):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" \u00a0\u202f").startswith(_COMPUTES) else text


def as_csv(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A file to keep, named ``name``, sent as its rows come."""
    safe = re.sub(r"[^a-z0-9-]", "-", name.lower())
    headers = {"Content-Disposition": f'attachment; filename="{safe}.csv"'}
    return Response(_lines(heads, rows), mimetype="text/csv", headers=headers)


def every(query: Callable[..., Any], **asked: Any) -> Iterator[dict[str, Any]]:
    """All rows of a list, a page at a time; a refusal comes at once, before anything is sent.

    Who asks is known from the start: the rows that follow are read once the request is over.
    """
    cases, who = use_cases(), actor()

    def page(**where: Any) -> dict[str, Any]:
        found: dict[str, Any] = cases.ask(query, actor=who, **asked, **where, limit=IN_A_FILE)
        return found

    return _pages(page(), page)


def _pages(found: dict[str, Any], page: Callable[..., dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from found["items"]
    while found["next"] is not None:
        found = page(after=found["next"])
        yield from found["items"]


def download(ref: FileRef, name: str) -> Response:
    """A file of this service, always as an attachment and never guessed at by the browser."""
    response = Response(use_cases().workplace.files.open(ref), mimetype=ref.media_type)
    extension = _EXTENSIONS.get(ref.media_type, "bin")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield "\ufeff" + _line(heads)
    for row in rows:
        yield _line([cell(value) for value in row])


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(cells)
    return text.getvalue()
