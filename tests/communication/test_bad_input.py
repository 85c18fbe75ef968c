"""A proof replaced under the pen, a print that fits nowhere, over HTTP: a sentence, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from threading import Barrier

import pytest
from werkzeug.test import TestResponse

from services.communication import commands
from services.communication.model import State
from tests.communication.test_api import post, put
from tests.communication.test_pages import deed
from tests.communication.world import PNG, World


def problem(answer: TestResponse) -> str:
    """The sentences of a refusal, as a program reads them."""
    assert answer.mimetype == "application/problem+json"
    return " ".join(map(str, answer.json.values())).replace("\u00a0", " ")


@pytest.mark.feature("K12", "Y7")
def test_a_proof_replaced_while_it_is_being_signed_is_not_the_one_that_is_signed(world: World):
    request = world.proofed()
    seen, together = world.seen(request), Barrier(2)

    def sign() -> TestResponse:
        together.wait()
        return deed(world, request, "signer", "lead", seen=seen)

    def replace() -> TestResponse:
        together.wait()
        return deed(world, request, "bat", file=(BytesIO(PNG), "bat.png"))

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(sign), pool.submit(replace)]
        signed, replaced = (future.result() for future in futures)
    assert replaced.status_code == 303
    assert signed.status_code in (303, 409)
    if signed.status_code == 409:
        assert "Le BAT a été remplacé depuis que vous l’avez ouvert" in signed.text
        assert "rien n’est signé" in signed.text
    assert world.seen(request) != seen
    assert world.state(request) == State.PROOF
    assert [slot["firm"] for slot in world.slots()] == [False]
    assert deed(world, request, "imprimer").status_code == 409
    assert deed(world, request, "signer", "lead", seen=world.seen(request)).status_code == 303
    assert world.state(request) == State.APPROVED


@pytest.mark.feature("K12", "Y7")
def test_a_program_that_signs_other_bytes_is_refused_with_the_reason(world: World):
    request = world.proofed()
    seen = world.seen(request)
    world.do(commands.publish_proof, "printer", request_id=request, file=PNG)
    refused = post(world, "lead", f"/prints/{request}/approval", {"seen": seen})
    assert refused.status_code == 409
    assert "remplacé" in problem(refused)
    assert "proof-approved" not in world.facts()
    good = post(world, "lead", f"/prints/{request}/approval", {"seen": world.seen(request)})
    assert good.status_code == 204


@pytest.mark.feature("K13")
def test_a_print_that_fits_nowhere_says_so_and_what_can_be_done(world: World):
    request = world.accepted("12", needed_by=world.day(12))
    page = world.page("printer", f"/demandes/{request}")
    for way in ("Au plus tôt", "Partir du modèle de la Ville", "Demander un devis dehors"):
        assert way in page
    week = {"week": world.day(60).isoformat()}
    by_page = deed(world, request, "placer", **week)
    by_program = put(world, "printer", f"/prints/{request}/slot", week, "*")
    assert by_page.status_code == by_program.status_code == 409
    assert "Première semaine qui convient" in by_page.text
    assert problem(by_program)
    assert by_program.json["unblocks"]
    assert world.state(request) == State.ACCEPTED
    assert world.slots() == []
    assert "Flyers de la fête" in world.page("member", f"/demandes/{request}")
