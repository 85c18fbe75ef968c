"""A purchase from the first sealed quote to the last one typed."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from services.language import FileRef
from services.procurement.events import OpenedQuote, QuoteReceived, QuotesOpened, Step
from services.procurement.model.asked import Confirmation, QuoteContent
from services.procurement.model.decider import Decider
from services.procurement.model.papers import Invitation, Quote
from services.procurement.model.refusals import (
    ComparisonIncomplete,
    NotInvited,
    QuoteNotReceived,
    QuotesStillSealed,
    WrongValue,
)
from services.procurement.model.requesting import Requesting
from services.procurement.model.steps import State


class Consulting(Requesting):
    """Sealed receipt, opening, typing, and a quote confirmed by its supplier."""

    def receive(
        self, decider: Decider, quote_id: UUID, supplier_id: UUID, file: FileRef, how: str = ""
    ) -> Quote:
        """Register a sealed quote; one that comes after closing is kept but does not count."""
        self.passage(Step.RECEIVE, decider)
        invited = self._invitation(supplier_id)
        late = self.closes_at is None or decider.at > self.closes_at
        for earlier in self.kept():
            if earlier.supplier_id == supplier_id and not late:
                earlier.set_aside = "replaced"
        quote = Quote(
            id=quote_id,
            round=self.round,
            supplier_id=supplier_id,
            supplier=invited.supplier,
            siren=invited.siren,
            received_at=decider.at,
            file_sha256=file.sha256,
            file_size=file.size,
            file_media_type=file.media_type,
            set_aside="late" if late else "",
        )
        self.quotes.append(quote)
        self.take(Step.RECEIVE, decider, how)
        self.record_fact(QuoteReceived, round=self.round, count=len(self.kept()), late=late)
        return quote

    def invite_by_link(self, decider: Decider, supplier_id: UUID, link_id: UUID) -> Invitation:
        """Let a supplier that was asked answer by a link of its own, until closing."""
        self.passage(Step.RECEIVE, decider)
        invited = self._invitation(supplier_id)
        invited.link_id = invited.link_id or link_id
        return invited

    def decline(self, decider: Decider, supplier_id: UUID) -> None:
        """A supplier says that it will not quote this time."""
        self.passage(Step.RECEIVE, decider)
        self._invitation(supplier_id).declined = True

    def open_quotes(
        self, decider: Decider, offers: Mapping[UUID, QuoteContent] | None = None
    ) -> None:
        """Open what was kept, once closing is past; refuses before.

        ``offers`` is what suppliers typed themselves, by quote: nobody has to type it again.
        """
        self.refuse_sealed(decider)
        for quote in self.kept():
            quote.opened_at = decider.at
            if offers and quote.id in offers:
                quote.hold(offers[quote.id])
        self.take(Step.OPEN_QUOTES, decider)
        self._say_opened()

    def refuse_sealed(self, decider: Decider) -> None:
        """Refuses to open anything before closing, whoever asks."""
        self.passage(Step.OPEN_QUOTES, decider)
        if self.closes_at is None or decider.at < self.closes_at:
            raise QuotesStillSealed(
                "Les devis restent fermés jusqu’à la clôture.",
                rule="Avant la clôture, personne ne lit un devis, pas même le service achats.",
                missing="L’heure de clôture n’est pas passée.",
                unblocks="Personne : les devis s’ouvrent seuls à la clôture.",
            )

    def _say_opened(self) -> None:
        if self.kept() and all(quote.readable for quote in self.kept()):
            self.record_fact(QuotesOpened, round=self.round, quotes=self._opened())

    def type_amounts(self, decider: Decider, quote_id: UUID, content: QuoteContent) -> None:
        """Type what an opened quote says. Any visa given before falls: it bound to other words."""
        self.passage(Step.AMEND, decider)
        quote = self._opened_quote(quote_id)
        self._refuse_scores(content)
        quote.hold(content)
        quote.score_delay = content.score_delay
        quote.score_environment = content.score_environment
        self.amend(decider, f"Devis de {quote.supplier} saisi")
        self._say_opened()

    def confirm(self, decider: Decider, said: Confirmation, today: date) -> None:
        """Note that a supplier stands by its quote: visas stay, as nothing they bind to changes.

        Refuses a day to come, and an answer after which the quote would still be out of date.
        """
        self.passage(Step.CONFIRM, decider)
        quote = self._opened_quote(said.quote_id)
        if said.confirmed_on > today:
            text = "Cette date n’est pas encore passée."
            raise WrongValue(text, fields={"confirmed_on": text})
        quote.confirmed_on = said.confirmed_on
        quote.valid_until = said.valid_until or quote.valid_until
        if not quote.holds_on(today):
            text = "Avec cette réponse, le devis resterait expiré : demandez une date à venir."
            raise WrongValue(text, fields={"valid_until": text})
        until = f", jusqu’au {said.valid_until:%d/%m/%Y}" if said.valid_until else ""
        what = f"{quote.supplier} confirme le {said.confirmed_on:%d/%m/%Y}{until}"
        self.take(Step.CONFIRM, decider, what)

    def _opened_quote(self, quote_id: UUID) -> Quote:
        quote = self.quote(quote_id)
        if quote.opened_at is None or quote.set_aside:
            raise QuoteNotReceived(
                "Ce devis n’est pas ouvert, ou il est arrivé hors délai.",
                rule="On ne lit que les devis reçus à temps, après la clôture.",
                missing="Un devis ouvert.",
                unblocks="Le service achats peut relancer une consultation.",
            )
        return quote

    def amend(self, decider: Decider, what: str) -> None:
        """A bound field changed, up or down: visas fall and the comparison starts again."""
        self.choose(None)
        self.take(Step.AMEND, decider, what)

    def follow_line(self, decider: Decider, line_id: UUID) -> bool:
        """The line that pays is another, for the action is in another year: a visa given falls."""
        if self.line_id == line_id:
            return False
        self.line_id = line_id
        if self.state is State.CHECKED:
            self.amend(decider, "La ligne de budget est celle d’une autre année")
            return True
        return False

    def charge(self, decider: Decider, line_id: UUID) -> None:
        """Say which budget line pays: part of what visas bind to."""
        self.passage(Step.AMEND, decider)
        self.line_id = line_id
        self.amend(decider, "Ligne de budget changée")

    def kept(self) -> list[Quote]:
        """The quotes of this round that count."""
        return [q for q in self.quotes if q.round == self.round and not q.set_aside]

    def quote(self, quote_id: UUID) -> Quote:
        """One quote of this round; refuses any other."""
        for quote in self.quotes:
            if quote.id == quote_id and quote.round == self.round:
                return quote
        raise QuoteNotReceived(
            "Ce devis n’est pas dans cette consultation.",
            rule="Seul un devis reçu dans cette consultation peut être choisi.",
            missing="Un devis reçu à temps.",
            unblocks="Le service achats.",
        )

    def _invitation(self, supplier_id: UUID) -> Invitation:
        for invitation in self.invitations:
            if invitation.supplier_id == supplier_id and invitation.round == self.round:
                return invitation
        raise NotInvited(
            "Ce fournisseur n’a pas été interrogé pour cet achat.",
            rule="Tous les fournisseurs reçoivent la même demande, en même temps.",
            missing="Une demande de devis à ce fournisseur.",
            unblocks="Le service achats peut relancer une consultation avec lui.",
        )

    def _refuse_scores(self, content: QuoteContent) -> None:
        if not content.lines:
            text = "Saisissez au moins une ligne."
            raise ComparisonIncomplete(text, fields={"lines": text})
        bounds = (
            ("score_delay", content.score_delay, self.weight_delay or 0),
            ("score_environment", content.score_environment, self.weight_environment or 0),
        )
        for name, score, highest in bounds:
            if not 0 <= score <= highest:
                text = f"La note va de 0 à {highest}."
                raise ComparisonIncomplete(text, fields={name: text})

    def _opened(self) -> tuple[OpenedQuote, ...]:
        return tuple(
            OpenedQuote(
                quote_id=q.id,
                supplier_id=q.supplier_id,
                amount_excl_tax=q.totals.excl_tax,
                amount_incl_tax=q.totals.incl_tax,
            )
            for q in self.kept()
        )
