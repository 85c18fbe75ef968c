"""What telling answers."""

import sqlalchemy as sa

from shared.store.reading import Reading, Row
from tests.shared.sample.telling.tables import stories


def _scope_of_story(read: Reading, *, story_id: object) -> set[str]:
    return {f"story:{story_id}", "all"}


def story(read: Reading, *, story_id: object) -> Row:
    return read.one(sa.select(stories).where(stories.c.id == story_id), "Pas d’histoire ici.")


def library(read: Reading, *, after: str | None = None, limit: int = 50) -> dict:
    rows, following = read.page(
        sa.select(stories.c.title, stories.c.id),
        order=(stories.c.title, stories.c.id),
        after=after,
        limit=limit,
    )
    return {"items": rows, "next": following}


def broken(read: Reading) -> None:
    raise RuntimeError("on purpose")
