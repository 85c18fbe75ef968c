"""A purchase from the decision to what was seen done: commitment, order, delivery."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.language import FileRef
from services.procurement.events import (
    DeliveryCertified,
    PurchaseOrderAmended,
    PurchaseOrderIssued,
    Step,
)
from services.procurement.model.asked import Seen, SignedOrder
from services.procurement.model.decider import Decider
from services.procurement.model.deciding import Deciding, delegation_for
from services.procurement.model.money import ZERO, totals
from services.procurement.model.papers import (
    DeliveredLine,
    Delivery,
    Quote,
    QuoteLine,
)
from services.procurement.model.refusals import (
    ContractMissing,
    MoreThanOrdered,
    WrongValue,
    need_reason,
)
from services.procurement.model.rules import ProcedureRule
from services.procurement.model.steps import State


class Ordering(Deciding):
    """Commitment, order, delivery."""

    @property
    def order(self) -> Quote:
        """The quote that was ordered."""
        quote = self.chosen
        assert quote is not None
        return quote

    @property
    def certified(self) -> Decimal:
        """The value, including tax, of what was seen done."""
        return sum((delivery.amount_incl_tax for delivery in self.deliveries), ZERO)

    @property
    def paid(self) -> Decimal:
        """What was paid, including tax."""
        return sum((i.amount_incl_tax for i in self.invoices if i.paid_on), ZERO)

    def commit(self, decider: Decider, number: str) -> Decimal:
        """Record the finance software's commitment number; gives the amount to commit."""
        self.passage(Step.COMMIT, decider)
        if not number.strip():
            text = "Écrivez le numéro d’engagement."
            raise WrongValue(text, fields={"number": text})
        self.take(Step.COMMIT, decider)
        self.commitment_number = number.strip()
        return self.order.totals.incl_tax

    def record_contract(self, decider: Decider, file: FileRef) -> None:
        """Put the written contract in the file; the signature of the order then binds to it."""
        self.passage(Step.CONTRACT, decider)
        self.keep_contract(file)
        self.take_bound(Step.CONTRACT, decider)

    def ready_to_sign(self, decider: Decider, seen: str, wanted: ProcedureRule | None) -> None:
        """Refuses who may not sign, before any number is taken.

        ``wanted`` is the rule that asks for a written contract here, if one does.
        """
        self.passage(Step.SIGN_ORDER, decider)
        self.refuse_unseen(seen)
        if wanted and not self.contract:
            raise ContractMissing(
                "Cet achat demande un contrat écrit avant la commande.",
                rule=f"{wanted.text} ({wanted.source}).",
                missing="Le contrat écrit, déposé dans ce dossier.",
                unblocks="Le service achats ou la DPC-CAC le dépose.",
                role="procurement_officer",
            )
        delegation_for(decider, self.order.totals.incl_tax)

    def sign(
        self, decider: Decider, seen: str, order: SignedOrder, wanted: ProcedureRule | None
    ) -> None:
        """Bind the city (bon de commande): number and file exist from here on."""
        self.ready_to_sign(decider, seen, wanted)
        delegation = delegation_for(decider, self.order.totals.incl_tax)
        self.order_number, self.ordered_on = order.number, order.signed_on
        self.order_sha256, self.order_size = order.file.sha256, order.file.size
        self.take(
            Step.SIGN_ORDER,
            decider,
            content_hash=seen,
            content=self.content(),
            delegation_id=delegation.id,
        )
        self.record_fact(
            PurchaseOrderIssued,
            number=order.number,
            commitment_number=self.commitment_number or "",
            supplier_id=self.order.supplier_id,
            amount_incl_tax=self.order.totals.incl_tax,
            file=order.file,
        )

    def remaining(self) -> dict[int, Decimal]:
        """How much of each line of the order is still to come."""
        left = {line.position: line.quantity for line in self.order.lines}
        for delivery in self.deliveries:
            for line in delivery.lines:
                left[line.position] -= line.quantity
        return left

    def certify(self, decider: Decider, delivery_id: UUID, seen: Seen, today: date) -> Delivery:
        """Certify what came (service fait); refuses more than ordered or who was not there."""
        if self.state not in (State.ORDERED, State.PARTLY_DELIVERED):
            self.passage(Step.CERTIFY, decider)
        quantities = self._seen_quantities(seen, today)
        left = self.remaining()
        total = all(left[position] == quantities.get(position, 0) for position in left)
        step = Step.CERTIFY if total else Step.CERTIFY_PART
        self.passage(step, decider)
        assert decider.person is not None
        delivery = Delivery(
            id=delivery_id,
            certified_by=decider.person,
            delivered_on=seen.delivered_on,
            certified_at=decider.at,
            amount_incl_tax=self._value(quantities, total),
            total=total,
            reserves=seen.reserves.strip(),
            lines=[DeliveredLine(position, q) for position, q in quantities.items()],
        )
        self.deliveries.append(delivery)
        self.take(step, decider, self._regularised(seen))
        self.record_fact(
            DeliveryCertified,
            delivery_id=delivery_id,
            delivered_on=seen.delivered_on,
            total=total,
            amount_incl_tax=delivery.amount_incl_tax,
            reserves=delivery.reserves,
        )
        return delivery

    def _regularised(self, seen: Seen) -> str:
        before = self.ordered_on is not None and seen.delivered_on < self.ordered_on
        return "Régularisation : livré avant la commande." if before else ""

    def _seen_quantities(self, seen: Seen, today: date) -> dict[int, Decimal]:
        if not seen.was_there:
            text = "Seule une personne présente certifie une livraison."
            raise WrongValue(text, fields={"was_there": text})
        if seen.delivered_on > today:
            text = "Cette date n’est pas encore passée."
            raise WrongValue(text, fields={"delivered_on": text})
        quantities = {p: q for p, q in seen.quantities.items() if q != 0}
        if not quantities or min(quantities.values()) < 0:
            text = "Indiquez ce qui est arrivé, au moins sur une ligne."
            raise WrongValue(text, fields={"quantities": text})
        left = self.remaining()
        for position, quantity in quantities.items():
            if quantity > left.get(position, ZERO):
                raise MoreThanOrdered(
                    "Vous certifiez plus que ce qui reste à livrer.",
                    rule="On ne certifie que ce qui est commandé.",
                    missing=f"Reste à livrer sur cette ligne : {left.get(position, ZERO)}.",
                    unblocks="Le service achats, par une nouvelle commande.",
                )
        return quantities

    def _value(self, quantities: Mapping[int, Decimal], total: bool) -> Decimal:
        if total:
            return self.order.totals.incl_tax - self.certified
        parts = [
            QuoteLine(
                line.position,
                line.label,
                quantities[line.position],
                line.unit,
                line.unit_price_excl_tax,
                line.vat_rate,
            )
            for line in self.order.lines
            if line.position in quantities
        ]
        return min(totals(parts).incl_tax, self.order.totals.incl_tax - self.certified)

    def overtake(self, decider: Decider, text: str, wanted_by: date | None = None) -> None:
        """Something changed outside after the order: say it, a person settles it.

        What is signed stays owed; ``wanted_by`` is the day now wished, if there is one.
        """
        self.passage(Step.RESCHEDULE, decider)
        self.overtaken, self.wanted_by = text, wanted_by
        self.take(Step.RESCHEDULE, decider, text)

    def amend_order(self, decider: Decider, needed_by: date, note: str) -> None:
        """Note what was agreed with the supplier: the day, and what else, in a sentence."""
        self.passage(Step.AMEND_ORDER, decider)
        note = need_reason(note, "note", "Écrivez ce qui est convenu avec le fournisseur.")
        self.needed_by = needed_by
        self.overtaken, self.wanted_by = "", None
        self.take(Step.AMEND_ORDER, decider, f"Pour le {needed_by:%d/%m/%Y} : {note}")
        self.record_fact(
            PurchaseOrderAmended,
            number=self.order_number or "",
            needed_by=needed_by,
            why=note,
        )

    def stop(self, decider: Decider, reason: str) -> Decimal:
        """Give up what has not come; gives what must stay committed."""
        self.take(Step.STOP, decider, reason)
        return self.certified - self.paid
