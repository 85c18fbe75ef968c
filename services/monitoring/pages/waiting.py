"""What awaits whom, what is awaited one by one, what blocks and who unblocks."""

from itertools import chain
from typing import Any

from flask import Response

from services.monitoring import queries
from services.monitoring.pages.blueprint import address, asked, blueprint, cursor, number
from shared.web.exports import as_csv, every
from shared.web.pages import render
from shared.web.use import ask

HEADS = (
    "Comité",
    "À faire",
    "Objet",
    "On attend",
    "Depuis",
    "Échéance",
    "Marge (jours ouvrés)",
    "Bloqué",
    "Ce qui bloque",
    "Qui débloque",
)
Row = dict[str, Any]


@blueprint.get("/attentes")
def awaited() -> str:
    """What awaits whom, the most urgent first."""
    return render("awaited.html", found=ask(queries.awaited))


def _wanted() -> Row:
    return {
        "awaited": asked("attend"),
        "kind": asked("quoi", queries.KINDS),
        "committee": number("comite"),
    }


def _given(wanted: Row) -> Row:
    return {
        "attend": wanted["awaited"],
        "quoi": wanted["kind"],
        "comite": wanted["committee"],
    }


@blueprint.get("/attendu")
def waiting() -> str:
    """What is awaited, one by one, the most urgent first."""
    wanted = _wanted()
    found = ask(queries.waiting, **wanted, after=cursor())
    following = address("/attendu", **_given(wanted), suite=found["next"]) if found["next"] else ""
    return render(
        "waiting.html",
        found=found,
        wanted=wanted,
        kinds=[(kind, said.words) for kind, said in queries.KINDS.items()],
        awaited_name=queries.awaited_name,
        following=following,
        first=address("/attendu", **_given(wanted)) if cursor() else "",
        export=address("/attendu.csv", **_given(wanted)),
    )


@blueprint.get("/attendu.csv")
def waiting_as_csv() -> Response:
    """All that is awaited, as the list is filtered."""
    return as_csv("attendu", HEADS, map(_line, every(queries.waiting, **_wanted())))


@blueprint.get("/bloque")
def blocked() -> str:
    """What cannot go on, what is late, and who can make it go on."""
    yours = asked("vous") is not None
    after, late_after = cursor(), cursor("retards")
    found = ask(queries.blocked, yours=yours, after=after, late_after=late_after)

    def turn(name: str, word: str, label: str, anchor: str) -> tuple[str, str, str]:
        here = {"vous": "1" if yours else None}
        then = address("/bloque", **here, **{word: found[name]}) if found[name] else ""
        first = address("/bloque", **here) if cursor(word) else ""
        return (f"{then}#{anchor}" if then else "", label, first)

    return render(
        "blocked.html",
        found=found,
        yours=yours,
        turn=turn,
        export=address("/bloque.csv", vous="1" if yours else None),
    )


@blueprint.get("/bloque.csv")
def blocked_as_csv() -> Response:
    """The same, whole, as a file."""
    yours = asked("vous") is not None
    states = ("blocked", "late")
    rows = chain(*(every(queries.waiting, state=state, yours=yours) for state in states))
    return as_csv("ce-qui-bloque", HEADS, map(_line, rows))


def _line(item: Row) -> list[Any]:
    names = ("what", "title", "awaited_name", "since", "due", "slack", "blocked")
    committee = item["committee"]["name"] if item["committee"] else None
    stuck = [item["why"] or "", item["unblocks_name"]] if item["blocked"] else ["", ""]
    return [committee, *(item[name] for name in names), *stuck]
