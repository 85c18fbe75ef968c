"""Documents: the report of a diagnostic, for archives and screen readers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from shared.store.papers import pdf

TEMPLATES = Path(__file__).parent / "documents"


class Documents(Protocol):
    """Makes the documents of diagnostic."""

    def report(self, data: Mapping[str, Any]) -> bytes:
        """The report as a PDF; ``data`` holds text only, already written for people."""


class TypstDocuments:
    """The documents as typst templates."""

    def report(self, data: Mapping[str, Any]) -> bytes:
        """Compile ``report.typ`` with ``data``."""
        return pdf(TEMPLATES / "report.typ", data)


def gateways(settings: Any) -> dict[str, Any]:
    """The adapters of this service."""
    return {"Documents": TypstDocuments()}
