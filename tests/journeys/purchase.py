"""A purchase from the need to the payment, each step by the person who may: written once.

Over HTTP only, so that it says the same of everything in one process and of many processes. The
stage knows how to enter as a person, and how time passes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from services.directory.demonstration import committee_id, lead_of, members_of, persona_id
from tests.journeys.program import Program

API = "/procurement/api/v1"
BOARD = "/monitoring/api/v1"
PDF = b"%PDF-1.7 un devis"
LINE, PRICE, TAX_INCLUDED, LEFT = "3200.00", "1820.00", "1974.70", "1225.30"
SUPPLIERS = {
    "Sono Exemple": "73282932000074",
    "Fictif Musique": "44306184100047",
    "Témoin Location": "35600000009075",
}


class Stage(Protocol):
    """Where the journey is played."""

    def enter(self, person: UUID) -> Program:
        """The program of a person who is signed in."""

    def today(self) -> date:
        """The day in La Réunion."""

    def closing(self) -> datetime:
        """When a request for quotes may close."""

    def eventually(self, condition: Callable[[], Any], what: str) -> Any:
        """What ``condition`` answers once facts have arrived and what is due has happened."""

    def rest(self) -> None:
        """Wait until nothing moves any more."""


@dataclass
class Journey:
    """One purchase of the committee « CAC » and its number."""

    stage: Stage
    number: int
    before: Callable[[str], None] = lambda step: None
    action: UUID = field(default_factory=uuid4)
    need: UUID = field(default_factory=uuid4)
    ids: dict[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"Sonorisation du kabar {self.number}"

    def __post_init__(self) -> None:
        enter, committee = self.stage.enter, self.number
        self.member = enter(members_of(committee)[0])
        self.lead = enter(lead_of(committee))
        self.officer = enter(persona_id("lucette.modele"))
        self.buyer = enter(persona_id("aline.exemple"))
        self.delegate = enter(persona_id("eva.delegation"))
        self.signer = enter(persona_id("hugo.delegation"))
        self.clerk = enter(persona_id("paul.essai"))

    def play(self) -> dict[str, Any]:
        """All steps in order; what is left to see at the end."""
        for step in (
            *(self.money, self.suppliers, self.needed, self.requested, self.registered),
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
        self.officer.tell("POST", f"{API}/envelopes", envelope, unless=409)
        line = {
            "committee_id": str(committee_id(self.number)),
            "title": "Kabar lakour",
            "amount": LINE,
            "year": year,
            "action_id": str(self.action),
        }
        self.ids["line"] = self.officer.tell("POST", f"{API}/budget-lines", line)["id"]

    def suppliers(self) -> None:
        self.ids["suppliers"] = [self._supplier(n, i) for n, i in SUPPLIERS.items()]

    def _supplier(self, name: str, identifier: str) -> str:
        known = self.buyer.ask(f"{API}/suppliers?search={identifier[:9]}")["items"]
        if known:
            return str(known[0]["id"])
        given = {"name": name, "identifier": identifier}
        return str(self.buyer.tell("POST", f"{API}/suppliers", given)["id"])

    def needed(self) -> None:
        said = {
            "need_id": str(self.need),
            "committee_id": str(committee_id(self.number)),
            "action_id": str(self.action),
            "title": self.title,
            "kind": "hire",
            "family": f"sonorisation {self.number}",
            "lines": [{"label": "Sono", "quantity": "1", "unit": "jour"}],
            "place": "Préau de l’école",
            "needed_by": str(self.stage.today() + timedelta(days=90)),
            "line_id": self.ids["line"],
        }
        self.ids["purchase"] = self.member.tell("POST", f"{API}/purchases", said)["id"]

    def requested(self) -> None:
        asked = {
            "suppliers": self.ids["suppliers"],
            "closes_at": self.stage.closing().isoformat(),
        }
        self._buy("POST", "requests", asked)

    def registered(self) -> None:
        page = f"/procurement/consultations/{self.ids['purchase']}/recevoir"
        for supplier in self.ids["suppliers"][:2]:
            self.buyer.upload(page, {"supplier_id": supplier}, ("devis.pdf", PDF))

    def opened(self) -> None:
        def states() -> bool:
            return bool(self.file()["state"] == "comparing")

        self.stage.eventually(states, "the timer of closing opens the quotes")

    def typed(self) -> None:
        for quote, price in zip(self.file()["quotes"], (PRICE, "1900.00"), strict=True):
            line = {
                "label": "Sono",
                "quantity": "1",
                "unit": "jour",
                "unit_price_excl_tax": price,
                "vat_rate": "8.5",
            }
            body = {"lines": [line], "score_delay": 10, "score_environment": 10}
            self._buy("PUT", f"quotes/{quote['id']}", body)

    def checked(self) -> None:
        quotes = self.file()["quotes"]
        cheapest = next(q for q in quotes if q["amount_incl_tax"] == TAX_INCLUDED)
        body = {
            "quote_id": cheapest["id"],
            "why": "Le moins cher",
            "why_supplier": "Seul disponible ce jour-là",
            "no_interest": True,
        }
        self._buy("POST", "check", body)

    def validated(self) -> None:
        inbox = self.delegate.visitor.get("/procurement/a-approuver")
        assert inbox.status in {200, 503}
        body = {"seen": self.file(self.delegate)["seen"], "no_interest": True}
        moved = self.delegate.tell("POST", self._of("validation"), body)
        assert moved["state"] == "validated"
        assert self.line()["reserved"] == TAX_INCLUDED

    def numbered(self) -> None:
        number = {"number": f"E-{self.number}"}
        self.clerk.tell("POST", self._of("commitment"), number)

    def signed(self) -> None:
        seen = {"seen": self.file(self.signer)["seen"]}
        number = self.signer.tell("POST", self._of("order"), seen)["number"]
        assert number.startswith("BC-")

    def delivered(self) -> None:
        body = {
            "delivered_on": str(self.stage.today()),
            "lines": [{"position": 1, "quantity": "1"}],
            "was_there": True,
        }
        assert self.lead.tell("POST", self._of("deliveries"), body)["total"]

    def invoiced(self) -> None:
        body = {
            "number": f"F-{self.number}",
            "siret": next(iter(SUPPLIERS.values())),
            "received_on": str(self.stage.today()),
            "amount_incl_tax": TAX_INCLUDED,
        }
        self.ids["invoice"] = self.clerk.tell("POST", self._of("invoices"), body)["id"]

    def paid(self) -> None:
        body = {"paid_on": str(self.stage.today())}
        place = self._of(f"invoices/{self.ids['invoice']}/payment")
        assert self.clerk.tell("POST", place, body)["state"] == "settled"

    def followed(self) -> None:
        """The board of the city says the same, without having asked anybody."""

        def same() -> bool:
            board = self.officer.ask(f"{BOARD}/committees/{committee_id(self.number)}")
            lines = [line for line in board["lines"] if line["id"] == self.ids["line"]]
            return bool(lines and lines[0]["paid"] == TAX_INCLUDED)

        self.stage.eventually(same, "the board follows")

    # looking

    def file(self, who: Program | None = None) -> dict[str, Any]:
        found: dict[str, Any] = (who or self.buyer).ask(f"{API}/purchases/{self.ids['purchase']}")
        return found

    def line(self) -> dict[str, Any]:
        year = self.stage.today().year
        found = self.officer.ask(f"{API}/budget-lines?year={year}")["items"]
        return next(line for line in found if line["id"] == self.ids["line"])

    def seen_at_the_end(self) -> dict[str, Any]:
        """What must be the same whatever died on the way: no id, no hour."""
        self.stage.rest()
        file, line = self.file(), self.line()
        thread = self.officer.ask(f"{BOARD}/actions/{self.action}/thread")
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
        page = self.member.page("/directory/messages")
        texts = re.findall(rf"<(?:p|b)>([^<]*{self.title}\b[^<]*)</", page)
        return [text.replace(self.title, "…") for text in texts]

    def _of(self, rest: str) -> str:
        return f"{API}/purchases/{self.ids['purchase']}/{rest}"

    def _buy(self, method: str, rest: str, body: dict[str, Any]) -> None:
        self.buyer.tell(method, self._of(rest), body, self.file()["version"])
