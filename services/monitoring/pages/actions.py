"""The thread of an action, as a picture and as a table."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import Response

from services.monitoring import queries
from services.monitoring.pages.blueprint import blueprint
from services.monitoring.pages.words import leg_end, moved
from shared.store.clock import LOCAL
from shared.web.exports import as_csv
from shared.web.formats import NBSP, hour, short_day, working_days
from shared.web.pages import render
from shared.web.pictures import Row
from shared.web.use import ask, use_cases

STRONG = frozenset(
    {
        "DiagnosticPublished",
        "ActionChosen",
        "PlanAdopted",
        "QuoteValidated",
        "PurchaseOrderIssued",
        "CampaignLaunched",
        "ActionHeld",
        "ActionClosed",
    }
)
HEADS = (
    "N°",
    "Fait",
    "Phrase",
    "Service",
    "Quand",
    "Causé par (n°)",
    "Après (n°)",
    "Décidé par",
    "En qualité de",
    "Identifiant",
)


@blueprint.get("/actions/<uuid:action_id>/fil")
def thread(action_id: UUID) -> str:
    """Every fact of an action from top to bottom, then what is awaited."""
    found = ask(queries.thread, action_id=action_id)
    rows = _rows(found, hours=True)
    lanes = [queries.service_name(s) for s in _SERVICES]
    place = found["place"]
    return render(
        "thread.html",
        found=found,
        rows=rows,
        drawn=_drawn(_rows(found), found["facts"]),
        lanes=[lane for lane in lanes if any(row.lane == lane for row in rows)],
        urgent=found["awaited"][0] if found["awaited"] else None,
        step=queries.ROAD[place - 1] if place and place <= len(queries.ROAD) else "",
        moved=moved(found["leg"]),
        leg_end=leg_end(found["leg"]) if found["leg"] else "",
    )


@blueprint.get("/actions/<uuid:action_id>/fil.csv")
def thread_as_csv(action_id: UUID) -> Response:
    """The same facts, one a line."""
    found = ask(queries.thread, action_id=action_id)
    places = {fact["id"]: place for place, fact in enumerate(found["facts"], 1)}
    lines: list[tuple[Any, ...]] = [
        (
            places[fact["id"]],
            fact["event"],
            fact["sentence"],
            fact["lane"],
            fact["at"],
            places.get(fact["cause"], "hors du fil") if fact["cause"] else "",
            places.get(fact["follows"], "") if not fact["cause"] else "",
            fact["decided_by"] or "",
            fact["quality_name"] or "",
            fact["id"],
        )
        for fact in found["facts"]
    ]
    if found["more"]:
        lines.append(("", "", "Les mille premiers faits seulement.", *[""] * 7))
    return as_csv(f"fil-{action_id}", HEADS, lines)


_SERVICES = ("directory", "diagnostic", "decision", "planning", "procurement", "communication")


def _rows(found: dict[str, Any], *, hours: bool = False) -> list[Row]:
    """What happened then what is awaited; the table has room for hours, the picture has not."""
    today = use_cases().workplace.clock.today()
    facts = [_fact_row(fact, today, hours) for fact in found["facts"]]
    return facts + [_awaited_row(wait, today) for wait in found["awaited"]]


def _fact_row(fact: dict[str, Any], today: date, hours: bool) -> Row:
    at: datetime = fact["at"]
    cause = fact["cause"] or fact["follows"]
    at_hour = f" à {hour(at, LOCAL)}" if hours else ""
    return Row(
        key=str(fact["id"]),
        title=fact["sentence"],
        lane=fact["lane"],
        when=short_day(at, today=today, zone=LOCAL) + at_hour,
        detail=_decider(fact),
        cause=str(cause) if cause else None,
        by="person" if fact["person"] else "follows",
        strong=fact["event"] in STRONG,
        name=fact["event"],
        decided_by=fact["decided_by"] or "",
    )


def _decider(fact: dict[str, Any]) -> str:
    return ", ".join(filter(None, (fact["decided_by"], fact["quality_name"])))


def _awaited_row(wait: dict[str, Any], today: date) -> Row:
    due = short_day(wait["due"], today=today) if wait["due"] else ""
    slack = wait["slack"]
    room = ""
    if slack is not None:
        late = f"En retard de {working_days(-slack)}"
        room = late if slack < 0 else f"Marge{NBSP}: {working_days(slack)}"
    awaited = wait["awaited_name"]
    who = f"À vous, {awaited}" if wait["yours"] else awaited
    about = wait["title"] if wait["title"] and wait["title"] != wait["what"] else ""
    return Row(
        key=f"awaited-{wait['id']}",
        title=f"{wait['what']}{NBSP}: {about}" if about else wait["what"],
        lane=queries.service_name(wait["service"]),
        when=f"→ {due}" if due else "sans date",
        detail=". ".join(filter(None, (who, wait["why"] if wait["blocked"] else "", room))),
        cause=str(wait["last_fact"]) if wait["last_fact"] else None,
        state="yours" if wait["yours"] else "awaited",
        decided_by=awaited or "",
    )


def _drawn(rows: list[Row], facts: list[dict[str, Any]]) -> list[Row]:
    """The picture without the steps that only say again what a fact beside them says.

    What a step that is not drawn led to is drawn from the fact beside it.
    """
    instead = {str(fact["id"]): str(fact["repeats"]) for fact in facts if fact["repeats"]}
    return [
        replace(row, cause=instead.get(row.cause or "", row.cause))
        for row in rows
        if row.key not in instead
    ]
