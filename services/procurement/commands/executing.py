"""From the decision to the payment: commitment, order, delivery, invoices."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from stdnum.exceptions import ValidationError
from stdnum.fr import siret as siret_number

from services.directory import mirror
from services.procurement.commands.needs import give_back_when_over, release
from services.procurement.commands.order import order_document
from services.procurement.commands.support import (
    decider,
    named,
    rules_on,
    tell,
)
from services.procurement.gateways import Documents
from services.procurement.model import BudgetLine, Invoice, Key, Purchase, Seen, SignedOrder
from services.procurement.model.refusals import InvoiceNotAccepted, WrongValue
from services.procurement.queries import _contract_wanted, _invoice_known
from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork
from shared.store.uploads import media_type_of


@retryable
def record_commitment(uow: UnitOfWork, *, purchase_id: UUID, number: str) -> None:
    """Record the finance software's commitment number: the reservation becomes a commitment."""
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        amount = purchase.commit(decider(uow, purchase), number)
        assert purchase.line_id is not None
        line = uow.get(BudgetLine, purchase.line_id, hot=True)
        line.commit(purchase.id, amount, uow.now)


def record_contract(uow: UnitOfWork, *, purchase_id: UUID, file: bytes) -> None:
    """Put the written contract with the chosen supplier in the file, before the order.

    The file is known by its content (PDF, JPEG, PNG). A new one takes the place of the last; the
    signature binds to the one that is there. Refuses before the decision and after the order.
    """
    purchase = uow.get(Purchase, purchase_id)
    media_type = media_type_of(file)
    with named(uow, purchase.committee_id):
        who = decider(uow, purchase)
        purchase.record_contract(who, uow.files.put(file, media_type))


def sign_order(uow: UnitOfWork, *, purchase_id: UUID, seen: str) -> str:
    """Bind the city: the order gets its number, without gaps, and its PDF. Gives the number.

    Refuses who asked, edited, checked or validated, a delegation absent or too low, and a
    purchase without the written contract that the need of its family asks for.
    """
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        who = decider(uow, purchase, signs=True)
        wanted = _contract_wanted(uow, purchase.id, purchase.family, purchase.launched_on)
        purchase.ready_to_sign(who, seen, wanted)
        number = f"BC-{uow.today.year}-{uow.next_number(f'orders-{uow.today.year}'):04d}"
        documents: Documents = uow.gateway("Documents")
        signer = mirror.name_of(uow, uow.actor.person)
        data = order_document(purchase, number, uow.today, signer)
        file = uow.files.put(documents.order(data), "application/pdf")
        purchase.sign(who, seen, SignedOrder(number, file, uow.today), wanted)
    tell(uow, purchase, f"« {purchase.title} » est commandé.")
    return number


def certify_delivery(
    uow: UnitOfWork,
    *,
    purchase_id: UUID,
    delivered_on: date,
    quantities: dict[int, Decimal],
    reserves: str = "",
    was_there: bool = False,
) -> dict[str, Any]:
    """Certify what came (service fait), by position of the order's lines.

    Refuses who was not there, who signed the order, and more than what is still to come.
    """
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        seen = Seen(delivered_on, quantities, reserves, was_there)
        who = decider(uow, purchase)
        delivery = purchase.certify(who, uow.new_id(), seen, uow.today)
    return {"id": delivery.id, "total": delivery.total}


def amend_order(uow: UnitOfWork, *, purchase_id: UUID, needed_by: date, note: str) -> None:
    """Note the day, and what else, that was agreed with the supplier after the order.

    What is signed stays as it is: other lines or amounts are another order. Refuses before the
    order, and without a sentence.
    """
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        purchase.amend_order(decider(uow, purchase), needed_by, note)
    tell(uow, purchase, f"La commande « {purchase.title} » est attendue le {needed_by:%d/%m/%Y}.")


def stop_order(uow: UnitOfWork, *, purchase_id: UUID, reason: str) -> None:
    """Give up what has not come; its part of the commitment is released."""
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        keep = purchase.stop(decider(uow, purchase), reason)
    release(uow, purchase, keep)


def record_invoice(
    uow: UnitOfWork,
    *,
    purchase_id: UUID,
    number: str,
    siret: str,
    received_on: date,
    amount_incl_tax: Decimal,
) -> UUID:
    """Record an invoice; refuses another supplier's, one already recorded, or beyond the order."""
    purchase = uow.get(Purchase, purchase_id)
    invoice = Invoice(uow.new_id(), number.strip(), _siret(siret), received_on, amount_incl_tax)
    if _invoice_known(uow, invoice.siret, invoice.number, received_on.year):
        raise InvoiceNotAccepted(
            "Cette facture est déjà enregistrée.",
            rule="Un fournisseur, un numéro, une année : une facture.",
            missing="Une facture nouvelle.",
            unblocks="Le service des finances.",
        )
    days = int(rules_on(uow, uow.today).get(Key.PAYMENT_DAYS).value)
    with named(uow, purchase.committee_id):
        purchase.receive_invoice(decider(uow, purchase), invoice, days)
    return invoice.id


def _siret(text: str) -> str:
    try:
        number: str = siret_number.validate(text)
    except ValidationError as error:
        sentence = "Ce numéro n’est pas un SIRET valable."
        raise WrongValue(sentence, fields={"siret": sentence}) from error
    return number


@retryable
def record_payment(uow: UnitOfWork, *, purchase_id: UUID, invoice_id: UUID, paid_on: date) -> str:
    """Record the accountant's payment; a file fully paid is settled and releases the rest."""
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        who = decider(uow, purchase)
        invoice = purchase.pay(who, invoice_id, paid_on)
        assert purchase.line_id is not None
        line = uow.get(BudgetLine, purchase.line_id, hot=True)
        line.spend(purchase.id, invoice.amount_incl_tax, uow.now)
        if purchase.all_paid:
            purchase.settle(who)
            line.release(purchase.id, uow.now)
            give_back_when_over(uow, line)
    return str(purchase.state)


def settle_purchase(uow: UnitOfWork, *, purchase_id: UUID) -> None:
    """Close a delivered file whose invoices are paid; the rest of its commitment is released."""
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        purchase.settle(decider(uow, purchase))
    release(uow, purchase)
