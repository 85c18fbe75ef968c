"""The way in, and the three pages of text that the footer names."""

from datetime import date

from flask import Response, current_app, g

from services.directory.pages import guide, texts
from services.directory.pages.blueprint import BASE, blueprint, go
from shared.web.pages import mine, render
from shared.web.use import actor


@blueprint.get("/")
def home() -> Response:
    """Where this person begins: the first link of their role; who is not in, to the door."""
    if g.actor.person is not None:
        links = mine(actor())
        return go(links[0].href if links else f"{BASE}/compte")
    demonstration = current_app.extensions["rk_settings"].demonstration
    return go(f"{BASE}/personas" if demonstration else f"{BASE}/entrer")


@blueprint.get("/accessibilite")
def accessibility() -> str:
    """The declaration of accessibility."""
    return render("text.html", page=texts.ACCESSIBILITY | _dated())


@blueprint.get("/donnees-personnelles")
def personal_data() -> str:
    """What is kept of people, why, how long, and how to have it erased."""
    return render("text.html", page=texts.PERSONAL_DATA | _dated())


@blueprint.get("/aide")
def help_and_rules() -> str:
    """Who does what, and what to do when stuck."""
    return render("text.html", page=guide.HELP | _dated())


def _dated() -> dict[str, date]:
    return {"updated": texts.UPDATED}
