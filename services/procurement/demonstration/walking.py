"""From the closing of a request to the payment: who does what, on a day of a purchase."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.directory.demonstration import lead_of, persona_id
from services.procurement import commands, queries
from services.procurement.demonstration.asking import BUYER, VAT, Asking, priced

_CHECKER, _CLERK = persona_id("marc.fictif"), persona_id("paul.essai")
_DELEGATE, _SIGNER = persona_id("eva.delegation"), persona_id("hugo.delegation")


class Walking(Asking):
    """Each step by the person whose it is."""

    def type(self) -> None:
        """Closing is past: quotes are opened, typed and graded."""
        purchase = self.purchase()["id"]
        self.perform(commands.close_the_request, subject=purchase)
        for place, quote in enumerate(self._quotes(purchase)):
            self.perform(
                commands.type_quote,
                as_=BUYER,
                purchase_id=purchase,
                quote_id=quote,
                lines=priced(self.bought, place),
                delivery_date=self.needed_by + timedelta(4 * (place == 1) - 2),
                valid_until=self.today + timedelta(60 + place),
                score_delay=20 if place == 0 else 12,
                score_environment=16 - 2 * place,
            )

    def _quotes(self, purchase: UUID) -> list[UUID]:
        """The quotes that came, in the order of the suppliers asked."""
        card = self.perform(queries.purchase_card, purchase_id=purchase)
        came = {row["supplier"]: row["id"] for row in card["quotes"]}
        return [came[name] for name in self.bought.suppliers if name in came]

    def check(self) -> None:
        """The first quote is proposed."""
        purchase = self.purchase()["id"]
        self.perform(
            commands.check_quote,
            as_=_CHECKER,
            purchase_id=purchase,
            quote_id=self._quotes(purchase)[0],
            why="Livre avant le jour et tient dans le disponible.",
            why_supplier="Seul à livrer avant le jour dans le disponible.",
            no_interest=True,
        )

    def _bound(self, command: Any, as_: UUID, **more: Any) -> None:
        """A decision on what the screen shows."""
        purchase = self.purchase()["id"]
        seen = self.perform(queries.decision, as_=as_, purchase_id=purchase)["seen"]
        self.perform(command, as_=as_, purchase_id=purchase, seen=seen, **more)

    def more(self) -> None:
        """The delegate has a question."""
        reason = "La livraison comprend-elle le retour des tables ?"
        self._bound(commands.ask_more, _DELEGATE, reason=reason)

    def validate(self) -> None:
        """The delegate chooses."""
        self._bound(commands.validate_quote, _DELEGATE, no_interest=True)

    def commit(self) -> None:
        """Finance gives its number."""
        purchase = self.purchase()["id"]
        number = f"E-{self.today.year}-{purchase.hex[-4:].upper()}"
        self.perform(commands.record_commitment, as_=_CLERK, purchase_id=purchase, number=number)

    def sign(self) -> None:
        """Another delegate signs the order."""
        self._bound(commands.sign_order, _SIGNER)

    def certify(self) -> None:
        """Somebody who was there saw it, or half of it."""
        came = {
            place: Decimal(1) if self.bought.until == "partly" else Decimal(quantity)
            for place, (_, quantity, _) in enumerate(self.bought.lines, 1)
        }
        self.perform(
            commands.certify_delivery,
            as_=lead_of(self.bought.committee),
            purchase_id=self.purchase()["id"],
            delivered_on=self.today,
            quantities=came,
            was_there=True,
        )

    def bill(self) -> None:
        """The invoice comes."""
        purchase = self.purchase()
        sellers = self.perform(queries.suppliers_list, search=self.bought.suppliers[0])["items"]
        total = sum(
            (n["quantity"] * n["unit_price_excl_tax"] for n in priced(self.bought, 0)), Decimal(0)
        )
        self.perform(
            commands.record_invoice,
            as_=_CLERK,
            purchase_id=purchase["id"],
            number=f"F{purchase['id'].hex[-5:].upper()}",
            siret=sellers[0]["siret"],
            received_on=self.today,
            amount_incl_tax=(total * (100 + VAT) / 100).quantize(Decimal("0.01")),
        )

    def pay(self) -> None:
        """The accountant has paid: the file is settled."""
        purchase = self.purchase()["id"]
        card = self.perform(queries.purchase_card, purchase_id=purchase)
        self.perform(
            commands.record_payment,
            as_=_CLERK,
            purchase_id=purchase,
            invoice_id=card["invoices"][0]["id"],
            paid_on=self.today,
        )
