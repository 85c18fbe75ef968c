"""Tallies (state) and what is known of stories (views)."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from shared.kernel.aggregate import Aggregate
from shared.store.columns import Cents, new_metadata
from shared.store.mapping import map_aggregate
from tests.shared.sample.counting import events


@dataclass(eq=False)
class Tally(Aggregate):
    id: UUID
    lines: int = 0
    version: int = 1
    journey: UUID | None = None

    def raise_(self) -> None:
        self.lines += 1
        self.record(events.TallyRaised(story_id=self.id, lines=self.lines))


metadata = new_metadata()
tallies = sa.Table(
    "tallies",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("lines", sa.Integer, nullable=False),
    sa.Column("journey", sa.Uuid),
    sa.Column("version", sa.Integer, nullable=False),
)
stories_view = sa.Table(
    "stories_view",
    metadata,
    sa.Column("story_id", sa.Uuid, primary_key=True),
    sa.Column("title", sa.String(200)),
    sa.Column("lines", sa.Integer, nullable=False, server_default="0"),
    sa.Column("spent", Cents, nullable=False, server_default="0"),
    sa.Column("last_number", sa.Integer),
    sa.Column("ended", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("ix_stories_view_title", "title"),
)
names_view = sa.Table(
    "names_view",
    metadata,
    sa.Column("person_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.String(200)),
)
map_aggregate(Tally, tallies)
