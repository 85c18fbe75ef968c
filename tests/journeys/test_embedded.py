"""The journeys in one process."""

from tests.journeys.embedded import EmbeddedStage
from tests.journeys.purchase import LEFT, TAX_INCLUDED, Journey


def test_a_purchase_is_followed_from_the_need_to_the_payment_without_anybody_being_asked(tmp_path):
    seen = Journey(EmbeddedStage(tmp_path), 44).play()
    assert seen["state"] == "settled"
    assert seen["line"] == seen["board"]
    assert (seen["line"]["paid"], seen["line"]["available"]) == (TAX_INCLUDED, LEFT)
    assert seen["facts"].count("cac.procurement.invoice-paid.v1") == 1
