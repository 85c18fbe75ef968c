"""Tasks on a phone: what is mine, what waits for somebody, one task and how it goes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, request
from marshmallow import Schema

from services.planning import commands, queries, schemas
from services.planning.pages.blueprint import BASE, blueprint, deed
from shared.web.api import Input
from shared.web.forms import Form
from shared.web.pages import render
from shared.web.use import ask

_MINE = f"{BASE}/mes-taches"


@blueprint.get("/mes-taches")
def my_tasks() -> str:
    """What is mine to do, and what waits for somebody."""
    return _mine(Form())


def _mine(form: Form) -> str:
    return render("tasks.html", found=ask(queries.my_tasks), form=form)


@blueprint.get("/taches/<uuid:task_id>")
def task(task_id: UUID) -> str:
    """One task, and all that can be said of it."""
    return _page(task_id, Form())


def _page(task_id: UUID, form: Form) -> str:
    return render("task.html", found=ask(queries.task_card, task_id=task_id), form=form)


def _deed(
    task_id: UUID, command: Callable[..., Any], done: str, schema: Schema | None = None
) -> Response:
    """Do it, then go back to where the button was: the list or the task."""
    listed = request.form.get("vers") == "liste"
    return deed(
        schema or Input(unknown="exclude"),
        command,
        lambda form: _page(task_id, form),
        then=_MINE if listed else f"{BASE}/taches/{task_id}",
        done=done,
        task_id=task_id,
    )


@blueprint.post("/taches/<uuid:task_id>/prendre")
def take(task_id: UUID) -> Response:
    """Says that one does it."""
    return _deed(task_id, commands.take_task, "Cette tâche est à vous. Merci.")


@blueprint.post("/taches/<uuid:task_id>/rendre")
def hand_back(task_id: UUID) -> Response:
    """Says that one cannot."""
    done = "C’est noté : on cherche quelqu’un d’autre, la personne référente est prévenue."
    return _deed(task_id, commands.hand_back_task, done)


@blueprint.post("/taches/<uuid:task_id>/faite")
def finish(task_id: UUID) -> Response:
    """Says that it is done."""
    return _deed(task_id, commands.finish_task, "Bravo, c’est fait.")


@blueprint.post("/taches/<uuid:task_id>/pas-faite")
def reopen(task_id: UUID) -> Response:
    """Says that it was not done after all."""
    return _deed(task_id, commands.reopen_task, "Cette tâche est de nouveau à faire.")


@blueprint.post("/taches/<uuid:task_id>/confier")
def assign(task_id: UUID) -> Response:
    """Gives it to somebody."""
    done = "C’est confié ; la personne est prévenue."
    return _deed(task_id, commands.assign_task, done, schemas.Entrusted())


@blueprint.post("/taches/<uuid:task_id>/bloquer")
def block(task_id: UUID) -> Response:
    """Says that it cannot go on."""
    done = "C’est dit : la personne référente le voit."
    return _deed(task_id, commands.block_task, done, schemas.Blocked())


@blueprint.post("/taches/<uuid:task_id>/debloquer")
def unblock(task_id: UUID) -> Response:
    """Says that it can go on."""
    return _deed(task_id, commands.unblock_task, "Cette tâche peut avancer.")


@blueprint.post("/taches/<uuid:task_id>/bras")
def ask_for_hands(task_id: UUID) -> Response:
    """Calls for more people."""
    done = "Le comité est prévenu qu’il faut des bras."
    return _deed(task_id, commands.ask_for_hands, done, schemas.Hands())


@blueprint.post("/taches/<uuid:task_id>/venir")
def lend_a_hand(task_id: UUID) -> Response:
    """Says that one comes and helps."""
    return _deed(task_id, commands.lend_a_hand, "Merci : on compte sur vous.")


@blueprint.get("/actions/<uuid:action_id>/taches/nouvelle")
def new_task(action_id: UUID) -> str:
    """The form of a task."""
    return _form(action_id, None, Form())


@blueprint.post("/actions/<uuid:action_id>/taches/nouvelle")
def add_task(action_id: UUID) -> Response:
    """Adds a task."""
    return deed(
        schemas.TaskSaid(),
        commands.add_task,
        lambda form: _form(action_id, None, form),
        then=lambda made: f"{BASE}/taches/{made}",
        done="La tâche est ajoutée.",
        action_id=action_id,
    )


@blueprint.get("/taches/<uuid:task_id>/modifier")
def changing(task_id: UUID) -> str:
    """The form of a task that is there."""
    found = ask(queries.task_card, task_id=task_id)
    return _form(found["action_id"], found, Form(found))


@blueprint.post("/taches/<uuid:task_id>/modifier")
def change(task_id: UUID) -> Response:
    """Says a task otherwise."""
    found = ask(queries.task_card, task_id=task_id)
    return deed(
        schemas.TaskSaid(),
        commands.change_task,
        lambda form: _form(found["action_id"], found, form),
        then=f"{BASE}/taches/{task_id}",
        done="La tâche est corrigée.",
        task_id=task_id,
        version=request.form.get("version"),
    )


def _form(action_id: UUID, task: dict[str, Any] | None, form: Form) -> str:
    plan = ask(queries.plan_card, action_id=action_id)
    return render("task_form.html", plan=plan, task=task, form=form)


@blueprint.post("/taches/<uuid:task_id>/retirer")
def remove(task_id: UUID) -> Response:
    """Takes a task away."""
    return deed(
        Input(),
        commands.remove_task,
        lambda form: _page(task_id, form),
        then=lambda action_id: f"{BASE}/actions/{action_id}",
        done="La tâche est retirée.",
        task_id=task_id,
    )
