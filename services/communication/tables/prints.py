"""Print requests with their acts, proofs and what was handed out."""

import sqlalchemy as sa

from services.communication.model import Answer, Colours, Paper, State, Step, Support
from services.communication.tables.columns import (
    PRIVATE,
    flag,
    hours,
    key_of,
    metadata,
    number,
    root,
    text,
)
from shared.store.columns import Moment, words

print_requests = root(
    "print_requests",
    sa.Column("need_id", sa.Uuid, nullable=False, unique=True),
    sa.Column("committee_id", sa.Uuid, nullable=False, index=True),
    sa.Column("action_id", sa.Uuid, nullable=False, index=True),
    text("title", 200),
    sa.Column("support", words(Support), nullable=False),
    sa.Column("opened_at", Moment, nullable=False),
    sa.Column("requested_by", sa.Uuid),
    sa.Column("owner", sa.Uuid),
    number("priority"),
    flag("planned"),
    text("department", 100),
    sa.Column("quantity", sa.Integer),
    text("page_format", 60),
    sa.Column("colours", words(Colours)),
    sa.Column("paper", words(Paper)),
    text("text", info=PRIVATE),
    text("zones", 500),
    text("place", 200),
    sa.Column("needed_by", sa.Date),
    sa.Column("contact", sa.Uuid),
    text("logo", 100),
    flag("printer_mention"),
    flag("french_text"),
    flag("image_rights"),
    sa.Column("state", words(State), nullable=False, index=True),
    sa.Column("due", sa.Date),
    *(number(name) for name in ("conception", "review", "proof", "printing", "delivery")),
    flag("from_model"),
    hours("hours", nullable=True),
    sa.Column("accepted_on", sa.Date),
    sa.Column("week", sa.Date, index=True),
    sa.Column("ready_by", sa.Date),
    flag("urgent"),
    sa.Column("proposed", sa.Date),
    number("rounds"),
    number("delivered"),
    sa.Column("delivered_on", sa.Date),
    number("handed_out"),
    sa.Column("journey", sa.Uuid),
    sa.CheckConstraint(
        "handed_out >= 0 AND handed_out <= delivered", name="handed_out_within_delivered"
    ),
)

acts = sa.Table(
    "acts",
    metadata,
    key_of("print_requests", "request_id"),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("step", words(Step), nullable=False),
    sa.Column("person", sa.Uuid),
    sa.Column("at", Moment, nullable=False),
    text("reason"),
)

proofs = sa.Table(
    "proofs",
    metadata,
    key_of("print_requests", "request_id"),
    sa.Column("edition", sa.Integer, primary_key=True),
    text("sha256", 64),
    number("size"),
    text("media_type", 40),
    sa.Column("published_at", Moment, nullable=False),
    sa.Column("published_by", sa.Uuid),
    sa.Column("answer", words(Answer)),
    sa.Column("answered_by", sa.Uuid),
    sa.Column("answered_at", Moment),
    text("reason"),
)

handouts = sa.Table(
    "handouts",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column(
        "request_id", sa.Uuid, sa.ForeignKey("print_requests.id"), nullable=False, index=True
    ),
    text("zone", 200),
    number("count"),
    number("left"),
    sa.Column("at", Moment, nullable=False),
    sa.Column("person", sa.Uuid),
)
