"""Logs as JSON lines on standard error, with the trace; ids only, never a name or an address.

An exception is told by its type and where it was raised, without its message: a message repeats
what somebody typed, or what a row holds. ``RK_LOG_LEVEL=DEBUG`` shows messages too.
"""

import logging
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog

from shared.kernel import trace


def _with_trace(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    event.setdefault("trace_id", trace.trace_id())
    return event


def _where(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """``exc_info`` as the chain of what was raised, each with the places it went through."""
    given = event.pop("exc_info", None)
    if isinstance(given, tuple):
        given = given[1]
    elif given and not isinstance(given, BaseException):
        given = sys.exc_info()[1]
    if given:
        event["exception"] = [_raised(error) for error in _chain(given)]
    return event


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _raised(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"type": f"{type(error).__module__}.{type(error).__qualname__}", "at": places}


def _short(file: str) -> str:
    return "/".join(Path(file).parts[-3:])


def configure(level: str = "INFO", service: str = "") -> None:
    """Send our logs and the libraries' through one JSON form; noisy libraries only warn."""
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_trace,
        structlog.processors.format_exc_info if level == "DEBUG" else _where,
    ]
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=processors,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in ("kafka", "alembic", "gunicorn.access", "urllib3", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(
        processors=[*processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
    )
    if service:
        structlog.contextvars.bind_contextvars(process=service)
