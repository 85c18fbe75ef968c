"""How facts become the feed: each is kept at its place in the log, as it was said."""

from services.integration.tables import feed_view
from services.language import Fact
from shared.log.wire import encode
from shared.store.views import Views


def keep_the_fact(views: Views, event: Fact) -> None:
    """One row a fact, at the offset that the log gave it: done again, it is the same row."""
    told = views.event
    views.put(
        feed_view,
        (told.partition, told.offset),
        id=told.id,
        type=told.type,
        service=told.type.split(".")[1],
        source=told.source,
        at=told.time,
        subject=event.subject(),
        committee_id=event.committee_id,
        correlation=told.correlation_id,
        cause=told.causation_id,
        data=told.payload or encode(event),
    )
