"""How each fact of directory changes the mirror."""

from typing import TYPE_CHECKING

from services.directory import events
from services.directory.mirror.views import (
    committees_view,
    delegations_view,
    grants_view,
    names_view,
    relays_view,
)

if TYPE_CHECKING:
    from shared.store.views import Views


def committee_created(views: "Views", event: events.CommitteeCreated) -> None:
    views.put(
        committees_view,
        event.committee_id,
        number=event.number,
        name=event.name,
        quartier=event.quartier,
        sector=event.sector,
        closed_on=None,
    )


def committee_closed(views: "Views", event: events.CommitteeClosed) -> None:
    views.put(committees_view, event.committee_id, closed_on=event.on)


def role_granted(views: "Views", event: events.RoleGranted) -> None:
    views.put(
        grants_view,
        event.grant_id,
        person=event.person,
        role=event.role,
        scope=event.scope,
        since=event.since,
        until=event.until,
    )


def role_revoked(views: "Views", event: events.RoleRevoked) -> None:
    views.drop(grants_view, event.grant_id)


def delegation_granted(views: "Views", event: events.DelegationGranted) -> None:
    views.put(
        delegations_view,
        event.delegation_id,
        delegate=event.delegate,
        on_behalf_of=event.on_behalf_of,
        act_reference=event.act_reference,
        ceiling_incl_tax=event.ceiling_incl_tax,
        since=event.since,
        until=event.until,
        scope=event.scope,
        families=list(event.families),
    )


def delegation_revoked(views: "Views", event: events.DelegationRevoked) -> None:
    views.drop(delegations_view, event.delegation_id)


def relay_known(views: "Views", event: events.RelayListed | events.RelayUpdated) -> None:
    views.put(
        relays_view,
        event.relay_id,
        organisation=event.organisation,
        kind=str(event.kind),
        sector=event.sector,
        brings=event.brings,
        identifier=event.identifier,
        active=event.active,
    )


def person_named(views: "Views", event: events.PersonNamed) -> None:
    views.put(names_view, event.person, name=event.name)


def person_erased(views: "Views", event: events.PersonErased) -> None:
    views.drop(names_view, event.person)
