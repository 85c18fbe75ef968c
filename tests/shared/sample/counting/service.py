"""Start here: what counting is."""

from shared.kernel.rights import ANYONE, NOBODY
from shared.service import Policy, Service
from tests.shared.sample.counting import commands, events, policies, projections, queries, tables
from tests.shared.sample.telling import events as telling

service = Service(
    name="counting",
    title="Compter",
    rights={
        commands.raise_tally: NOBODY,
        commands.note_refusal: NOBODY,
        queries.stories: ANYONE,
    },
    metadata=tables.metadata,
    use_cases=[commands, queries],
    publishes=[events.TallyRaised],
    folds={
        telling.StoryBegun: projections.begun,
        telling.LineToldV2: projections.told,
        telling.StoryEnded: projections.ended,
        telling.TellerNamed: projections.named,
        telling.TellerErased: projections.erased,
    },
    reacts={
        telling.LineToldV2: Policy(policies.count_the_line, refused=policies.say_it_was_refused)
    },
)
