"""Forms: the same commands as the API, and a page again, with what was typed, when refused."""

import json
import re
import uuid
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, unquote

from flask import Response, current_app, g, redirect, request
from marshmallow import Schema, ValidationError
from werkzeug.datastructures import MultiDict

from shared.kernel.refusals import Refusal
from shared.web.problems import first_messages
from shared.web.use import perform

FLASH = "rk_flash"
_NUMBERED = re.compile(r"^([a-z_]+)-(\d{1,4})-([a-z_]+)$")


class Form:
    """What a person typed, what is wrong with it, and the rule that refused it, if one did.

    ``key`` goes into a hidden field ``idempotency_key``: sent twice, the form has one effect.
    """

    def __init__(self, values: Any = None) -> None:
        self.values: Any = values if values is not None else MultiDict()
        self.errors: dict[str, str] = {}
        self.refusal: Refusal | None = None
        self.key = str(uuid.uuid4())

    def __getitem__(self, name: str) -> str:
        value = self.values.get(name, "")
        return "" if value is None else str(value)

    def rows(self, name: str, least: int = 1) -> list[dict[str, str]]:
        """The rows of a repeated group (``lines-0-label`` …) as typed, ``least`` at least.

        Rows left empty are not among them: the numbers in ``errors`` count those that are.
        """
        rows = _filled(_groups(self.values).get(name, {}))
        return rows + [{} for _ in range(max(0, least - len(rows)))]


def _groups(values: Any) -> dict[str, dict[int, dict[str, str]]]:
    groups: dict[str, dict[int, dict[str, str]]] = {}
    for name in values:
        match = _NUMBERED.match(name)
        if match:
            group, index, field = match.groups()
            groups.setdefault(group, {}).setdefault(int(index), {})[field] = values[name]
    return groups


def _filled(rows: dict[int, dict[str, str]]) -> list[dict[str, str]]:
    def said(row: dict[str, Any]) -> bool:
        return any(value is not None and str(value).strip() for value in row.values())

    return [rows[i] for i in sorted(rows) if said(rows[i])]


def typed(values: Any, schema: Schema) -> dict[str, Any]:
    """A posted form as ``schema`` reads it: repeated groups are lists, empty rows are left out.

    An empty field is taken as not answered, unless the schema requires it.
    """
    data: dict[str, Any] = {}
    for name, field in schema.fields.items():
        if hasattr(field, "inner") and name in values:
            data[name] = [v for v in values.getlist(name) if v != ""]
        elif name in values and (values[name] != "" or field.required):
            data[name] = values[name]
    for name, rows in _groups(values).items():
        if name in schema.fields:
            given = _filled(rows)
            data[name] = [{k: v for k, v in row.items() if v != ""} for row in given]
    return data


def submit(
    schema: Schema,
    command: Callable[..., Any],
    *,
    again: Callable[[Form], Any],
    then: str | Callable[[Any], str],
    done: str | Callable[[Any], str] = "",
    **fixed: Any,
) -> Response:
    """Perform ``command`` with the posted form (and ``fixed``), then go to ``then``.

    Refused, the page comes again by ``again(form)`` with the status of the refusal: the sentence
    stands beside its field or at the top, and nothing typed is lost. ``then`` and ``done`` may be
    computed from the command's result. A ``fixed`` value that is callable is called when performing.
    """
    form = Form(request.form)
    try:
        data = schema.load(typed(request.form, schema))
        result = perform(command, **data, **fixed)
    except ValidationError as error:
        form.errors = first_messages(error.messages)
        return _again(again, form, 422)
    except Refusal as refusal:
        if refusal.status in (401, 404):
            raise
        form.errors = dict(refusal.fields)
        form.refusal = refusal
        return _again(again, form, refusal.status)
    response = redirect(then(result) if callable(then) else then, 303)
    said = done(result) if callable(done) else done
    if said:
        flash(response, said)  # type: ignore[arg-type]
    return response  # type: ignore[return-value]


def _again(again: Callable[[Form], Any], form: Form, status: int) -> Response:
    response = current_app.make_response(again(form))
    response.status_code = status
    return response


def flash(response: Response, title: str, text: str = "", kind: str = "done") -> None:
    """Show a sentence on the next page this person opens."""
    body = quote(json.dumps({"title": title, "text": text, "kind": kind}, ensure_ascii=False))
    response.set_cookie(
        FLASH, body, max_age=60, httponly=True, samesite="Lax", secure=request.is_secure, path="/"
    )


def take_flashes() -> Iterable[dict[str, str]]:
    """The sentence left by the page before, once."""
    body = request.cookies.get(FLASH)
    if not body:
        return []
    g.clear_flash = True
    try:
        told = json.loads(unquote(body))
        return [{k: str(told[k])[:500] for k in ("title", "text", "kind")}]
    except (ValueError, KeyError, TypeError):
        return []
