"""What may be done in integration; one function is one transaction."""

from services.integration.commands.grants import (
    Issued,
    change_grant,
    end_grant,
    grant_feed,
    issue_key,
    withdraw_key,
)
from services.integration.commands.reading import note_reading
from services.integration.commands.sandbox import end_sandbox, open_sandbox, send_made_up

__all__ = [
    "Issued",
    "change_grant",
    "end_grant",
    "end_sandbox",
    "grant_feed",
    "issue_key",
    "note_reading",
    "open_sandbox",
    "send_made_up",
    "withdraw_key",
]
