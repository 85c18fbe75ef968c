"""A purchase from the need to the opened quotes."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from services.language import FileRef
from services.procurement.events import (
    Line,
    OpenedQuote,
    PurchaseOpened,
    QuoteReceived,
    QuotesOpened,
    QuotesRequested,
    Step,
)
from services.procurement.model.asked import QuoteContent, QuoteRequest
from services.procurement.model.decider import Decider
from services.procurement.model.file import PurchaseFile
from services.procurement.model.money import in_euros
from services.procurement.model.papers import Invitation, NeedLine, Quote
from services.procurement.model.refusals import (
    ClosingPast,
    ComparisonIncomplete,
    NotInvited,
    ProcedureHeavier,
    QuoteNotReceived,
    QuotesStillSealed,
    RequestIncomplete,
    positive,
)
from services.procurement.model.rules import REGIMES, Key, Regime, Rules
from services.procurement.model.steps import Passage, State


class Consulting(PurchaseFile):
    """Need, request for quotes, sealed receipt, opening, typing."""

    def open(self, decider: Decider) -> None:
        """Open the file of a need: procurement is awaited. ``decider`` is who asks."""
        self.journey = self.action_id
        row = Passage(Step.OPEN, State.NEEDED, State.NEEDED, decider.roles)
        self.note(Step.OPEN, decider, row)
        self.record_fact(
            PurchaseOpened,
            title=self.title,
            category=self.category,
            kind=self.kind,
            family=self.family,
            lines=tuple(Line(label=n.label, quantity=n.quantity, unit=n.unit) for n in self.lines),
            place=self.place,
            needed_by=self.needed_by,
            priority=self.priority,
            owner=self.owner,
            line_id=self.line_id,
        )
        self.say_step(Step.OPEN)

    def complete(self, decider: Decider, lines: Sequence[NeedLine], note: str) -> None:
        """Answer a question about the need, with its lines as they should be."""
        self.passage(Step.COMPLETE_NEED, decider)
        for line in lines:
            positive(line.quantity, "lines")
        self.lines[:] = lines
        self.content_version += 1
        self.take(Step.COMPLETE_NEED, decider, note)

    def request_quotes(
        self, decider: Decider, request: QuoteRequest, rules: Rules, need_excl_tax: Decimal
    ) -> None:
        """Ask suppliers; refuses a heavier procedure, a past closing or an unfair grid."""
        self.passage(Step.REQUEST_QUOTES, decider)
        if request.closes_at <= decider.at:
            text = "La clôture est à venir : choisissez un moment plus tard."
            raise ClosingPast(text, fields={"closes_at": text})
        self._refuse_heavier(request, rules, need_excl_tax)
        self._refuse_unfair(request, rules, need_excl_tax)
        self.round += 1
        self.choose(None)
        self.closes_at, self.launched_on = request.closes_at, rules.day
        self.regime = rules.regime(self.category, need_excl_tax).regime
        self.need_excl_tax, self.request_reason = need_excl_tax, request.ground.strip()
        self.weight_cost, self.weight_delay = request.cost, request.delay
        self.weight_environment = request.environment
        for invitation in request.suppliers:
            invitation.round = self.round
            self.invitations.append(invitation)
        self.take(Step.REQUEST_QUOTES, decider, request.ground)
        self.record_fact(
            QuotesRequested,
            round=self.round,
            count=len(request.suppliers),
            closes_at=request.closes_at,
        )

    def _refuse_heavier(self, request: QuoteRequest, rules: Rules, need: Decimal) -> None:
        applied = rules.regime(self.category, need)
        if applied.regime is not Regime.DISPENSE and not request.ground.strip():
            raise ProcedureHeavier(
                f"Le besoin de la famille « {self.family} » atteint {in_euros(need)} HT en douze mois : "
                "de simples devis ne suffisent plus.",
                rule=f"{REGIMES[applied.regime]} ({applied.row.source}).",
                missing="La publicité faite, ou le motif écrit qui en dispense.",
                unblocks="La DPC-CAC et la direction de la commande publique.",
                fields={"ground": "Écrivez la publicité faite ou le motif de dérogation."},
                role="dpc_officer",
            )

    def _refuse_unfair(self, request: QuoteRequest, rules: Rules, need: Decimal) -> None:
        asked = len({invitation.supplier_id for invitation in request.suppliers})
        fields: dict[str, str] = {}
        if asked == 0 or asked != len(request.suppliers):
            fields["suppliers"] = "Choisissez au moins un fournisseur, chacun une fois."
        wanted = rules.quotes_to_ask(self.estimate_incl_tax or need)
        if 0 < asked < wanted and not request.ground.strip():
            fields["ground"] = f"La grille interne demande {wanted} fournisseurs : dites pourquoi."
        weights = (request.cost, request.delay, request.environment)
        if sum(weights) != 100 or min(weights) < 0:
            fields["cost"] = "Les poids font 100 en tout."
        elif asked > 1 and request.environment == 0 and rules.find(Key.ENVIRONMENT):
            source = rules.get(Key.ENVIRONMENT).source
            fields["environment"] = f"Un critère environnemental est obligatoire ({source})."
        if fields:
            raise RequestIncomplete(next(iter(fields.values())), fields=fields)

    def receive(self, decider: Decider, quote_id: UUID, supplier_id: UUID, file: FileRef) -> Quote:
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
        self.take(Step.RECEIVE, decider)
        self.record_fact(QuoteReceived, round=self.round, count=len(self.kept()), late=late)
        return quote

    def open_quotes(self, decider: Decider) -> None:
        """Open what was kept, once closing is past; refuses before."""
        self.passage(Step.OPEN_QUOTES, decider)
        if self.closes_at is None or decider.at < self.closes_at:
            raise QuotesStillSealed(
                "Les devis restent fermés jusqu’à la clôture.",
                rule="Avant la clôture, personne ne lit un devis, pas même le service achats.",
                missing="L’heure de clôture n’est pas passée.",
                unblocks="Personne : les devis s’ouvrent seuls à la clôture.",
            )
        for quote in self.kept():
            quote.opened_at = decider.at
        self.take(Step.OPEN_QUOTES, decider)

    def type_amounts(self, decider: Decider, quote_id: UUID, content: QuoteContent) -> None:
        """Type what an opened quote says. Any visa given before falls: it bound to other words."""
        self.passage(Step.AMEND, decider)
        quote = self.quote(quote_id)
        if quote.opened_at is None or quote.set_aside:
            raise QuoteNotReceived(
                "Ce devis n’est pas ouvert, ou il est arrivé hors délai.",
                rule="On ne lit que les devis reçus à temps, après la clôture.",
                missing="Un devis ouvert.",
                unblocks="Le service achats peut relancer une consultation.",
            )
        self._refuse_scores(content)
        quote.lines[:] = content.lines
        quote.delivery_date, quote.valid_until = content.delivery_date, content.valid_until
        quote.score_delay = content.score_delay
        quote.score_environment = content.score_environment
        quote.vat_exemption = content.vat_exemption.strip()
        self.amend(decider, f"Devis de {quote.supplier} saisi")
        if all(kept.readable for kept in self.kept()):
            self.record_fact(QuotesOpened, round=self.round, quotes=self._opened())

    def amend(self, decider: Decider, what: str) -> None:
        """A bound field changed, up or down: visas fall and the comparison starts again."""
        self.choose(None)
        self.take(Step.AMEND, decider, what)

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
