"""Surveys: as lists, one by one, and as somebody at the end of a QR code sees one."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.diagnostic import tables
from services.diagnostic.model import State
from services.diagnostic.queries.coverage import _counts_by_channel, _coverage
from services.diagnostic.queries.needs import _needs_of, _untied
from services.diagnostic.queries.scopes import _seen
from services.directory import mirror
from services.directory.mirror import Role
from shared.kernel.refusals import NotFound
from shared.store.reading import Reading

_surveys, _answers, _needs = tables.surveys, tables.answers, tables.needs
_UNKNOWN_CODE = "Cette adresse ne mène à aucune écoute : vérifiez le code sur l’affiche."
_NO_SURVEY = "Cette écoute n’existe pas."
_TAKES_PAPER = _surveys.c.state.in_([State.OPEN, State.CLOSED])


def my_surveys(
    read: Reading, *, committee_id: UUID | None = None, after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """The surveys that one follows, the latest first: ``items`` and ``next``.

    ``mine`` are the committees for which one may prepare another.
    """
    drawn = sa.select(sa.func.count()).where(_needs.c.survey_id == _surveys.c.id).scalar_subquery()
    query = sa.select(_surveys, drawn.label("needs")).where(_seen(read))
    if committee_id is not None:
        query = query.where(_surveys.c.committee_id == committee_id)
    order = (_surveys.c.opens_on, _surveys.c.id)
    items, following = read.page(query, order=order, after=after, limit=limit, descending=True)
    mine = mirror.committees(read, read.scopes(Role.MEMBER, Role.LEAD))
    return {"items": _with_committees(read, items), "next": following, "mine": mine}


def _with_committees(read: Reading, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {row["id"]: row for row in mirror.committees(read, closed=True)}
    leads = read.scopes(Role.LEAD)
    for row in rows:
        row["committee"] = known.get(row["committee_id"]) or {"name": "", "quartier": ""}
        row["lead"] = bool(leads & {mirror.committee_scope(row["committee_id"])})
    return rows


def surveys_to_type(read: Reading, *, after: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Surveys whose paper may still be typed in, those that close first at the front."""
    query = sa.select(_surveys).where(_TAKES_PAPER)
    order = (_surveys.c.closes_on, _surveys.c.id)
    items, following = read.page(query, order=order, after=after, limit=limit)
    paper = _paper(read, [row["id"] for row in items])
    for row in items:
        row["paper"] = paper.get(row["id"], 0)
    return {"items": _with_committees(read, items), "next": following}


def _paper(read: Reading, ids: list[UUID]) -> dict[UUID, int]:
    query = (
        sa.select(_answers.c.survey_id, sa.func.count().label("number"))
        .where(_answers.c.survey_id.in_(ids), _answers.c.channel == "paper")
        .group_by(_answers.c.survey_id)
    )
    return {row["survey_id"]: row["number"] for row in read.rows(query)}


def paper_count(read: Reading) -> int:
    """How many surveys take paper."""
    return int(read.value(sa.select(sa.func.count()).select_from(_surveys).where(_TAKES_PAPER)))


def survey_card(read: Reading, *, survey_id: UUID) -> dict[str, Any]:
    """A survey with its needs, whom it reached, and who may do what next."""
    survey = read.one(sa.select(_surveys).where(_surveys.c.id == survey_id), _NO_SURVEY)
    scopes = mirror.scopes_of_committee(read, survey["committee_id"])
    return {
        **_with_committees(read, [survey])[0],
        "needs": _needs_of(read, survey),
        "counts": _counts_by_channel(read, survey_id),
        "coverage": _coverage(read, survey_id),
        "untied": _untied(read, survey_id),
        "member": bool(read.scopes(Role.MEMBER, Role.LEAD) & scopes),
        "leads": [row["name"] for row in mirror.people_with(read, Role.LEAD, scopes)],
    }


def typing_card(read: Reading, *, survey_id: UUID) -> dict[str, Any]:
    """What is needed to type in a sheet of paper; refuses a survey that takes none."""
    query = sa.select(_surveys).where(_surveys.c.id == survey_id, _TAKES_PAPER)
    survey = read.one(query, "Cette écoute ne prend plus de réponses sur papier.")
    return {**_with_committees(read, [survey])[0], "paper": _paper(read, [survey_id])}


def survey_by_code(read: Reading, *, code: str) -> dict[str, Any]:
    """What somebody at the end of a QR code may see: the questions, and whether it is open."""
    survey = read.row(sa.select(_surveys).where(_surveys.c.code == code.upper()))
    if survey is None or survey["state"] is State.DRAFT:
        raise NotFound(_UNKNOWN_CODE)
    names = ("id", "code", "title", "theme", "questions", "opens_on", "closes_on", "state")
    kept = {name: survey[name] for name in (*names, "answers", "committee_id")}
    within = survey["opens_on"] <= read.today <= survey["closes_on"]
    kept["open"] = survey["state"] is State.OPEN and within
    kept["early"] = survey["state"] is State.OPEN and read.today < survey["opens_on"]
    return _with_committees(read, [kept])[0]


def open_surveys(read: Reading) -> list[dict[str, Any]]:
    """The surveys that take answers today, for whoever looks for theirs: the first to end first.

    Not a page: a committee has one at a time.
    """
    s = _surveys
    names = (s.c.id, s.c.code, s.c.title, s.c.theme, s.c.closes_on, s.c.committee_id)
    today = (s.c.state == State.OPEN, s.c.opens_on <= read.today, s.c.closes_on >= read.today)
    rows = read.rows(sa.select(*names).where(*today).order_by(s.c.closes_on, s.c.id))
    return _with_committees(read, rows)


def receipt(read: Reading, *, code: str, receipt: str) -> dict[str, Any]:
    """An answer that arrived, by its receipt, for the one who kept it: when, never what."""
    survey = survey_by_code(read, code=code)
    query = sa.select(_answers.c.code, _answers.c.received_at).where(
        _answers.c.survey_id == survey["id"], _answers.c.code == receipt.upper()
    )
    found = read.one(query, "Ce reçu n’est pas de cette écoute : vérifiez les neuf caractères.")
    paper = _paper(read, [survey["id"]]).get(survey["id"], 0)
    return {**survey, "receipt": found, "paper": paper}
