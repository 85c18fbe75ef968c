"""What programs read of planning."""

from marshmallow import Schema

from services.planning.model import Doer, NeedKind, NeedState, PlanState, TaskState
from shared.web import fields


class TaskShown(Schema):
    """A task."""

    id = fields.Id()
    version = fields.Number()
    title = fields.Text()
    due = fields.Day()
    doer = fields.Choice(Doer)
    priority = fields.Number()
    milestone = fields.Yes()
    state = fields.Choice(TaskState)
    holder = fields.Id(allow_none=True)
    hands_missing = fields.Number()


class NeedShown(Schema):
    """A need and where it stands."""

    id = fields.Id()
    version = fields.Number()
    kind = fields.Choice(NeedKind)
    title = fields.Text()
    needed_by = fields.Day()
    state = fields.Choice(NeedState)
    standing = fields.Text()
    awaited = fields.Text()
    answer_by = fields.Day(allow_none=True)
    words = fields.Text()


class PlanShown(Schema):
    """A plan."""

    id = fields.Id()
    version = fields.Number()
    committee_id = fields.Id()
    title = fields.Text()
    state = fields.Choice(PlanState)
    day = fields.Day()
    fallback_day = fields.Day(allow_none=True)
    place = fields.Text()


class PlanFull(PlanShown):
    """A plan with its tasks and needs."""

    tasks = fields.List(fields.Nested(TaskShown))
    needs = fields.List(fields.Nested(NeedShown))


class Plans(Schema):
    """A page of plans."""

    items = fields.List(fields.Nested(PlanShown))
    next = fields.Text(allow_none=True)


class TasksMine(Schema):
    """What is mine to do, and what waits for somebody."""

    mine = fields.List(fields.Nested(TaskShown))
    left = fields.List(fields.Nested(TaskShown))
    free = fields.List(fields.Nested(TaskShown))


class Needs(Schema):
    """A page of needs."""

    items = fields.List(fields.Nested(NeedShown))
    next = fields.Text(allow_none=True)


class Tight(Schema):
    """How many tasks no longer fit before the day."""

    tight = fields.Number()


class Left(Schema):
    """Something that is open, where one ends it, and who can."""

    text = fields.Text()
    href = fields.Text()
    who = fields.Text()


class LeftOpen(Schema):
    """All that is open for an action."""

    left_open = fields.List(fields.Nested(Left))
