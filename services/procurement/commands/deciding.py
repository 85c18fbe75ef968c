"""Decisions: check, question, validate with the money in the same transaction, refuse."""

from uuid import UUID

from services.procurement.commands.support import decider, named, rules_on, tell
from services.procurement.events import Step
from services.procurement.model import BudgetLine, Proposal, Purchase
from services.procurement.queries import _contract_wanted, _need_of_family, _turns_of
from shared.kernel.refusals import Invalid
from shared.perform import retryable
from shared.store.unit_of_work import UnitOfWork


def check_quote(
    uow: UnitOfWork,
    *,
    purchase_id: UUID,
    quote_id: UUID,
    why: str = "",
    why_supplier: str = "",
    no_interest: bool = False,
    version: int | str | None = None,
) -> None:
    """Propose one quote for validation, with the reasons that the comparison asks for."""
    purchase = uow.get(Purchase, purchase_id, version=version)
    with named(uow, purchase.committee_id):
        turns = ""
        if any(quote.id == quote_id for quote in purchase.kept()):
            siren = purchase.quote(quote_id).siren
            rules = rules_on(uow, uow.today)
            turns = _turns_of(uow, purchase.family, siren, rules, uow.today)
        proposal = Proposal(quote_id, why, why_supplier, no_interest)
        purchase.check(decider(uow, purchase), proposal, turns)


def ask_more(uow: UnitOfWork, *, purchase_id: UUID, seen: str, reason: str) -> None:
    """Send the file back to procurement with a question."""
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        purchase.ask_more(decider(uow, purchase, signs=True), reason, seen)
    for person in purchase.took({Step.CHECK}):
        text = f"Un complément est demandé sur « {purchase.title} »."
        uow.notify(person, text, f"/procurement/a-approuver/{purchase.id}")


@retryable
def validate_quote(
    uow: UnitOfWork, *, purchase_id: UUID, seen: str, no_interest: bool = False
) -> str:
    """Choose the proposed quote for the city and reserve its amount, both or neither.

    ``seen`` is the hash on the screen: a file that changed since is refused, so that doing it
    again after a lost race is safe. Refuses who asked, edited or checked, a delegation absent,
    too low or out of date, and more than the line holds.
    """
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        rules = rules_on(uow, purchase.launched_on or uow.today)
        need = _need_of_family(uow, purchase.family, uow.today, purchase.id)
        applied = rules.regime(purchase.category, need + (purchase.amount_excl_tax or 0))
        who = decider(uow, purchase, signs=True)
        quote = purchase.validate(who, seen, no_interest, applied, uow.today)
        if quote is not None:
            assert purchase.line_id is not None
            line = uow.get(BudgetLine, purchase.line_id, hot=True)
            line.reserve(purchase.id, quote.totals.incl_tax, uow.now)
            _ask_for_the_contract(uow, purchase)
            tell(uow, purchase, f"Le devis de « {purchase.title} » est validé.")
    return str(purchase.state)


def _ask_for_the_contract(uow: UnitOfWork, purchase: Purchase) -> None:
    """Tell who checked, on the day of the choice, that an order will need a written contract."""
    if _contract_wanted(uow, purchase.id, purchase.family, purchase.launched_on):
        text = f"Un contrat écrit est à déposer avant de commander « {purchase.title} »."
        for person in purchase.took({Step.CHECK}):
            uow.notify(person, text, f"/procurement/consultations/{purchase.id}")


def refuse_purchase(uow: UnitOfWork, *, purchase_id: UUID, reason: str, seen: str = "") -> None:
    """Stop a purchase with a reason; nothing is held before validation, so nothing is released."""
    purchase = uow.get(Purchase, purchase_id)
    with named(uow, purchase.committee_id):
        if purchase.refuse(decider(uow, purchase, signs=True), reason, seen):
            tell(uow, purchase, f"« {purchase.title} » est refusé : {reason.strip()}")


def declare_interest(uow: UnitOfWork, *, purchase_id: UUID, text: str) -> None:
    """Step back from a file, for good; what is said is for the DPC alone."""
    purchase = uow.get(Purchase, purchase_id)
    person = uow.actor.person
    if person is None:
        raise Invalid("Une déclaration est celle d’une personne.")
    purchase.declare_interest(person, decider(uow, purchase), text)
