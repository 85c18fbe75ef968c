"""The blueprint that every module of this package adds its pages to."""

from typing import Any

from flask import Blueprint, Response, current_app, redirect, request

from services.directory.events import Role
from shared.kernel.refusals import Forbidden, NotFound, SignInNeeded
from shared.web.gateway import COOKIES
from shared.web.use import actor

blueprint = Blueprint("directory_pages", __name__)
BASE = "/directory"
PROTECTED, PLAIN = COOKIES
_MONTH = 30 * 24 * 3600


def demonstration_only() -> None:
    """NotFound unless this installation is a demonstration."""
    if not current_app.extensions["rk_settings"].demonstration:
        raise NotFound()


def refuse_unless(allowed: bool, who: str) -> None:
    """A form is not shown to somebody whose answer would be refused; ``who`` may fill it in."""
    if actor().person is None:
        raise SignInNeeded()
    if not allowed:
        raise Forbidden(
            "Cette page n’est pas pour vous.",
            rule=f"Seuls la remplissent : {who}.",
            missing="Ce rôle, sur ce périmètre.",
            unblocks="Un agent de la DPC-CAC",
        )


def holds(*roles: Role) -> bool:
    """Whether the one who asks holds one of ``roles``, wherever."""
    return any(grant.role in roles for grant in actor().grants)


def go(url: str) -> Response:
    """See another page, by GET."""
    return redirect(url, 303)  # type: ignore[return-value]


def session_secret() -> str:
    """The secret in this browser's cookie, empty without one.

    A plain cookie is believed only where the protected one cannot exist (no https).
    """
    protected = request.cookies.get(PROTECTED, "")
    return protected or ("" if request.is_secure else request.cookies.get(PLAIN, ""))


def let_in(response: Response, secret: str) -> Response:
    """Give this browser its session."""
    response.set_cookie(
        PROTECTED if request.is_secure else PLAIN,
        secret,
        max_age=_MONTH,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )
    return response


def let_out(response: Response) -> Response:
    """Take the session away from this browser."""
    for name in COOKIES:
        secure = name == PROTECTED
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")
    return response


def network() -> str:
    """The network address that asks."""
    return request.remote_addr or ""


_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def device() -> str:
    """The browser in a few words, to be known again in a list of sessions."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    if not browser and "Safari" in agent:
        browser = "Safari"
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(filter(None, (browser, system))) or "Navigateur inconnu"


def safe_target(url: str | None) -> str:
    """Where to go after entering: a path of this site, never another one."""
    if not url or not url.startswith("/") or url.startswith(("//", "/\\")) or "\n" in url:
        return "/"
    return url


def options(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """Labels by value, as a menu wants them."""
    return [(str(value), label) for value, label in labels.items()]


FIELD = (Role.MEMBER, Role.LEAD, Role.ELU, Role.SECTOR_OFFICER, Role.DPC_OFFICER)
_SIGNING = {
    Role.DPC_OFFICER,
    Role.AUDITOR,
    Role.PROCUREMENT_OFFICER,
    Role.FINANCE_CLERK,
    Role.DELEGATE,
}
_TABS: tuple[tuple[str, str, set[Role]], ...] = (
    ("Personnes", "personnes", {Role.DPC_OFFICER, Role.AUDITOR}),
    ("Comités", "comites", set(Role)),
    ("Structures", "structures", set(Role)),
    ("Délégations", "delegations", _SIGNING),
)


@blueprint.context_processor
def _of_every_page() -> dict[str, Any]:
    """The tabs of the annuaire that this person may open, and whether they keep it."""
    held = {g.role for g in actor().grants}
    return {
        "tabs": [(label, f"{BASE}/{path}") for label, path, roles in _TABS if held & roles],
        "officer": holds(Role.DPC_OFFICER),
        "field": holds(*FIELD),
        "options_of": lambda words: [(word, word) for word in words],
    }
