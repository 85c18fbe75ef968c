"""Makes the Flask application of a service from its declaration, and the site around it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from flask import Flask, Response, current_app, request
from flask.globals import app_ctx
from flask.json.provider import DefaultJSONProvider
from jinja2 import ChoiceLoader, FileSystemLoader

from shared.kernel import trace
from shared.kernel.rights import ANONYMOUS
from shared.perform import UseCases
from shared.service import Link, Service
from shared.store.clock import LOCAL, monotonic
from shared.web import api, metrics, problem_types, problems, security, shell
from shared.web.addresses import LazyRule
from shared.web.assets import Assets
from shared.web.compiled import Compiled
from shared.web.forms import FLASH
from shared.web.health import Health
from shared.web.tokens import HEADER, Tokens

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


_TOKEN = "HTTP_" + HEADER.upper().replace("-", "_")


class SiteSettings(Protocol):
    """The settings that pages and requests depend on."""

    @property
    def demonstration(self) -> bool: ...

    @property
    def body_limit(self) -> int: ...


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class IsoJson(DefaultJSONProvider):
    """Days and moments as ISO 8601, like everywhere else."""

    ensure_ascii = False
    sort_keys = False

    @staticmethod
    def default(o: Any) -> Any:
        """What JSON has no form for."""
        return o.isoformat() if isinstance(o, date) else DefaultJSONProvider.default(o)


def create_app(
    service: Service,
    use_cases: UseCases,
    settings: SiteSettings,
    *,
    tokens: Tokens,
    assets: Assets,
    navigation: Sequence[Link] = (),
    home: str = "",
    compiled: Compiled | None = None,
) -> Flask:
    """The application of ``service``, to be mounted under ``/<name>``."""
    app = Flask(service.name, static_folder=None, root_path=str(service.folder))
    app.url_rule_class = LazyRule
    app.json = IsoJson(app)
    app.config.update(
        APPLICATION_ROOT=f"/{service.name}",
        MAX_CONTENT_LENGTH=settings.body_limit,
        MAX_FORM_MEMORY_SIZE=settings.body_limit,
        MAX_FORM_PARTS=2000,
    )
    app.extensions.update(
        rk_service=service,
        rk_use_cases=use_cases,
        rk_settings=settings,
        rk_navigation=navigation,
        rk_tokens=tokens,
        rk_home=home or service.name,
        rk_programs=("/api/", *service.programs),
    )
    _templates(app, service, use_cases, assets, compiled or Compiled())
    problems.install(app)
    api.install(app, service.title, service.api)
    if service.pages is not None:
        app.register_blueprint(service.pages)
    app.register_blueprint(problem_types.blueprint)
    app.before_request(_begin)
    app.after_request(_end)
    answering = app.wsgi_app

    def guarded(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return answering(environ, security.guarded(environ, start_response))

    app.wsgi_app = guarded  # type: ignore[method-assign]
    return app


def _templates(
    app: Flask, service: Service, use_cases: UseCases, assets: Assets, compiled: Compiled
) -> None:
    folders = [service.folder / "templates", shell.TEMPLATES]
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder) for folder in folders])
    app.jinja_options = {"autoescape": True, "auto_reload": False, "bytecode_cache": compiled}
    shell.install(app.jinja_env, assets.url, LOCAL, use_cases.workplace.clock.now)


def _begin() -> None:
    asked: dict[str, Any] = request.environ
    here = app_ctx.g  # each use of a proxy looks for the request anew
    here.began = monotonic()
    here.is_api = asked["PATH_INFO"].startswith(current_app.extensions["rk_programs"])
    here.actor = ANONYMOUS
    trace.follow(asked.get("HTTP_TRACEPARENT"))
    security.refuse_cross_site(asked)
    tokens: Tokens = current_app.extensions["rk_tokens"]
    here.actor = tokens.actor(asked.get(_TOKEN))


def _end(response: Response) -> Response:
    here = app_ctx.g
    if here.get("clear_flash") and FLASH not in response.headers.get("Set-Cookie", ""):
        response.delete_cookie(FLASH, path="/")
    response.headers["traceparent"] = trace.current()
    method = request.environ["REQUEST_METHOD"]
    metrics.answered(
        current_app.extensions["rk_service"].name,
        method if method in _METHODS else "other",
        response.status_code,
        monotonic() - here.get("began", monotonic()),
    )
    return security.keep_private(response, here.get("actor"))


class Site:
    """All that answers in this process: static files, health, and services under their names."""

    def __init__(
        self, apps: Mapping[str, "WSGIApplication"], assets: Assets, health: Health, home: str
    ) -> None:
        self._apps = apps
        self._assets = assets
        self._health = health
        self._home = home

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "") or "/"
        if self._health.answers(path):
            return self._health(environ, security.guarded(environ, start_response))
        first, _, rest = path.lstrip("/").partition("/")
        app: Any = None
        if f"/{first}" == self._assets.base:
            app, start_response = self._assets.wsgi, security.guarded(environ, start_response)
        elif first not in self._apps:
            first, rest = self._home, path.lstrip("/")
        if app is None and first in self._apps:
            app = self._apps[first]
        if app is None:
            security.guarded(environ, start_response)(
                "404 Not Found", [("Content-Type", "text/plain; charset=utf-8")]
            )
            return ["Cette page n’existe pas.".encode()]
        inner = dict(environ)
        inner["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"/{first}"
        inner["PATH_INFO"] = f"/{rest}"
        result: Iterable[bytes] = app(inner, start_response)
        return result
