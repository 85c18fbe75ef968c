"""What may be read of planning; names beginning with ``_`` are look-ups of our own."""

from services.planning.queries.asked import LINK, need_of_link
from services.planning.queries.ending import (
    _left_open,
    _review_data,
    closing_card,
    review_card,
    review_file,
)
from services.planning.queries.labels import (
    DOERS,
    INSTALLATION,
    NEED_KINDS,
    NEED_STATES,
    PLAN_STATES,
    PRIORITIES,
    RELAY_ANSWERS,
    SUPPLIES,
    SUPPORTS,
    TASK_STATES,
    WHYS,
)
from services.planning.queries.money import _spent
from services.planning.queries.needs import (
    _departments,
    _needs_of,
    asked_count,
    asked_of_department,
    need_card,
    service_need,
)
from services.planning.queries.plans import (
    _follows,
    plan_card,
    plan_choices,
    plan_on,
    plans_list,
)
from services.planning.queries.scopes import (
    GROUP,
    READERS,
    _scope_of_asked,
    _scope_of_need,
    _scope_of_plan,
    _scope_of_task,
)
from services.planning.queries.tasks import _group, my_tasks, task_card, tasks_count

__all__ = [
    "DOERS",
    "GROUP",
    "INSTALLATION",
    "LINK",
    "NEED_KINDS",
    "NEED_STATES",
    "PLAN_STATES",
    "PRIORITIES",
    "READERS",
    "RELAY_ANSWERS",
    "SUPPLIES",
    "SUPPORTS",
    "TASK_STATES",
    "WHYS",
    "_departments",
    "_follows",
    "_group",
    "_left_open",
    "_needs_of",
    "_review_data",
    "_scope_of_asked",
    "_scope_of_need",
    "_scope_of_plan",
    "_scope_of_task",
    "_spent",
    "asked_count",
    "asked_of_department",
    "closing_card",
    "my_tasks",
    "need_card",
    "need_of_link",
    "plan_card",
    "plan_choices",
    "plan_on",
    "plans_list",
    "review_card",
    "review_file",
    "service_need",
    "task_card",
    "tasks_count",
]
