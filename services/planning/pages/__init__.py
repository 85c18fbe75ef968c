"""Pages of planning: tasks on a phone, the plan of an action, its needs, its day and its end."""

from services.planning.pages import asked, ending, needs, plans, tasks
from services.planning.pages.blueprint import blueprint

__all__ = ["asked", "blueprint", "ending", "needs", "plans", "tasks"]
