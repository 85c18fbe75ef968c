"""The published diagnostic: needs, counts and the group's words, never what one person said."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.diagnostic import tables
from services.diagnostic.model import State, told_apart
from services.diagnostic.queries.coverage import _counts_by_actor, _counts_by_channel
from services.diagnostic.queries.labels import ACTORS, CHANNELS, THEMES
from services.diagnostic.queries.needs import _needs_of
from services.directory import mirror
from shared.kernel.event import FileRef
from shared.kernel.refusals import NotFound
from shared.store.clock import local
from shared.store.reading import Reading

_surveys = tables.surveys
_NONE = "Aucun diagnostic n’est publié à cette adresse."


def report(read: Reading, *, survey_id: UUID) -> dict[str, Any]:
    """What was published, for everybody; ``file`` is the same as an accessible PDF."""
    survey = read.one(sa.select(_surveys).where(_surveys.c.id == survey_id), _NONE)
    if survey["state"] is not State.PUBLISHED:
        raise NotFound(_NONE)
    names = ("id", "code", "title", "theme", "findings", "agreed", "agreed_on", "answers")
    days = ("opens_on", "closes_on", "published_at", "sectors")
    return {
        **{name: survey[name] for name in (*names, *days)},
        "committee": mirror.committee(read, survey["committee_id"]),
        "needs": _needs_of(read, survey),
        "heard": _heard(read, survey_id),
        "file": FileRef(**survey["report"]),
    }


def _heard(read: Reading, survey_id: UUID) -> list[dict[str, Any]]:
    """Who was heard, by way and by kind of person, groups of a few joined with the next."""
    ways = _counts_by_channel(read, survey_id)
    kinds = _counts_by_actor(read, survey_id)
    by_kind = [(ACTORS[a], kinds[a]) for a in ACTORS] + [("Sans précision", kinds[None])]
    return [
        {"title": "Par quel moyen", "rows": _rows((CHANNELS[c], ways.get(c, 0)) for c in CHANNELS)},
        {"title": "Qui a répondu", "rows": _rows(by_kind)},
    ]


def _rows(counts: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    return [{"label": _joined(names), "value": n} for names, n in told_apart(counts)]


def _joined(names: list[str]) -> str:
    """``En ligne, sur papier et dites à un membre``."""
    first, *others = names
    if not others:
        return first
    lowered = [name[0].lower() + name[1:] for name in others]
    return f"{', '.join([first, *lowered[:-1]])} et {lowered[-1]}"


def _report_of(read: Reading, survey_id: UUID, told: Mapping[str, Any]) -> dict[str, Any]:
    """The report as text for its template; ``told`` is what the group says as it publishes."""
    survey = read.one(sa.select(_surveys).where(_surveys.c.id == survey_id))
    committee = mirror.committee(read, survey["committee_id"]) or {"name": "", "quartier": ""}
    at = local(told["at"])
    return {
        "title": f"Ce que dit le quartier : {survey['title']}",
        "committee": f"{committee['name']}, {committee['quartier']}",
        "date": {"year": at.year, "month": at.month, "day": at.day},
        "when": f"{THEMES[survey['theme']]}. {survey['answers']} réponses, du "
        f"{_day(survey['opens_on'])} au {_day(survey['closes_on'])}. Publié le {_day(at)}.",
        "findings": [line for line in told["findings"].splitlines() if line.strip()],
        "needs": [
            {
                "title": need["title"],
                "weight": f"{need['weight']}\u00a0%",
                "evidence": str(need["evidence"]),
            }
            for need in _needs_of(read, survey)
        ],
        "heard": [
            {
                "title": group["title"],
                "rows": [{**row, "value": str(row["value"])} for row in group["rows"]],
            }
            for group in _heard(read, survey_id)
        ],
        "agreed": f"Décidé par le comité le {_day(told['agreed_on'])} : {told['agreed']}",
        "note": "Une réponse peut porter plusieurs besoins. Personne n’est nommé, et ce que chacun "
        "a dit n’est pas reproduit. Un groupe de moins de cinq réponses est réuni à un autre.",
    }


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
