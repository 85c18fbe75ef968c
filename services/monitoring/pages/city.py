"""The board of the city: every committee on one line."""

from typing import Any

from flask import Response, redirect, request

from services.monitoring import queries
from services.monitoring.pages.blueprint import BASE, address, asked, blueprint, number
from services.monitoring.pages.words import leg_end, leg_title, moved
from shared.kernel.refusals import Forbidden
from shared.web.exports import as_csv
from shared.web.pages import render
from shared.web.pictures import Part
from shared.web.use import ask

GROUPS = (
    ("late", "En retard"),
    ("soon", "Cinq jours de marge ou moins"),
    ("calm", "À l’heure"),
    ("unknown", "Sans date : rien d’attendu, ou sans nouvelles"),
)
HEADS = (
    "Comité",
    "Quartier",
    "Secteur",
    "Action",
    "Jour J",
    "Étape",
    "À faire",
    "On attend",
    "Depuis",
    "Échéance",
    "Marge (jours ouvrés)",
    "Bloqué",
    "Ce qui bloque",
    "Qui débloque",
    "Achats en cours",
    "Enveloppe",
    "Virements",
    "Réservé",
    "Engagé",
    "Payé",
    "Disponible",
    "Dernière nouvelle",
)


def _wanted() -> dict[str, Any]:
    """What the address asks for, as the query takes it."""
    step = number("etape")
    return {
        "year": number("annee"),
        "sector": asked("secteur"),
        "step": step if step in range(1, len(queries.ROAD) + 1) else None,
        "awaited": asked("attend"),
        "level": asked("marge", ("late", "soon", "calm", "unknown", "quiet")),
        "blocked": asked("bloque") is not None,
        "yours": asked("vous") is not None,
        "sort": asked("tri") or "slack",
    }


def _here(wanted: dict[str, Any], **changes: Any) -> str:
    """This board with some of its filters changed."""
    kept = {
        "annee": number("annee"),
        "secteur": wanted["sector"],
        "etape": wanted["step"],
        "attend": wanted["awaited"],
        "marge": wanted["level"],
        "bloque": "1" if wanted["blocked"] else None,
        "vous": "1" if wanted["yours"] else None,
        "tri": None if wanted["sort"] == "slack" else wanted["sort"],
        "vue": asked("vue", ("argent",)),
    }
    return address("/", **(kept | changes))


def money_parts(money: dict[str, Any]) -> list[Part]:
    """Paid, committed, reserved: what is left is drawn as an outline."""
    return [
        Part("Payé", money["paid"], "dark"),
        Part("Engagé", money["committed"], "mid"),
        Part("Réservé", money["reserved"], "hatched"),
    ]


def capacity(money: dict[str, Any]) -> Any:
    """The whole of the bar: the envelope with what was transferred."""
    if money["envelope"] is None:
        return None
    return money["envelope"] + money["transferred"]


@blueprint.get("/")
def city() -> Response | str:
    """The board; somebody of a committee is shown their own."""
    wanted = _wanted()
    try:
        board = ask(queries.board, **wanted)
    except Forbidden:
        if not ask(queries.my_committees):
            raise
        return redirect(f"{BASE}/mon-comite", 303)  # type: ignore[return-value]
    return render(
        "city.html",
        board=board,
        wanted=wanted,
        tallies=_tallies(board["counts"], wanted),
        groups=_groups(board, wanted),
        heads=_sorting(wanted),
        steps=list(enumerate(queries.ROAD, 1)),
        here=lambda **changes: _here(wanted, **changes),
        money_view=asked("vue") == "argent",
        parts=money_parts,
        capacity=capacity,
        leg_title=leg_title,
        leg_end=leg_end,
        moved=moved,
        export="/monitoring/ville.csv?" + request.query_string.decode(errors="ignore"),
    )


@blueprint.get("/ville.csv")
def city_as_csv() -> Response:
    """The rows of the board as they are filtered and sorted on the page."""
    board = ask(queries.board, **_wanted())
    return as_csv(f"ville-{board['year']}", HEADS, [_line(row) for row in board["committees"]])


def _line(row: dict[str, Any]) -> list[Any]:
    committee, leg, urgent = row["committee"], row["leg"], row["urgent"] or {}
    nothing = "" if row["urgent"] is None else None
    names = ("what", "awaited_name", "since", "due", "slack")
    stuck = row["obstacle"] or {}
    money = ("envelope", "transferred", "reserved", "committed", "paid", "available")
    return [
        committee["name"],
        committee["quartier"],
        committee["sector"],
        leg_title(leg),
        (leg or {}).get("day") or "",
        "terminé" if row["over"] else row["step_name"],
        *(urgent.get(name, nothing) for name in names),
        row["blocked"],
        stuck.get("why") or stuck.get("what", ""),
        stuck.get("unblocks_name", ""),
        row["open"],
        *(row[name] for name in money),
        row["last_fact_at"],
    ]


def _tallies(counts: dict[str, Any], wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """Each number of the head leads to its rows, and back when it is the one shown."""

    def tally(label: str, count: int, kind: str, name: str, value: str, on: bool) -> dict[str, Any]:
        cleared: dict[str, Any] = {"marge": None, "bloque": None, "vous": None}
        href = _here(wanted, **(cleared | {name: None if on else value}))
        return {"label": label, "count": count, "kind": kind, "href": href, "current": on}

    def of_level(label: str, level: str, kind: str = "") -> dict[str, Any]:
        here = wanted["level"] == level
        return tally(label, counts[level], kind if counts[level] else "", "marge", level, here)

    blocked = "bad" if counts["blocked"] else ""
    return [
        tally("à débloquer par vous", counts["yours"], "", "vous", "1", wanted["yours"]),
        tally("bloqués", counts["blocked"], blocked, "bloque", "1", wanted["blocked"]),
        of_level("en retard", "late", "bad"),
        of_level("à 5 jours ou moins", "soon", "warn"),
        of_level("à l’heure", "calm"),
        of_level("sans date", "unknown"),
        of_level("sans nouvelles", "quiet", "warn"),
    ]


def _groups(board: dict[str, Any], wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """Groups only when sorted by slack: another order would tear them apart."""
    rows = board["committees"]
    if wanted["sort"] != "slack":
        return [{"title": "", "rows": rows}] if rows else []
    groups = [
        {"title": title, "rows": [row for row in rows if row["level"] == level]}
        for level, title in GROUPS
    ]
    return [group for group in groups if group["rows"]]


def _sorting(wanted: dict[str, Any]) -> dict[str, dict[str, str]]:
    """For each column that sorts: where its header leads, and how it sorts now."""
    heads = {}
    for name in ("committee", "action", "day", "step", "due", "slack", *_MONEY):
        now = wanted["sort"].removeprefix("-") == name
        down = now and wanted["sort"].startswith("-")
        order = ("descending" if down else "ascending") if now else ""
        following = name if not now or down else f"-{name}"
        heads[name] = {"href": _here(wanted, tri=following), "order": order}
    return heads


_MONEY = ("envelope", "reserved", "committed", "paid", "available")
