"""What the documents repeat of the code is what the code says."""

import pytest

from tests.architecture.documents import DOCUMENTS, ROOT


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_a_document_made_from_the_code_is_up_to_date(path):
    kept = (ROOT / path).read_text(encoding="utf-8")
    assert kept == DOCUMENTS[path](), "write it with: python -m tests.architecture.documents"
