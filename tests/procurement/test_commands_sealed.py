"""What is sealed or kept: quotes before closing, interests, files, orders without a gap."""

from decimal import Decimal
from uuid import uuid4

import pytest
import sqlalchemy as sa

from services.procurement import commands, queries
from services.procurement.model import refusals
from shared.kernel.refusals import Forbidden, NotFound
from shared.store.tables import audit
from shared.store.uploads import FileNotAccepted
from tests.procurement.world import PDF, World


def test_nobody_reads_a_quote_before_closing(world: World):
    purchase = world.need(world.line())
    suppliers = world.suppliers()
    world.asked(purchase, suppliers)
    quote = world.register(purchase, suppliers[0])
    for who in ("buyer", "dpc", "delegate", "auditor", "member"):
        with pytest.raises(NotFound):
            world.ask(queries.quote_file, who, purchase_id=purchase, quote_id=quote)
    card = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)
    assert set(card["quotes"][0]) == {
        "id",
        "supplier",
        "supplier_id",
        "received_at",
        "set_aside",
        "round",
    }
    assert world.ask(queries.purchase_card, "member", purchase_id=purchase)["quotes"] == []


def test_members_read_amounts_after_the_award_only(world: World):
    purchase = world.checked(world.line())
    before = world.ask(queries.purchase_card, "member", purchase_id=purchase)
    assert (before["amount_incl_tax"], before["supplier"], before["quotes"]) == (None, None, [])
    world.validate(purchase)
    after = world.ask(queries.purchase_card, "member", purchase_id=purchase)
    assert after["amount_incl_tax"] == Decimal("1974.70")
    assert len(after["quotes"]) == 1


def test_the_timer_opens_once_and_never_early(world: World):
    purchase = world.need(world.line())
    world.asked(purchase, world.suppliers())
    world.do(commands.close_the_request, None, subject=purchase)
    assert world.state(purchase) == "quoting"
    world.close(purchase)
    world.do(commands.close_the_request, None, subject=purchase)
    assert world.state(purchase) == "comparing"
    world.do(commands.close_the_request, None, subject=uuid4())


def test_the_audit_keeps_no_copy_of_what_is_sealed_or_of_an_interest(world: World):
    purchase = world.checked(world.line())
    world.do(
        commands.declare_interest, "signer", purchase_id=purchase, text="Ma sœur y est associée"
    )
    with world.database.read() as connection:
        noted = repr(connection.execute(sa.select(audit)).all())
    assert "Ma sœur" not in noted
    assert "1900.00" not in noted


def test_an_interest_closes_the_file_to_who_declared_it(world: World):
    purchase = world.checked(world.line())
    world.do(commands.declare_interest, "delegate", purchase_id=purchase, text="Mon frère")
    for query in (queries.decision, queries.purchase_card):
        with pytest.raises(Forbidden):
            world.ask(query, "delegate", purchase_id=purchase)
    with pytest.raises(refusals.InterestDeclared):
        world.validate(purchase, seen=world.seen(purchase, "signer"))


@pytest.mark.parametrize(
    "data",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90", b"", b"%PDF-" + bytes(10_000_001)],
    ids=["svg named pdf", "program", "empty", "too large"],
)
def test_a_file_is_known_by_what_it_holds(world: World, data):
    purchase = world.need(world.line())
    suppliers = world.suppliers()
    world.asked(purchase, suppliers)
    with pytest.raises(FileNotAccepted):
        world.register(purchase, suppliers[0], data)


@pytest.mark.parametrize("data", [PDF, b"\xff\xd8\xff\xe0 photo", b"\x89PNG\r\n\x1a\n image"])
def test_pdf_jpeg_and_png_are_kept(world: World, data):
    purchase = world.need(world.line())
    suppliers = world.suppliers()
    world.asked(purchase, suppliers)
    assert world.register(purchase, suppliers[0], data)


def test_the_order_is_a_tagged_pdf_that_exists_from_the_signature_on(world: World):
    line = world.line()
    purchase = world.checked(line)
    with pytest.raises(NotFound):
        world.ask(queries.order_file, "buyer", purchase_id=purchase)
    ordered = world.ordered(world.line())
    found = world.ask(queries.order_file, "member", purchase_id=ordered)
    data = world.runtime.workplaces["procurement"].files.open(found["file"])
    assert data.startswith(b"%PDF-")
    assert b"fr-RE" in data
    assert b"pdfaid" in data
    assert b"pdfuaid" in data


def test_order_numbers_have_no_gap_even_after_a_refused_signature(world: World):
    first = world.ordered(world.line("3000"))
    waiting = world.checked(world.line("3000"))
    world.validate(waiting)
    world.do(commands.record_commitment, "clerk", purchase_id=waiting, number="E-8")
    with pytest.raises(refusals.DutiesNotSeparated):
        world.do(commands.sign_order, "delegate", purchase_id=waiting, seen=world.seen(waiting))
    seen = world.seen(waiting)
    number = world.do(commands.sign_order, "signer", purchase_id=waiting, seen=seen)
    assert number.endswith("-0002")
    assert world.ask(queries.order_file, "buyer", purchase_id=first)["number"].endswith("-0001")
