"""A purchase from the need to the payment, each step by the person who may: written once.

Over HTTP only, so that it says the same of everything in one process and of many processes. The
stage knows how to enter as a person, and how time passes.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from services.directory.demonstration import committee_id
from tests.journeys.program import Program
from tests.journeys.stage import Cast, Stage

API = "/procurement/api/v1"
BOARD = "/monitoring/api/v1"
PDF = b"%PDF-1.7 un devis"
LINE, PRICE, TAX_INCLUDED, LEFT = "3200.00", "1820.00", "1974.70", "1225.30"
SUPPLIERS = {
    "Sono Exemple": "73282932000074",
    "Fictif Musique": "44306184100047",
    "Témoin Location": "35600000009075",
}


def suppliers(buyer: Program) -> list[str]:
    """The ids of three suppliers, listed by the buyer where they are not yet."""
    return [_supplier(buyer, name, identifier) for name, identifier in SUPPLIERS.items()]


def _supplier(buyer: Program, name: str, identifier: str) -> str:
    known = buyer.ask(f"{API}/suppliers?search={identifier[:9]}")["items"]
    if known:
        return str(known[0]["id"])
    given = {"name": name, "identifier": identifier}
    # Somebody else may list the same one meanwhile.
    made = buyer.tell("POST", f"{API}/suppliers", given, unless=409)
    return str(made["id"]) if "id" in made else _supplier(buyer, name, identifier)


class Buying:
    """The steps of one file at procurement, for somebody who has asked for something.

    ``price`` is what the cheapest of two suppliers asks for one unit of its line, without tax.
    """

    def __init__(self, stage: Stage, cast: Cast, file_id: str, price: str, number: str) -> None:
        self.stage, self.cast, self.file_id = stage, cast, file_id
        self.price, self.number = price, number
        self.total = f"{Decimal(price) * Decimal('1.085'):.2f}"
        self.suppliers: list[str] = []
        self.invoice = ""

    def requested(self) -> None:
        self.suppliers = suppliers(self.cast.buyer)
        self.closes = self.stage.closing()
        body = {"suppliers": self.suppliers, "closes_at": self.closes.isoformat()}
        self._buy("POST", "requests", body)

    def registered(self) -> None:
        page = f"/procurement/consultations/{self.file_id}/recevoir"
        for supplier in self.suppliers[:2]:
            self.cast.buyer.upload(page, {"supplier_id": supplier}, ("devis.pdf", PDF))

    def opened(self) -> None:
        def states() -> bool:
            return bool(self.file()["state"] == "comparing")

        self.stage.passes(self.closes)
        self.stage.eventually(states, "the timer of closing opens the quotes")

    def typed(self) -> None:
        dearer = f"{Decimal(self.price) + 80:.2f}"
        for quote, price in zip(self.file()["quotes"], (self.price, dearer), strict=True):
            line = {
                **{name: self.file()["lines"][0][name] for name in ("label", "unit")},
                "quantity": "1",
                "unit_price_excl_tax": price,
                "vat_rate": "8.5",
            }
            body = {"lines": [line], "score_delay": 10, "score_environment": 10}
            self._buy("PUT", f"quotes/{quote['id']}", body)

    def checked(self) -> None:
        quotes = self.file()["quotes"]
        cheapest = next(q for q in quotes if q["amount_incl_tax"] == self.total)
        body = {
            "quote_id": cheapest["id"],
            "why": "Le moins cher",
            "why_supplier": "Seul disponible ce jour-là",
            "no_interest": True,
        }
        self._buy("POST", "check", body)

    def validated(self) -> None:
        delegate = self.cast.delegate
        inbox = delegate.visitor.get("/procurement/a-approuver")
        assert inbox.status in {200, 503}
        body = {"seen": self.file(delegate)["seen"], "no_interest": True}
        assert delegate.tell("POST", self._of("validation"), body)["state"] == "validated"

    def numbered(self) -> None:
        self.cast.clerk.tell("POST", self._of("commitment"), {"number": f"E-{self.number}"})

    def signed(self) -> None:
        signer = self.cast.signer
        seen = {"seen": self.file(signer)["seen"]}
        assert signer.tell("POST", self._of("order"), seen)["number"].startswith("BC-")

    def delivered(self) -> None:
        body = {
            "delivered_on": str(self.stage.today()),
            "lines": [{"position": 1, "quantity": "1"}],
            "was_there": True,
        }
        assert self.cast.lead.tell("POST", self._of("deliveries"), body)["total"]

    def invoiced(self) -> None:
        body = {
            "number": f"F-{self.number}",
            "siret": next(iter(SUPPLIERS.values())),
            "received_on": str(self.stage.today()),
            "amount_incl_tax": self.total,
        }
        self.invoice = self.cast.clerk.tell("POST", self._of("invoices"), body)["id"]

    def paid(self) -> None:
        place = self._of(f"invoices/{self.invoice}/payment")
        body = {"paid_on": str(self.stage.today())}
        assert self.cast.clerk.tell("POST", place, body)["state"] == "settled"

    # looking

    def file(self, who: Program | None = None) -> dict[str, Any]:
        found: dict[str, Any] = (who or self.cast.buyer).ask(f"{API}/purchases/{self.file_id}")
        return found

    def _of(self, rest: str) -> str:
        return f"{API}/purchases/{self.file_id}/{rest}"

    def _buy(self, method: str, rest: str, body: dict[str, Any]) -> None:
        self.cast.buyer.tell(method, self._of(rest), body, self.file()["version"])


class Journey(Buying):
    """One purchase of the committee « CAC » and its number, by its members themselves."""

    def __init__(
        self, stage: Stage, number: int, before: Callable[[str], None] = lambda step: None
    ) -> None:
        super().__init__(stage, Cast(stage, number), "", PRICE, str(number))
        self.before = before
        self.committee = committee_id(number)
        self.action: UUID = uuid4()
        self.need: UUID = uuid4()
        self.line_id = ""

    @property
    def title(self) -> str:
        return f"Sonorisation du kabar {self.number}"

    def play(self) -> dict[str, Any]:
        """All steps in order; what is left to see at the end."""
        for step in (
            *(self.money, self.needed, self.requested, self.registered),
            *(self.opened, self.typed, self.checked, self.validated, self.numbered),
            *(self.signed, self.delivered, self.invoiced, self.paid, self.followed),
        ):
            self.before(step.__name__)
            step()
        return self.seen_at_the_end()

    # steps

    def money(self) -> None:
        year = self.stage.today().year
        envelope = {"year": year, "amount": "7000.00"}
        # Refused where the demonstration has opened them all.
        self.cast.officer.tell("POST", f"{API}/envelopes", envelope, unless=409)
        line = {
            "committee_id": str(self.committee),
            "title": "Kabar lakour",
            "amount": LINE,
            "year": year,
            "action_id": str(self.action),
        }
        self.line_id = self.cast.officer.tell("POST", f"{API}/budget-lines", line)["id"]

    def needed(self) -> None:
        said = {
            "need_id": str(self.need),
            "committee_id": str(self.committee),
            "action_id": str(self.action),
            "title": self.title,
            "kind": "hire",
            "family": f"sonorisation {self.number}",
            "lines": [{"label": "Sono", "quantity": "1", "unit": "jour"}],
            "place": "Préau de l’école",
            "needed_by": str(self.stage.today() + timedelta(days=90)),
            "line_id": self.line_id,
        }
        self.file_id = self.cast.member.tell("POST", f"{API}/purchases", said)["id"]

    def validated(self) -> None:
        super().validated()
        assert self.line()["reserved"] == TAX_INCLUDED

    def followed(self) -> None:
        """The board of the city says the same, without having asked anybody."""

        def same() -> bool:
            board = self.cast.officer.ask(f"{BOARD}/committees/{self.committee}")
            lines = [line for line in board["lines"] if line["id"] == self.line_id]
            return bool(lines and lines[0]["paid"] == TAX_INCLUDED)

        self.stage.eventually(same, "the board follows")

    # looking

    def line(self) -> dict[str, Any]:
        year = self.stage.today().year
        found = self.cast.officer.ask(f"{API}/budget-lines?year={year}")["items"]
        return next(line for line in found if line["id"] == self.line_id)

    def seen_at_the_end(self) -> dict[str, Any]:
        """What must be the same whatever died on the way: no id, no hour."""
        self.stage.rest()
        file, line = self.file(), self.line()
        thread = self.cast.officer.ask(f"{BOARD}/actions/{self.action}/thread")
        balances = ("voted", "reserved", "committed", "paid", "available")
        return {
            "state": file["state"],
            "acts": [(act["step"], act["role"]) for act in file["acts"]],
            "quotes": [quote["amount_incl_tax"] for quote in file["quotes"]],
            "paid": file["paid"],
            "line": {name: line[name] for name in balances},
            "moves": line["ledger_seq"],
            "board": {name: thread["lines"][0][name] for name in balances},
            "facts": [fact["type"] for fact in thread["facts"]],
            "told": self.told(),
        }

    def told(self) -> list[str]:
        """What the member was told of this purchase, the latest first."""
        page = self.cast.member.page("/directory/messages")
        texts = re.findall(rf"<(?:p|b)>([^<]*{self.title}\b[^<]*)</", page)
        return [text.replace(self.title, "…") for text in texts]
