"""Logs as JSON lines on standard error, with the trace; ids only, never a name or an address."""

import logging
import sys
from typing import Any

import structlog

from shared.kernel import trace


def _with_trace(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    event.setdefault("trace_id", trace.trace_id())
    return event


def configure(level: str = "INFO", service: str = "") -> None:
    """Send our logs and the libraries' through one JSON form; noisy libraries only warn."""
    processors: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _with_trace,
        structlog.processors.format_exc_info,
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
        cache_logger_on_first_use=True,
    )
    if service:
        structlog.contextvars.bind_contextvars(process=service)
