"""Plans: the list, one plan with its line of dates, adopting it, moving its day, giving it up."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, request
from marshmallow import ValidationError

from services.planning import commands, queries, schemas
from services.planning.pages.blueprint import (
    BASE,
    asked_after,
    blueprint,
    deed,
    wants_csv,
)
from services.planning.pages.timeline import timeline
from shared.web.exports import as_csv, every
from shared.web.formats import plural
from shared.web.forms import Form
from shared.web.pages import render
from shared.web.pictures import Kind, Part
from shared.web.problems import first_messages
from shared.web.use import ask, use_cases

_HEADS = ("Comité", "Quartier", "Action", "État", "Jour J", "Repli", "Lieu", "À faire", "En retard")
_TASKS = ("Échéance", "Tâche", "Qui", "Avec", "État", "Priorité")


@blueprint.get("/")
def plans() -> Any:
    """The plans that one follows, the soonest day first."""
    ended = request.args.get("fin") == "1"
    if wants_csv():
        return as_csv("plans", _HEADS, map(_line, every(queries.plans_list, ended=ended)))
    found = ask(queries.plans_list, ended=ended, after=asked_after())
    return render("plans.html", found=found, ended=ended)


def _line(row: dict[str, Any]) -> list[Any]:
    committee = row["committee"] or {"name": "", "quartier": ""}
    days = (row["day"], row["fallback_day"] or "", row["place"], row["to_do"], row["late"])
    state = queries.PLAN_STATES[row["state"]]
    return [committee["name"], committee["quartier"], row["title"], state, *days]


@blueprint.get("/actions/<uuid:action_id>")
def plan(action_id: UUID) -> str:
    """The plan of an action: what is to do next, its dates, its needs, its money."""
    return plan_page(action_id, Form())


def plan_page(action_id: UUID, form: Form) -> str:
    """The page of a plan, with a form that was refused on it."""
    found = ask(queries.plan_card, action_id=action_id)
    return render("plan.html", found=found, form=form, line=_picture(found), parts=_parts(found))


def _parts(found: dict[str, Any]) -> list[Part]:
    """The money of the action, as one bar shows it."""
    money = found["money"]
    kinds: tuple[tuple[str, str, Kind], ...] = (
        ("paid", "Payé", "dark"),
        ("committed", "Engagé", "mid"),
        ("reserved", "Réservé", "hatched"),
    )
    return [Part(label, money[name], kind) for name, label, kind in kinds] if money else []


def _picture(found: dict[str, Any]) -> Any:
    today = use_cases().workplace.clock.today()
    label = "Les tâches sur une ligne, jusqu’au jour J. Le tableau dit la même chose."
    return timeline(found["tasks"], found["day"], today, label)


@blueprint.get("/actions/<uuid:action_id>/qui-fait-quoi")
def who_does_what(action_id: UUID) -> Any:
    """Who does what, to print and hang."""
    found = ask(queries.plan_card, action_id=action_id)
    if wants_csv():
        return as_csv("qui-fait-quoi", _TASKS, map(_task_line, found["tasks"]))
    return render("who.html", found=found)


def _task_line(row: dict[str, Any]) -> list[Any]:
    with_ = ", ".join(row["helper_names"])
    state = queries.TASK_STATES[row["state"]]
    return [row["due"], row["title"], row["name"], with_, state, row["priority"]]


@blueprint.get("/actions/<uuid:action_id>/adopter")
def adoption(action_id: UUID) -> str:
    """The form by which a plan is adopted."""
    return _adoption(action_id, None)


def _adoption(action_id: UUID, form: Form | None, tried: dict[str, Any] | None = None) -> str:
    found = ask(queries.plan_choices, action_id=action_id)
    usual = {name: found[name] for name in ("day", "place", "lead", "version")}
    on = tried or ask(queries.plan_on, action_id=action_id, day=found["day"])
    return render("adopt.html", found=found, form=form or Form(usual), on=on)


@blueprint.post("/actions/<uuid:action_id>/adopter")
def adopt(action_id: UUID) -> Any:
    """Adopts the plan; or shows it on the day typed, without changing anything."""
    if request.form.get("go") == "try":
        return _try(action_id, _adoption)
    return deed(
        schemas.Adoption(),
        commands.adopt_plan,
        lambda form: _adoption(action_id, form),
        then=f"{BASE}/actions/{action_id}",
        done="Le plan est adopté. Chacun peut prendre une tâche.",
        action_id=action_id,
        version=request.form.get("version"),
    )


def _try(action_id: UUID, page: Any) -> Any:
    """``page`` with the plan as it would be on the day typed."""
    form = Form(request.form)
    try:
        day = schemas.Tried(only=["day"]).load({"day": form["day"]})["day"]
    except ValidationError as error:
        form.errors = first_messages(error.messages)
        return page(action_id, form), 422
    return page(action_id, form, ask(queries.plan_on, action_id=action_id, day=day))


@blueprint.get("/actions/<uuid:action_id>/jour")
def moving(action_id: UUID) -> str:
    """The form by which the day moves, with what would follow."""
    return _moving(action_id, None)


def _moving(action_id: UUID, form: Form | None, tried: dict[str, Any] | None = None) -> str:
    found = ask(queries.plan_choices, action_id=action_id)
    if form is None:
        form = Form({"version": found["version"]})
        tried = _fallback(found)
    return render("move.html", found=found, form=form, on=tried)


def _fallback(found: dict[str, Any]) -> dict[str, Any] | None:
    """The plan on its fall-back day, shown before anybody types a day."""
    day: date | None = found["fallback_day"]
    return ask(queries.plan_on, action_id=found["id"], day=day) if day else None


@blueprint.post("/actions/<uuid:action_id>/jour")
def move(action_id: UUID) -> Any:
    """Moves the day; or shows what would follow, without changing anything."""
    if request.form.get("go") == "try":
        return _try(action_id, _moving)
    return deed(
        schemas.Move(),
        commands.move_day,
        lambda form: _moving(action_id, form),
        then=f"{BASE}/actions/{action_id}",
        done=_moved,
        action_id=action_id,
        version=request.form.get("version"),
    )


def _moved(tight: int) -> str:
    """That it is done, and how much no longer fits."""
    done = "Jour J déplacé : ce qui n’était pas fait suit, et chacun est prévenu."
    lost = plural(tight, "tâche ne tient plus", "tâches ne tiennent plus")
    return f"{done} {lost} avant le nouveau jour." if tight else f"{done} Tout tient."


@blueprint.post("/actions/<uuid:action_id>/repli")
def fall_back(action_id: UUID) -> Response:
    """Moves the day to its fall-back day."""
    return deed(
        schemas.FallBack(),
        commands.fall_back,
        lambda form: _moving(action_id, form),
        then=f"{BASE}/actions/{action_id}",
        done=_moved,
        action_id=action_id,
        version=request.form.get("version"),
    )


@blueprint.post("/actions/<uuid:action_id>/annuler")
def cancel(action_id: UUID) -> Response:
    """Gives the action up."""
    return deed(
        schemas.Reason(),
        commands.cancel_action,
        lambda form: plan_page(action_id, form),
        then=f"{BASE}/actions/{action_id}",
        done="L’action est annulée. Ce qui était demandé est retiré.",
        action_id=action_id,
    )
