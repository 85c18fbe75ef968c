"""A purchase from the need to the request for quotes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from services.procurement.events import Category, Line, PurchaseOpened, QuotesRequested, Step
from services.procurement.model.asked import QuoteRequest
from services.procurement.model.decider import Decider
from services.procurement.model.money import in_euros
from services.procurement.model.papers import NeedLine
from services.procurement.model.passing import Passing
from services.procurement.model.refusals import (
    ClosingPast,
    ProcedureHeavier,
    RequestIncomplete,
    positive,
)
from services.procurement.model.rules import REGIMES, Key, Regime, Rules
from services.procurement.model.steps import Passage, State


class Requesting(Passing):
    """The need, and the same request for all suppliers."""

    def open(self, decider: Decider) -> None:
        """Open the file of a need: procurement is awaited. ``decider`` is who asks."""
        self.journey = self.journey or self.action_id
        row = Passage(Step.OPEN, State.NEEDED, State.NEEDED, decider.roles)
        self.note(Step.OPEN, decider, row)
        self._say_open()

    def open_again(self, decider: Decider, needed_by: date, order_before: date) -> None:
        """A need whose purchase was stopped is asked again: its file begins again."""
        row = self.passage(Step.OPEN, decider)
        self.state, self.needed_by, self.order_before = row.target, needed_by, order_before
        self.choose(None)
        self.commitment_number, self.overtaken, self.wanted_by = None, "", None
        self.note(Step.OPEN, decider, row)
        self._say_open()

    def _say_open(self) -> None:
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

    def classify(self, decider: Decider, category: Category, family: str) -> None:
        """Say which family and category a need is of, before suppliers are asked."""
        self.passage(Step.AMEND, decider)
        self.category, self.family = category, family
        self.take(Step.AMEND, decider, f"Classé dans la famille « {family} »")

    def reschedule(self, decider: Decider, needed_by: date, order_before: date, why: str) -> None:
        """Follow the day of what it is for; dates are counted back again."""
        self.passage(Step.RESCHEDULE, decider)
        self.needed_by, self.order_before = needed_by, order_before
        self.take(Step.RESCHEDULE, decider, _told(f"Voulu pour le {needed_by:%d/%m/%Y}", why))

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


def _told(text: str, why: str) -> str:
    return f"{text} : {why.strip()}" if why.strip() else f"{text}."
