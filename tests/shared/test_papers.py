"""Documents: data are never markup, a picture is one, a PDF is archivable."""

from pathlib import Path

import pytest

from shared.store import papers

TEMPLATE = """#let told = json("data.json")
#set document(title: "Essai")
#set text(lang: "fr")
= #told.text
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "essai.typ"
    file.write_text(TEMPLATE, encoding="utf-8")
    return file


def test_a_document_is_a_pdf_for_archives(template: Path):
    made = papers.pdf(template, {"text": "Été"})
    assert made.startswith(b"%PDF")
    assert b"pdfuaid" in made


def test_a_picture_is_a_png_of_the_first_page(template: Path):
    small, large = (papers.picture(template, {"text": "Été"}, ppi) for ppi in (24, 48))
    assert small.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(large[16:20]) > int.from_bytes(small[16:20])


def test_what_is_told_is_text_and_never_markup(template: Path):
    papers.picture(template, {"text": '#panic("lu") $x *'}, 24)
