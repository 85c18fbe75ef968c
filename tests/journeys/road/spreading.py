"""The fourth part: a purchase, two prints (one made outside), a campaign that launches by itself."""

from typing import Any

from services.communication.events import Channel
from services.communication.model import Colours, Paper
from tests.journeys.purchase import PDF, Buying
from tests.journeys.road.planning import BANNER, FLYER
from tests.journeys.road.walker import COMMUNICATION, Walker

PRICES = {"sono": "1820.00", "banner": "240.00"}
PRINTS = {"flyer": (FLYER, "flyer", 300, "A5"), "banner": (BANNER, "banner", 1, "2 × 1 m")}


class Spreading(Walker):
    """From the strategy to ``CampaignLaunched``; purchases up to their orders."""

    def strategy_adopted(self) -> None:
        """It waits for the plan and for both supports."""
        said = {
            "targets": [{"public": "Les voisins", "place": "Le quartier", "message": "Venez !"}],
            "channels": [Channel.DOOR_TO_DOOR, Channel.SCHOOLS],
            "supports": [
                {"support": support, "quantity": copies}
                for _, support, copies, _ in PRINTS.values()
            ],
            "gates": ["plan", "flyer", "banner"],
            "zones": ["Le quartier"],
            "agreed": "En réunion",
        }
        place = f"{COMMUNICATION}/campaigns/{self.action}/strategy"
        self.cast.lead.tell("PUT", place, said, self.campaign()["version"])
        assert self._gates() == {"plan": True, "flyer": False, "banner": False}
        self.told_on_the_board("strategy-adopted")

    def _gates(self) -> dict[str, bool]:
        return {gate["gate"]: gate["open"] for gate in self.campaign()["gates"]}

    def sono_bought(self) -> None:
        """From the request of quotes to the order: the same steps as every purchase."""
        self._buy("sono", self.known["sono"])
        secured = self.sees(lambda: self._standing("sono") == "secured", "the plan knows it")
        assert secured
        self.told_on_the_board("quote-validated", "purchase-order-issued")

    def _buy(self, name: str, need: str) -> None:
        file = self.sees(lambda: self.file_of(name), f"the purchase of the {name} is open")
        buying = Buying(self.stage, self.cast, file["id"], PRICES[name], f"{self.number}-{name}")
        self.known[f"{name}-file"] = buying
        for step in (
            *(buying.requested, buying.registered, buying.opened, buying.typed),
            *(buying.checked, buying.validated, buying.numbered, buying.signed),
        ):
            step()

    def _standing(self, name: str) -> str:
        plan = self.cast.member.ask(f"/planning/api/v1/plans/{self.action}")
        return next(str(n["standing"]) for n in plan["needs"] if n["id"] == self.known[name])

    # prints

    def prints_sent(self) -> None:
        """The committee says what the workshop must know."""
        for name, (title, support, copies, size) in PRINTS.items():
            request = self._print(name)
            brief = {
                "title": title,
                "support": support,
                "quantity": copies,
                "page_format": size,
                "colours": Colours.FULL,
                "paper": Paper.WHITE,
                "text": "Kabar la kour, venez !",
                "zones": "Le quartier",
                "place": "Mairie annexe",
                "needed_by": request["needed_by"],
                "contact": str(self.cast.ids["member"]),
                "logo": "Quadrichromie",
                "printer_mention": True,
                "french_text": True,
                "image_rights": True,
                "send": True,
            }
            place = f"{COMMUNICATION}/prints/{request['id']}/brief"
            self.cast.member.tell("PUT", place, brief, request["version"])
        self.told_on_the_board("print-requested")

    def _print(self, name: str) -> dict[str, Any]:
        found = self.print_of(name)
        assert found is not None
        return found

    def _workshop(self, name: str, deed: str, body: dict[str, Any], method: str = "POST") -> Any:
        place = f"{COMMUNICATION}/prints/{self._print(name)['id']}/{deed}"
        return self.cast.printer.tell(method, place, body)

    def slot_given(self) -> None:
        """The workshop takes the flyer on and gives it a week of finite hours."""
        self._workshop("flyer", "acceptance", {"hours": "6", "from_model": True})
        needed = self._print("flyer")["needed_by"]
        weeks = self.cast.printer.ask(f"{COMMUNICATION}/plan")["weeks"]
        placed = next(filter(None, (self._placed(week["monday"]) for week in weeks)))
        assert placed <= needed
        self.sees(lambda: self._standing("flyer") == "secured", "the plan knows the slot")
        self.told_on_the_board("print-accepted", "print-scheduled")

    def _placed(self, monday: str) -> str:
        place = f"{COMMUNICATION}/prints/{self._print('flyer')['id']}/slot"
        found = self.cast.printer.tell("PUT", place, {"week": monday}, unless=409)
        return str(found.get("ready_by", ""))

    def banner_sent_outside(self) -> None:
        """A purchase opens by itself; the quote that is validated books its slot."""
        self._workshop("banner", "outside", {"reason": "Pas de machine à cette largeur"})
        self._buy("banner", self.known["banner"])

        def booked() -> bool:
            return bool(self._print("banner")["state"] == "ordered")

        self.sees(booked, "the quote books the slot")
        self.told_on_the_board("print-purchase-needed")

    def proof_approved(self) -> None:
        """The lead signs the bytes that were read; other bytes are not signed."""
        request = self._print("flyer")["id"]
        self.cast.printer.upload(f"/communication/demandes/{request}/bat", {}, ("bat.pdf", PDF))
        place = f"{COMMUNICATION}/prints/{request}"
        seen = self.cast.lead.ask(place)["proofs"][-1]["sha256"]
        other = self.cast.lead.tell("POST", f"{place}/approval", {"seen": "0" * 64}, unless=409)
        assert other["status"] == 409
        self.cast.lead.tell("POST", f"{place}/approval", {"seen": seen})
        self.told_on_the_board("proof-published", "proof-approved")

    def prints_delivered(self) -> None:
        """In-house by the workshop, from outside by the member who was there."""
        self._workshop("flyer", "printing", {})
        brought = {"quantity": 300, "on": self.later(0)}
        self._workshop("flyer", "delivery", brought)
        assert self._gates()["flyer"]
        assert self.campaign()["state"] == "adopted"
        self.known["banner-file"].delivered()

    def launched_by_itself(self) -> None:
        """All that the strategy waits for is there: nobody has to say so."""
        self.sees(lambda: self.campaign()["state"] == "launched", "the campaign launches")
        self.told_on_the_board("print-delivered", "delivery-certified", "campaign-launched")

    def handed_out(self) -> None:
        place = f"{COMMUNICATION}/campaigns/{self.action}/distributions"
        said = {
            "request_id": self._print_delivered("flyer"),
            "zone": "Le quartier",
            "count": 120,
        }
        assert self.cast.member.tell("POST", place, said)["left"] == 180
        self.told_on_the_board("distribution-reported")

    def _print_delivered(self, name: str) -> str:
        prints = self.campaign()["prints"]
        return next(str(p["id"]) for p in prints if p["need_id"] == self.known[name])
