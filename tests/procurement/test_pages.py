"""Pages: everyone sees what is theirs, decisions are posted, files are attachments, lists export."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from services.procurement import commands, queries
from shared.testing.product import client
from tests.procurement.world import COMMITTEE, PDF, World, actor


def as_(world: World, who: str) -> FlaskClient:
    return client(world.runtime, "procurement", actor(who))


def page(world: World, who: str, path: str, status: int = 200) -> str:
    response = as_(world, who).get(path)
    assert response.status_code == status, response.text[:2000]
    return response.text


def test_every_page_opens_for_those_it_is_for_at_every_step(world: World):
    line = world.line("7000")
    ordered = world.ordered(line)
    checked = world.checked(line, prices=("100.00", "110.00"))
    compared, quotes = world.compared(line, ("200.00", "210.00"))
    quoting = world.need(line)
    world.asked(quoting, world.suppliers())
    needed = world.need(line)
    every = (ordered, checked, compared, quoting, needed)
    for who in ("member", "lead", "buyer", "dpc", "delegate", "clerk", "auditor"):
        for purchase in every:
            page(world, who, f"/achats/{purchase}")
        page(world, who, "/")
        page(world, who, "/?clos=1")
        page(world, who, f"/besoins/{COMMITTEE}")
        page(world, who, "/lignes")
        page(world, who, f"/lignes/{line}")
        page(world, who, "/commandes")
        page(world, who, "/regles")
    for purchase in every:
        for who in ("buyer", "dpc"):
            page(world, who, f"/consultations/{purchase}")
        page(world, "delegate", f"/a-approuver/{purchase}")
        page(world, "buyer", f"/a-approuver/{purchase}")
    page(world, "buyer", f"/consultations/{compared}/devis/{quotes[0]}")
    for path in ("/consultations", "/fournisseurs", "/familles", "/a-approuver"):
        page(world, "buyer", path)
    for path in ("/a-numeroter", "/factures", f"/factures/{ordered}", "/factures?toutes=1"):
        page(world, "clerk", path)
    for path in ("/livraisons", f"/livraisons/{ordered}", f"/besoins/{COMMITTEE}/nouveau"):
        page(world, "lead", path)
    for path in ("/enveloppes", "/enveloppes?annee=2031", "/lignes/nouvelle", "/regles"):
        page(world, "dpc", path)
    assert as_(world, "member").get("/besoins").status_code == 302


def test_who_has_no_right_gets_a_page_that_says_so(world: World):
    purchase = world.need(world.line())
    for path in (f"/achats/{purchase}", f"/a-approuver/{purchase}"):
        page(world, "stranger", path, 403)
    page(world, "member", "/a-approuver", 403)
    page(world, "member", "/enveloppes", 403)
    anonymous = client(world.runtime, "procurement")
    assert anonymous.get(f"/achats/{purchase}").status_code == 401


def need_form(world: World, **changes: str) -> dict[str, str]:
    return {
        "title": "Sonorisation et scène",
        "kind": "hire",
        "category": "services",
        "family": "Sonorisation",
        "place": "Préau",
        "needed_by": (world.today + timedelta(60)).isoformat(),
        "priority": "1",
        "lines-0-label": "Sono",
        "lines-0-quantity": "1",
        "lines-0-unit": "jour",
    } | changes


@pytest.mark.feature("A1")
def test_a_member_asks_for_something_on_a_phone(world: World):
    here = f"/besoins/{COMMITTEE}/nouveau"
    posted = as_(world, "member").post(here, data=need_form(world))
    assert posted.status_code == 303
    purchase = UUID(posted.headers["Location"].rsplit("/", 1)[-1])
    assert world.state(purchase) == "needed"
    assert "Sonorisation et scène" in page(world, "member", f"/achats/{purchase}")


def test_a_refused_form_keeps_what_was_typed_and_says_where(world: World):
    here = f"/besoins/{COMMITTEE}/nouveau"
    past = need_form(world, needed_by="2020-01-01", place="")
    again = as_(world, "member").post(here, data=past)
    assert again.status_code == 422
    assert "Sonorisation et scène" in again.text
    assert 'href="#champ-place"' in again.text


def decision_form(world: World, purchase: UUID, **more: str) -> dict[str, str]:
    return {"seen": world.seen(purchase), "no_interest": "1"} | more


@pytest.mark.feature("A16")
def test_the_button_names_its_effect_for_the_role_and_does_it(world: World):
    line = world.line()
    purchase = world.checked(line)
    here = f"/a-approuver/{purchase}"
    text = page(world, "delegate", here)
    assert "Valider et réserver 1\u00a0974,70\u00a0€" in text
    assert "Valider et réserver" not in page(world, "buyer", here)
    posted = as_(world, "delegate").post(f"{here}/valider", data=decision_form(world, purchase))
    assert posted.status_code == 303
    assert world.state(purchase) == "validated"


def test_who_checked_sees_why_they_cannot_decide(world: World):
    compared, _ = world.compared(world.line())
    assert "Proposer à la validation" in page(world, "buyer", f"/a-approuver/{compared}")


def test_refusing_and_asking_for_more_need_a_reason(world: World):
    purchase = world.checked(world.line())
    for deed in ("refuser", "complement"):
        again = as_(world, "delegate").post(
            f"/a-approuver/{purchase}/{deed}", data=decision_form(world, purchase)
        )
        assert again.status_code == 422
        assert "champ-reason" in again.text
    posted = as_(world, "delegate").post(
        f"/a-approuver/{purchase}/refuser",
        data=decision_form(world, purchase, reason="Hors de prix"),
    )
    assert posted.status_code == 303
    assert world.state(purchase) == "refused"
    assert "Hors de prix" in page(world, "member", f"/achats/{purchase}")


def test_looking_at_a_page_never_decides(world: World):
    purchase = world.checked(world.line())
    before = world.facts()
    for deed in ("valider", "refuser", "complement", "signer", "proposer"):
        for method in ("get", "head"):
            response = getattr(as_(world, "delegate"), method)(f"/a-approuver/{purchase}/{deed}")
            assert response.status_code == 405
    as_(world, "delegate").head(f"/a-approuver/{purchase}")
    assert world.facts() == before


def test_a_form_sent_twice_has_one_effect(world: World):
    line = world.line()
    purchase = world.checked(line)
    form = decision_form(world, purchase, idempotency_key="the same")
    for _ in range(2):
        posted = as_(world, "delegate").post(f"/a-approuver/{purchase}/valider", data=form)
        assert posted.status_code == 303
    assert world.facts().count("quote-validated") == 1


def test_the_money_refused_says_how_much_is_missing_and_who_can_move_some(world: World):
    purchase = world.checked(world.line("1900.00"))
    again = as_(world, "delegate").post(
        f"/a-approuver/{purchase}/valider", data=decision_form(world, purchase)
    )
    assert again.status_code == 409
    assert "Il manque 74,70\u00a0€" in again.text
    assert "Lucette Modèle" in again.text


# files


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


# lists


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
