"""Decision: what it keeps, says and hears. Start here."""

from services.decision import commands, events, queries, rights, tables
from services.directory.mirror import mirror
from shared.service import Service

service = Service(
    name="decision",
    title="Choix",
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    publishes=[
        events.IdeasOpened,
        events.AdviceAsked,
        events.ConditionDeclared,
        events.AdviceGiven,
        events.CharterAdopted,
        events.VoteOpened,
        events.VoteClosed,
        events.ActionChosen,
        events.ChoiceAnnulled,
    ],
    mirrors=[mirror],
)
