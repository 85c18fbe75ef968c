"""The thread of an action: every fact with what caused it, across services."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.monitoring.queries.committee import STEP_PASSED, described_facts
from services.monitoring.queries.freshness import freshness
from services.monitoring.queries.road import needs_of, place_of_leg
from services.monitoring.queries.scope import committee_seen
from services.monitoring.queries.waits import SHOWN, described_waits, w
from services.monitoring.tables import actions_view, facts_view, legs_view, lines_view
from shared.store.reading import Reading

MOST = 1000
GENERATIONS = 20
MOST_AWAITED = 100

Row = dict[str, Any]
f = facts_view.c


def thread(read: Reading, *, action_id: UUID) -> Row:
    """The facts of an action and those that led to it, in the order of the log; what is awaited.

    ``cause`` is the fact that a service answered by itself; ``follows`` the one before it on the
    same thing, else the last passage of the road, for what a person or the hour decided; ``repeats`` the fact that a passed step
    only says again; ``more`` that the action has more facts than the first thousand, which are
    those that are here. NotFound outside one's scope.
    """
    action = read.one(
        sa.select(actions_view).where(actions_view.c.id == action_id),
        "Cette action n’existe pas, ou elle n’est pas dans ce que vous pouvez voir.",
    )
    committee = committee_seen(read, action["committee_id"])
    facts = read.rows(
        sa.select(facts_view).where(f.action_id == action_id).order_by(f.at, f.id).limit(MOST + 1)
    )
    more = len(facts) > MOST
    facts = facts[:MOST]
    leg = read.row(sa.select(legs_view).where(legs_view.c.id == action_id))
    facts += _beginnings(read, leg) if leg else []
    facts += _ancestors(read, facts, action["committee_id"])
    facts.sort(key=lambda row: (row["place"] or 0, row["at"], str(row["id"])))
    lines = read.rows(
        sa.select(lines_view)
        .where(lines_view.c.action_id == action_id)
        .order_by(lines_view.c.year, lines_view.c.id)
        .limit(50)
    )
    return {
        "action": action,
        "committee": committee,
        "facts": _followed(described_facts(read, facts)),
        "more": more,
        "leg": leg,
        "place": place_of_leg(leg, needs_of(read, [action_id])[action_id], read.today),
        "awaited": _awaited(read, action_id, committee),
        "lines": lines,
        "freshness": freshness(read),
    }


def _beginnings(read: Reading, leg: Row) -> list[Row]:
    """What the committee lived before the action had an id: the survey, the ideas, the vote."""
    here = (f.correlation == leg["journey"], f.action_id.is_(None))
    of_it = (f.committee_id == leg["committee_id"], f.at <= leg["chosen_at"])
    select = sa.select(facts_view).where(*here, *of_it) if leg["chosen_at"] else None
    return [] if select is None else read.rows(select.order_by(f.at, f.id).limit(MOST))


def _ancestors(read: Reading, facts: list[Row], committee_id: UUID) -> list[Row]:
    """What caused these facts elsewhere: an envelope, a journey that began before its id."""
    known = {row["id"] for row in facts}
    found: list[Row] = []
    latest = facts
    for _ in range(GENERATIONS):
        missing = {row["cause"] for row in latest if row["cause"]} - known
        if not missing:
            break
        here = (f.id.in_(missing), f.committee_id == committee_id)
        latest = read.rows(sa.select(facts_view).where(*here).limit(MOST))
        known |= missing
        found += latest
    return found


MILESTONES = frozenset(
    {
        "SurveyOpened",
        "DiagnosticPublished",
        "IdeasOpened",
        "CharterAdopted",
        "VoteClosed",
        "ActionChosen",
        "PlanAdopted",
        "ActionHeld",
        "ActionReviewed",
    }
)
"""What the rest of the road follows, when it is the first that is said of something."""


@dataclass
class _Decision:
    """What was said of one thing at one moment by one person: one decision, several facts."""

    key: tuple[Any, Any]
    before: UUID | None
    facts: list[Row] = field(default_factory=list)

    @property
    def head(self) -> UUID:
        """Its most telling fact: not the step, when there is another."""
        telling = (row for row in self.facts if row["type"] != STEP_PASSED)
        found: UUID = next(telling, self.facts[0])["id"]
        return found


def _followed(facts: list[Row]) -> list[Row]:
    """Say which decision came before on the same thing, and which steps repeat a fact."""
    last: dict[Any, _Decision] = {}
    decisions = []
    milestone: UUID | None = None
    for row in facts:
        thing = row["purchase_id"] or (row["service"], row["about"] or row["id"])
        key, known = (row["at"], row["person"]), last.get(thing)
        if known is None or known.key != key:
            known = last[thing] = _Decision(key, known.head if known else milestone)
            decisions.append(known)
        known.facts.append(row)
        row["follows"], row["repeats"] = known.before, None
        milestone = row["id"] if row["event"] in MILESTONES else milestone
    for decision in decisions:
        for row in decision.facts:
            if row["type"] == STEP_PASSED and row["id"] != decision.head:
                row["repeats"] = decision.head
    return facts


def _awaited(read: Reading, action_id: UUID, committee: Row) -> list[Row]:
    select = sa.select(*SHOWN).where(w.leg_id == action_id, w.open)
    rows = read.rows(select.order_by(w.queue, w.id).limit(MOST_AWAITED))
    return described_waits(read, rows, {committee["id"]: committee})
