"""The shell around every page: header, navigation by role, flash messages, footer.

A page template begins with ``{% extends "shell.html" %}`` and ``{% import "parts.html" as p %}``;
the application factory gives every template one variable, ``shell``, made of plain data:

    Shell(
        product="Rond Kozé",
        links=[Link("Le tableau", "/…", count=44, current=True), ...],           # six at most
        phone_links=[Link("Mes tâches", "/…", icon="tasks"), ...],                # three at most
        person=Person("Lucette Modèle", "Coordination"),                         # None: nobody
        now=clock.now(), zone="La Réunion (UTC+4)", sign_out="/…",
    )

The bar of a phone shows ``phone_links`` then « Plus », which leads to all ``links`` at the end of
the page. People without an account get no links at all: only the mark and the languages.

Blocks of ``shell.html``: ``title`` (words before the product's name), ``head`` (more in the head),
``body_class``, ``main_class`` (``rk-narrow`` for phone-first pages, ``rk-landscape`` for a wide
list on paper), ``breadcrumb``, ``main``, ``printed`` (added to the first line on paper: the sort,
the filter) and ``scripts``. A variable ``errors`` that is not empty puts « Erreur : » before the
title.

``install`` gives an environment what the templates need; ``templates`` is where they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Literal

from jinja2 import Environment

from shared.web import formats, pictures

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go; ``count`` is what waits there, ``icon`` a name of ``icons.svg``."""

    label: str
    href: str
    count: int | None = None
    current: bool = False
    icon: str = "path"


@dataclass(frozen=True, slots=True)
class Language:
    """A language the page exists in: ``code`` for machines, ``short`` and ``name`` for people."""

    code: str
    short: str
    name: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, and as what."""

    name: str
    quality: str = ""


@dataclass(frozen=True, slots=True)
class Flash:
    """What has just been done, or could not be: one strong sentence, what follows, a link."""

    title: str
    text: str = ""
    kind: Literal["done", "info", "warn", "bad"] = "done"
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """All that ``shell.html`` reads; every field but the product and the time may be left out."""

    product: str
    now: datetime
    links: Sequence[Link] = ()
    phone_links: Sequence[Link] = ()
    person: Person | None = None
    demonstration: bool = False
    # Demonstration over plain http on a network: said in a banner, as some things cannot work.
    insecure: bool = False
    zone: str = ""
    sign_out: str = ""
    sign_in: str = ""
    change_person: str = ""
    # Where a person sees and changes what is kept of them, and reads their messages.
    account: str = ""
    flashes: Sequence[Flash] = ()
    home: str = "/"
    languages: Sequence[Language] = ()
    language: str = "fr"
    theme: Literal["", "light", "dark"] = ""
    # Pages for phones on poor networks: our own sheet only, 31 KB less.
    light: bool = False
    # Staff pages that swap parts of themselves.
    htmx: bool = False
    footer: Sequence[Link] = field(
        default_factory=lambda: (
            Link("Accessibilité", "/accessibilite"),
            Link("Données personnelles", "/donnees-personnelles"),
            Link("Aide et règles", "/aide"),
        )
    )


def install(
    environment: Environment,
    asset_url: Callable[[str], str],
    zone: tzinfo,
    now: Callable[[], datetime],
) -> None:
    """Give ``environment`` the filters of ``formats``, the pictures and ``asset_url``."""
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    formats.install(environment, zone, now)
    environment.globals.update(
        asset_url=asset_url,
        picture_definitions=pictures.definitions,
        mark=pictures.mark,
        stacked_bar=pictures.stacked_bar,
        swatch=pictures.swatch,
        capacity_bar=pictures.capacity_bar,
        step_blocks=pictures.step_blocks,
        thread=pictures.thread,
    )
    # French is the language of the messages themselves: without a catalogue they stay as they are.
    environment.globals.setdefault("_", str)
