"""Maps pure aggregates onto tables, imperatively, each with its version."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import registry, relationship

_registry = registry()


def map_aggregate(
    cls: type, table: sa.Table, *, parts: dict[str, Any] | None = None, **options: Any
) -> None:
    """Map an aggregate root; its table has ``id`` and ``version``, raised by the unit of work.

    ``parts`` are what belongs to the root alone: ``{"lines": part(Line, order_by=…)}``; they are
    loaded and deleted with it.
    """
    _registry.map_imperatively(cls, table, properties=parts or {}, **options)


def map_part(cls: type, table: sa.Table, **options: Any) -> None:
    """Map a class whose objects live inside an aggregate."""
    _registry.map_imperatively(cls, table, **options)


def part(cls: type, **options: Any) -> Any:
    """The relationship from a root to what belongs to it alone (a list unless ``uselist``)."""
    return relationship(cls, cascade="all, delete-orphan", lazy="selectin", **options)
