"""The W3C trace that a request or an event carries along, across threads and processes."""

import secrets
from contextvars import ContextVar

_current: ContextVar[str | None] = ContextVar("traceparent", default=None)


def current() -> str:
    """The traceparent of what is being done now; a new one where nothing began it."""
    value = _current.get()
    if value is None:
        value = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
        _current.set(value)
    return value


def follow(traceparent: str | None) -> None:
    """Go on with the trace of the one who asks; anything malformed starts a new one."""
    parts = (traceparent or "").split("-")
    well_formed = len(parts) == 4 and [len(p) for p in parts] == [2, 32, 16, 2]
    if well_formed and all(c in "0123456789abcdef" for p in parts for c in p):
        _current.set(f"00-{parts[1]}-{secrets.token_hex(8)}-{parts[3]}")
    else:
        _current.set(None)


def trace_id() -> str:
    """The 32 hexadecimal digits that logs, problems and facts of one journey share."""
    return current().split("-")[1]
