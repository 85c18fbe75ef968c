"""Planning for programs: the same commands as the pages."""

from typing import Any
from uuid import UUID

from services.planning import commands, queries, schemas
from shared.web.api import Blueprint, Created, Page
from shared.web.use import ask, perform

blueprint = Blueprint("planning", description="Plans, tasks, needs, the day and its bilan")


@blueprint.get("/plans")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Plans())
def plans(sought: dict[str, Any]) -> Any:
    """A page of plans, the soonest day first."""
    return ask(queries.plans_list, **sought)


@blueprint.get("/plans/<uuid:action_id>")
@blueprint.response(200, schemas.PlanFull())
def plan(action_id: UUID) -> Any:
    """One plan with its tasks and needs."""
    return ask(queries.plan_card, action_id=action_id)


@blueprint.put("/plans/<uuid:action_id>/adoption")
@blueprint.arguments(schemas.Adoption())
@blueprint.response(204)
def adopt(given: dict[str, Any], action_id: UUID) -> None:
    """Adopt the plan (If-Match: the version read)."""
    perform(commands.adopt_plan, action_id=action_id, **given)


@blueprint.put("/plans/<uuid:action_id>/day")
@blueprint.arguments(schemas.Move())
@blueprint.response(200, schemas.Tight())
def move(given: dict[str, Any], action_id: UUID) -> Any:
    """Hold it another day (If-Match: the version read)."""
    return {"tight": perform(commands.move_day, action_id=action_id, **given)}


@blueprint.post("/plans/<uuid:action_id>/cancellation")
@blueprint.arguments(schemas.Reason())
@blueprint.response(204)
def cancel(given: dict[str, Any], action_id: UUID) -> None:
    """Give the action up."""
    perform(commands.cancel_action, action_id=action_id, **given)


@blueprint.post("/plans/<uuid:action_id>/installation")
@blueprint.arguments(schemas.Installation())
@blueprint.response(204)
def install(given: dict[str, Any], action_id: UUID) -> None:
    """Sign for the place."""
    perform(commands.sign_installation, action_id=action_id, **given)


@blueprint.post("/plans/<uuid:action_id>/holding")
@blueprint.arguments(schemas.Held())
@blueprint.response(204)
def hold(given: dict[str, Any], action_id: UUID) -> None:
    """Say that the day took place."""
    perform(commands.hold_action, action_id=action_id, **given)


@blueprint.post("/plans/<uuid:action_id>/review")
@blueprint.arguments(schemas.Review())
@blueprint.response(204)
def review(given: dict[str, Any], action_id: UUID) -> None:
    """Keep the bilan."""
    perform(commands.review_action, action_id=action_id, **given)


@blueprint.get("/plans/<uuid:action_id>/left-open")
@blueprint.response(200, schemas.LeftOpen())
def left_open(action_id: UUID) -> Any:
    """What keeps the action from being closed."""
    return ask(queries.closing_card, action_id=action_id)


@blueprint.post("/plans/<uuid:action_id>/closing")
@blueprint.response(204)
def close(action_id: UUID) -> None:
    """End the action."""
    perform(commands.close_action, action_id=action_id)


@blueprint.get("/tasks")
@blueprint.response(200, schemas.TasksMine())
def tasks() -> Any:
    """What is mine to do, and what waits for somebody."""
    return ask(queries.my_tasks)


@blueprint.post("/plans/<uuid:action_id>/tasks")
@blueprint.arguments(schemas.TaskSaid())
@blueprint.response(201, Created())
def add_task(given: dict[str, Any], action_id: UUID) -> Any:
    """Add something to do."""
    return {"id": perform(commands.add_task, action_id=action_id, **given)}


@blueprint.put("/tasks/<uuid:task_id>")
@blueprint.arguments(schemas.TaskSaid())
@blueprint.response(204)
def change_task(given: dict[str, Any], task_id: UUID) -> None:
    """Say a task otherwise (If-Match: the version read)."""
    perform(commands.change_task, task_id=task_id, **given)


@blueprint.post("/tasks/<uuid:task_id>/taking")
@blueprint.response(204)
def take(task_id: UUID) -> None:
    """Say that one does it."""
    perform(commands.take_task, task_id=task_id)


@blueprint.post("/tasks/<uuid:task_id>/handing-back")
@blueprint.response(204)
def hand_back(task_id: UUID) -> None:
    """Say that one cannot."""
    perform(commands.hand_back_task, task_id=task_id)


@blueprint.post("/tasks/<uuid:task_id>/finishing")
@blueprint.response(204)
def finish(task_id: UUID) -> None:
    """Say that it is done."""
    perform(commands.finish_task, task_id=task_id)


@blueprint.post("/tasks/<uuid:task_id>/blocking")
@blueprint.arguments(schemas.Blocked())
@blueprint.response(204)
def block(given: dict[str, Any], task_id: UUID) -> None:
    """Say that it cannot go on."""
    perform(commands.block_task, task_id=task_id, **given)


@blueprint.post("/plans/<uuid:action_id>/supplier-needs")
@blueprint.arguments(schemas.SupplierWanted())
@blueprint.response(201, Created())
def ask_supplier(given: dict[str, Any], action_id: UUID) -> Any:
    """Ask for something to be bought."""
    return {"id": perform(commands.ask_supplier, action_id=action_id, **given)}


@blueprint.post("/plans/<uuid:action_id>/print-needs")
@blueprint.arguments(schemas.PrintWanted())
@blueprint.response(201, Created())
def ask_print(given: dict[str, Any], action_id: UUID) -> Any:
    """Ask for something to be printed."""
    return {"id": perform(commands.ask_print, action_id=action_id, **given)}


@blueprint.post("/plans/<uuid:action_id>/service-needs")
@blueprint.arguments(schemas.ServiceWanted())
@blueprint.response(201, Created())
def ask_service(given: dict[str, Any], action_id: UUID) -> Any:
    """Ask a department of the city."""
    return {"id": perform(commands.ask_service, action_id=action_id, **given)}


@blueprint.post("/plans/<uuid:action_id>/relay-needs")
@blueprint.arguments(schemas.RelayWanted())
@blueprint.response(201, Created())
def ask_relay(given: dict[str, Any], action_id: UUID) -> Any:
    """Ask an organisation for help."""
    return {"id": perform(commands.ask_relay, action_id=action_id, **given)}


@blueprint.get("/needs/asked")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Needs())
def asked(sought: dict[str, Any]) -> Any:
    """A page of what is asked of one's department."""
    return ask(queries.asked_of_department, **sought)


@blueprint.post("/needs/<uuid:need_id>/acceptance")
@blueprint.arguments(schemas.Accepted())
@blueprint.response(204)
def accept(given: dict[str, Any], need_id: UUID) -> None:
    """The department does it."""
    perform(commands.accept_service, need_id=need_id, **given)


@blueprint.post("/needs/<uuid:need_id>/refusal")
@blueprint.arguments(schemas.Declined())
@blueprint.response(204)
def decline(given: dict[str, Any], need_id: UUID) -> None:
    """The department cannot."""
    perform(commands.decline_service, need_id=need_id, **given)


@blueprint.post("/needs/<uuid:need_id>/withdrawal")
@blueprint.arguments(schemas.Withdrawal())
@blueprint.response(204)
def withdraw(given: dict[str, Any], need_id: UUID) -> None:
    """No longer need it."""
    perform(commands.withdraw_need, need_id=need_id, **given)
