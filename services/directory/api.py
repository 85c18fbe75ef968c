"""The annuaire for programs: the same commands as the pages."""

from typing import Any
from uuid import UUID

from services.directory import commands, queries, schemas
from shared.web.api import Blueprint, Created
from shared.web.use import ask, perform

blueprint = Blueprint("directory", description="Committees, people, roles, delegations, relays")


@blueprint.get("/committees")
@blueprint.arguments(schemas.Sector(), location="query")
@blueprint.response(200, schemas.Committees())
def committees(sought: dict[str, Any]) -> Any:
    """The open committees, by number."""
    return ask(queries.committees_list, **sought)


@blueprint.post("/committees")
@blueprint.arguments(schemas.NewCommittee())
@blueprint.response(201, Created())
def create_committee(given: dict[str, Any]) -> Any:
    """Create a committee."""
    return {"id": perform(commands.create_committee, **given)}


@blueprint.get("/committees/<uuid:committee_id>")
@blueprint.response(200, schemas.CommitteeShown())
def committee(committee_id: UUID) -> Any:
    """One committee."""
    return ask(queries.committee_card, committee_id=committee_id)


@blueprint.post("/committees/<uuid:committee_id>/closing")
@blueprint.arguments(schemas.Closing(exclude=["version"]))
@blueprint.response(204)
def close_committee(given: dict[str, Any], committee_id: UUID) -> None:
    """Close a committee from today on."""
    perform(commands.close_committee, committee_id=committee_id, **given)


@blueprint.get("/people")
@blueprint.arguments(schemas.People(), location="query")
@blueprint.response(200, schemas.PeopleShown())
def people(sought: dict[str, Any]) -> Any:
    """A page of people, by name."""
    return ask(queries.people_list, **sought)


@blueprint.post("/people")
@blueprint.arguments(schemas.Invitation())
@blueprint.response(201, Created())
def invite_person(given: dict[str, Any]) -> Any:
    """Take somebody in, perhaps with a role; a mail says how to enter."""
    return {"id": perform(commands.invite_person, **given)}


@blueprint.get("/people/<uuid:person_id>")
@blueprint.response(200, schemas.PersonShown())
def person(person_id: UUID) -> Any:
    """One person, with roles."""
    return ask(queries.person_card, person_id=person_id)


@blueprint.put("/people/<uuid:person_id>")
@blueprint.arguments(schemas.Contacts(exclude=["version"]))
@blueprint.response(204)
def change_contacts(given: dict[str, Any], person_id: UUID) -> None:
    """Correct a name or contacts (If-Match: the version that was read)."""
    perform(commands.change_contacts, person_id=person_id, **given)


@blueprint.delete("/people/<uuid:person_id>")
@blueprint.response(204)
def erase_person(person_id: UUID) -> None:
    """Forget a person; what they decided stays, under an id."""
    perform(commands.erase_person, person_id=person_id)


@blueprint.post("/grants")
@blueprint.arguments(schemas.NewGrant())
@blueprint.response(201, Created())
def grant_role(given: dict[str, Any]) -> Any:
    """Give a role on a scope."""
    return {"id": perform(commands.grant_role, **given)}


@blueprint.post("/grants/<uuid:grant_id>/revocation")
@blueprint.arguments(schemas.Ending(exclude=["version"]))
@blueprint.response(204)
def revoke_role(given: dict[str, Any], grant_id: UUID) -> None:
    """Withdraw a role now (If-Match: the version that was read)."""
    perform(commands.revoke_role, grant_id=grant_id, **given)


@blueprint.get("/delegations")
@blueprint.arguments(schemas.Following(), location="query")
@blueprint.response(200, schemas.Delegations())
def delegations(sought: dict[str, Any]) -> Any:
    """A page of delegations, the latest first."""
    return ask(queries.delegations_list, **sought)


@blueprint.post("/delegations")
@blueprint.arguments(schemas.NewDelegation())
@blueprint.response(201, Created())
def record_delegation(given: dict[str, Any]) -> Any:
    """Record an act of delegation."""
    return {"id": perform(commands.record_delegation, **given)}


@blueprint.post("/delegations/<uuid:delegation_id>/revocation")
@blueprint.arguments(schemas.Ending(exclude=["version"]))
@blueprint.response(204)
def revoke_delegation(given: dict[str, Any], delegation_id: UUID) -> None:
    """End a delegation now (If-Match: the version that was read)."""
    perform(commands.revoke_delegation, delegation_id=delegation_id, **given)


@blueprint.post("/delegations/end-of-mandate")
@blueprint.response(200, schemas.HowMany())
def end_of_mandate() -> Any:
    """The council was renewed: every delegation ends."""
    return {"count": perform(commands.end_delegations_of_the_mandate)}


@blueprint.get("/relays")
@blueprint.arguments(schemas.Relays(), location="query")
@blueprint.response(200, schemas.RelaysShown())
def relays(sought: dict[str, Any]) -> Any:
    """A page of organisations that may be called on, by name."""
    return ask(queries.relays_list, **sought)


@blueprint.post("/relays")
@blueprint.arguments(schemas.NewRelay())
@blueprint.response(201, schemas.RelayKept())
def list_relay(given: dict[str, Any]) -> Any:
    """Add an organisation; warnings say what to look at."""
    return perform(commands.list_relay, **given)


@blueprint.get("/relays/<uuid:relay_id>")
@blueprint.response(200, schemas.RelayFull())
def relay(relay_id: UUID) -> Any:
    """One organisation, with its contacts."""
    return ask(queries.relay_card, relay_id=relay_id)


@blueprint.put("/relays/<uuid:relay_id>")
@blueprint.arguments(schemas.RelayCard(exclude=["version"]))
@blueprint.response(200, schemas.RelayKept())
def update_relay(given: dict[str, Any], relay_id: UUID) -> Any:
    """Replace a card (If-Match: the version that was read)."""
    return perform(commands.update_relay, relay_id=relay_id, **given)
