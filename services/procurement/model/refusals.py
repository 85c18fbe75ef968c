"""What a purchase is refused for; each name is a rule, each text a sentence for people."""

from decimal import Decimal

from shared.kernel.refusals import Forbidden, Invalid, Refused


class StepNotAllowed(Refused):
    """The file is not where this step can be taken."""


class RoleNotAllowed(Forbidden):
    """This step belongs to another role."""


class DutiesNotSeparated(Forbidden):
    """One person does not both ask, edit or check and decide."""


class InterestDeclared(Forbidden):
    """Who has an interest in a file takes no part in it."""


class InterestNotExcluded(Invalid):
    """Who decides first says that they have no interest in the file."""


class DelegationMissing(Forbidden):
    """Only who holds a delegation in force commits the city."""


class CeilingExceeded(Forbidden):
    """The delegation does not go that high."""


class ReasonNeeded(Invalid):
    """Some decisions are only worth their reason."""


class SeenOutdated(Refused):
    """A decision binds to what was on the screen; it has changed since."""


class QuoteNotReceived(Refused):
    """Only a quote received in time and with its amounts can be chosen."""


class QuoteExpired(Refused):
    """A quote past its last day is chosen only once its supplier has confirmed it."""


class ContractMissing(Refused):
    """From the threshold of the day on, no order without a written contract."""


class QuotesStillSealed(Refused):
    """Before closing nobody reads a quote."""


class ClosingPast(Refused):
    """The time to send quotes is over, or is not a time to come."""


class NotInvited(Refused):
    """A quote comes from a supplier that was asked."""


class ComparisonIncomplete(Invalid):
    """The comparison lacks something that a decision rests on."""


class BudgetShort(Refused):
    """The line does not hold enough money."""


class EnvelopeEmpty(Refused):
    """The committee's envelope of the year is used up."""


class EnvelopeAlreadyOpen(Refused):
    """A committee has one envelope a year."""


class MoreThanHeld(Refused):
    """A document cannot commit or pay more than what is held for it."""


class MoreThanOrdered(Refused):
    """Nobody certifies more than what was ordered."""


class NotCertified(Refused):
    """No payment before somebody saw the service done."""


class InvoiceNotAccepted(Refused):
    """The invoice does not match the order."""


class InvoicesOpen(Refused):
    """A file is settled when each of its invoices is paid."""


class RuleUnknown(Refused):
    """No dated rule says what applies: nothing is assumed."""


class RulesOverlap(Refused):
    """One rule at a time for one key and category."""


class ProcedureHeavier(Refused):
    """The need goes beyond what may be bought on simple quotes."""


class RequestIncomplete(Invalid):
    """The request for quotes lacks something that binds all suppliers alike."""


class WrongValue(Invalid):
    """A field does not make sense."""


def need_reason(reason: str, field: str = "reason", text: str = "") -> str:
    """``reason`` without its outer spaces; refused when nothing is left."""
    if not reason.strip():
        sentence = text or "Écrivez le motif : il sera envoyé au comité."
        raise ReasonNeeded(sentence, fields={field: sentence})
    return reason.strip()


def positive(amount: Decimal, field: str) -> Decimal:
    """``amount``; refused when it is not above zero."""
    if amount <= 0:
        sentence = "Indiquez un montant ou une quantité au-dessus de zéro."
        raise WrongValue(sentence, fields={field: sentence})
    return amount
