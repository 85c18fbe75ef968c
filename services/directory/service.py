"""The annuaire: what it keeps, says and hears."""

from services.directory import (
    api,
    cli,
    commands,
    events,
    gateways,
    pages,
    policies,
    queries,
    rights,
    tables,
)
from services.directory.events import Role
from services.directory.queries import _grants_of, _person_shown
from shared.log.notices import NoticeIssued
from shared.service import Link, Mirror, Service
from shared.store.columns import new_metadata

# Directory keeps the truth: nothing is mirrored, but pages ask it who somebody is in the same way.
_itself = Mirror(
    metadata=new_metadata(),
    folds={},
    person=_person_shown,
    grants=_grants_of,
)

service = Service(
    name="directory",
    title="Annuaire",
    api=api.blueprint,
    pages=pages.blueprint,
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    publishes=events.PUBLISHED,
    mirrors=[_itself],
    reacts={NoticeIssued: policies.tell_the_person},
    timers={
        "deliver-message": commands.deliver_message,
        "send-digest": commands.send_digest,
        "send-mail": commands.send_mail,
    },
    gateways=gateways.gateways,
    cli=cli.command,
    links=[
        Link(
            "Annuaire",
            "/directory/personnes",
            roles=(Role.DPC_OFFICER, Role.AUDITOR),
            icon="people",
        ),
        Link("Comités", "/directory/comites", roles=(Role.SECTOR_OFFICER,), icon="people"),
    ],
)
