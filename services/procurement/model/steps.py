"""The steps of a purchase: one table of rows; a pair that is not listed is refused.

A new approval step is a row here (from, to, roles, text), its text and its test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.procurement.events import Step

MEMBER, LEAD = "member", "lead"
DPC, PROCUREMENT = "dpc_officer", "procurement_officer"
DELEGATE, FINANCE = "delegate", "finance_clerk"
SYSTEM = "system"
"""Policies and timers: never a person."""

GROUP = frozenset({MEMBER, LEAD})
OFFICERS = frozenset({PROCUREMENT, DPC})

ROLE_NAMES = {
    MEMBER: "un membre du comité",
    LEAD: "le référent du comité",
    DPC: "la DPC-CAC",
    PROCUREMENT: "le service achats",
    DELEGATE: "un délégataire",
    FINANCE: "le service des finances",
    SYSTEM: "Rond Kozé, à l’heure dite",
}


class State(StrEnum):
    """Where a purchase is."""

    NEEDED = "needed"
    INCOMPLETE = "incomplete"
    QUOTING = "quoting"
    COMPARING = "comparing"
    CHECKED = "checked"
    QUESTIONED = "questioned"
    VALIDATED = "validated"
    COMMITTED = "committed"
    ORDERED = "ordered"
    PARTLY_DELIVERED = "partly-delivered"
    DELIVERED = "delivered"
    SETTLED = "settled"
    REFUSED = "refused"
    CANCELLED = "cancelled"


STATE_NAMES = {
    State.NEEDED: "Besoin à vérifier",
    State.INCOMPLETE: "Besoin à compléter",
    State.QUOTING: "Devis attendus",
    State.COMPARING: "Devis ouverts, à contrôler",
    State.CHECKED: "À valider",
    State.QUESTIONED: "Complément demandé",
    State.VALIDATED: "Validé, argent réservé",
    State.COMMITTED: "Engagé, à signer",
    State.ORDERED: "Commandé",
    State.PARTLY_DELIVERED: "Livré en partie",
    State.DELIVERED: "Livré, à payer",
    State.SETTLED: "Soldé",
    State.REFUSED: "Refusé",
    State.CANCELLED: "Annulé",
}

FINAL = frozenset({State.SETTLED, State.REFUSED, State.CANCELLED})


@dataclass(frozen=True)
class Passage:
    """One row: in ``source``, who holds one of ``roles`` may take ``step`` and arrive."""

    step: Step
    source: State
    target: State
    roles: frozenset[str]
    reason: bool = False


@dataclass(frozen=True)
class Awaited:
    """What comes next, by whom, and how many working days before the last day to order."""

    step: Step
    role: str
    days_before: int = 0


AWAITED = {
    State.NEEDED: Awaited(Step.REQUEST_QUOTES, PROCUREMENT, 18),
    State.INCOMPLETE: Awaited(Step.COMPLETE_NEED, MEMBER, 20),
    State.QUOTING: Awaited(Step.OPEN_QUOTES, SYSTEM, 8),
    State.COMPARING: Awaited(Step.CHECK, PROCUREMENT, 5),
    State.QUESTIONED: Awaited(Step.CHECK, PROCUREMENT, 4),
    State.CHECKED: Awaited(Step.VALIDATE, DELEGATE, 3),
    State.VALIDATED: Awaited(Step.COMMIT, FINANCE, 1),
    State.COMMITTED: Awaited(Step.SIGN_ORDER, DELEGATE, 0),
    State.ORDERED: Awaited(Step.CERTIFY, LEAD),
    State.PARTLY_DELIVERED: Awaited(Step.CERTIFY, LEAD),
    State.DELIVERED: Awaited(Step.PAY, FINANCE),
}


_BUYERS, _DELEGATES = frozenset({PROCUREMENT}), frozenset({DELEGATE})
_CLERKS, _NOBODY = frozenset({FINANCE}), frozenset({SYSTEM})
_ASKERS = GROUP | OFFICERS | _NOBODY


def _to_the_choice() -> Iterator[Passage]:
    s, buyers, system, askers = State, _BUYERS, _NOBODY, _ASKERS
    yield Passage(Step.ASK_ABOUT_NEED, s.NEEDED, s.INCOMPLETE, OFFICERS, reason=True)
    yield Passage(Step.COMPLETE_NEED, s.INCOMPLETE, s.NEEDED, askers)
    yield Passage(Step.COMPLETE_NEED, s.NEEDED, s.NEEDED, askers)
    for source in (s.NEEDED, s.COMPARING, s.QUESTIONED):
        yield Passage(Step.REQUEST_QUOTES, source, s.QUOTING, buyers)
    yield Passage(Step.RECEIVE, s.QUOTING, s.QUOTING, buyers | system)
    yield Passage(Step.RECEIVE, s.COMPARING, s.COMPARING, buyers)
    yield Passage(Step.OPEN_QUOTES, s.QUOTING, s.COMPARING, buyers | system)
    yield Passage(Step.AMEND, s.NEEDED, s.NEEDED, OFFICERS)
    for source in (s.COMPARING, s.QUESTIONED, s.VALIDATED):
        yield Passage(Step.AMEND, source, s.COMPARING, buyers)
    yield Passage(Step.AMEND, s.CHECKED, s.COMPARING, buyers | system)
    for source in (s.COMPARING, s.QUESTIONED):
        yield Passage(Step.CHECK, source, s.CHECKED, buyers)
    for source in (s.COMPARING, s.CHECKED, s.QUESTIONED):
        yield Passage(Step.CONFIRM, source, source, buyers)


def _from_the_choice() -> Iterator[Passage]:
    s, delegates, finance = State, _DELEGATES, _CLERKS
    yield Passage(Step.ASK_MORE, s.CHECKED, s.QUESTIONED, delegates, reason=True)
    yield Passage(Step.VALIDATE, s.CHECKED, s.VALIDATED, delegates)
    for source in (s.NEEDED, s.INCOMPLETE, s.COMPARING, s.QUESTIONED):
        yield Passage(Step.REFUSE, source, s.REFUSED, OFFICERS, reason=True)
    yield Passage(Step.REFUSE, s.CHECKED, s.REFUSED, delegates, reason=True)
    yield Passage(Step.COMMIT, s.VALIDATED, s.COMMITTED, finance)
    for source in (s.VALIDATED, s.COMMITTED):
        yield Passage(Step.CONTRACT, source, source, OFFICERS)
    yield Passage(Step.SIGN_ORDER, s.COMMITTED, s.ORDERED, delegates)
    for source in (s.ORDERED, s.PARTLY_DELIVERED):
        yield Passage(Step.CERTIFY_PART, source, s.PARTLY_DELIVERED, GROUP)
        yield Passage(Step.CERTIFY, source, s.DELIVERED, GROUP)
    yield Passage(Step.STOP, s.PARTLY_DELIVERED, s.DELIVERED, OFFICERS, reason=True)
    for source in (s.ORDERED, s.PARTLY_DELIVERED, s.DELIVERED):
        yield Passage(Step.INVOICE, source, source, finance)
    for source in (s.PARTLY_DELIVERED, s.DELIVERED):
        yield Passage(Step.PAY, source, source, finance)
    yield Passage(Step.SETTLE, s.DELIVERED, s.SETTLED, finance)


def _to_a_stop() -> Iterator[Passage]:
    s, system, askers = State, _NOBODY, _ASKERS
    for source in (s.NEEDED, s.INCOMPLETE):
        yield Passage(Step.CANCEL, source, s.CANCELLED, askers, reason=True)
    for source in (s.QUOTING, s.COMPARING, s.CHECKED, s.QUESTIONED, s.VALIDATED, s.COMMITTED):
        yield Passage(Step.CANCEL, source, s.CANCELLED, OFFICERS | system, reason=True)
    yield Passage(Step.CANCEL, s.ORDERED, s.CANCELLED, OFFICERS | system, reason=True)


def _when_the_day_moves() -> Iterator[Passage]:
    for stopped in (State.REFUSED, State.CANCELLED):
        yield Passage(Step.OPEN, stopped, State.NEEDED, _NOBODY)
    for source in AWAITED:
        if source is not State.DELIVERED:
            yield Passage(Step.RESCHEDULE, source, source, _NOBODY)
    for source in (State.ORDERED, State.PARTLY_DELIVERED):
        yield Passage(Step.AMEND_ORDER, source, source, OFFICERS)


PASSAGES = (*_to_the_choice(), *_from_the_choice(), *_to_a_stop(), *_when_the_day_moves())
BY_PAIR = {(row.source, row.step): row for row in PASSAGES}

STEP_ROLES = {
    step: frozenset[str]().union(*(r.roles for r in PASSAGES if r.step is step)) - {SYSTEM}
    for step in Step
}
"""Who may take a step in some state: what the rights table asks at the door."""

_ASKED = frozenset({Step.OPEN, Step.COMPLETE_NEED})
_HANDLED = _ASKED | {Step.AMEND, Step.RECEIVE, Step.REQUEST_QUOTES, Step.CHECK, Step.CONFIRM}

SEPARATION = {
    Step.CHECK: _ASKED,
    Step.VALIDATE: _HANDLED,
    Step.REFUSE: frozenset[Step](),
    Step.SIGN_ORDER: _HANDLED | {Step.VALIDATE, Step.CONTRACT},
    Step.COMMIT: frozenset({Step.VALIDATE}),
    Step.CERTIFY_PART: frozenset({Step.SIGN_ORDER}),
    Step.CERTIFY: frozenset({Step.SIGN_ORDER}),
}
"""Who took one of these steps of a file never takes that one (a rule of persons, not of roles)."""

STEP_VERBS = {
    Step.OPEN: "exprimé ce besoin",
    Step.COMPLETE_NEED: "complété ce besoin",
    Step.ASK_ABOUT_NEED: "demandé une précision",
    Step.REQUEST_QUOTES: "demandé les devis",
    Step.RECEIVE: "enregistré un devis",
    Step.OPEN_QUOTES: "ouvert les devis",
    Step.AMEND: "saisi ou modifié ce dossier",
    Step.CHECK: "contrôlé ce dossier",
    Step.CONFIRM: "noté la confirmation d’un fournisseur",
    Step.ASK_MORE: "demandé un complément",
    Step.VALIDATE: "validé ce devis",
    Step.REFUSE: "refusé ce dossier",
    Step.COMMIT: "enregistré l’engagement",
    Step.CONTRACT: "déposé le contrat écrit",
    Step.SIGN_ORDER: "signé la commande",
    Step.CERTIFY_PART: "certifié une livraison partielle",
    Step.CERTIFY: "certifié la livraison",
    Step.STOP: "renoncé au reste de la commande",
    Step.INVOICE: "enregistré une facture",
    Step.PAY: "enregistré un paiement",
    Step.SETTLE: "soldé ce dossier",
    Step.CANCEL: "annulé cet achat",
    Step.RESCHEDULE: "suivi ce qui a changé",
    Step.AMEND_ORDER: "modifié la commande",
}


STEP_INFINITIVES = {
    Step.CHECK: "le contrôler",
    Step.VALIDATE: "le valider",
    Step.SIGN_ORDER: "signer",
    Step.COMMIT: "enregistrer l’engagement",
    Step.CERTIFY: "certifier",
    Step.CERTIFY_PART: "certifier",
}
"""What somebody else must do, after « une autre personne doit »."""
