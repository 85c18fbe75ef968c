"""Rounds, ideas and advice."""

from typing import Any
from uuid import UUID

from services.decision import commands, queries, schemas
from services.decision.api.blueprint import blueprint
from shared.web.api import Created, Page
from shared.web.use import ask, perform


@blueprint.get("/rounds")
@blueprint.arguments(schemas.RoundsSought(), location="query")
@blueprint.response(200, schemas.Rounds())
def rounds(sought: dict[str, Any]) -> Any:
    """A page of choices, the latest first."""
    return ask(queries.my_rounds, **sought)


@blueprint.post("/rounds")
@blueprint.arguments(schemas.NewRound())
@blueprint.response(201, Created())
def open_without(given: dict[str, Any]) -> Any:
    """Gather ideas without a diagnostic, for a recorded reason."""
    return {"id": perform(commands.open_round_without_diagnostic, **given)}


@blueprint.get("/rounds/<uuid:round_id>")
@blueprint.response(200, schemas.RoundFull())
def round_(round_id: UUID) -> Any:
    """One choice with its needs, ideas and votes."""
    return ask(queries.round_card, round_id=round_id)


@blueprint.post("/rounds/<uuid:round_id>/next")
@blueprint.arguments(schemas.NextRound())
@blueprint.response(201, Created())
def open_another(given: dict[str, Any], round_id: UUID) -> Any:
    """Choose again, or a second action, from the same needs."""
    return {"id": perform(commands.open_another_round, round_id=round_id, **given)}


@blueprint.put("/rounds/<uuid:round_id>/until")
@blueprint.arguments(schemas.Until())
@blueprint.response(204)
def move_until(given: dict[str, Any], round_id: UUID) -> None:
    """Gather ideas until another day (If-Match: the version read)."""
    perform(commands.move_ideas_end, round_id=round_id, **given)


@blueprint.post("/rounds/<uuid:round_id>/annulment")
@blueprint.arguments(schemas.Annulment())
@blueprint.response(204)
def annul(given: dict[str, Any], round_id: UUID) -> None:
    """The choice does not hold."""
    perform(commands.annul_choice, round_id=round_id, **given)


@blueprint.post("/rounds/<uuid:round_id>/ideas")
@blueprint.arguments(schemas.IdeaSaid())
@blueprint.response(201, Created())
def propose(given: dict[str, Any], round_id: UUID) -> Any:
    """Propose an idea."""
    return {"id": perform(commands.propose_idea, round_id=round_id, **given)}


@blueprint.get("/rounds/by-code/<code>")
@blueprint.response(200, schemas.PublicRound())
def public_round(code: str) -> Any:
    """A choice, as everybody may see it."""
    return ask(queries.round_by_code, code=code)


@blueprint.post("/rounds/by-code/<code>/ideas")
@blueprint.arguments(schemas.IdeaOfResident())
@blueprint.response(201, Created())
def propose_as_resident(given: dict[str, Any], code: str) -> Any:
    """Propose an idea without an account."""
    return {"id": perform(commands.propose_as_resident, code=code, **given)}


@blueprint.post("/rounds/by-code/<code>/supports")
@blueprint.arguments(schemas.Support())
@blueprint.response(204)
def back_as_resident(given: dict[str, Any], code: str) -> None:
    """Back an idea without an account."""
    perform(commands.back_as_resident, code=code, **given)


@blueprint.get("/ideas/<uuid:idea_id>")
@blueprint.response(200, schemas.IdeaFull())
def idea(idea_id: UUID) -> Any:
    """One idea with what was said of it."""
    return ask(queries.idea_card, idea_id=idea_id)


@blueprint.put("/ideas/<uuid:idea_id>")
@blueprint.arguments(schemas.IdeaSaidAgain())
@blueprint.response(204)
def change_idea(given: dict[str, Any], idea_id: UUID) -> None:
    """Say an idea more exactly (If-Match: the version read)."""
    perform(commands.change_idea, idea_id=idea_id, **given)


@blueprint.post("/ideas/<uuid:idea_id>/showing")
@blueprint.response(204)
def show_idea(idea_id: UUID) -> None:
    """Put an idea on the list."""
    perform(commands.show_idea, idea_id=idea_id)


@blueprint.post("/ideas/<uuid:idea_id>/setting-aside")
@blueprint.arguments(schemas.Aside())
@blueprint.response(204)
def set_aside(given: dict[str, Any], idea_id: UUID) -> None:
    """Take an idea off the list."""
    perform(commands.set_idea_aside, idea_id=idea_id, **given)


@blueprint.post("/ideas/<uuid:idea_id>/merging")
@blueprint.arguments(schemas.Merge())
@blueprint.response(204)
def merge(given: dict[str, Any], idea_id: UUID) -> None:
    """Join an idea to another."""
    perform(commands.merge_ideas, idea_id=idea_id, **given)


@blueprint.post("/ideas/<uuid:idea_id>/support")
@blueprint.response(204)
def back(idea_id: UUID) -> None:
    """Back an idea."""
    perform(commands.back_idea, idea_id=idea_id)


@blueprint.post("/ideas/<uuid:idea_id>/interest")
@blueprint.arguments(schemas.InterestSaid())
@blueprint.response(204)
def interest(given: dict[str, Any], idea_id: UUID) -> None:
    """Say what binds one to an idea."""
    perform(commands.declare_interest, idea_id=idea_id, **given)


@blueprint.post("/ideas/<uuid:idea_id>/advices")
@blueprint.arguments(schemas.Question())
@blueprint.response(201, Created())
def ask_advice(given: dict[str, Any], idea_id: UUID) -> Any:
    """Ask a department, an élu·e or a relay."""
    return {"id": perform(commands.ask_advice, idea_id=idea_id, **given)}


@blueprint.get("/advices")
@blueprint.arguments(Page(), location="query")
@blueprint.response(200, schemas.Advices())
def advices(sought: dict[str, Any]) -> Any:
    """What is asked of the reader."""
    return ask(queries.advices_asked, **sought)


@blueprint.get("/advices/<uuid:advice_id>")
@blueprint.response(200, schemas.AdviceShown())
def advice(advice_id: UUID) -> Any:
    """One request, for the one who is asked."""
    return ask(queries.advice_card, advice_id=advice_id)


@blueprint.post("/advices/<uuid:advice_id>/answer")
@blueprint.arguments(schemas.Advice())
@blueprint.response(204)
def give_advice(given: dict[str, Any], advice_id: UUID) -> None:
    """Give the advice that was asked."""
    perform(commands.give_advice, advice_id=advice_id, **given)


@blueprint.post("/advices/<uuid:advice_id>/link")
@blueprint.response(201, schemas.Secret())
def advice_link(advice_id: UUID) -> Any:
    """A link by which a relay answers once."""
    return {"secret": perform(commands.issue_advice_link, advice_id=advice_id)}


@blueprint.post("/advices/by-link")
@blueprint.arguments(schemas.AdviceByLink())
@blueprint.response(204)
def give_by_link(given: dict[str, Any]) -> None:
    """Answer with the secret of a link, once."""
    perform(commands.give_advice_by_link, **given)
