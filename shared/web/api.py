"""The JSON API of a service: flask-smorest, with problems instead of its own errors."""

import json
from typing import Any

import orjson
from flask import Flask, Request, Response
from flask_smorest import Api as SmorestApi
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import RAISE, Schema
from marshmallow.fields import Dict
from webargs.core import missing
from webargs.flaskparser import FlaskParser

from shared.web import fields, problems


class Input(Schema):
    """What a program or a form sends: anything not asked for is refused, by its name."""

    class Meta:
        """Refuse what is unknown."""

        unknown = RAISE

    error_messages = {  # noqa: RUF012 - marshmallow reads it from the class
        "unknown": "Ce champ n’est pas attendu.",
        "type": "Envoyez un objet JSON.",
    }


class Page(Schema):
    """The arguments of a list: where to go on, how many."""

    after = fields.Text(most=500)
    limit = fields.Number(least=1, most=200, load_default=50)


class Created(Schema):
    """The id of what was made."""

    id = fields.Id(required=True)


class Problem(Schema):
    """RFC 9457: what was refused, why, and who can unblock."""

    type = fields.Text(required=True)
    title = fields.Text(required=True)
    status = fields.Number(required=True)
    detail = fields.Text(required=True)
    instance = fields.Text()
    trace_id = fields.Text()
    rule = fields.Text()
    missing = fields.Text()
    unblocks = fields.Text()
    errors = Dict()


class Reader(FlaskParser):
    """Reads a body as strict JSON, and only when it says that it is JSON.

    Strict: no NaN, no number beyond 64 bits, no broken Unicode, no bottomless nesting; what those
    would do further in is nobody's business.
    """

    def load_json(self, req: Request, schema: Any) -> Any:
        """The body of ``req``; RequestMalformed or FormatNotRead when it cannot be read."""
        body = req.get_data(cache=True)
        if not body:
            return missing
        if not req.is_json:
            raise problems.FormatNotRead(missing="Envoyez application/json.")
        try:
            return orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise problems.RequestMalformed(
                "Le corps de la demande n’est pas du JSON.", at=error.pos
            ) from error


class Blueprint(SmorestBlueprint):  # type: ignore[misc]
    """A blueprint whose views document the problems they may answer."""

    ARGUMENTS_PARSER = Reader()

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(f"{name}_api", name, **options)


class Api(SmorestApi):  # type: ignore[misc]
    """Smorest's documentation, with problems (RFC 9457) in the place of its own errors."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Leave errors to ``shared.web.problems``."""

    def _register_responses(self) -> None:
        """Say that every error is an ``application/problem+json``."""
        usual: str = SmorestApi.DEFAULT_RESPONSE_CONTENT_TYPE
        self.DEFAULT_RESPONSE_CONTENT_TYPE = problems.MEDIA_TYPE
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = usual


def install(app: Flask, title: str, blueprint: Any) -> None:
    """Mount ``blueprint`` under ``/api/v1`` of ``app``, and its description beside it."""
    if blueprint is not None:
        app.register_blueprint(blueprint, url_prefix="/api/v1")
    told: list[str] = []

    def openapi() -> Response:
        if not told:
            told.append(_described(title, blueprint))
        return Response(told[0], mimetype="application/json")

    app.add_url_rule("/api/v1/openapi.json", "openapi", openapi)


def _described(title: str, blueprint: Any) -> str:
    """The API in OpenAPI 3.1, worked out for whoever asks: it costs more than to serve it."""
    app = Flask("openapi", static_folder=None)
    app.config.update(API_TITLE=f"Rond Kozé · {title}", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    api = Api(app)
    fields.register(api)
    if blueprint is not None:
        api.register_blueprint(blueprint, url_prefix="/api/v1")
    return json.dumps(api.spec.to_dict(), ensure_ascii=False, indent=2)
