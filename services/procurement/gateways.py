"""Documents: an order becomes a PDF that archives keep and screen readers read."""

import json
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

TEMPLATES = Path(__file__).parent / "documents"


class Documents(Protocol):
    """Makes the documents of procurement."""

    def order(self, data: Mapping[str, Any]) -> bytes:
        """The purchase order as a PDF; ``data`` holds text only, already written for people."""


class TypstDocuments:
    """PDF/A-2a and PDF/UA-1 by typst; data travel as JSON, so nothing in them is markup."""

    @cached_property
    def _compiler(self) -> Any:
        import typst

        return typst

    def order(self, data: Mapping[str, Any]) -> bytes:
        """Compile ``order.typ`` with ``data``."""
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "order.typ"
            source.write_text((TEMPLATES / "order.typ").read_text(encoding="utf-8"), "utf-8")
            (Path(folder) / "order.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
            pdf: bytes = self._compiler.compile(
                str(source),
                root=folder,
                format="pdf",
                pdf_standards=["a-2a", "ua-1"],
                ignore_system_fonts=True,
            )
        return pdf


def gateways(settings: Any) -> dict[str, Any]:
    """The adapters of this service."""
    return {"Documents": TypstDocuments()}
