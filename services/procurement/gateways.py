"""Documents: an order becomes a PDF that archives keep and screen readers read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from shared.store.papers import pdf

TEMPLATES = Path(__file__).parent / "documents"


class Documents(Protocol):
    """Makes the documents of procurement."""

    def order(self, data: Mapping[str, Any]) -> bytes:
        """The purchase order as a PDF; ``data`` holds text only, already written for people."""


class TypstDocuments:
    """The documents as typst templates."""

    def order(self, data: Mapping[str, Any]) -> bytes:
        """Compile ``order.typ`` with ``data``."""
        return pdf(TEMPLATES / "order.typ", data)


def gateways(settings: Any) -> dict[str, Any]:
    """The adapters of this service."""
    return {"Documents": TypstDocuments()}
