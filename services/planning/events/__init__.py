"""What planning tells the others: the day, tasks, needs and their answers, the bilan, the end.

Ids of needs are minted here, by the one who asks, so that answers can be matched.
"""

from services.planning.events.day import (
    ActionCancelled,
    ActionClosed,
    ActionDayMoved,
    ActionHeld,
    ActionReviewed,
    InstallationSigned,
    PlanAdopted,
)
from services.planning.events.needs import (
    AnswerOverdue,
    NeedChanged,
    NeedFact,
    NeedWithdrawn,
    PrintNeeded,
    RelayAnswered,
    RelayAsked,
    ServiceAccepted,
    ServiceDeclined,
    ServiceNeeded,
    SupplierNeeded,
)
from services.planning.events.tasks import (
    HelpRequested,
    StandInFound,
    TaskAssigned,
    TaskBlocked,
    TaskDone,
    TaskFact,
    TaskHandedBack,
    TaskMoved,
    TaskReopened,
    TaskUnblocked,
)
from services.planning.events.words import (
    NeededLine,
    RelayAnswer,
    SupplyKind,
    Support,
    WhyMoved,
)

__all__ = [
    "ActionCancelled",
    "ActionClosed",
    "ActionDayMoved",
    "ActionHeld",
    "ActionReviewed",
    "AnswerOverdue",
    "HelpRequested",
    "InstallationSigned",
    "NeedChanged",
    "NeedFact",
    "NeedWithdrawn",
    "NeededLine",
    "PlanAdopted",
    "PrintNeeded",
    "RelayAnswer",
    "RelayAnswered",
    "RelayAsked",
    "ServiceAccepted",
    "ServiceDeclined",
    "ServiceNeeded",
    "StandInFound",
    "SupplierNeeded",
    "SupplyKind",
    "Support",
    "TaskAssigned",
    "TaskBlocked",
    "TaskDone",
    "TaskFact",
    "TaskHandedBack",
    "TaskMoved",
    "TaskReopened",
    "TaskUnblocked",
    "WhyMoved",
]
