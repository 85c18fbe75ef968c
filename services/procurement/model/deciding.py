"""A purchase from the comparison to the decision: check, question, validate, refuse."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.procurement.events import QuoteRefused, QuoteValidated, Step
from services.procurement.model.asked import Proposal
from services.procurement.model.consulting import Consulting
from services.procurement.model.decider import Decider, Delegation
from services.procurement.model.money import in_euros
from services.procurement.model.papers import Interest, Quote
from services.procurement.model.refusals import (
    CeilingExceeded,
    ComparisonIncomplete,
    DelegationMissing,
    InterestNotExcluded,
    ProcedureHeavier,
    QuoteExpired,
    QuoteNotReceived,
    SeenOutdated,
    need_reason,
)
from services.procurement.model.rules import REGIMES, Applied, Regime


class Deciding(Consulting):
    """Each decision binds to what its maker saw: ``seen`` is the hash shown on the screen."""

    def score(self, quote: Quote) -> Decimal:
        """Points out of 100: cost in proportion to the lowest, delay and environment as typed."""
        lowest = min(q.totals.incl_tax for q in self.kept() if q.readable)
        typed = (quote.score_delay or 0) + (quote.score_environment or 0)
        return cost_score(self.weight_cost or 0, lowest, quote.totals.incl_tax) + typed

    def ranking(self) -> list[Quote]:
        """The readable quotes, the best score first; a ranking proposes, a person decides."""
        readable = [q for q in self.kept() if q.readable]
        return sorted(readable, key=lambda q: (-self.score(q), q.totals.incl_tax, str(q.id)))

    def check(self, decider: Decider, proposal: Proposal, turns: str = "") -> None:
        """Propose a quote for validation.

        Refuses an untyped quote, no budget line, and a choice without the reason it needs: not
        the first of the ranking, or a supplier that comes up too often (``turns`` says how).
        """
        self.passage(Step.CHECK, decider)
        self._refuse_incomplete()
        quote = self.quote(proposal.quote_id)
        if not quote.readable:
            raise QuoteNotReceived("Ce devis n’est pas arrivé à temps : il ne compte pas.")
        exclude_interest(proposal.no_interest)
        first = self.ranking()[0]
        if self._needs_why(quote, first):
            text = f"{first.supplier} est mieux placé : dites pourquoi celui-ci."
            need_reason(proposal.why, "why", text)
        if turns:
            need_reason(proposal.why_supplier, "why_supplier", turns)
        if any(line.vat_rate == 0 for line in quote.lines) and not quote.vat_exemption:
            text = "Une TVA à 0 % demande le texte qui en exonère."
            raise ComparisonIncomplete(text, fields={"vat_exemption": text})
        self.choose(quote)
        reason = " · ".join(t.strip() for t in (proposal.why, proposal.why_supplier) if t.strip())
        self.take_bound(Step.CHECK, decider, reason)

    def _needs_why(self, quote: Quote, first: Quote) -> bool:
        tied = [q for q in self.ranking() if self.score(q) == self.score(first)]
        return quote is not first or len(tied) > 1

    def _refuse_incomplete(self) -> None:
        missing = [quote.supplier for quote in self.kept() if not quote.readable]
        if not self.kept():
            text = "Aucun devis n’est arrivé à temps : relancez une consultation."
        elif missing:
            text = f"Le devis de {', '.join(missing)} n’est pas saisi."
        elif self.line_id is None:
            text = "Dites quelle ligne de budget paie."
        else:
            return
        raise ComparisonIncomplete(text, missing=text, unblocks="Le service achats.")

    def ask_more(self, decider: Decider, reason: str, seen: str) -> None:
        """Send the file back with a question; refuses without one."""
        if self.already(Step.ASK_MORE, decider, seen):
            return
        self.passage(Step.ASK_MORE, decider)
        self.refuse_unseen(seen)
        self.take_bound(Step.ASK_MORE, decider, reason)

    def validate(
        self, decider: Decider, seen: str, no_interest: bool, applied: Applied, today: date
    ) -> Quote | None:
        """Choose for the city; the same click again changes nothing (None).

        Refuses who asked, edited or checked, an outdated screen, a quote past its last day, a
        delegation absent or too low, and a need that became too large for simple quotes since
        they were asked.
        """
        if self.already(Step.VALIDATE, decider, seen):
            return None
        self.passage(Step.VALIDATE, decider)
        quote = self.chosen
        assert quote is not None
        exclude_interest(no_interest)
        self.refuse_unseen(seen)
        refuse_expired(quote, today)
        delegation = delegation_for(decider, quote.totals.incl_tax)
        self._refuse_hardened(applied)
        self.take_bound(Step.VALIDATE, decider, delegation_id=delegation.id)
        self.validated_on = today
        self._say_validated(quote)
        return quote

    def _refuse_hardened(self, applied: Applied) -> None:
        if applied.heavier_than(self.regime or Regime.DISPENSE):
            raise ProcedureHeavier(
                "Depuis la demande de devis, le besoin de cette famille a dépassé un seuil.",
                rule=f"{REGIMES[applied.regime]} ({applied.row.source}).",
                missing="Une nouvelle consultation selon cette procédure.",
                unblocks="Le service achats : « Demander un complément » lui rend le dossier.",
                role="procurement_officer",
            )

    def _say_validated(self, quote: Quote) -> None:
        sums, line_id = quote.totals, self.line_id
        assert line_id is not None
        self.record_fact(
            QuoteValidated,
            quote_id=quote.id,
            kind=self.kind,
            category=self.category,
            supplier_id=quote.supplier_id,
            supplier=quote.supplier,
            lines=quote.priced(),
            amount_excl_tax=sums.excl_tax,
            vat=sums.vat,
            amount_incl_tax=sums.incl_tax,
            line_id=line_id,
            content_hash=self.content_hash(),
            delivery_date=quote.delivery_date,
            file=quote.file,
        )

    def refuse(self, decider: Decider, reason: str, seen: str = "") -> bool:
        """Stop here, with a reason; False when this same person already did."""
        if self.already(Step.REFUSE, decider, seen or self.content_hash()):
            return False
        self.passage(Step.REFUSE, decider)
        if seen:
            self.refuse_unseen(seen)
        self.take_bound(Step.REFUSE, decider, reason)
        self.record_fact(QuoteRefused, why=reason.strip(), quote_id=self.chosen_id)
        return True

    def declare_interest(self, person: UUID, decider: Decider, text: str) -> None:
        """Somebody steps back from this file; said once, for good."""
        said = need_reason(text, "text", "Dites en une phrase quel est cet intérêt.")
        if all(interest.person != person for interest in self.interests):
            self.interests.append(Interest(person, decider.at, said))

    def already(self, step: Step, decider: Decider, seen: str) -> bool:
        """Whether this person has just taken ``step`` on what they saw: a second click."""
        last = self.acts[-1] if self.acts else None
        return (
            last is not None
            and last.step is step
            and last.person == decider.person
            and last.content_hash == seen
        )

    def refuse_unseen(self, seen: str) -> None:
        """Refuses a decision on something else than what the file holds now."""
        if seen != self.content_hash():
            raise SeenOutdated(
                "Le dossier a changé depuis que vous l’avez ouvert : relisez-le avant de décider.",
                rule="Une décision porte sur ce que vous avez lu, à la virgule près.",
                missing="Votre lecture du dossier tel qu’il est maintenant.",
                unblocks="Vous, en rouvrant le dossier.",
            )

    def take_bound(
        self, step: Step, decider: Decider, reason: str = "", delegation_id: UUID | None = None
    ) -> None:
        """Take ``step`` and keep in its act the content that it binds to."""
        self.take(
            step,
            decider,
            reason,
            content_hash=self.content_hash(),
            content=self.content(),
            delegation_id=delegation_id,
        )


def cost_score(weight: int, lowest: Decimal, total: Decimal) -> Decimal:
    """Points of ``weight`` for a price: all of them for the lowest, in proportion for others."""
    return (weight * (lowest / total if total else Decimal(1))).quantize(Decimal("0.1"))


def exclude_interest(no_interest: bool) -> None:
    """Refuses to go on before the person says that no interest links them to the file."""
    if not no_interest:
        text = "Confirmez que vous n’avez aucun intérêt dans ce dossier, ou déclarez-le."
        raise InterestNotExcluded(text, fields={"no_interest": text})


def delegation_for(decider: Decider, amount: Decimal) -> Delegation:
    """The delegation that covers ``amount`` (including tax); refuses when there is none."""
    if not decider.delegations:
        raise DelegationMissing(
            "Aucune délégation en vigueur aujourd’hui à votre nom ne couvre cet achat.",
            rule="Seule une personne délégataire engage la Ville, dans les dates de son acte.",
            missing="Une délégation en vigueur.",
            unblocks="La DPC-CAC l’enregistre dans l’annuaire ; un autre délégataire peut décider.",
            role="delegate",
        )
    best = max(decider.delegations, key=lambda delegation: delegation.ceiling)
    if amount > best.ceiling:
        raise CeilingExceeded(
            f"Votre délégation va jusqu’à {in_euros(best.ceiling)} TTC.",
            rule="Une délégation a un plafond.",
            missing=f"Ce devis est de {in_euros(amount)} TTC.",
            unblocks="Un délégataire dont le plafond est plus haut.",
            role="delegate",
        )
    return best


def refuse_expired(quote: Quote, today: date) -> None:
    """Refuses a quote that its supplier no longer stands by, until they confirm it."""
    if not quote.holds_on(today):
        raise QuoteExpired(
            f"Le devis de {quote.supplier} était valable jusqu’au {quote.valid_until:%d/%m/%Y}.",
            rule="On ne choisit qu’un devis que son fournisseur tient encore.",
            missing="Une nouvelle date de validité, ou sa confirmation notée avec le jour.",
            unblocks="Le service achats, qui note la réponse du fournisseur.",
            role="procurement_officer",
        )
