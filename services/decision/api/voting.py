"""Charters, votes, ballots, counts of a room, cards, results."""

from typing import Any
from uuid import UUID

from services.decision import commands, queries, schemas
from services.decision.api.blueprint import blueprint
from shared.web.api import Created
from shared.web.use import ask, perform


@blueprint.post("/rounds/<uuid:round_id>/charter")
@blueprint.arguments(schemas.CharterRules())
@blueprint.response(201, Created())
def prepare_charter(given: dict[str, Any], round_id: UUID) -> Any:
    """Draft the rules of the vote."""
    return {"id": perform(commands.prepare_charter, round_id=round_id, **given)}


@blueprint.get("/charters/<uuid:charter_id>")
@blueprint.response(200, schemas.CharterShown())
def charter(charter_id: UUID) -> Any:
    """The rules of a vote."""
    return ask(queries.charter_card, charter_id=charter_id)


@blueprint.put("/charters/<uuid:charter_id>")
@blueprint.arguments(schemas.CharterRules())
@blueprint.response(204)
def change_charter(given: dict[str, Any], charter_id: UUID) -> None:
    """Other rules, before they are adopted (If-Match: the version read)."""
    perform(commands.change_charter, charter_id=charter_id, **given)


@blueprint.post("/charters/<uuid:charter_id>/adoption")
@blueprint.arguments(schemas.Adoption())
@blueprint.response(200, schemas.Hash())
def adopt_charter(given: dict[str, Any], charter_id: UUID) -> Any:
    """Freeze the rules."""
    return {"hash": perform(commands.adopt_charter, charter_id=charter_id, **given)}


@blueprint.post("/rounds/<uuid:round_id>/vote")
@blueprint.response(200, Created())
def open_vote(round_id: UUID) -> Any:
    """Let people vote; the id of the open vote, also when it had opened by itself."""
    return {"id": perform(commands.open_vote, round_id=round_id)}


@blueprint.get("/votes/<uuid:vote_id>")
@blueprint.response(200, schemas.VoteShown())
def vote(vote_id: UUID) -> Any:
    """A vote; figures once it is closed."""
    return ask(queries.vote_card, vote_id=vote_id)


@blueprint.post("/votes/<uuid:vote_id>/ballot")
@blueprint.arguments(schemas.BallotCast())
@blueprint.response(204)
def cast(given: dict[str, Any], vote_id: UUID) -> None:
    """Vote, or vote otherwise; nothing of it is kept under the Idempotency-Key."""
    perform(commands.cast_ballot, vote_id=vote_id, **given)


@blueprint.post("/rounds/by-code/<code>/ballot")
@blueprint.arguments(schemas.CardBallot())
@blueprint.response(204)
def cast_with_card(given: dict[str, Any], code: str) -> None:
    """Vote with a numbered card, without an account."""
    perform(commands.cast_card_ballot, code=code, **given)


@blueprint.get("/votes/<uuid:vote_id>/attendance")
@blueprint.response(200, schemas.Attendance())
def attendance(vote_id: UUID) -> Any:
    """The electors to tick in a room, and counts made there."""
    return ask(queries.attendance, vote_id=vote_id)


@blueprint.post("/votes/<uuid:vote_id>/counts")
@blueprint.arguments(schemas.CountEntered())
@blueprint.response(201, Created())
def enter_count(given: dict[str, Any], vote_id: UUID) -> Any:
    """Enter hands or papers counted in a room."""
    return {"id": perform(commands.enter_count, vote_id=vote_id, **given)}


@blueprint.post("/counts/<uuid:count_id>/confirmation")
@blueprint.response(204)
def confirm_count(count_id: UUID) -> None:
    """A second person stands for the count."""
    perform(commands.confirm_count, count_id=count_id)


@blueprint.post("/counts/<uuid:count_id>/dropping")
@blueprint.response(204)
def drop_count(count_id: UUID) -> None:
    """The count was wrong."""
    perform(commands.drop_count, count_id=count_id)


@blueprint.post("/votes/<uuid:vote_id>/closing")
@blueprint.response(204)
def close_vote(vote_id: UUID) -> None:
    """Close, count, and go on as the charter says."""
    perform(commands.close_vote, vote_id=vote_id)


@blueprint.get("/votes/<uuid:vote_id>/ballots")
@blueprint.response(200, schemas.Ballots())
def ballots(vote_id: UUID) -> Any:
    """The ballots of a closed vote, for whoever counts again."""
    return ask(queries.ballots_of, vote_id=vote_id)


@blueprint.get("/rounds/<uuid:round_id>/result")
@blueprint.response(200, schemas.Result())
def result(round_id: UUID) -> Any:
    """What was chosen and why, for everybody."""
    return ask(queries.result, round_id=round_id)


@blueprint.post("/cards")
@blueprint.arguments(schemas.CardWanted())
@blueprint.response(201, schemas.CardGiven())
def give_card(given: dict[str, Any]) -> Any:
    """Make a numbered card; it is shown once."""
    return perform(commands.give_card, **given)


@blueprint.post("/cards/withdrawal")
@blueprint.arguments(schemas.CardNumber())
@blueprint.response(204)
def withdraw_card(given: dict[str, Any]) -> None:
    """A card is lost."""
    perform(commands.withdraw_card, **given)
