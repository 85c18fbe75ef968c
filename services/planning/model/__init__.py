"""The rules of plans, tasks and needs: pure, without database nor web."""

from services.planning.model.dates import (
    Offset,
    in_cyclone_season,
    offset_of,
    usual_date,
    warnings,
    wished_day,
)
from services.planning.model.day import Day, check_day, check_fallback_day
from services.planning.model.need import Need
from services.planning.model.plan import ActionPlan, Bilan, replan, tight
from services.planning.model.refusals import LEAD, NotInTheGroup, TaskTaken, wrong
from services.planning.model.task import Hand, Task, Who
from services.planning.model.template import DAY, INSTALLATION, REVIEW, TEMPLATE
from services.planning.model.words import (
    BOUGHT,
    STOPPED,
    Doer,
    NeedKind,
    NeedState,
    PlanState,
    TaskState,
)

__all__ = [
    "BOUGHT",
    "DAY",
    "INSTALLATION",
    "LEAD",
    "REVIEW",
    "STOPPED",
    "TEMPLATE",
    "ActionPlan",
    "Bilan",
    "Day",
    "Doer",
    "Hand",
    "Need",
    "NeedKind",
    "NeedState",
    "NotInTheGroup",
    "Offset",
    "PlanState",
    "Task",
    "TaskState",
    "TaskTaken",
    "Who",
    "check_day",
    "check_fallback_day",
    "in_cyclone_season",
    "offset_of",
    "replan",
    "tight",
    "usual_date",
    "warnings",
    "wished_day",
    "wrong",
]
