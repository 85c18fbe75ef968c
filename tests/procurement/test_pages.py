"""Pages: everyone sees what is theirs, decisions are posted, nothing typed is lost."""

from datetime import timedelta
from uuid import UUID

import pytest

from shared.testing.product import client
from tests.procurement.browsing import as_, page
from tests.procurement.world import COMMITTEE, World


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


@pytest.mark.feature("A1", "A2")
def test_a_member_asks_for_something_on_a_phone(world: World):
    here = f"/besoins/{COMMITTEE}/nouveau"
    posted = as_(world, "member").post(here, data=need_form(world))
    assert posted.status_code == 303
    purchase = UUID(posted.headers["Location"].rsplit("/", 1)[-1])
    assert world.state(purchase) == "needed"
    text = page(world, "member", f"/achats/{purchase}")
    assert "Sonorisation et scène" in text
    assert "1 · indispensable" in text


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


@pytest.mark.feature("A19", "Y9")
def test_the_money_refused_says_how_much_is_missing_and_who_can_move_some(world: World):
    purchase = world.checked(world.line("1900.00"))
    again = as_(world, "delegate").post(
        f"/a-approuver/{purchase}/valider", data=decision_form(world, purchase)
    )
    assert again.status_code == 409
    assert "Il manque 74,70\u00a0€" in again.text
    assert "Lucette Modèle" in again.text
