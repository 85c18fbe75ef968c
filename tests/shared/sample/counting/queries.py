"""What counting answers."""

import sqlalchemy as sa

from shared.store.reading import Reading, Row
from tests.shared.sample.counting.tables import stories_view


def stories(read: Reading) -> list[Row]:
    return read.rows(sa.select(stories_view).order_by(stories_view.c.title).limit(1000))
