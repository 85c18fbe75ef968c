"""Start here: what telling is."""

from shared.service import Service
from tests.shared.sample.telling import api, commands, events, pages, queries, rights, tables

service = Service(
    name="telling",
    title="Raconter",
    api=api.blueprint,
    pages=pages.blueprint,
    rights=rights.table,
    metadata=tables.metadata,
    use_cases=[commands, queries],
    publishes=[
        events.StoryBegun,
        events.LineToldV2,
        events.StoryEnded,
        events.TellerNamed,
        events.TellerErased,
    ],
    timers={"end": commands.end_when_due},
)
