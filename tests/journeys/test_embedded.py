"""The journeys in one process."""

from pathlib import Path

import pytest

from services.directory.demonstration import persona_id
from tests.journeys.embedded import EmbeddedStage
from tests.journeys.purchase import LEFT, TAX_INCLUDED, Journey


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedStage:
    return EmbeddedStage(tmp_path_factory.mktemp("embedded"))


def test_a_purchase_is_followed_from_the_need_to_the_payment_without_anybody_being_asked(stage):
    seen = Journey(stage, 44).play()
    assert seen["state"] == "settled"
    assert seen["line"] == seen["board"]
    assert (seen["line"]["paid"], seen["line"]["available"]) == (TAX_INCLUDED, LEFT)
    assert ["validé" in text or "commandé" in text for text in seen["told"]] == [True, True]
    assert seen["facts"].count("cac.procurement.invoice-paid.v1") == 1


def test_a_database_that_cannot_be_read_is_told_on_a_page_and_stops_no_other_service(stage):
    signed_in = stage.enter(persona_id("aline.exemple")).visitor
    assert signed_in.get("/procurement/a-approuver").status == 200
    database = stage.runtime.workplaces["procurement"].database
    with away(database.path, database):
        page = signed_in.get("/procurement/a-approuver")
        assert page.status == 503
        assert page.headers["Retry-After"] == "30"
        assert "momentanément arrêté" in page.text
        assert "rien n’a été enregistré" in page.text
        problem = signed_in.get("/procurement/api/v1/purchases")
        assert problem.status == problem.json["status"] == 503
        assert signed_in.get("/monitoring/").status == 200
    assert signed_in.get("/procurement/a-approuver").status == 200


class away:  # noqa: N801 - read as a word of the sentence
    """While something else lies where the database was."""

    def __init__(self, path: Path, database) -> None:
        self.path, self.database = path, database
        self.kept = path.with_suffix(".kept")

    def __enter__(self) -> None:
        self.database.engine.dispose()
        self.path.rename(self.kept)
        self.path.mkdir()

    def __exit__(self, *_: object) -> None:
        self.database.engine.dispose()
        self.path.rmdir()
        self.kept.rename(self.path)
