"""Pages of files and lists: attachments, exports, forms of each part of a purchase."""

import io
from datetime import timedelta
from typing import Any

import pytest

from services.procurement import commands, queries
from tests.procurement.browsing import as_, page
from tests.procurement.world import COMMITTEE, PDF, World


def test_a_sealed_quote_is_registered_from_a_page_and_read_by_nobody_before_closing(world: World):
    purchase = world.need(world.line())
    suppliers = world.suppliers()
    world.asked(purchase, suppliers)
    here = f"/consultations/{purchase}/recevoir"
    sent: dict[str, Any] = {
        "supplier_id": str(suppliers[0]),
        "file": (io.BytesIO(PDF), "../../etc/devis.pdf"),
    }
    assert as_(world, "buyer").post(here, data=sent).status_code == 303
    card = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)
    quote = card["quotes"][0]["id"]
    page(world, "buyer", f"/achats/{purchase}/devis/{quote}", 404)
    world.close(purchase)
    opened = as_(world, "buyer").get(f"/achats/{purchase}/devis/{quote}")
    assert opened.data == PDF
    assert opened.headers["Content-Disposition"].startswith("attachment;")
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert "etc" not in opened.headers["Content-Disposition"]
    page(world, "member", f"/achats/{purchase}/devis/{quote}", 404)
    page(world, "stranger", f"/achats/{purchase}/devis/{quote}", 403)


def test_an_svg_named_pdf_is_refused_with_a_sentence(world: World):
    purchase = world.need(world.line())
    suppliers = world.suppliers()
    world.asked(purchase, suppliers)
    sent: dict[str, Any] = {
        "supplier_id": str(suppliers[0]),
        "file": (io.BytesIO(b"<svg onload='alert(1)'/>"), "devis.pdf"),
    }
    again = as_(world, "buyer").post(f"/consultations/{purchase}/recevoir", data=sent)
    assert again.status_code == 422
    assert "PDF, JPEG ou PNG" in again.text


def test_the_order_is_downloaded_once_signed(world: World):
    purchase = world.checked(world.line())
    page(world, "member", f"/achats/{purchase}/bon-de-commande", 404)
    ordered = world.ordered(world.line())
    sent = as_(world, "member").get(f"/achats/{ordered}/bon-de-commande")
    assert sent.mimetype == "application/pdf"
    assert "BC-" in sent.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "who, path",
    [
        ("buyer", "/"),
        ("buyer", "/a-approuver"),
        ("buyer", "/consultations"),
        ("clerk", "/commandes"),
        ("clerk", "/factures"),
        ("buyer", "/fournisseurs"),
        ("dpc", "/lignes"),
        ("dpc", "/enveloppes"),
        ("buyer", "/regles"),
        ("member", f"/besoins/{COMMITTEE}"),
    ],
)
def test_every_list_exports_and_no_cell_is_a_formula(world: World, who: str, path: str):
    world.need(world.line(), title='=HYPERLINK("http://mechant")')
    response = as_(world, who).get(f"{path}?format=csv")
    assert response.mimetype == "text/csv"
    cells = [cell.strip('"') for row in response.text.splitlines()[1:] for cell in row.split(";")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    if path in ("/", "/consultations"):
        assert "'=HYPERLINK" in response.text


def test_a_delivery_is_certified_from_a_phone(world: World):
    ordered = world.ordered(world.line())
    form = {
        "lines-0-position": "1",
        "lines-0-quantity": "0,5",
        "delivered_on": world.today.isoformat(),
        "reserves": "Un pied cassé",
    }
    refused = as_(world, "lead").post(f"/livraisons/{ordered}", data=form)
    assert refused.status_code == 422
    assert "Seule une personne présente" in refused.text
    posted = as_(world, "lead").post(f"/livraisons/{ordered}", data=form | {"was_there": "1"})
    assert posted.status_code == 303
    assert world.state(ordered) == "partly-delivered"
    assert "Un pied cassé" in page(world, "member", f"/achats/{ordered}")


def test_suppliers_are_asked_from_a_page(world: World):
    purchase = world.need(world.line())
    suppliers = world.suppliers()
    form = {
        "suppliers": [str(s) for s in suppliers],
        "closes_on": (world.today + timedelta(7)).isoformat(),
        "closes_hour": "12",
        "cost": "60",
        "delay": "20",
        "environment": "20",
    }
    posted = as_(world, "buyer").post(f"/consultations/{purchase}/demander", data=form)
    assert posted.status_code == 303, posted.text
    card = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)
    assert card["closes_at"].hour == 8
    assert card["state"] == "quoting"


def test_the_envelopes_of_a_year_open_from_one_screen(world: World):
    year = world.today.year + 1
    form = {"year": str(year), "amount": "7 000,00"}
    posted = as_(world, "dpc").post(f"/enveloppes?annee={year}", data=form)
    assert posted.status_code == 303
    assert "7\u00a0000,00" in page(world, "dpc", f"/enveloppes?annee={year}")


def test_a_quote_is_typed_from_a_page(world: World):
    purchase, quotes = world.compared(world.line())
    form = {
        "lines-0-label": "Sono",
        "lines-0-quantity": "1",
        "lines-0-unit": "jour",
        "lines-0-unit_price_excl_tax": "1 000,00",
        "lines-0-vat_rate": "8,5",
        "score_delay": "10",
        "score_environment": "5",
    }
    here = f"/consultations/{purchase}/devis/{quotes[0]}"
    assert as_(world, "buyer").post(here, data=form).status_code == 303
    assert "1\u00a0085,00" in page(world, "buyer", f"/consultations/{purchase}")


def test_no_page_tells_a_member_who_quoted_or_how_much_before_the_award(world: World):
    purchase = world.checked(world.line())
    quote = world.ask(queries.purchase_card, "buyer", purchase_id=purchase)["chosen_id"]
    world.typed(purchase, quote, "1700.00")
    refused = world.checked(world.line())
    world.do(commands.refuse_purchase, "delegate", purchase_id=refused, reason="Trop cher")
    files = [
        f"/{place}/{which}" for place in ("achats", "a-approuver") for which in (purchase, refused)
    ]
    for path in (*files, f"/besoins/{COMMITTEE}", "/?clos=1"):
        text = page(world, "member", path)
        for secret in ("Fournisseur 1", "1\u00a0974,70", "1974.70", "1844.50", "1\u00a0844,50"):
            assert secret not in text, path
