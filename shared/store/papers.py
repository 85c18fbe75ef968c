"""Documents for archives and screen readers, PDF/A-2a and PDF/UA-1, and pictures, by typst.

Data travel beside the template as JSON, so nothing in them is markup.
"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """``template`` (typst) with ``data``, which it reads as ``json("data.json")``."""
    return _compiled(template, data, format="pdf", pdf_standards=["a-2a", "ua-1"])


def picture(template: Path, data: Mapping[str, Any], pixels_per_inch: int = 96) -> bytes:
    """The first page of ``template`` (typst) with ``data``, as a PNG."""
    return _compiled(template, data, format="png", ppi=pixels_per_inch)


def _compiled(template: Path, data: Mapping[str, Any], **options: Any) -> bytes:
    import typst  # 34 MB, wanted by few processes

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / template.name
        source.write_text(template.read_text(encoding="utf-8"), "utf-8")
        (Path(folder) / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        made: bytes = typst.compile(
            str(source),
            root=folder,
            ignore_system_fonts=True,
            **options,
        )
    return made
