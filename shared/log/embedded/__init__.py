"""The event log in one SQLite file, for one machine: no broker, the same promises."""

from shared.log.embedded.log import EmbeddedLog

__all__ = ["EmbeddedLog"]
