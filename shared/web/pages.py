"""Pages: templates in the shell, with the navigation of the one who looks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import current_app, g, render_template, request
from sqlalchemy.exc import SQLAlchemyError

from shared.kernel import trace
from shared.kernel.refusals import Refusal
from shared.kernel.rights import Actor
from shared.service import Link as Declared
from shared.store.database import unreachable
from shared.store.reading import Reading
from shared.web import forms, shell
from shared.web.use import ask, use_cases

ZONE = "La Réunion (UTC+4)"
_OF_THE_SHELL = ("light", "htmx", "language", "languages")
_NOBODY: dict[str, Any] = {
    "links": (),
    "phone_links": (),
    "person": None,
    "sign_in": "",
    "sign_out": "",
    "account": "",
    "change_person": "",
}


def render(template: str, *, menu: bool = True, **values: Any) -> str:
    """``template`` of the service that answers, in the shell; ``form`` defaults to an empty one.

    ``light``, ``htmx``, ``language`` and ``languages`` are fields of the shell. Without ``menu``
    the page is the same for everybody, signed in or not.
    """
    service = current_app.extensions["rk_service"]
    form = values.setdefault("form", forms.Form())
    values.setdefault("errors", form.errors)
    asked = {name: values.pop(name) for name in _OF_THE_SHELL if name in values}
    if not menu:
        asked |= _NOBODY
    values["shell"] = replace(shell_of_request(counts=menu), **asked)
    name = template if "/" in template else f"{service.name}/{template}"
    return render_template(name, **values)


def render_problem(refusal: Refusal) -> str:
    """The page of a refusal: the sentence, the rule, what is missing, who unblocks."""
    here = quote(request.script_root + request.full_path.rstrip("?"))
    return render_template(
        "problem.html",
        shell=shell_of_request(counts=False),
        errors={},
        problem=refusal,
        sign_in=f"{_home()}/entrer?vers={here}" if refusal.status == 401 else "",
        trace_id=trace.trace_id(),
    )


def _home() -> str:
    """Where the service is that opens sessions and keeps accounts."""
    return f"/{current_app.extensions['rk_home']}"


def shell_of_request(*, counts: bool = True) -> shell.Shell:
    """The shell for this request: links of the actor's roles, with what waits in each."""
    settings = current_app.extensions["rk_settings"]
    cases = use_cases()
    actor: Actor = g.get("actor") or Actor()
    signed_in = actor.person is not None
    home = _home()
    own = mine(actor) if signed_in else []
    here = _here(own)
    links = [_shown(link, here, counts=counts) for link in own]
    bar = sorted((link for link in own if link.phone), key=lambda link: link.phone)
    return shell.Shell(
        product="Rond Kozé",
        now=cases.workplace.clock.now(),
        links=links[:6],
        phone_links=[_shown(link, here, counts=False) for link in bar[:3]],
        person=_person(actor) if signed_in else None,
        demonstration=settings.demonstration,
        insecure=settings.demonstration and not _protected(),
        zone=ZONE,
        sign_out=f"{home}/sortir" if signed_in else "",
        sign_in="" if signed_in else f"{home}/entrer",
        account=f"{home}/compte" if signed_in else "",
        change_person=f"{home}/personas" if signed_in and settings.demonstration else "",
        flashes=[shell.Flash(**told) for told in forms.take_flashes()],  # type: ignore[arg-type]
        home="/",
        footer=(
            shell.Link("Accessibilité", f"{home}/accessibilite"),
            shell.Link("Données personnelles", f"{home}/donnees-personnelles"),
            shell.Link("Aide et règles", f"{home}/aide"),
        ),
    )


def _protected() -> bool:
    return request.is_secure or request.host.split(":")[0] in {"127.0.0.1", "localhost", "[::1]"}


def mine(actor: Actor) -> list[Declared]:
    """The links of all services that ``actor``'s roles open, those to open first at the front."""
    today = use_cases().workplace.clock.today()
    navigation: Sequence[Declared] = current_app.extensions["rk_navigation"]
    held = {g.role for g in actor.grants if g.holds_on(today)}
    found = [link for link in navigation if not link.roles or held & set(link.roles)]
    return sorted(found, key=lambda link: not link.first)


def _here(links: Sequence[Declared]) -> str:
    """Of the links, the address that leads to this page, or nearest to it."""
    path = request.script_root + request.path
    near = [link.href for link in links if _within(path, link.href)]
    return max(near, key=len, default="")


def _within(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href.rstrip('/')}/"))


def _shown(link: Declared, here: str, *, counts: bool) -> shell.Link:
    count = None
    service = current_app.extensions["rk_service"]
    if counts and link.count is not None and link in service.links:
        try:
            count = ask(link.count)
        except Refusal:
            count = None
    return shell.Link(link.label, link.href, count, link.href == here, link.icon)


def _person(actor: Actor) -> shell.Person:
    """The name and the quality of who looks; without them while the database cannot be read.

    The page that says so is itself a page with a header.
    """
    service, workplace = current_app.extensions["rk_service"], use_cases().workplace
    ask_name = next((m.person for m in service.mirrors if m.person is not None), None)
    if ask_name is None:
        return shell.Person("", "")
    try:
        with workplace.database.read() as connection:
            return shell.Person(*ask_name(Reading(workplace, connection, actor)))
    except SQLAlchemyError as error:
        if not unreachable(error):
            raise
        return shell.Person("", "")
