"""Documents: the minutes of a vote, for archives and screen readers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from shared.store.papers import pdf

TEMPLATES = Path(__file__).parent / "documents"


class Documents(Protocol):
    """Makes the documents of decision."""

    def minutes(self, data: Mapping[str, Any]) -> bytes:
        """The minutes as a PDF; ``data`` holds text only, already written for people."""


class TypstDocuments:
    """The documents as typst templates."""

    def minutes(self, data: Mapping[str, Any]) -> bytes:
        """Compile ``minutes.typ`` with ``data``."""
        return pdf(TEMPLATES / "minutes.typ", data)


def gateways(settings: Any) -> dict[str, Any]:
    """The adapters of this service."""
    return {"Documents": TypstDocuments()}
