"""Documents: the bilan of an action, for archives and screen readers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from shared.store.papers import pdf

TEMPLATES = Path(__file__).parent / "documents"


class Documents(Protocol):
    """Makes the documents of planning."""

    def bilan(self, data: Mapping[str, Any]) -> bytes:
        """The bilan as a PDF; ``data`` holds text only, already written for people."""


class TypstDocuments:
    """The documents as typst templates."""

    def bilan(self, data: Mapping[str, Any]) -> bytes:
        """Compile ``bilan.typ`` with ``data``."""
        return pdf(TEMPLATES / "bilan.typ", data)


def gateways(settings: Any) -> dict[str, Any]:
    """The adapters of this service."""
    return {"Documents": TypstDocuments()}
