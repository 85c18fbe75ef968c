"""Takes purchases from closing to as far as each one goes."""

import time
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.directory.demonstration import lead_of, persona_id
from services.procurement import commands, queries
from services.procurement.demonstration.asking import Asking, _lines_of, _priced, _siret
from services.procurement.demonstration.purchases import (
    MADE_UP,
    STEPS,
    SUPPLIERS,
    Bought,
)

_BUYER, _CHECKER = persona_id("aline.exemple"), persona_id("marc.fictif")
_DPC, _CLERK = persona_id("lucette.modele"), persona_id("paul.essai")
_DELEGATE, _SIGNER = persona_id("eva.delegation"), persona_id("hugo.delegation")
_VAT = Decimal("8.5")
_QUOTE = b"%PDF-1.7\n% Un devis de demonstration\n%%EOF\n"


class Walking(Asking):
    """What was asked, walked on."""

    def go_on(self) -> None:
        """After closing: open, type, check, validate, commit, sign, certify, bill, pay."""
        time.sleep(max(0.0, (self.closes - self.clock.now()).total_seconds()))
        for bought, purchase, quotes in self.made:
            if STEPS.index(bought.until) >= STEPS.index("opened"):
                self.perform(commands.close_the_request, subject=purchase)
                for step, walk in self._walk(bought, purchase, quotes):
                    if STEPS.index(bought.until) >= STEPS.index(step):
                        walk()

    def _walk(
        self, bought: Bought, purchase: UUID, quotes: list[UUID]
    ) -> list[tuple[str, Callable[[], Any]]]:
        steps: list[tuple[str, Callable[[], Any]]] = [
            ("compared", lambda: self._type(bought, purchase, quotes)),
            ("checked", lambda: self._check(purchase, quotes[0])),
        ]
        if bought.until == "more":
            return [*steps, ("more", lambda: self._more(purchase))]
        do = self.perform
        return [
            *steps,
            ("validated", lambda: self._validate(purchase)),
            (
                "committed",
                lambda: do(
                    commands.record_commitment,
                    as_=_CLERK,
                    purchase_id=purchase,
                    number=f"E-{self.today.year}-{purchase.hex[-4:].upper()}",
                ),
            ),
            ("ordered", lambda: self._sign(purchase)),
            ("partly", lambda: self._certify(bought, purchase)),
            ("invoiced", lambda: self._bill(bought, purchase)),
        ]

    def _type(self, bought: Bought, purchase: UUID, quotes: list[UUID]) -> None:
        for n, (quote, price) in enumerate(zip(quotes, bought.prices, strict=True)):
            self.perform(
                commands.type_quote,
                as_=_BUYER,
                purchase_id=purchase,
                quote_id=quote,
                lines=_priced(bought, Decimal(price)),
                delivery_date=self.today + timedelta(bought.days - 2 + 4 * (n == 1)),
                valid_until=self.today + timedelta(30 + n),
                score_delay=20 if n == 0 else 12,
                score_environment=16 - 2 * n,
            )

    def _check(self, purchase: UUID, quote: UUID) -> None:
        self.perform(
            commands.check_quote,
            as_=_CHECKER,
            purchase_id=purchase,
            quote_id=quote,
            why="Livre avant le jour et tient dans le disponible.",
            why_supplier="Seul à livrer avant le jour dans le disponible.",
            no_interest=True,
        )

    def _seen(self, purchase: UUID) -> str:
        """What a delegate's screen would send back."""
        return str(self.perform(queries.decision, as_=_DELEGATE, purchase_id=purchase)["seen"])

    def _more(self, purchase: UUID) -> None:
        self.perform(
            commands.ask_more,
            as_=_DELEGATE,
            purchase_id=purchase,
            seen=self._seen(purchase),
            reason="La livraison comprend-elle le retour des tables ?",
        )

    def _validate(self, purchase: UUID) -> None:
        seen = self._seen(purchase)
        self.perform(
            commands.validate_quote,
            as_=_DELEGATE,
            purchase_id=purchase,
            seen=seen,
            no_interest=True,
        )

    def _sign(self, purchase: UUID) -> None:
        seen = self._seen(purchase)
        self.perform(commands.sign_order, as_=_SIGNER, purchase_id=purchase, seen=seen)

    def _certify(self, bought: Bought, purchase: UUID) -> None:
        whole = bought.until != "partly"
        came = {
            n: Decimal(quantity) if whole else Decimal(1)
            for n, (_, quantity, _) in enumerate(bought.lines, 1)
        }
        self.perform(
            commands.certify_delivery,
            as_=lead_of(bought.committee),
            purchase_id=purchase,
            delivered_on=self.today,
            quantities=came,
            was_there=True,
        )

    def _bill(self, bought: Bought, purchase: UUID) -> None:
        siret = (SUPPLIERS | {n: _siret(i) for i, n in enumerate(MADE_UP, 1)})[bought.suppliers[0]]
        total = sum(
            (line["quantity"] * line["unit_price_excl_tax"] for line in _lines_of(bought)),
            Decimal(0),
        )
        invoice = self.perform(
            commands.record_invoice,
            as_=_CLERK,
            purchase_id=purchase,
            number=f"F{purchase.hex[-5:].upper()}",
            siret=siret,
            received_on=self.today,
            amount_incl_tax=(total * (100 + _VAT) / 100).quantize(Decimal("0.01")),
        )
        if bought.until == "paid":
            self.perform(
                commands.record_payment,
                as_=_CLERK,
                purchase_id=purchase,
                invoice_id=invoice,
                paid_on=self.today,
            )
