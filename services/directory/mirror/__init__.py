"""Committees, roles, delegations, relays and names, kept in the database of each service.

A service that lists ``mirror`` in ``Service(mirrors=…)`` gets these views, the folds that keep
them, and may call the look-ups with its own ``read`` or ``uow``: no service waits for directory.
"""

from services.directory import events
from services.directory.events import CITY, Role, committee_scope, department_scope, sector_scope
from services.directory.mirror import folds
from services.directory.mirror.lookups import (
    ERASED,
    committee,
    committees,
    delegation_of,
    delegations_of,
    grants_of,
    holds,
    name_of,
    names_of,
    people_with,
    person_shown,
    relay,
    relays,
    scopes_of_committee,
    widest,
)
from services.directory.mirror.views import metadata
from services.directory.mirror.words import KIND_LABELS, ROLE_LABELS, ROLE_TASKS, role_label
from shared.service import Mirror

__all__ = [
    "CITY",
    "ERASED",
    "KIND_LABELS",
    "ROLE_LABELS",
    "ROLE_TASKS",
    "Role",
    "committee",
    "committee_scope",
    "committees",
    "delegation_of",
    "delegations_of",
    "department_scope",
    "grants_of",
    "holds",
    "mirror",
    "name_of",
    "names_of",
    "people_with",
    "person_shown",
    "relay",
    "relays",
    "role_label",
    "scopes_of_committee",
    "sector_scope",
    "widest",
]

mirror = Mirror(
    metadata=metadata,
    folds={
        events.CommitteeCreated: folds.committee_created,
        events.CommitteeClosed: folds.committee_closed,
        events.RoleGranted: folds.role_granted,
        events.RoleRevoked: folds.role_revoked,
        events.DelegationGranted: folds.delegation_granted,
        events.DelegationRevoked: folds.delegation_revoked,
        events.RelayListed: folds.relay_known,
        events.RelayUpdated: folds.relay_known,
        events.PersonNamed: folds.person_named,
        events.PersonErased: folds.person_erased,
    },
    person=person_shown,
    grants=grants_of,
)
