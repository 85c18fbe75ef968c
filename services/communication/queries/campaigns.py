"""Campaigns: the list, and one with its strategy, what it waits for and what is handed out."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.communication import tables
from services.communication.model import OPEN, PLAN, STANDING_NAMES, Standing, Support
from services.communication.model.delays import distribution_due, needs_due
from services.communication.queries.counts import _delivered, _handed_out
from services.communication.queries.labels import CHANNELS, SUPPORTS, gate_name
from services.communication.queries.prints import _listed
from services.communication.queries.scopes import _seen
from services.directory import mirror
from shared.kernel import calendar
from shared.store.reading import Reading

c, r = tables.campaigns, tables.print_requests


def campaigns_list(
    read: Reading,
    *,
    closed: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """The campaigns of the reader's committees, by day; open ones, or those that are over."""
    over = tuple(s for s in Standing if s not in OPEN)
    here = (_seen(read, c.c.committee_id), c.c.state.in_(over if closed else tuple(OPEN)))
    day = sa.func.coalesce(c.c.day, c.c.wished_to, type_=sa.Date).label("on")
    rows, following = read.page(
        sa.select(c, day).where(*here),
        order=(day, c.c.id),
        after=after,
        limit=limit,
        descending=closed,
    )
    committees = {row["id"]: row for row in mirror.committees(read, closed=True)}
    waiting = _waiting(read, [row["id"] for row in rows])
    items = [
        {
            **_shown(read, row),
            "committee": committees.get(row["committee_id"]),
            "waiting": waiting.get(row["id"], []),
        }
        for row in rows
    ]
    count = read.value(sa.select(sa.func.count()).select_from(c).where(*here))
    return {"items": items, "next": following, "count": count}


def _waiting(read: Reading, action_ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """The requests of these actions on which somebody is awaited."""
    select = r.select().where(r.c.action_id.in_(action_ids)).order_by(r.c.due, r.c.id)
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in _listed(read, read.rows(select)):
        if row["awaited_role"]:
            found.setdefault(row["action_id"], []).append(row)
    return found


def _shown(read: Reading, row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "state_name": STANDING_NAMES[row["state"]],
        "open": row["state"] in OPEN,
        **_counted_back(read, row["day"], row["starts_on"]),
    }


def _counted_back(read: Reading, day: date | None, starts_on: date | None) -> dict[str, Any]:
    if day is None:
        return {"needs_due": None, "starts": starts_on, "starts_in": None}
    starts = starts_on or distribution_due(day)
    return {
        "needs_due": needs_due(day),
        "starts": starts,
        "starts_in": calendar.slack(read.today, starts),
    }


def campaign(read: Reading, *, campaign_id: UUID) -> dict[str, Any]:
    """One campaign, with its strategy, its gates, its prints and what is left to hand out."""
    row = read.one(c.select().where(c.c.id == campaign_id), "Cette campagne n’existe pas.")
    card = _shown(read, row)
    card["committee"] = mirror.committee(read, row["committee_id"])
    card["targets"] = _parts(read, tables.targets, campaign_id)
    card["supports"] = _parts(read, tables.supports, campaign_id)
    for support in card["supports"]:
        support["name"] = SUPPORTS[support["support"]]
    card["channel_names"] = [CHANNELS[channel] for channel in row["channels"]]
    card["gates_shown"] = _gates(card, _delivered(read, campaign_id))
    card["accepted"] = [{**m, "name": gate_name(m["what"])} for m in row["accepted"]]
    prints = r.select().where(r.c.action_id == campaign_id).order_by(r.c.needed_by, r.c.id)
    card["prints"] = _listed(read, read.rows(prints))
    card["handed_out"] = _handed_out(read, campaign_id)
    card["stock"] = [_in_stock(p) for p in card["prints"] if p["delivered"]]
    card["by_zone"] = _by_zone(read, campaign_id, row["zones"])
    card["lead_name"] = mirror.name_of(read, row["lead"]) if row["lead"] else ""
    card["may"] = _roles(read, row["committee_id"], "member", "lead")
    card["overrides"] = bool(_roles(read, row["committee_id"], "dpc_officer"))
    return card


def _parts(read: Reading, table: sa.Table, campaign_id: UUID) -> list[dict[str, Any]]:
    select = table.select().where(table.c.campaign_id == campaign_id)
    return read.rows(select.order_by(table.c.position))


def _gates(card: dict[str, Any], delivered: dict[Any, int]) -> list[dict[str, Any]]:
    """What the strategy waits for, and how much of each is there."""
    planned = {str(s["support"]): s["quantity"] for s in card["supports"]}
    found = []
    for gate in card["gates"]:
        if gate == PLAN:
            is_open, text = card["planned"], "" if card["planned"] else "La date n’est pas adoptée."
        else:
            have, want = delivered.get(Support(gate), 0), planned[gate]
            is_open, text = have >= want, f"{have} livrés sur {want}"
        found.append({"gate": gate, "name": gate_name(gate), "open": is_open, "text": text})
    return found


def _by_zone(read: Reading, campaign_id: UUID, zones: list[str]) -> list[dict[str, Any]]:
    """Copies handed out in each zone: those of the strategy in its order, then others."""
    h = tables.handouts
    count = sa.func.sum(h.c.count).label("count")
    here = r.c.action_id == campaign_id
    told = read.rows(
        sa.select(h.c.zone, count).join(r, r.c.id == h.c.request_id).where(here).group_by(h.c.zone)
    )
    counts = {row["zone"]: int(row["count"]) for row in told}
    names = [*zones, *sorted(set(counts) - set(zones))]
    return [{"zone": zone, "count": counts.get(zone, 0)} for zone in names]


def _in_stock(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "left": row["delivered"] - row["handed_out"]}


def _roles(read: Reading, committee_id: UUID, *roles: str) -> set[str]:
    """Those of ``roles`` that the reader holds on this committee."""
    scopes = mirror.scopes_of_committee(read, committee_id)
    return {role for role in roles if read.scopes(role) & scopes}
