"""A supplier answers by its own link: once, in time, sealed, and sees nothing but its request."""

import io
import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.procurement import commands, queries, tables
from services.procurement.model.refusals import ClosingPast, NotInvited, WrongValue
from shared.kernel.refusals import Forbidden
from shared.kernel.rights import ANONYMOUS
from shared.store.links import LinkUnknown, LinkUsed
from shared.store.uploads import FileNotAccepted
from shared.testing.product import client
from tests.procurement.browsing import as_, page
from tests.procurement.world import PDF, World

PRICE = "4321.09"


class Consultation:
    """Three suppliers asked, and the secret of the first one's link."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.line = world.line("6000.00")
        self.purchase = world.need(self.line, estimate_incl_tax=Decimal("5555.55"))
        self.suppliers = world.suppliers()
        world.asked(self.purchase, self.suppliers)
        self.secret = self.link(self.suppliers[0])

    def link(self, supplier: UUID, who: str = "buyer") -> str:
        given = {"purchase_id": self.purchase, "supplier_id": supplier}
        secret: str = self.world.do(commands.issue_quote_link, who, **given)
        return secret

    def send(self, secret: str | None = None, price: str = PRICE, **changes: Any) -> Any:
        given: dict[str, Any] = {
            "prices": [{"unit_price_excl_tax": Decimal(price), "vat_rate": Decimal("8.5")}],
            "file": PDF,
            "delivery_date": self.world.today + timedelta(30),
        }
        return self.world.cases.perform(
            commands.send_quote,
            actor=ANONYMOUS,
            secret=secret or self.secret,
            **(given | changes),
        )

    def card(self, who: str = "buyer") -> dict[str, Any]:
        found: dict[str, Any] = self.world.ask(queries.decision, who, purchase_id=self.purchase)
        return found

    def browser(self):
        return client(self.world.runtime, "procurement")


@pytest.fixture
def asked(world: World) -> Consultation:
    return Consultation(world)


@pytest.mark.feature("A8")
def test_what_a_supplier_sends_is_a_sealed_quote_with_a_receipt(asked: Consultation):
    receipt = asked.send()
    assert receipt["closes_at"] > receipt["at"]
    (quote,) = asked.card()["quotes"]
    assert quote["supplier"] == "Fournisseur 1"
    assert "amount_incl_tax" not in quote
    assert asked.world.facts().count("quote-received") == 1


def test_what_it_typed_is_read_once_closing_is_past_and_nobody_types_it_again(
    asked: Consultation,
):
    asked.send()
    asked.world.close(asked.purchase)
    (quote,) = asked.card()["quotes"]
    assert quote["amount_excl_tax"] == Decimal(PRICE)
    assert quote["delivery_date"] == asked.world.today + timedelta(25)
    assert quote["score_delay"] is None
    assert "quotes-opened" in asked.world.facts()
    asked.world.typed(asked.purchase, quote["id"], PRICE)
    check = {"purchase_id": asked.purchase, "quote_id": quote["id"], "no_interest": True}
    asked.world.do(commands.check_quote, "second_buyer", **check)


def test_no_amount_leaves_the_seal_before_closing(asked: Consultation):
    """Neither a column, nor the audit, nor an event, nor a page says it."""
    asked.send()
    with asked.world.database.read() as connection:
        names = sa.inspect(connection).get_table_names()
        dumped = "".join(
            str(connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()) for name in names
        )
    for said in (PRICE, PRICE.replace(".", ""), PRICE.replace(".", ",")):
        assert said not in dumped
        for who in ("buyer", "dpc", "auditor"):
            assert said not in page(asked.world, who, f"/achats/{asked.purchase}")
        assert said not in page(asked.world, "buyer", f"/consultations/{asked.purchase}")


def test_the_hash_of_what_was_typed_says_nothing_of_amounts(asked: Consultation):
    """Two suppliers with the same amounts: the same words, and hashes that differ."""
    asked.send()
    asked.send(asked.link(asked.suppliers[1]))
    with asked.world.database.read() as connection:
        rows = connection.execute(sa.select(tables.quotes.c.offer_sha256)).all()
    assert len({row.offer_sha256 for row in rows}) == 2


def test_a_link_serves_once_and_says_when_it_did(asked: Consultation):
    asked.send()
    with pytest.raises(LinkUsed) as refused:
        asked.send(price="1.00")
    assert re.search(r"déjà servi, le \d\d/\d\d/\d{4} à \d\d h \d\d", refused.value.text)
    with pytest.raises(LinkUsed):
        asked.world.cases.ask(queries.request_of_link, actor=ANONYMOUS, secret=asked.secret)
    assert asked.card()["quotes_count"] == 1


def test_too_late_is_refused_with_its_reason_and_uses_nothing_up(asked: Consultation):
    asked.world.runtime.clock.advance(timedelta(days=5, minutes=1))
    with pytest.raises(ClosingPast) as refused:
        asked.send()
    assert "On pouvait répondre jusqu’au" in refused.value.text
    assert "même temps" in refused.value.rule


def test_only_the_last_link_works_and_a_corrected_quote_replaces_the_first(asked: Consultation):
    asked.send(price="900.00")
    corrected = asked.link(asked.suppliers[0])
    with pytest.raises(LinkUnknown):
        asked.send()
    asked.send(corrected, price="800.00")
    asked.world.close(asked.purchase)
    kept = [q for q in asked.card()["quotes"] if not q["set_aside"]]
    assert [q["amount_excl_tax"] for q in kept] == [Decimal(800)]


def test_a_link_is_given_to_a_supplier_that_was_asked_by_a_buyer(asked: Consultation):
    other = asked.world.suppliers(4)[3]
    with pytest.raises(NotInvited):
        asked.link(other)
    for who in ("member", "delegate", "dpc"):
        with pytest.raises(Forbidden):
            asked.link(asked.suppliers[1], who)


def test_a_link_of_an_earlier_round_answers_nothing(asked: Consultation):
    first = asked.secret
    asked.world.close(asked.purchase)
    asked.world.asked(asked.purchase, asked.suppliers)
    with pytest.raises(ClosingPast):
        asked.send(first)


@pytest.mark.parametrize("file", [b"", b"<html>", b"MZ\x90"])
def test_a_file_is_known_by_its_content_and_a_wrong_one_uses_nothing_up(
    asked: Consultation, file: bytes
):
    with pytest.raises(FileNotAccepted):
        asked.send(file=file)
    asked.send()


def test_a_price_is_given_for_each_line(asked: Consultation):
    with pytest.raises(WrongValue):
        asked.send(prices=[])
    asked.send()


def test_a_supplier_may_say_that_it_will_not_quote(asked: Consultation):
    asked.world.cases.perform(commands.decline_to_quote, actor=ANONYMOUS, secret=asked.secret)
    row = next(i for i in asked.card()["invitations"] if i["link_id"])
    assert row["declined"]
    with pytest.raises(LinkUsed):
        asked.send()


def test_a_cancelled_purchase_takes_no_quote(asked: Consultation):
    cancel = {"purchase_id": asked.purchase, "reason": "Plus besoin"}
    asked.world.do(commands.cancel_purchase, "dpc", **cancel)
    from services.procurement.model.refusals import StepNotAllowed

    with pytest.raises(StepNotAllowed):
        asked.send()


# the pages


def test_the_officer_is_shown_the_link_once_with_its_code(asked: Consultation):
    browser = as_(asked.world, "buyer")
    path = f"/consultations/{asked.purchase}"
    assert "Donner un lien" in browser.get(path).text
    shown = browser.post(f"{path}/lien/{asked.suppliers[1]}").text
    (address,) = set(re.findall(r"/procurement/lien/([\w-]{32})", shown))
    assert "<svg" in shown
    assert address not in browser.get(path).text


def test_the_supplier_sees_its_request_and_nothing_of_others(asked: Consultation):
    asked.send(asked.link(asked.suppliers[1]), price="777.00")
    shown = asked.browser().get(f"/lien/{asked.secret}").text
    for said in ("Sonorisation", "Préau de l’école", "Fournisseur 1", "coût 60"):
        assert said in shown
    for hidden in ("Fournisseur 2", "Fournisseur 3", "777", "5\u00a0555", "Jean-Marc", "Aline"):
        assert hidden not in shown
    assert "<nav" not in shown


def test_opening_a_link_changes_nothing(asked: Consultation):
    for _ in range(3):
        assert asked.browser().get(f"/lien/{asked.secret}").status_code == 200
        assert asked.browser().head(f"/lien/{asked.secret}").status_code == 200
    asked.send()


def form(**changes: Any) -> dict[str, Any]:
    given = {
        "prices-0-unit_price_excl_tax": "1 820,50",
        "prices-0-vat_rate": "8.5",
        "delivery_date": "2099-01-02",
        "file": (io.BytesIO(PDF), "devis.exe"),
    }
    return given | changes


def test_a_quote_sent_from_a_phone(asked: Consultation):
    sent = asked.browser().post(f"/lien/{asked.secret}", data=form())
    assert sent.status_code == 200, sent.text
    assert "Votre devis est arrivé" in sent.text
    assert "1820" not in sent.text.replace("\u00a0", "")
    again = asked.browser().post(f"/lien/{asked.secret}", data=form())
    assert again.status_code == 409
    assert "déjà servi, le" in again.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"prices-0-unit_price_excl_tax": "beaucoup"},
        {"prices-0-unit_price_excl_tax": "-5"},
        {"delivery_date": "2027-02-29"},
        {"delivery_date": ""},
        {"file": (io.BytesIO(b"GIF89a"), "devis.pdf")},
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    asked: Consultation, wrong: dict[str, Any]
):
    back = asked.browser().post(
        f"/lien/{asked.secret}", data=form(valid_until="2099-03-04", **wrong)
    )
    assert back.status_code == 422
    assert "2099-03-04" in back.text
    assert "rk-error" in back.text
    asked.send()


def test_a_wrong_link_says_so_without_saying_more(asked: Consultation):
    shown = asked.browser().get("/lien/nothing-of-the-sort")
    assert shown.status_code == 404
    assert "Sonorisation" not in shown.text


def test_the_supplier_declines_from_its_page(asked: Consultation):
    said = asked.browser().post(f"/lien/{asked.secret}/decliner")
    assert "n’attend plus votre devis" in said.text
    assert "ne répondra pas" in page(asked.world, "buyer", f"/consultations/{asked.purchase}")


def test_the_sealed_words_lie_in_the_file_alone(asked: Consultation):
    asked.send()
    files = [f for f in (asked.world.runtime.settings.data).rglob("*") if f.is_file()]
    found = [f for f in files if f.parent.parent.name == "procurement" and PRICE in _text(f)]
    assert len(found) == 1
    assert json.loads(found[0].read_text())["nonce"]


def _text(file: Any) -> str:
    return str(file.read_bytes().decode("utf-8", "replace"))
