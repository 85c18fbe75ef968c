"""The end of an action: what the bilan is prefilled with, and what is left open."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.directory import mirror
from services.planning import tables
from services.planning.model import NeedKind, PlanState, TaskState
from services.planning.queries.labels import RELAY_ANSWERS, ROLE_NAMES
from services.planning.queries.money import _money, _spent
from services.planning.queries.needs import _needs_of
from services.planning.queries.plans import plan_card
from services.planning.queries.scopes import NO_PLAN
from shared.kernel.event import FileRef
from shared.kernel.refusals import NotFound
from shared.store.reading import Reading

Row = dict[str, Any]
_BASE = "/planning"


def review_card(read: Reading, *, action_id: UUID) -> Row:
    """What the facts already say for the bilan: tasks, people, money, prints, answers."""
    plan = plan_card(read, action_id=action_id)
    tasks = plan["tasks"]
    helpers = {person for row in tasks for person in row["helpers"]}
    doers = {row["holder"] for row in tasks if row["done"] and row["holder"]}
    needs = plan["needs"]
    return {
        **plan,
        "done": len([row for row in tasks if row["done"]]),
        "people": len(doers | helpers),
        "spent": _spent(read, action_id),
        "secured": len([n for n in needs if n["standing"] in ("secured", "over")]),
        "asked": len([n for n in needs if n["standing"] != "withdrawn"]),
        "relays": [n for n in needs if n["kind"] is NeedKind.RELAY and n["answer"]],
        "campaign": _campaign(read, action_id),
    }


def _campaign(read: Reading, action_id: UUID) -> Row | None:
    view = tables.campaigns_view
    return read.row(sa.select(view).where(view.c.action_id == action_id))


def review_file(read: Reading, *, action_id: UUID) -> FileRef:
    """The bilan as a PDF; NotFound before it is made."""
    plans = tables.plans
    plan = read.one(sa.select(plans).where(plans.c.id == action_id), NO_PLAN)
    if plan["report"] is None:
        raise NotFound("Le bilan de cette action n’est pas encore fait.")
    return FileRef(**plan["report"])


def closing_card(read: Reading, *, action_id: UUID) -> Row:
    """Everything that is still open for an action, each with where one ends it."""
    return {
        **plan_card(read, action_id=action_id),
        "left_open": _left_open(read, action_id),
    }


def _left_open(read: Reading, action_id: UUID) -> list[dict[str, str]]:
    """What keeps the action from being closed: a sentence, and where one ends it."""
    plans = tables.plans
    plan = read.one(sa.select(plans).where(plans.c.id == action_id), NO_PLAN)
    return [
        *_of_the_day(plan),
        *_open_tasks(read, action_id),
        *_open_needs(read, action_id),
        *_open_purchases(read, action_id),
        *_open_prints(read, action_id),
        *_open_campaign(read, action_id),
    ]


_GROUP, _LEAD = "le comité", "la personne référente"


def _open(text: str, href: str, who: str) -> dict[str, str]:
    """Something that is open: what, where one ends it, and who can."""
    return {"text": text, "href": href, "who": who}


def _of_the_day(plan: Row) -> list[dict[str, str]]:
    here = f"{_BASE}/actions/{plan['id']}"
    if plan["state"] in (PlanState.DRAFT, PlanState.ADOPTED):
        return [
            _open("La journée n’a pas eu lieu", f"{here}/journee", _GROUP),
            _open("Le bilan n’est pas fait", f"{here}/bilan", _LEAD),
        ]
    held = plan["state"] is PlanState.HELD
    return [_open("Le bilan n’est pas fait", f"{here}/bilan", _LEAD)] if held else []


def _open_tasks(read: Reading, action_id: UUID) -> list[dict[str, str]]:
    t = tables.tasks
    query = sa.select(t).where(t.c.action_id == action_id, t.c.state != TaskState.DONE)
    rows = read.rows(query.order_by(t.c.due, t.c.id))
    names = mirror.names_of(read, {row["holder"] for row in rows})
    return [
        _open(
            f"Tâche à finir : {row['title']}",
            f"{_BASE}/taches/{row['id']}",
            row["unblocks"] or names.get(row["holder"], _GROUP),
        )
        for row in rows
    ]


def _open_needs(read: Reading, action_id: UUID) -> list[dict[str, str]]:
    return [
        _open(
            f"Besoin sans réponse : {need['title']}",
            f"{_BASE}/besoins/{need['id']}",
            f"{need['awaited']}, ou {_GROUP} qui le retire",
        )
        for need in _needs_of(read, action_id)
        if need["open"]
    ]


def _open_purchases(read: Reading, action_id: UUID) -> list[dict[str, str]]:
    view = tables.purchases_view
    query = sa.select(view).where(view.c.action_id == action_id, view.c.ended.is_(False))
    return [
        _open(
            f"Achat à solder : {row['title']}",
            f"/procurement/achats/{row['purchase_id']}",
            ROLE_NAMES.get(row["awaited_role"] or "", "le service achats"),
        )
        for row in read.rows(query.order_by(view.c.title))
    ]


def _open_prints(read: Reading, action_id: UUID) -> list[dict[str, str]]:
    view = tables.prints_view
    over = ("delivered", "refused", "cancelled")
    query = sa.select(view).where(view.c.action_id == action_id, view.c.step.not_in(over))
    return [
        _open(
            f"Impression à livrer : {row['title']}",
            f"/communication/demandes/{row['request_id']}",
            _GROUP if row["step"] in ("", "proof") else "le Service communication",
        )
        for row in read.rows(query.order_by(view.c.title))
    ]


def _open_campaign(read: Reading, action_id: UUID) -> list[dict[str, str]]:
    campaign = _campaign(read, action_id)
    if campaign is None or campaign["ended"]:
        return []
    href = f"/communication/campagnes/{campaign['campaign_id']}"
    return [_open("Campagne de communication à finir", href, _GROUP)]


def _review_data(read: Reading, action_id: UUID, said: Row) -> Row:
    """What the document of the bilan says, as text for people."""
    card = review_card(read, action_id=action_id)
    committee, campaign = card["committee"] or {"name": "", "quartier": ""}, card["campaign"]
    money = _money(read, action_id)
    facts = [
        ("Jour", f"{card['held_on']:%d/%m/%Y}" if card["held_on"] else "inconnu"),
        ("Lieu", card["place"]),
        ("Personnes venues", str(said["attendance"])),
        ("Bénévoles", str(said["volunteers"])),
        ("Heures données", str(said["volunteer_hours"])),
        ("Dépensé", f"{_euros(said['spent_incl_tax'])} TTC" if money else "inconnu"),
        ("Budget accordé", _euros(money["granted"]) if money else "inconnu"),
        ("Tâches faites", f"{card['done']} sur {len(card['tasks'])}"),
        ("Besoins assurés", f"{card['secured']} sur {card['asked']}"),
        ("Supports distribués", str(campaign["handed_out"]) if campaign else "inconnu"),
        ("À refaire", "oui" if said["do_again"] else "non"),
    ]
    return {
        "title": f"Bilan : {card['title']}",
        "date": {"year": read.today.year, "month": read.today.month, "day": read.today.day},
        "committee": f"{committee['name']} · {committee['quartier']}",
        "aims": card["aims"],
        "facts": [{"label": label, "value": value} for label, value in facts],
        "worked": said["worked"],
        "to_improve": said["to_improve"],
        "incidents": card["incidents"] or "Aucun incident noté.",
        "relays": [_relay_line(need) for need in card["relays"]],
    }


def _euros(amount: Decimal) -> str:
    return f"{amount:,.2f} €".replace(",", "\u202f").replace(".", ",")


def _relay_line(need: Row) -> str:
    words = f", « {need['words']} »" if need["words"] else ""
    return f"{need['organisation']} : {RELAY_ANSWERS[need['answer']].lower()}{words}"
