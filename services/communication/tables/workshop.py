"""The workshop: its usual week, its weeks with what they hold, its catalogue."""

import sqlalchemy as sa

from services.communication.model import Support
from services.communication.tables.columns import flag, hours, key_of, metadata, number, root, text
from shared.store.columns import words

workshops = root(
    "workshops",
    sa.Column("department", sa.String(100), nullable=False, unique=True),
    hours("hours"),
    hours("reserve"),
)

weeks = root(
    "weeks",
    text("department", 100),
    sa.Column("monday", sa.Date, nullable=False, index=True),
    hours("hours", nullable=True),
    hours("held"),
    text("why", 200),
    sa.UniqueConstraint("department", "monday"),
    sa.CheckConstraint("held >= 0", name="held_not_negative"),
)

slots = sa.Table(
    "slots",
    metadata,
    key_of("weeks", "week_id"),
    sa.Column(
        "request_id",
        sa.Uuid,
        sa.ForeignKey("print_requests.id"),
        primary_key=True,
        unique=True,
    ),
    hours("hours"),
    flag("firm"),
)

offers = root(
    "offers",
    text("department", 100),
    sa.Column("support", words(Support), nullable=False),
    hours("hours"),
    *(number(name) for name in ("conception", "review", "proof", "printing", "delivery")),
    text("conditions"),
    sa.UniqueConstraint("department", "support"),
)
