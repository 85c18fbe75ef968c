"""Print requests: the inbox of the workshop, one request, its files."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.communication import tables
from services.communication.model import DEPARTMENT, NAMES, Brief, State
from services.communication.model.steps import (
    AWAITED,
    AWAY,
    FINAL,
    PASSAGES,
    ROLE_NAMES,
    STATE_NAMES,
    STEP_VERBS,
    WORKSHOP,
)
from services.communication.queries.fitting import _fit, _is_late, _parts, _ways
from services.communication.queries.labels import (
    COLOURS,
    PAPERS,
    SUPPORTS,
    in_a_sentence,
    plain_hours,
    said_support,
)
from services.communication.queries.scopes import _in_department, _scope_of_request, _seen
from services.communication.queries.workshop import _loads
from services.directory import mirror
from shared.kernel import calendar
from shared.kernel.event import FileRef
from shared.store.reading import Reading

r, pf, a, h = tables.print_requests, tables.proofs, tables.acts, tables.handouts
_OPEN = tuple(s for s in State if s not in FINAL)
_TO_PLACE = (State.REQUESTED, State.ACCEPTED)
IMAGES = frozenset({"image/png", "image/jpeg"})


def _shown(read: Reading, row: dict[str, Any]) -> dict[str, Any]:
    """A request with its words, who is awaited and the slack in working days."""
    role = AWAITED.get(row["state"])
    slack = calendar.slack(read.today, row["due"]) if row["due"] and role else None
    return {
        **row,
        "hours": plain_hours(row["hours"]),
        "state_name": STATE_NAMES[row["state"]],
        "state_said": in_a_sentence(STATE_NAMES[row["state"]]),
        "support_name": SUPPORTS[row["support"]],
        "support_said": said_support(row["support"], row["quantity"]),
        "awaited_role": role,
        "awaited_name": ROLE_NAMES[role] if role else "",
        "slack": slack,
        "late": slack is not None and slack < 0,
        "misses": bool(row["ready_by"] and row["needed_by"] and row["ready_by"] > row["needed_by"]),
    }


def _listed(read: Reading, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    committees = {row["id"]: row for row in mirror.committees(read, closed=True)}
    return [_shown(read, row) | {"committee": committees.get(row["committee_id"])} for row in rows]


def print_requests(
    read: Reading,
    *,
    closed: bool = False,
    committee_id: UUID | None = None,
    after: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """The requests that the reader's scopes cover: open ones, what is due first at the head; those
    that are over, the latest first, when ``closed``. ``count`` is how many there are in all."""
    here = [_seen(read, r.c.committee_id), r.c.state.in_(tuple(FINAL) if closed else _OPEN)]
    if committee_id is not None:
        here.append(r.c.committee_id == committee_id)
    return _page(read, here, after, limit, closed=closed)


def _page(
    read: Reading,
    here: list[sa.ColumnElement[bool]],
    after: str | None,
    limit: int,
    *,
    closed: bool = False,
) -> dict[str, Any]:
    day = r.c.needed_by if closed else r.c.due
    unknown = date.min if closed else date.max
    last = sa.func.coalesce(day, sa.literal(unknown, sa.Date), type_=sa.Date).label("last")
    rows, following = read.page(
        sa.select(r, last).where(*here),
        order=(last, r.c.id),
        after=after,
        limit=limit,
        descending=closed,
    )
    count = read.value(sa.select(sa.func.count()).select_from(r).where(*here))
    return {"items": _listed(read, rows), "next": following, "count": count}


def inbox(read: Reading, *, after: str | None = None, limit: int = 50) -> dict[str, Any]:
    """What awaits the workshop, the least slack first; what fits nowhere is said."""
    found = _page(read, [_in_department(read), r.c.state.in_(tuple(WORKSHOP))], after, limit)
    loads = _loads(read, DEPARTMENT, read.today)
    for row in found["items"]:
        proof = _last_proof(read, row["id"])
        fit = _fit(read, row, proof, loads) if row["state"] in _TO_PLACE else None
        row["fit"] = fit
        row["fits"] = row["state"] not in _TO_PLACE or not _is_late(row, fit)
        row["parts"] = _parts(read, row, proof, fit)
    return found


def inbox_count(read: Reading) -> int:
    """How many requests await the workshop."""
    here = (_in_department(read), r.c.state.in_(tuple(WORKSHOP)))
    return int(read.value(sa.select(sa.func.count()).select_from(r).where(*here)) or 0)


def stuck(read: Reading) -> list[dict[str, Any]]:
    """Requests to place that fit in no week before the day, with the ways out, tried only."""
    here = (_in_department(read), r.c.state.in_(_TO_PLACE))
    rows = read.rows(r.select().where(*here).order_by(r.c.due, r.c.id).limit(MOST_STUCK))
    found = []
    for row in _listed(read, rows):
        tried = _ways(read, row, _last_proof(read, row["id"]))
        if tried["late"]:
            found.append(row | tried)
    return found


MOST_STUCK = 20


def _last_proof(read: Reading, request_id: UUID) -> dict[str, Any] | None:
    select = pf.select().where(pf.c.request_id == request_id)
    return read.row(select.order_by(pf.c.edition.desc()).limit(1))


def print_request(read: Reading, *, request_id: UUID) -> dict[str, Any]:
    """One request: where it is, what is asked of whom by when, its proofs, what is left of it."""
    row = read.one(r.select().where(r.c.id == request_id), "Cette demande n’existe pas.")
    card = _listed(read, [row])[0]
    proofs = read.rows(
        pf.select().where(pf.c.request_id == request_id).order_by(pf.c.edition.desc())
    )
    card |= {
        "colours_name": COLOURS.get(row["colours"], ""),
        "paper_name": PAPERS.get(row["paper"], ""),
        "missing": Brief(**{name: row[name] for name in NAMES}).missing(),
        "proofs": proofs,
        "current": proofs[0] if proofs else None,
        "image": bool(proofs) and proofs[0]["media_type"] in IMAGES,
        "left": row["delivered"] - row["handed_out"],
        "may": _may(read, row),
        **_people(read, row, proofs),
    }
    card["tried"] = None
    if row["state"] in (State.DRAFT, *_TO_PLACE):
        card["tried"] = _ways(read, row, card["current"])
    return card | {"acts": _acts(read, request_id), "handouts": _handouts(read, request_id)}


def _people(read: Reading, row: dict[str, Any], proofs: list[dict[str, Any]]) -> dict[str, Any]:
    scopes = mirror.scopes_of_committee(read, row["committee_id"])
    role = AWAITED.get(row["state"])
    if role == "print_service":
        scopes = frozenset({mirror.department_scope(row["department"])})
    awaited = mirror.people_with(read, role, scopes) if role else []
    signers = mirror.names_of(read, {p["answered_by"] for p in proofs})
    for proof in proofs:
        proof["answered_name"] = signers.get(proof["answered_by"], "")
    return {
        "contact_name": mirror.name_of(read, row["contact"]) if row["contact"] else "",
        "awaited_people": list(dict.fromkeys(person["name"] for person in awaited))[:3],
    }


def _may(read: Reading, row: dict[str, Any]) -> set[str]:
    """What the reader may do here: the steps of the table, for the roles held on this request."""
    scopes = frozenset(_scope_of_request(read, request_id=row["id"]))
    steps = {str(step) for step, passage in PASSAGES.items() if row["state"] in passage.sources}
    allowed: set[str] = set()
    for role, mine in _STEPS_OF.items():
        if read.scopes(role) & scopes:
            allowed |= steps & mine
    if row["state"] in (*AWAY, State.PRINTING):
        allowed -= {"move", "cancel"}
    return allowed


_GROUP = frozenset({"send", "cancel", "move"})
_STEPS_OF = {
    "member": _GROUP,
    "lead": _GROUP | {"approve", "correct"},
    "print_service": frozenset(
        {"accept", "refuse", "place", "free", "propose", "send-outside", "publish", "print"}
        | {"deliver"}
    ),
}


def _acts(read: Reading, request_id: UUID) -> list[dict[str, Any]]:
    rows = read.rows(a.select().where(a.c.request_id == request_id).order_by(a.c.seq.desc()))
    names = mirror.names_of(read, {row["person"] for row in rows})
    return [
        {**row, "name": names.get(row["person"], "Rond Kozé"), "did": STEP_VERBS[row["step"]]}
        for row in rows
    ]


def _handouts(read: Reading, request_id: UUID) -> list[dict[str, Any]]:
    rows = read.rows(h.select().where(h.c.request_id == request_id).order_by(h.c.at.desc()))
    names = mirror.names_of(read, {row["person"] for row in rows})
    return [{**row, "name": names.get(row["person"], "")} for row in rows]


def proof_file(read: Reading, *, request_id: UUID, edition: int) -> FileRef:
    """The file of one edition of a proof."""
    here = (pf.c.request_id == request_id, pf.c.edition == edition)
    row = read.one(pf.select().where(*here), "Ce BAT n’existe pas.")
    return FileRef(
        owner="communication",
        sha256=row["sha256"],
        size=row["size"],
        media_type=row["media_type"],
    )
