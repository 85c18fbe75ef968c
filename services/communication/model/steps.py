"""The steps of a print request: one table of rows; a pair that is not listed is refused."""

from dataclasses import dataclass
from enum import StrEnum

MEMBER, LEAD, PRINT, BUYER = "member", "lead", "print_service", "procurement_officer"


class State(StrEnum):
    """Where a print request is."""

    DRAFT = "draft"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    PROOF = "proof"
    CORRECTING = "correcting"
    APPROVED = "approved"
    PRINTING = "printing"
    OUTSIDE = "outside"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What is done to a request."""

    OPEN = "open"
    SEND = "send"
    ACCEPT = "accept"
    REFUSE = "refuse"
    PLACE = "place"
    FREE = "free"
    PROPOSE = "propose"
    MOVE = "move"
    SEND_OUTSIDE = "send-outside"
    BOOK = "book"
    COME_BACK = "come-back"
    PUBLISH = "publish"
    APPROVE = "approve"
    CORRECT = "correct"
    PRINT = "print"
    DELIVER = "deliver"
    CANCEL = "cancel"


_S = State
SLOTTED = frozenset({_S.SCHEDULED, _S.PROOF, _S.CORRECTING, _S.APPROVED})
"""Where a request holds hours of a week, or may be about to hold them again."""
AWAY = frozenset({_S.OUTSIDE, _S.ORDERED})
"""Where a purchase carries it: it ends with that purchase."""
FINAL = frozenset({_S.DELIVERED, _S.CANCELLED})
OURS = frozenset({_S.DRAFT, _S.REFUSED, _S.PROOF})
"""Where the committee is awaited."""
WORKSHOP = frozenset(
    {_S.REQUESTED, _S.ACCEPTED, _S.SCHEDULED, _S.CORRECTING, _S.APPROVED, _S.PRINTING}
)
"""Where the workshop is awaited."""


@dataclass(frozen=True)
class Passage:
    """From one of ``sources``, a step leads to ``target``; None when the rest decides."""

    sources: frozenset[State]
    target: State | None = None


def _from(*sources: State, to: State | None = None) -> Passage:
    return Passage(frozenset(sources), to)


_HERE = (_S.REQUESTED, _S.ACCEPTED, *SLOTTED)
PASSAGES: dict[Step, Passage] = {
    Step.SEND: _from(_S.DRAFT, _S.REFUSED, to=_S.REQUESTED),
    Step.ACCEPT: _from(_S.REQUESTED, _S.ACCEPTED, to=_S.ACCEPTED),
    Step.REFUSE: _from(_S.REQUESTED, _S.ACCEPTED, _S.SCHEDULED, to=_S.REFUSED),
    Step.PLACE: _from(_S.ACCEPTED, *SLOTTED),
    Step.FREE: _from(*SLOTTED, to=_S.ACCEPTED),
    Step.PROPOSE: _from(_S.REQUESTED, _S.ACCEPTED),
    Step.MOVE: _from(_S.DRAFT, *_HERE, _S.PRINTING, *AWAY),
    Step.SEND_OUTSIDE: _from(_S.REQUESTED, _S.ACCEPTED, _S.SCHEDULED, to=_S.OUTSIDE),
    Step.BOOK: _from(*AWAY, to=_S.ORDERED),
    Step.COME_BACK: _from(*AWAY, to=_S.REQUESTED),
    Step.PUBLISH: _from(*SLOTTED, to=_S.PROOF),
    Step.APPROVE: _from(_S.PROOF, to=_S.APPROVED),
    Step.CORRECT: _from(_S.PROOF, to=_S.CORRECTING),
    Step.PRINT: _from(_S.APPROVED, to=_S.PRINTING),
    Step.DELIVER: _from(_S.APPROVED, _S.PRINTING, _S.ORDERED, to=_S.DELIVERED),
    Step.CANCEL: _from(*(s for s in State if s not in FINAL), to=_S.CANCELLED),
}

STATE_NAMES = {
    _S.DRAFT: "Brouillon à compléter",
    _S.REQUESTED: "À décider",
    _S.ACCEPTED: "À placer",
    _S.SCHEDULED: "BAT à préparer",
    _S.PROOF: "BAT à signer",
    _S.CORRECTING: "BAT à corriger",
    _S.APPROVED: "À imprimer",
    _S.PRINTING: "En impression",
    _S.OUTSIDE: "Devis attendu",
    _S.ORDERED: "Imprimé à l’extérieur",
    _S.DELIVERED: "Livré",
    _S.REFUSED: "Refusé",
    _S.CANCELLED: "Annulé",
}
AWAITED = {
    _S.DRAFT: MEMBER,
    _S.REFUSED: MEMBER,
    _S.REQUESTED: PRINT,
    _S.ACCEPTED: PRINT,
    _S.SCHEDULED: PRINT,
    _S.PROOF: LEAD,
    _S.CORRECTING: PRINT,
    _S.APPROVED: PRINT,
    _S.PRINTING: PRINT,
    _S.OUTSIDE: BUYER,
    _S.ORDERED: BUYER,
}
ROLE_NAMES = {
    MEMBER: "un membre du comité",
    LEAD: "le référent du comité",
    PRINT: "le Service communication",
    BUYER: "le service achats",
}
STEP_VERBS = {
    Step.OPEN: "ouvert cette demande",
    Step.SEND: "envoyé la demande",
    Step.ACCEPT: "accepté la demande",
    Step.REFUSE: "refusé la demande",
    Step.PLACE: "donné un créneau",
    Step.FREE: "libéré le créneau",
    Step.PROPOSE: "proposé une autre date",
    Step.MOVE: "changé la date voulue",
    Step.SEND_OUTSIDE: "demandé un devis à l’extérieur",
    Step.BOOK: "retenu un imprimeur",
    Step.COME_BACK: "rendu la demande à décider",
    Step.PUBLISH: "publié un BAT",
    Step.APPROVE: "signé le BAT",
    Step.CORRECT: "demandé des corrections",
    Step.PRINT: "lancé l’impression",
    Step.DELIVER: "noté la livraison",
    Step.CANCEL: "annulé la demande",
}
