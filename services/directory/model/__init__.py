"""The rules of the annuaire: pure, without database nor web."""

from services.directory.model.committee import Committee, CommitteeClosedAlready
from services.directory.model.delegation import Delegation, DelegationEnded
from services.directory.model.grant import (
    GRANTABLE,
    GRANTED_BY,
    DelegateNeedsAnAct,
    GrantToOneself,
    LastOfficer,
    RoleAlreadyHeld,
    RoleEnded,
    RoleGrant,
    check_right_to_grant,
)
from services.directory.model.messages import Mail, Message
from services.directory.model.person import Channel, Person, PersonGone, normal_email
from services.directory.model.relay import Relay, warnings_about
from services.directory.model.session import (
    SESSION_LIFETIME,
    CodeOutcome,
    Session,
    SignInCode,
    TooManyRequests,
    fingerprint,
)
from services.directory.model.text import folded

__all__ = [
    "GRANTABLE",
    "GRANTED_BY",
    "SESSION_LIFETIME",
    "Channel",
    "CodeOutcome",
    "Committee",
    "CommitteeClosedAlready",
    "DelegateNeedsAnAct",
    "Delegation",
    "DelegationEnded",
    "GrantToOneself",
    "LastOfficer",
    "Mail",
    "Message",
    "Person",
    "PersonGone",
    "Relay",
    "RoleAlreadyHeld",
    "RoleEnded",
    "RoleGrant",
    "Session",
    "SignInCode",
    "TooManyRequests",
    "check_right_to_grant",
    "fingerprint",
    "folded",
    "normal_email",
    "warnings_about",
]
